"""A writer dies at each point of recording: what was acknowledged is there."""

from __future__ import annotations

import pytest

from crash.running import (
    Launcher,
    Place,
    assert_kept,
    assert_whole,
    forks,
    headers,
)
from crash.writer import ACKNOWLEDGEMENT

BEFORE = ("begin", "document", "journal", "index", "outbox")
AFTER = ("commit", ACKNOWLEDGEMENT)


@forks
@pytest.mark.parametrize("on", [1, 3])
def test_a_writer_that_dies_leaves_what_it_acknowledged_and_nothing_half(
    place: Place, launcher: Launcher, on: int
) -> None:
    # All at once: who dies holds up nobody else.
    jobs = {
        point: place.job("write", f"w-{point}-{on}", [f"g-{point}-{on}"], starts=True)
        for point in (*BEFORE, *AFTER)
    }
    run = launcher.run(
        [job | {"stop_at": point, "on": on} for point, job in jobs.items()]
    )
    assert [one["ended"] for one in run.all("ended")] == [-9] * len(jobs)
    with place.open() as institution:
        entries = headers(institution)
        for point, job in jobs.items():
            acknowledged = run.recorded(job["name"])
            assert len(acknowledged) == on - 1, point
            (group,) = job["groups"]
            kept = assert_whole(place, institution, group, entries)
            more = assert_kept(acknowledged, kept, more=1)
            assert more == (point in AFTER), point
    # The same is sent again, and something new.
    again = launcher.run([job | {"count": on + 1} for job in jobs.values()])
    with place.open() as institution:
        entries = headers(institution)
        for job in jobs.values():
            (group,) = job["groups"]
            whole = assert_whole(place, institution, group, entries)
            assert whole == again.recorded(job["name"])
            assert len(whole) == on + 1
