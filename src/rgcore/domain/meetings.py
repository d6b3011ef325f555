"""Meetings of the group: planned, held, who was there, what was dealt with."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Final

from attrs import frozen

from rgcore.domain.ids import Code, ItemId, NewAgendaItem, PersonId, PersonRef
from rgcore.domain.text import Text

KICK_OFF: Final = Code("kick_off")
FOLLOW_UP: Final = Code("follow_up")
COMMUNICATION_CHANNEL: Final = Code("communication_channel")


class Presence(StrEnum):
    """Whether somebody was there. Four values, and none of them means zero."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    NOT_RECORDED = "not_recorded"


@frozen(kw_only=True)
class Attendance:
    """One person at one meeting.

    Attributes:
        person: Who.
        presence: Whether they were there.
        spoke: Whether they had the floor; `None` when nobody noted it.
    """

    person: PersonRef
    presence: Presence
    spoke: bool | None = None


@frozen(kw_only=True)
class AgendaItem:
    """A point for the table.

    Attributes:
        id: Unique in the group.
        topic: A code of the method's agendas, such as `goals`, or `own`.
        words: The point in the group's own words.
    """

    id: NewAgendaItem
    topic: Code
    words: Text | None = None


@frozen(kw_only=True)
class Meeting:
    """One meeting.

    Attributes:
        id: Unique in the group.
        kind: `kick_off`, `follow_up`, `extra`, or one of a setting.
        planned_for: The day for which it is planned; `None` if it was not planned.
        planned_on: The day on which it was planned.
        earlier_days: The days for which it was planned before it was moved.
        starts_at: Local time.
        minutes_long: Planned length in minutes.
        place: Where.
        channel: How people are invited: `whatsapp`, `phone`, `letter`.
        agenda: The points, in order.
        chair: Who leads the meeting: agenda and time.
        informal_chair: Who opens and gives the floor; often the client.
        minute_taker: Who keeps the minutes.
        roles_since: The day on which these three were last named.
        invited: Who is asked to come beside the members.
        held_on: The day on which it was held.
        expected: Who was expected, as it stood on that day; never changed later.
        attendance: Everyone expected and everyone who came.
        dealt_with: The points that were dealt with.
        minutes: What was written down.
    """

    id: ItemId
    kind: Code
    planned_for: date | None = None
    planned_on: date | None = None
    earlier_days: tuple[date, ...] = ()
    starts_at: time | None = None
    minutes_long: int | None = None
    place: Text | None = None
    channel: Code | None = None
    agenda: tuple[AgendaItem, ...] = ()
    chair: PersonId | None = None
    informal_chair: PersonId | None = None
    minute_taker: PersonId | None = None
    roles_since: date | None = None
    invited: tuple[PersonId, ...] = ()
    held_on: date | None = None
    expected: tuple[PersonId, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    dealt_with: tuple[ItemId, ...] = ()
    minutes: Text | None = None

    def presence_of(self, person: PersonId) -> Presence:
        """Return whether `person` was there."""
        for line in self.attendance:
            if line.person == person:
                return line.presence
        return Presence.NOT_RECORDED

    def had(self, topic: Code) -> bool:
        """Tell whether `topic` stands on the agenda."""
        return any(item.topic == topic for item in self.agenda)


@frozen(kw_only=True)
class Yes:
    """Somebody's yes on a day."""

    person: PersonId
    on: date


@frozen(kw_only=True)
class HouseRules:
    """How the group deals with one another. Each member says yes for themselves.

    Attributes:
        id: Unique in the group.
        version: 1 for the first.
        set_on: The day.
        rules: Each rule in the group's words.
        agreed: Who said yes, on which day.
    """

    id: ItemId
    version: int
    set_on: date
    rules: tuple[Text, ...]
    agreed: tuple[Yes, ...] = ()
