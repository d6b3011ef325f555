"""A program that writes without pause until somebody kills it, or reads on meanwhile.

Run as `python -m crash.writer` with `tests` on the path. Each line of input is a
list of jobs as JSON; each job is done by a process of its own, which opens the
institution after it was forked: starting Python takes longer than all the rest.
What is done comes out at once, as one line of JSON each.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

import rgcore
from rgcore.domain.actor import OPERATION
from rgcore.domain.changes import Change, RewordGoal
from rgcore.domain.ids import ChangeId, ItemId, PersonId
from rgcore.errors import Busy, Conflict, StoreUnavailable
from rgcore.store import Store
from rgcore.store.erasing import Eraser
from support import AT_THE_TABLE, FIRST_DAY, KLAAS, Clock, Goals, starting

CONNECTION = "probe"
"""The record system for which the outbox notes what is new."""

SHARED = 4
"""How many goals of each group all writers reword."""

ACKNOWLEDGEMENT = "acknowledgement"
"""The point after a change was recorded and before anybody was told."""

OPERATOR = rgcore.Actor(PersonId("op-2"), OPERATION)
"""Who carries out what others asked for and confirmed."""

Job = dict[str, Any]
"""What to do.

- `do`: `write`, `read` or `erase`; `name`: whose ids; `config`: the TOML file.
- `groups`: in which groups to write, in turn.
- `count`: how many changes; for ever if it is missing.
- `starts`: whether the first change starts the group.
- `seen`: whether to reword shared goals and ask to be told of conflicts.
- `stop_at`, `on`: at which point to kill itself, and the how manieth time.
"""


@define
class Stop:
    """Whether somebody asked to come to an end."""

    asked: bool = False

    def __call__(self, *_: object) -> None:
        """Ask for it: a handler of a signal."""
        self.asked = True


STOP = Stop()


def say(job: Job, **what: object) -> None:
    """Tell one thing; a line this short is written whole or not at all."""
    line = json.dumps({"job": job["name"], **what}) + "\n"
    os.write(sys.stdout.fileno(), line.encode())


def open_it(job: Job) -> rgcore.Institution:
    """Open the institution."""
    return rgcore.open(Path(job["config"]), clock=Clock(), connections=(CONNECTION,))


def killing(job: Job) -> Callable[[str], None]:
    """Return what kills this process when it is told the point for the nth time."""
    times = count(1)

    def reached(point: str) -> None:
        if point == job.get("stop_at") and next(times) == job["on"]:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


@frozen
class Wish:
    """One change somebody wants to record.

    Attributes:
        group: In which group.
        change: The change.
        words: Its words.
        item: The shared item that it is about; `None` for one of its own.
    """

    group: str
    change: Change
    words: rgcore.Words
    item: str | None = None


def wishes(job: Job) -> Iterator[Wish]:
    """Go through the changes of a writer: the same each time."""
    numbers = range(job["count"]) if "count" in job else count()
    for number, group in zip(numbers, cycle(job["groups"]), strict=False):
        name = f"{job['name']}-{number}"
        if number == 0 and job.get("starts"):
            words = rgcore.Words()
            start = starting(group, words, change=f"c-{name}")
            yield Wish(group, start, words)
        elif job.get("seen"):
            yield rewording(group, name, number)
        else:
            goals = Goals()
            yield Wish(group, goals.set(name, f"doel {name}"), goals.words)


def rewording(group: str, name: str, number: int) -> Wish:
    """Return a wish to reword a goal that others reword too."""
    words, item = rgcore.Words(), f"goal-shared-{number % SHARED}"
    change = RewordGoal(
        id=ChangeId(f"c-{name}"),
        happened_on=FIRST_DAY,
        goal=ItemId(item),
        words=words.add(f"t-{name}", subject=KLAAS, said=f"anders {name}"),
    )
    return Wish(group, change, words, item)


@define
class Writer:
    """Records what is wished, again and again until it is."""

    job: Job
    institution: rgcore.Institution
    reached: Callable[[str], None]
    seen: dict[str, int] = field(factory=dict)

    def keep(self, wish: Wish) -> None:
        """Record one change and tell so; the same is sent again if it was not kept."""
        while True:
            # What it saw when it last wrote here: others go on meanwhile.
            seen = self.seen.get(wish.group) or self.look(wish) if wish.item else None
            try:
                done = self.institution.record(
                    wish.group, [wish.change], AT_THE_TABLE, words=wish.words, seen=seen
                )
            except Conflict as conflict:
                self.tell_conflict(wish, conflict)
                del self.seen[wish.group]
            except (Busy, StoreUnavailable) as error:
                say(self.job, again=error.code)
                time.sleep(0.02)
            else:
                self.seen[wish.group] = done.seq
                self.reached(ACKNOWLEDGEMENT)
                told = {"item": wish.item, "seen": seen}
                say(self.job, recorded=wish.change.id, group=wish.group, **told)
                return

    def look(self, wish: Wish) -> int:
        """Return up to where the group can be seen now."""
        while True:
            try:
                view = self.institution.view(wish.group, AT_THE_TABLE)
            except rgcore.RgcoreError as error:
                say(self.job, again=error.code)
                time.sleep(0.02)
            else:
                self.seen[wish.group] = view.group.seq
                return view.group.seq

    def tell_conflict(self, wish: Wish, conflict: Conflict) -> None:
        """Tell with whom there was a conflict."""
        theirs = [happening.change for happening in conflict.theirs]  # type: ignore[attr-defined]
        told = {"item": wish.item, "seen": conflict.base, "theirs": theirs}
        say(self.job, conflict=wish.change.id, group=wish.group, **told)


def write(job: Job) -> None:
    """Record one change after another."""
    reached = killing(job)
    setattr(Store, "_reached", lambda _, point: reached(point))  # noqa: B010
    with open_it(job) as institution:
        writer = Writer(job, institution, reached)
        for wish in wishes(job):
            writer.keep(wish)
            if STOP.asked:
                return


def read(job: Job) -> None:
    """Read on from a cursor until the writers ended and nothing is left."""
    after = 0
    with open_it(job) as institution:
        while True:
            last = STOP.asked
            try:
                page = institution.entries(after, limit=20)
            except StoreUnavailable:
                time.sleep(0.02)
                continue
            after = page.cursor
            for header in page.headers:
                say(job, entry=[header.position, header.group, header.change])
            if last and not page.headers:
                return


def erase(job: Job) -> None:
    """Carry out what is confirmed, thirty days later."""
    reached = killing(job)
    setattr(Eraser, "reached", lambda _, point: reached(point))  # noqa: B010
    clock = Clock(FIRST_DAY + timedelta(days=30))
    with rgcore.open(Path(job["config"]), clock=clock) as institution:
        done = institution.erasing.run(OPERATOR).done
        say(job, erased=[one.id for one in done])


def do(job: Job) -> int:
    """Let a process of its own do a job; return its id."""
    child = os.fork()
    if child:
        say(job, pid=child)
        return child
    code = 1
    try:
        {"write": write, "read": read, "erase": erase}[job["do"]](job)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, it is told
        traceback.print_exc()
    os._exit(code)


def run(jobs: list[Job]) -> None:
    """Do jobs side by side; readers end when the writers have."""
    left = {do(job): job for job in jobs}
    while left:
        child, status = os.wait()
        say(left.pop(child), ended=os.waitstatus_to_exitcode(status))
        if all(job["do"] == "read" for job in left.values()):
            for reader in left:
                os.kill(reader, signal.SIGTERM)
    say({"name": ""}, done=True)


def main() -> None:
    """Do what each line of input says."""
    signal.signal(signal.SIGTERM, STOP)
    for line in sys.stdin:
        run(json.loads(line))


if __name__ == "__main__":
    main()
