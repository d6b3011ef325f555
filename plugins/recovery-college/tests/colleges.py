"""A recovery college with one group, in a folder. Everybody in it is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Final

from attrs import define

import rgcore
from rgcore.domain.changes import (
    AcceptNomination,
    Change,
    HoldMeeting,
    Nominate,
    NoteForSetting,
    PlanMeeting,
    StartGroup,
)
from rgcore.domain.foreign import OwnValue
from rgcore.domain.ids import ChangeId, Code, GroupId, ItemId, PersonId, TeamId, TextId
from rgcore.domain.meetings import Attendance, Presence
from rgcore.domain.people import Person
from rgcore.domain.text import Text

FIRST_DAY: Final = date(2025, 3, 3)
GROUP: Final = GroupId("g-1")
JADE: Final = PersonId("jade")
WIM: Final = PersonId("wim")
ROOS: Final = PersonId("s-roos")
TEAM: Final = TeamId("academy")
ID: Final = "recovery_college"

READER: Final = rgcore.Actor(ROOS, Code("care"))
AT_THE_TABLE: Final = rgcore.Actor(
    ROOS, Code("care"), on_behalf_of=JADE, because=Code("at_the_table")
)
OPERATOR: Final = rgcore.Actor(
    PersonId("operator"), Code("operation"), because=Code("upgrade")
)

_STAFF: Final = """
[[staff]]
id = "s-roos"
name = "Roos"
profession = "ervaringsdeskundige"
teams = [{ team = "academy", since = 2024-01-01 }]
"""


@define
class Clock:
    """A clock that stands still until it is set."""

    day: date = FIRST_DAY

    def __call__(self) -> datetime:
        """Return noon of its day."""
        return datetime.combine(self.day, time(12), UTC)


@define
class College:
    """An institution in a folder, which can be opened again and again.

    Attributes:
        toml: Its configuration.
        clock: Its clock.
    """

    toml: Path
    clock: Clock

    @classmethod
    def make(cls, folder: Path) -> College:
        """Make one, without any setting."""
        toml = rgcore.create(folder, "college", language="nl", staff=_STAFF)
        return cls(toml, Clock())

    def enable(self, *settings: str, more: str = "") -> None:
        """Write which settings are enabled, and what the file says of them."""
        head = self.toml.read_text("utf-8").partition("[settings]")[0]
        table = f"[settings]\nenabled = {list(settings)}\n{more}"
        self.toml.write_text(f"{head}{table}", "utf-8")

    @contextmanager
    def opened(self) -> Iterator[rgcore.Institution]:
        """Open it for a while."""
        with rgcore.open(self.toml, clock=self.clock) as institution:
            yield institution

    def record(
        self,
        *changes: Change,
        words: rgcore.Words | None = None,
        actor: rgcore.Actor = AT_THE_TABLE,
    ) -> rgcore.Recorded:
        """Open it, record changes on the last day of them, and close it."""
        self.clock.day = max(self.clock.day, *(c.happened_on for c in changes))
        with self.opened() as institution:
            return institution.record(GROUP, changes, actor, words=words)

    def view(self, on: date | None = None) -> rgcore.View:
        """Open it and return what Roos may see on a day."""
        self.clock.day = on or self.clock.day
        with self.opened() as institution:
            return institution.view(GROUP, READER)


_NUMBERS: Final = count(1)


def said(words: rgcore.Words, subject: PersonId, text: str) -> Text:
    """Keep what somebody said."""
    return words.add(TextId(f"t-{next(_NUMBERS)}"), subject=subject, said=text)


def _named(words: rgcore.Words, person: PersonId, name: str) -> Person:
    written = rgcore.PersonName(written=name)
    text = TextId(f"name-{person}")
    return Person(id=person, name=words.add(text, subject=person, said=written))


def start(college: College) -> None:
    """Start the group of Jade, with Roos and with Wim, her brother."""
    words = rgcore.Words()
    jade, wim = _named(words, JADE, "Jade"), _named(words, WIM, "Wim")
    changes: Sequence[Change] = (
        StartGroup(
            id=ChangeId("c-start"),
            happened_on=FIRST_DAY,
            group=GROUP,
            team=TEAM,
            client=jade,
            supporter=Person(id=ROOS, staff=True),
        ),
        Nominate(
            id=ChangeId("c-nominate"),
            happened_on=FIRST_DAY,
            nomination=ItemId("n-wim"),
            person=wim,
        ),
        AcceptNomination(
            id=ChangeId("c-accept"), happened_on=FIRST_DAY, nomination=ItemId("n-wim")
        ),
    )
    college.record(*changes, words=words)


def course(
    words: rgcore.Words,
    text: str,
    *,
    began: date,
    finished: date | None = None,
    whose: PersonId = JADE,
    on: date | None = None,
) -> NoteForSetting:
    """Return the change by which a course is noted."""
    number = next(_NUMBERS)
    values = [
        OwnValue(name=Code("course"), text=said(words, whose, text)),
        OwnValue(name=Code("began"), day=began),
    ]
    if finished is not None:
        values.append(OwnValue(name=Code("finished"), day=finished))
    return NoteForSetting(
        id=ChangeId(f"c-{number}"),
        happened_on=on or began,
        note=ItemId(f"note-{number}"),
        kind=Code("recovery_college.course"),
        whose=whose,
        values=tuple(values),
    )


def kick_off(on: date) -> tuple[Change, ...]:
    """Return a kick-off at which no clinician was."""
    there = tuple(
        Attendance(person=person, presence=Presence.PRESENT, spoke=True)
        for person in (JADE, WIM, ROOS)
    )
    return (
        PlanMeeting(
            id=ChangeId("c-plan"),
            happened_on=on,
            meeting=ItemId("m-1"),
            kind=Code("kick_off"),
            planned_for=on,
        ),
        HoldMeeting(
            id=ChangeId("c-hold"),
            happened_on=on,
            meeting=ItemId("m-1"),
            attendance=there,
        ),
    )


def open_codes(view: rgcore.View) -> set[str]:
    """Return the codes of what is open."""
    return {prompt.finding.code for prompt in view.owed()}
