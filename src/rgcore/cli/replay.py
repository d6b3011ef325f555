"""Replay a case day by day through the public API.

A case is a TOML file with events: on which day, who records, what changed. In it
"@name" stands for an opaque id, and `KEY_day = 49` for the date of that day.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from attrs import frozen

from rgcore.domain.actor import CARE, OWN_GROUP, Actor
from rgcore.domain.findings import Override, Refused
from rgcore.domain.ids import Code, GroupId, PersonId
from rgcore.institution import (
    Databases,
    FileDirectory,
    Institution,
    Recorded,
    Staff,
    create,
    open_institution,
)
from rgcore.serial.wire import read_changes, structure

_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
_EVENING: Final = time(21, 0)
_CASES: Final = "rgcore.cli.cases"
_DAY: Final = "_day"
_ID_LENGTH: Final = 12


@frozen
class Event:
    """Something that happens on a day of a case.

    Attributes:
        number: Its place among the events.
        on: The day.
        data: What the file says of it, with ids and dates filled in.
    """

    number: int
    on: date
    data: dict[str, Any]

    def told(self, language: str) -> str:
        """Return what happens, as a story."""
        said: str = self.data["tell"].get(language, self.data["tell"]["en"])
        return said


class Case:
    """A case as it lies in its file."""

    def __init__(self, text: str) -> None:
        content = tomllib.loads(text)
        about = content["case"]
        self.name: str = about["name"]
        self._day_zero: date = about["day_zero"]
        self.title: dict[str, str] = about["title"]
        self.group = GroupId(self.alias("@group"))
        self.client = PersonId(self.alias(about["client"]))
        self.reader = PersonId(self.alias(about["reader"]))
        self.staff = tuple(
            structure(self._filled(one), Staff) for one in content["staff"]
        )
        self.events = tuple(self._events(content["event"]))

    @classmethod
    def named(cls, name: str) -> Case:
        """Return a case that comes with rgcore."""
        text = files(_CASES).joinpath(f"{name}.toml").read_text("utf-8")
        return cls(text)

    @staticmethod
    def names() -> tuple[str, ...]:
        """Return the names of the cases that come with rgcore."""
        found = (file.name.partition(".toml") for file in files(_CASES).iterdir())
        return tuple(sorted(name for name, ending, _ in found if ending))

    def alias(self, name: str) -> str:
        """Return the opaque id behind a name of the file."""
        whole = f"{self.name}:{name.removeprefix('@')}"
        return hashlib.sha256(whole.encode()).hexdigest()[:_ID_LENGTH]

    def on(self, number: int) -> date:
        """Return the date of a day of the case."""
        return self._day_zero + timedelta(days=number)

    def _events(self, rows: list[dict[str, Any]]) -> Iterator[Event]:
        for number, row in enumerate(rows):
            day = self.on(row["day"])
            expected = row.get("expect", [])
            changes = [
                {"id": f"c-{number}-{n}", "happened_on": day.isoformat(), **change}
                for n, change in enumerate(row["change"])
            ]
            filled = self._filled({**row, "change": changes, "expect": []})
            yield Event(number, day, {**filled, "expect": self._named(expected)})

    def _named(self, value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
        """Fill in ids and leave days as numbers: expectations speak of days."""
        if isinstance(value, list):
            return [self._named(item) for item in value]
        if isinstance(value, dict):
            return {self._named(k): self._named(v) for k, v in value.items()}
        is_alias = isinstance(value, str) and value.startswith("@")
        return self.alias(value) if is_alias else value

    def _filled(self, value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, dict):
            return dict(self._entry(k, v) for k, v in value.items())
        return self._named(value)

    def _entry(self, key: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401
        if key.endswith(_DAY):
            return key.removesuffix(_DAY), self.on(value).isoformat()
        return self._named(key), self._filled(value)


class CaseClock:
    """A clock that stands at the evening of the day that is replayed."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._ticks = 0

    def __call__(self) -> datetime:
        """Return a moment of that evening, each later than the one before."""
        self._ticks += 1
        evening = datetime.combine(self.day, _EVENING, _AMSTERDAM)
        return evening.astimezone(UTC) + timedelta(milliseconds=self._ticks)


@frozen
class Step:
    """What came of one event.

    Attributes:
        event: The event.
        recorded: What was recorded; `None` if it was refused.
        refused: Why it was refused, if it was.
    """

    event: Event
    recorded: Recorded | None
    refused: Refused | None


class Replay:
    """Plays a case into a fresh institution."""

    def __init__(self, case: Case, institution: Institution, clock: CaseClock) -> None:
        self.case = case
        self.institution = institution
        self.clock = clock

    @classmethod
    def into(cls, folder: Path, case: Case, name: str, store: str = "") -> Replay:
        """Make an institution in a folder and open it for a case.

        Args:
            folder: Where its files come.
            case: The case.
            name: What the files are called.
            store: URL of the store; a file in the folder by default.

        Raises:
            StoreExists: One of the files is there already.
        """
        clock = CaseClock(case.events[0].on)
        staff = _directory_text(case)
        databases = Databases(store=store)
        toml = create(
            folder, "demo", name=name, staff=staff, databases=databases, clock=clock
        )
        opened = open_institution(
            toml, clock=clock, directory=FileDirectory(case.staff)
        )
        return cls(case, opened, clock)

    def days(self) -> Iterator[tuple[date, list[Step]]]:
        """Record one day after another and say what came of each event."""
        for day, events in groupby(self.case.events, key=lambda event: event.on):
            self.clock.day = day
            yield day, [self.step(event) for event in events]

    def actor(self, event: Event) -> Actor:
        """Return who records an event."""
        given = event.data["actor"]
        is_staff = self.institution.directory.find(given["who"]) is not None
        return Actor(
            who=given["who"],
            purpose=CARE if is_staff else OWN_GROUP,
            on_behalf_of=given.get("on_behalf_of"),
            because=given.get("because"),
        )

    def reader(self, person: PersonId) -> Actor:
        """Return somebody as a reader."""
        is_staff = self.institution.directory.find(person) is not None
        return Actor(person, CARE if is_staff else OWN_GROUP)

    def step(self, event: Event) -> Step:
        """Record one event and say what came of it."""
        changes, words = read_changes(event.data["change"])
        overrides = [
            Override(Code(one["code"]), Code(one["because"]))
            for one in event.data.get("override", [])
        ]
        try:
            recorded = self.institution.record(
                self.case.group,
                changes,
                self.actor(event),
                words=words,
                overrides=overrides,
            )
        except Refused as refused:
            return Step(event, None, refused)
        return Step(event, recorded, None)


def _directory_text(case: Case) -> str:
    """Return a directory file with the staff of a case."""
    lines = ["# The staff of this case. Invented people."]
    for staff in case.staff:
        teams = ", ".join(
            f'{{ team = "{t.team}", since = {t.since.isoformat()} }}'
            for t in staff.teams
        )
        lines += [
            "",
            "[[staff]]",
            f'id = "{staff.id}"',
            f'name = "{staff.name}"',
            f'profession = "{staff.profession}"',
            f"teams = [{teams}]",
        ]
    return "\n".join(lines) + "\n"
