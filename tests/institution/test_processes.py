"""One open institution: for many threads, and for one process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

import rgcore
from databases import all_rows, dumps, execute, only_files, urls_of
from rgcore.domain.ids import ChangeId
from rgcore.errors import Busy, OpenedElsewhere
from rgcore.store.places import place_of
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    TEAM,
    Demo,
    open_demo,
    set_goal,
    start_klaas,
)

GROUPS = (GROUP, "g-two", "g-three", "g-four")
THREADS = 8
USES: dict[str, Callable[[Demo], object]] = {
    "record": lambda demo: set_goal(demo.institution, "child", "van het kind"),
    "view": lambda demo: demo.institution.view(GROUP, AT_THE_TABLE),
    "attention": lambda demo: demo.institution.attention(TEAM, AT_THE_TABLE, FIRST_DAY),
    "entries": lambda demo: demo.institution.entries(),
    "groups": lambda demo: demo.institution.groups(),
    "verify": lambda demo: demo.institution.verify(),
    "repair": lambda demo: demo.institution.repair(GROUP),
    "reindex": lambda demo: demo.institution.reindex(),
    "status": lambda demo: demo.institution.status(),
    "log_lines": lambda demo: demo.institution.log_lines(GROUP),
}


def in_a_child(act: Callable[[], object]) -> list[str]:
    """Do something in a forked process; return what it raised, or nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said: list[str] = []
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - all of it is told
            said = [type(error).__name__, str(error)]
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as told:  # noqa: PTH123 - a pipe has no path
        answer: list[str] = json.loads(told.read())
    assert os.waitpid(child, 0) == (child, 0)
    return answer


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@forks
@pytest.mark.parametrize("use", USES)
def test_a_forked_process_is_refused_and_its_parent_goes_on(
    klaas: Demo, use: str
) -> None:
    before = dumps(klaas.folder)
    name, text = in_a_child(lambda: USES[use](klaas))
    assert name == "OpenedElsewhere"
    assert "anew in each process" in text
    assert dumps(klaas.folder) == before
    set_goal(klaas.institution, "parent", "van de ouder")
    assert klaas.institution.verify() == ()


@forks
def test_a_forked_process_may_close_and_open_anew(klaas: Demo) -> None:
    def open_anew() -> None:
        klaas.institution.close()
        with open_demo(klaas.folder) as own:
            set_goal(own.institution, "child", "van het kind")

    assert in_a_child(open_anew) == []
    set_goal(klaas.institution, "parent", "van de ouder")
    view = klaas.institution.view(GROUP, AT_THE_TABLE)
    assert [goal.id for goal in view.group.goals] == ["goal-child", "goal-parent"]
    assert klaas.institution.verify() == ()


@pytest.mark.parametrize("use", USES)
def test_whoever_is_another_process_is_refused(
    klaas: Demo, monkeypatch: pytest.MonkeyPatch, use: str
) -> None:
    # The same without a fork: where there is none, and to see the line run.
    here = os.getpid()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(os, "getpid", lambda: here + 1)
        with pytest.raises(OpenedElsewhere) as refused:
            USES[use](klaas)
    names = {place_of(url).name for url in urls_of(klaas.toml).values()}  # type: ignore[union-attr]
    assert refused.value.fields["file"] in names
    USES[use](klaas)


# psycopg warns of a connection that nobody closed, and here nobody may.
@only_files
def test_closing_elsewhere_leaves_the_connections_of_whoever_opened_them(
    klaas: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool: Any = klaas.institution._store._database.engine.pool
    kept, here = pool.checkedin(), os.getpid()
    assert kept > 0
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(os, "getpid", lambda: here + 1)
        klaas.institution.close()
    assert pool.checkedin() == kept


def many(institution: rgcore.Institution, name: str, group: str) -> list[ChangeId]:
    """Record ten goals one after another; return those that were acknowledged."""
    done: list[ChangeId] = []
    for number in range(10):
        while True:
            try:
                kept = set_goal(institution, f"{name}-{number}", "een doel", group)
            except Busy:
                # Nothing was recorded, and nothing acknowledged.
                continue
            done += [entry.change.id for entry in kept.entries]
            break
    return done


@pytest.mark.parametrize("groups", [GROUPS[:1], GROUPS])
def test_what_eight_threads_were_told_is_recorded_is_there_once(
    demo: Demo, groups: tuple[str, ...]
) -> None:
    for group in groups:
        start_klaas(demo.institution, group)
    barrier = Barrier(THREADS)

    def work(number: int) -> tuple[str, list[ChangeId]]:
        group = groups[number % len(groups)]
        barrier.wait()
        return group, many(demo.institution, f"t-{number}", group)

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(work, range(THREADS)))
    for group in groups:
        view = demo.institution.view(group, AT_THE_TABLE)
        kept = [happening.change for happening in view.group.happenings]
        acknowledged = [change for of, done in told if of == group for change in done]
        assert sorted(kept) == sorted(["c-start", *acknowledged])
    headers = demo.institution.entries(limit=1_000).headers
    assert len(headers) == THREADS * 10 + len(groups)
    assert len({(header.group, header.change) for header in headers}) == len(headers)
    assert demo.institution.verify() == ()


def test_threads_that_look_and_record_do_not_disturb_one_another(
    klaas: Demo,
) -> None:
    def look(_: int) -> list[object]:
        faults: list[object] = []
        for _ in range(5):
            faults += klaas.institution.verify()
            klaas.institution.view(GROUP, AT_THE_TABLE)
        return faults

    with ThreadPoolExecutor(THREADS) as pool:
        recorded = [
            pool.submit(many, klaas.institution, f"t-{number}", GROUP)
            for number in range(2)
        ]
        found = list(pool.map(look, range(4)))
    assert found == [[]] * 4
    assert [len(one.result()) for one in recorded] == [10, 10]


def compositions(demo: Demo) -> list[str]:
    return [row["digest"] for row in all_rows(demo.store_url, "composition")]


def test_a_composition_that_was_lost_meanwhile_is_kept_again(demo: Demo) -> None:
    start_klaas(demo.institution)
    kept = compositions(demo)
    assert kept == [demo.institution.method.digest]
    # As an older database that is put back under a program that runs.
    execute(demo.store_url, "DELETE FROM composition")
    start_klaas(demo.institution, "g-again")
    assert compositions(demo) == kept
    set_goal(demo.institution, "bike", "weer fietsen", "g-again")
    assert compositions(demo) == kept
