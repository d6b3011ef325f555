"""Start writers and readers, listen to them, and see what they left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from attrs import define, field, frozen

import rgcore
from crash.writer import CONNECTION, Job
from databases import Server, execute, urls_of
from rgcore.store import EntryHeader
from support import Clock

KILLS = int(os.environ.get("RGCORE_KILLS", "3"))
"""How often a writer is killed at a random moment, on each store."""

SERVER_KILLS = int(os.environ.get("RGCORE_SERVER_KILLS", "1"))
"""How often the PostgreSQL server is killed."""

SECONDS = float(os.environ.get("RGCORE_SECONDS", "1"))
"""How long writers write side by side."""

WRITERS = int(os.environ.get("RGCORE_WRITERS", "3"))
"""How many of them."""

PATIENCE = 120
"""Seconds until a test gives up waiting."""

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
"""Marks tests that need processes to kill."""

Said = dict[str, Any]
"""What a process told."""


def report(line: str) -> None:
    """Tell a number to whoever runs the long version."""
    sys.stdout.write(f"{line}\n")


def until(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited for nothing"
        time.sleep(0.002)


@define
class Run:
    """Processes that work side by side.

    Attributes:
        said: What they told so far.
    """

    said: list[Said] = field(factory=list)

    def pids(self) -> dict[str, int]:
        """Return the processes that did not end, by the name of their job."""
        found = {one["job"]: one["pid"] for one in self.said if "pid" in one}
        ended = {one["job"] for one in self.said if "ended" in one}
        return {name: pid for name, pid in found.items() if name not in ended}

    def recorded(self, job: str | None = None) -> list[str]:
        """Return the changes that were acknowledged, of one writer or of all."""
        return [
            one["recorded"]
            for one in self.said
            if "recorded" in one and job in (None, one["job"])
        ]

    def all(self, what: str) -> list[Said]:
        """Return everything told of a kind."""
        return [one for one in self.said if what in one]

    def kill(self, name: str) -> None:
        """Kill a process, wherever it is just now."""
        os.kill(self.pids()[name], signal.SIGKILL)

    def stop(self) -> None:
        """Ask the writers to come to an end."""
        for name, pid in self.pids().items():
            if name.startswith("w"):
                os.kill(pid, signal.SIGTERM)


@define
class Launcher:
    """The program that starts writers and readers."""

    program: subprocess.Popen[str]

    @classmethod
    def start(cls) -> Launcher:
        """Start the program."""
        tests = str(Path(__file__).parents[1])
        path = os.pathsep.join(filter(None, [tests, os.environ.get("PYTHONPATH")]))
        program = subprocess.Popen(
            [sys.executable, "-m", "crash.writer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        return cls(program)

    @contextmanager
    def running(self, jobs: Sequence[Job]) -> Iterator[Run]:
        """Let jobs run; wait for their end when left."""
        run = Run()
        assert self.program.stdin
        self.program.stdin.write(json.dumps(jobs) + "\n")
        self.program.stdin.flush()
        listener = Thread(target=self._listen, args=[run.said], daemon=True)
        listener.start()
        try:
            yield run
        except BaseException:
            run.stop()
            raise
        finally:
            listener.join(PATIENCE)
        assert not listener.is_alive(), "a writer or reader does not end"

    def run(self, jobs: Sequence[Job]) -> Run:
        """Let jobs run to their end."""
        with self.running(jobs) as run:
            pass
        return run

    def _listen(self, said: list[Said]) -> None:
        assert self.program.stdout
        for line in self.program.stdout:
            told = json.loads(line)
            if "done" in told:
                return
            said.append(told)

    def close(self) -> None:
        """End the program."""
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.close()
        self.program.wait(PATIENCE)
        self.program.stdout.close()


@frozen
class Place:
    """An institution to write in.

    Attributes:
        config: Its TOML file.
        server: The server where its databases lie; `None` for files.
    """

    config: Path
    server: Server | None

    @property
    def store(self) -> str:
        """The URL of the database with groups."""
        return urls_of(self.config)["store"]

    def open(self) -> rgcore.Institution:
        """Open it, as somebody does after a crash."""
        return rgcore.open(self.config, clock=Clock(), connections=(CONNECTION,))

    def job(
        self, do: str, name: str, groups: Sequence[str] = (), **more: object
    ) -> Job:
        """Return a job in it."""
        own = {"do": do, "name": name, "config": str(self.config)}
        return {**own, "groups": list(groups), **more}


def headers(institution: rgcore.Institution, after: int = 0) -> list[EntryHeader]:
    """Return all entries behind a position."""
    found: list[EntryHeader] = []
    while True:
        page = institution.entries(after)
        if not page.headers:
            return found
        found += page.headers
        after = page.cursor


def assert_whole(
    place: Place,
    institution: rgcore.Institution,
    group: str,
    entries: list[EntryHeader],
) -> list[str]:
    """Make sure that nothing of a group is half; return its changes in order.

    Args:
        place: Where it lies.
        institution: Open.
        group: The group.
        entries: The group's entries, maybe among others.
    """
    own = [entry for entry in entries if entry.group == group]
    assert [entry.seq for entry in own] == list(range(1, len(own) + 1))
    assert [*Counter(entry.change for entry in own).values()] == [1] * len(own)
    query = "SELECT since_seq, last_seq FROM outbox WHERE group_id = :group"
    outbox = [tuple(row) for row in execute(place.store, query, group=group)]
    if own:
        assert institution.verify(group) == ()
        assert outbox == [(1, len(own))]
    else:
        assert group not in institution.groups()
        assert outbox == []
    return [entry.change for entry in own]


def assert_kept(acknowledged: list[str], kept: list[str], more: int) -> int:
    """Make sure that what was acknowledged is there; return how many more are.

    Args:
        acknowledged: The changes of one writer of which somebody was told.
        kept: Those that are there.
        more: How many more there may be.
    """
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) <= more
    return len(kept) - len(acknowledged)
