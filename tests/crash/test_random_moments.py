"""A writer dies at any moment, or the server does: what was acknowledged is there."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from itertools import count

import pytest

import rgcore
from crash.running import (
    KILLS,
    SERVER_KILLS,
    Launcher,
    Place,
    Run,
    assert_kept,
    assert_whole,
    forks,
    headers,
    report,
    until,
)
from databases import POSTGRESQL, STORES
from rgcore.errors import Busy, StoreUnavailable
from support import set_goal, start_klaas

CONNECTIONS = 3
"""Of an institution that one thread uses: to groups, keys and log."""

pytestmark = forks


def some_moment(most: float) -> float:
    """Return a number of seconds by chance."""
    return most * int.from_bytes(os.urandom(4)) / 2**32


def test_a_writer_that_is_killed_leaves_what_it_acknowledged_and_nothing_half(
    place: Place, launcher: Launcher
) -> None:
    with place.open() as institution:
        after = max((e.position for e in headers(institution)), default=0)
    acknowledged, unsaid = 0, 0
    for number in range(KILLS):
        group, name = f"g-killed-{number}", f"w-killed-{number}"
        with launcher.running([place.job("write", name, [group], starts=True)]) as run:
            # Sometimes before anything was written.
            moment = some_moment(0.6) if number % 2 else 0
            until(lambda: run.recorded() or (moment and run.pids()))  # noqa: B023
            time.sleep(moment or some_moment(0.3))
            run.kill(name)
        with place.open() as institution:
            entries = headers(institution, after)
            kept = assert_whole(place, institution, group, entries)
        unsaid += assert_kept(run.recorded(), kept, more=1)
        acknowledged += len(run.recorded())
        after = entries[-1].position if entries else after
    with place.open() as institution:
        assert institution.verify() == ()
    kind = "PostgreSQL" if place.server else "SQLite"
    report(
        f"{kind}: {KILLS} writers killed, {acknowledged} changes acknowledged, none "
        f"lost; {unsaid} kept of which nobody was told"
    )


@pytest.mark.skipif(POSTGRESQL not in STORES, reason="there is no server")
@pytest.mark.parametrize("place", [POSTGRESQL], indirect=True)
def test_a_server_that_is_killed_has_what_was_acknowledged(
    place: Place, launcher: Launcher
) -> None:
    assert place.server
    group = "g-server"
    alone = [f"g-server-{number}" for number in range(2)]
    jobs = [
        place.job("write", "w-own", alone[:1], starts=True),
        place.job("write", "w-other", alone[1:], starts=True),
        place.job("write", "w-one", [group]),
        place.job("write", "w-two", [group]),
        place.job("read", "reader"),
    ]
    with place.open() as own:
        start_klaas(own, group)
        with launcher.running(jobs) as run:
            for number in range(SERVER_KILLS):
                all_go_on(run)
                time.sleep(some_moment(1))
                place.server.kill()
                place.server.go_on()
                assert failures(own, group, f"own-{number}") <= CONNECTIONS
            all_go_on(run)
            run.stop()
        entries = headers(own)
        kept: list[str] = []
        for one in (group, *alone):
            kept += assert_whole(place, own, one, entries)
        mine = {"c-start", *(f"c-own-{number}" for number in range(SERVER_KILLS))}
        assert sorted(set(kept) - mine) == sorted(run.recorded())
        assert [one["entry"] for one in run.all("entry")] == [
            [e.position, e.group, e.change] for e in entries
        ]
    tries = len(run.all("again"))
    report(
        f"PostgreSQL: server killed {SERVER_KILLS} times, {len(run.recorded())} "
        f"changes acknowledged, none lost or twice; sent again {tries} times"
    )


def all_go_on(run: Run) -> None:
    """Wait until every writer was told of something new."""
    writers = ("w-own", "w-other", "w-one", "w-two")
    before = {name: len(run.recorded(name)) for name in writers}
    until(lambda: all(len(run.recorded(w)) > before[w] + 1 for w in writers))


def failures(institution: rgcore.Institution, group: str, name: str) -> int:
    """Record until it is recorded; return how often the store was not there."""
    for failed in count():
        try:
            recorded_at_last(institution, group, name)
        except StoreUnavailable:
            continue
        return failed
    raise AssertionError


def recorded_at_last(institution: rgcore.Institution, group: str, name: str) -> None:
    """Record in a group in which two others write without pause."""
    while True:
        with suppress(Busy):
            set_goal(institution, name, "verder", group)
            return
