"""Keys rotate under a thousand reads and writes: all can be read, all is logged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import rgcore
from crash.keeper import KIND, retire_the_rest
from crash.running import (
    KILLS,
    Launcher,
    Place,
    Run,
    forks,
    headers,
    report,
    until,
)
from crash.test_random_moments import some_moment
from crash.writer import Job
from databases import all_rows, urls_of
from rgcore.domain.ids import PersonId
from rgcore.store import EntryHeader, KeyRing
from support import AT_THE_TABLE, KLAAS, MARKER, nominate, start_klaas

pytestmark = forks

PROCESSES, THREADS, ROUNDS = 3, 4, 42
"""Each round records once and reads once: 1,008 in all, and looks up besides."""

GROUPS = 6
"""Threads of several processes write in each of them."""

POINTS = [
    ("ring written", 1),
    ("ring replaced", 1),
    ("mark moved", 1),
    ("record rewrapped", 1),
    ("record rewrapped", GROUPS),
    ("all rewrapped", 1),
    ("ring written", 2),
    ("ring replaced", 2),
]
"""Where a rotation, and taking the old key out behind it, can be broken off."""


@pytest.fixture(scope="module")
def keeper() -> Iterator[Launcher]:
    """Give the program that starts who works and who rotates."""
    tests = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), tests]))
    started = Launcher(
        subprocess.Popen(
            [sys.executable, "-m", "crash.keeper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
    )
    yield started
    started.close()


@pytest.fixture
def groups(place: Place, request: pytest.FixtureRequest) -> list[str]:
    """Give groups of this test alone, each with a number that leads to it."""
    own = zlib.crc32(request.node.originalname.encode())
    found = [f"g-{own}-{number}" for number in range(GROUPS)]
    with place.open() as institution:
        for group in found:
            if group not in institution.groups():
                start_klaas(institution, group)
                institution.link(group, KIND, group, AT_THE_TABLE)
    return found


def workers(place: Place, name: str, groups: list[str], rounds: int) -> list[Job]:
    return [
        place.job("work", f"w-{name}-{n}", groups, threads=THREADS, count=rounds)
        for n in range(PROCESSES)
    ]


def in_the_ring(place: Place) -> list[str]:
    ring = place.config.with_name("demo.keyring")
    return list(json.loads(ring.read_text("ascii"))["keys"])


def in_use(place: Place) -> set[str]:
    """Return the keys of the ring by which anything is wrapped."""
    url = urls_of(place.config)["keys"]
    tables = ("ring_check", "named_key", "key_record")
    return {row["ring_key"] for table in tables for row in all_rows(url, table)}


def assert_done(run: Run, names: list[str]) -> None:
    """Make sure that no job met an error, and that each read saw what was recorded."""
    ended = {one["job"]: one["ended"] for one in run.all("ended")}
    assert {name: ended[name] for name in names} == dict.fromkeys(names, 0)
    assert run.all("unreadable") == []


def assert_all_there(place: Place, groups: list[str], run: Run) -> None:
    """Make sure that what was acknowledged is there, can be read, and was logged."""
    with place.open() as institution:
        entries = headers(institution)
        for group in groups:
            kept = whole(institution, group, entries)
            recorded = {
                o["recorded"] for o in run.all("recorded") if o["group"] == group
            }
            assert recorded <= kept
            lines = {
                line.id for line in institution.log_lines(group) if line.event == "view"
            }
            view = institution.view(group, AT_THE_TABLE)
            read = {one["read"] for one in run.all("read") if one["group"] == group}
            assert read <= lines
            name = rgcore.PersonName.of(MARKER)
            people = [PersonId(change.removeprefix("c-")) for change in recorded]
            assert [one for one in people if view.name(one) != name] == []
            assert view.name(KLAAS) is not None


def whole(
    institution: rgcore.Institution, group: str, entries: list[EntryHeader]
) -> set[str]:
    """Make sure that nothing of a group is half; return its changes."""
    own = [entry for entry in entries if entry.group == group]
    assert [entry.seq for entry in own] == list(range(1, len(own) + 1))
    assert institution.verify(group) == ()
    return {entry.change for entry in own}


def test_nothing_becomes_unreadable_and_nothing_goes_unlogged(
    place: Place, keeper: Launcher, groups: list[str]
) -> None:
    jobs = workers(place, "many", groups, ROUNDS)
    rotator = place.job("rotate", "rotator")
    before = set(in_the_ring(place))
    with place.open() as long_open:
        began = time.monotonic()
        run = keeper.run([*jobs, rotator])
        took = time.monotonic() - began
        assert_done(run, [*(job["name"] for job in jobs), "rotator"])
        rotated = run.all("rotated")
        assert len(rotated) >= 3
        assert_logged_once(long_open, groups, run)
        assert_all_there(place, groups, run)
        # What was opened before the first rotation reads and records after the last.
        for group in groups:
            assert long_open.view(group, AT_THE_TABLE).name(KLAAS) is not None
            nominate(long_open, f"last-{group}", group)
        assert long_open.verify() == ()
    last = rotated[-1]["rotated"]
    assert in_the_ring(place) == [last]
    assert in_use(place) == {last}
    assert before.isdisjoint({last})
    done = len(run.recorded()) + len(run.all("read"))
    assert done == 2 * PROCESSES * THREADS * ROUNDS >= 1000
    kind = "PostgreSQL" if place.server else "SQLite"
    report(
        f"{kind}: {done} reads and writes by {PROCESSES} processes with {THREADS} "
        f"threads each in {took:.1f} s, while keys rotated {len(rotated)} times, "
        f"wrapped {sum(one['records'] for one in rotated)} records anew and took "
        f"{sum(len(one['retired']) for one in rotated)} keys out; sent again "
        f"{len(run.all('again'))}"
    )


def assert_logged_once(
    institution: rgcore.Institution, groups: list[str], run: Run
) -> None:
    """Make sure that each read has its line, and that there is no other line."""
    for group in groups:
        lines = institution.log_lines(group)
        ids = [line.id for line in lines if line.event == "view"]
        read = [one["read"] for one in run.all("read") if one["group"] == group]
        assert sorted(ids) == sorted(read)
        looked = [one for one in run.all("looked_up") if one["group"] == group]
        found = [line for line in lines if line.event == "find"]
        assert len(found) == len(looked) > 0


@pytest.mark.parametrize(("point", "on"), POINTS)
def test_a_rotation_that_dies_leaves_a_ring_that_opens_everything(
    place: Place, keeper: Launcher, groups: list[str], point: str, on: int
) -> None:
    name = f"{point.replace(' ', '-')}-{on}"
    job = workers(place, name, groups, 2)[0]
    rotator = place.job("rotate", f"r-{name}", count=1, stop_at=point, on=on)
    with place.open() as long_open:
        run = keeper.run([rotator, job])
        assert {o["job"]: o["ended"] for o in run.all("ended")}[f"r-{name}"] == -9
        assert_done(run, [job["name"]])
        assert_goes_on(place, long_open, groups, run)


def assert_goes_on(
    place: Place, long_open: rgcore.Institution, groups: list[str], run: Run
) -> None:
    """Make sure that everything opens after a break-off, and that it can be ended."""
    assert_all_there(place, groups, run)
    assert in_use(place) <= set(in_the_ring(place))
    with place.open() as institution:
        key = institution.rewrap_keys().key
        retire_the_rest(institution)
    assert in_use(place) == {key}
    assert in_the_ring(place) == [key]
    assert key == KeyRing.read(place.config.with_name("demo.keyring")).current
    assert long_open.view(groups[0], AT_THE_TABLE).name(KLAAS) is not None
    assert_all_there(place, groups, run)


def test_a_rotation_that_is_killed_at_any_moment_leaves_a_ring_that_opens_everything(
    place: Place, keeper: Launcher, groups: list[str]
) -> None:
    rotated = 0
    for number in range(KILLS):
        # It is killed before it has done that often.
        rotator = place.job("rotate", f"r-{number}", count=10**9)
        jobs = workers(place, f"killed-{number}", groups, 6)[:1]
        with place.open() as long_open:
            with keeper.running([rotator, *jobs]) as run:
                until(lambda: {o["job"] for o in run.all("opened")} >= {f"r-{number}"})  # noqa: B023
                time.sleep(some_moment(0.3))
                run.kill(f"r-{number}")
            assert_done(run, [job["name"] for job in jobs])
            assert_goes_on(place, long_open, groups, run)
        rotated += len(run.all("rotated"))
    kind = "PostgreSQL" if place.server else "SQLite"
    report(f"{kind}: {KILLS} rotations killed, after {rotated} that were whole")
