"""Many write at once: no update is lost, and every conflict is accounted for."""

from __future__ import annotations

import time

import pytest

import rgcore
from crash.running import (
    SECONDS,
    WRITERS,
    Launcher,
    Place,
    Run,
    Said,
    assert_whole,
    forks,
    headers,
    report,
    until,
)
from crash.writer import SHARED, Job
from rgcore.domain.group import Happening
from rgcore.errors import Busy
from support import AT_THE_TABLE, Goals, start_klaas

pytestmark = forks


def groups_of(place: Place, name: str, number: int) -> list[str]:
    """Start groups with goals that all writers reword."""
    found = [f"g-{name}-{n}" for n in range(number)]
    with place.open() as institution:
        for group in found:
            start_klaas(institution, group)
            goals = Goals()
            shared = [goals.set(f"shared-{n}", f"doel {n}") for n in range(SHARED)]
            institution.record(group, shared, AT_THE_TABLE, words=goals.words)
    return found


def jobs_of(place: Place, name: str, groups: list[str]) -> list[Job]:
    """Return writers, most of which ask to be told of conflicts, and a reader."""
    writers = [
        place.job(
            "write",
            f"w-{name}-{n}",
            # Each begins at another group.
            groups[n % len(groups) :] + groups[: n % len(groups)],
            seen=bool(n % 4),
        )
        for n in range(WRITERS)
    ]
    return [*writers, place.job("read", "reader")]


@pytest.mark.parametrize("many", [False, True], ids=["one group", "many groups"])
def test_nothing_is_lost_among_many_writers(
    place: Place,
    launcher: Launcher,
    many: bool,  # noqa: FBT001
) -> None:
    name = "many" if many else "one"
    groups = groups_of(place, name, WRITERS if many else 1)
    jobs = jobs_of(place, name, groups)
    with launcher.running(jobs) as run:
        until(lambda: {one["job"] for one in run.all("recorded")} >= writers_of(jobs))
        time.sleep(SECONDS)
        run.stop()
    assert {one["ended"] for one in run.all("ended")} == {0}
    assert {one["again"] for one in run.all("again")} <= {Busy.code}
    with place.open() as institution:
        entries = headers(institution)
        kept: list[str] = []
        for group in groups:
            kept += assert_whole(place, institution, group, entries)
            assert_fair(institution, group, run)
    assert sorted(c for c in kept if c.startswith("c-w-")) == sorted(run.recorded())
    # Whoever read on meanwhile saw each entry once, in order, and missed none.
    seen = [one["entry"] for one in run.all("entry")]
    assert seen == [[e.position, e.group, e.change] for e in entries]
    tell(place, name, run)


def writers_of(jobs: list[Job]) -> set[str]:
    """Return the names of the writers."""
    return {job["name"] for job in jobs if job["do"] == "write"}


def assert_fair(institution: rgcore.Institution, group: str, run: Run) -> None:
    """Make sure that there was a conflict where the rule says so and nowhere else."""
    happenings = institution.view(group, AT_THE_TABLE).group.happenings
    seqs = {h.change: h.seq for h in happenings}
    for one in run.all("recorded"):
        if one["group"] == group and one["item"]:
            until_then = happenings[: seqs[one["recorded"]] - 1]
            assert since(one, until_then) == []
    for one in run.all("conflict"):
        if one["group"] == group:
            theirs = since(one, happenings)
            assert one["theirs"]
            assert one["theirs"] == theirs[: len(one["theirs"])]


def since(told: Said, happenings: tuple[Happening, ...]) -> list[str]:
    """Return what touched the same item since the writer looked."""
    return [h.change for h in happenings[told["seen"] :] if told["item"] in h.touched]


def tell(place: Place, name: str, run: Run) -> None:
    """Tell the numbers."""
    codes = [one["again"] for one in run.all("again")]
    again = {code: codes.count(code) for code in sorted(set(codes))}
    report(
        f"{'PostgreSQL' if place.server else 'SQLite'}, {WRITERS} writers, {name}: "
        f"{len(run.recorded())} changes acknowledged, none lost; "
        f"{len(run.all('conflict'))} conflicts, each by the rule; sent again {again}; "
        f"{len(run.all('entry'))} entries read on"
    )
