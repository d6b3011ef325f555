"""A program that reads and records in threads, or changes the key ring meanwhile.

Run as `python -m crash.keeper` with `tests` on the path; it listens and tells as
`crash.writer` does.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from json import loads
from pathlib import Path

import rgcore
from crash.writer import STOP, Job, killing, say
from rgcore.domain.ids import PersonId
from rgcore.errors import Busy, RingKeyInUse
from rgcore.store import Rotation
from support import AT_THE_TABLE, MARKER, Clock, nominate

KIND = "client_number"
"""Whose number it is by which a group is looked for."""


def open_it(job: Job) -> rgcore.Institution:
    """Open the institution."""
    return rgcore.open(Path(job["config"]), clock=Clock())


def work(job: Job) -> None:
    """Record and read in threads that share one institution, as an application does.

    Each nomination makes a new key, so that a record of keys is written.
    """
    with open_it(job) as institution, ThreadPoolExecutor(job["threads"]) as pool:
        say(job, opened=True)
        threads = [
            pool.submit(rounds, institution, job, number)
            for number in range(job["threads"])
        ]
        for thread in threads:
            thread.result()


def rounds(institution: rgcore.Institution, job: Job, thread: int) -> None:
    """Record, look whether it is there, and look for a group by its number."""
    for number in range(job["count"]):
        group = job["groups"][(thread + number) % len(job["groups"])]
        person = PersonId(f"{job['name']}-{thread}-{number}")
        kept(institution, job, group, person)
        view = institution.view(group, AT_THE_TABLE)
        told = {"group": group, "read": view.log_id}
        if view.name(person) == rgcore.PersonName.of(MARKER):
            say(job, **told)
        else:
            say(job, **told, unreadable=person)
        if number % 4 == 0:
            assert institution.find(KIND, group, AT_THE_TABLE) == group
            say(job, group=group, looked_up=True)


def kept(institution: rgcore.Institution, job: Job, group: str, person: str) -> None:
    """Nominate somebody, again and again until that was recorded."""
    while True:
        try:
            nominate(institution, person, group)
        except Busy as error:
            say(job, again=error.code)
            time.sleep(0.01)
        else:
            say(job, recorded=f"c-{person}", group=group)
            return


def rotate(job: Job) -> None:
    """Rotate and take the old keys out, so many times or until it is asked to end."""
    reached = killing(job)
    setattr(Rotation, "_reached", lambda _, point: reached(point))  # noqa: B010
    with open_it(job) as institution:
        say(job, opened=True)
        for number in count():
            if STOP.asked or number == job.get("count"):
                return
            found = institution.rotate_keys()
            retired = retire_the_rest(institution)
            say(job, rotated=found.key, records=found.records, retired=retired)


def retire_the_rest(institution: rgcore.Institution) -> list[str]:
    """Take every key out that is not in use; return their names."""
    retired = []
    for key in institution.key_status().keys:
        if not key.is_current:
            try:
                institution.retire_ring_key(key.name, backups_expired=True)
            except (RingKeyInUse, rgcore.InputError):
                # Somebody else rotates too.
                continue
            retired.append(key.name)
    return retired


DOES: dict[str, Callable[[Job], None]] = {"work": work, "rotate": rotate}


def do(job: Job) -> int:
    """Let a process of its own do a job; return its id."""
    child = os.fork()
    if child:
        say(job, pid=child)
        return child
    code = 1
    try:
        DOES[job["do"]](job)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, it is told
        traceback.print_exc()
    os._exit(code)


def run(jobs: list[Job]) -> None:
    """Do jobs side by side; who rotates without a count ends when the others have."""
    left = {do(job): job for job in jobs}
    while left:
        child, status = os.wait()
        say(left.pop(child), ended=os.waitstatus_to_exitcode(status))
        if all(job["do"] == "rotate" and "count" not in job for job in left.values()):
            for rotator in left:
                os.kill(rotator, signal.SIGTERM)
    say({"name": ""}, done=True)


def main() -> None:
    """Do what each line of input says."""
    signal.signal(signal.SIGTERM, STOP)
    for line in sys.stdin:
        run(loads(line))


if __name__ == "__main__":
    main()
