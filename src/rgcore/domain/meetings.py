"""Meetings of the group: planned, held, who was there, what was dealt with."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Final

from attrs import frozen

from rgcore.domain.ids import (
    AgendaItemRef,
    Code,
    ItemId,
    NewAgendaItem,
    PersonId,
    PersonRef,
    RoleCode,
)
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
        as_role: In which role a professional was there, who may have several.
    """

    person: PersonRef
    presence: Presence
    spoke: bool | None = None
    as_role: RoleCode | None = None


class Chairing(StrEnum):
    """Which of the two chairs."""

    FORMAL = "formal"
    INFORMAL = "informal"


@frozen(kw_only=True)
class ChairPassed:
    """The chair went over to somebody else during a meeting.

    Attributes:
        chair: Which of the two.
        to: To whom.
        at: From which point on; `None` if nobody noted it.
    """

    chair: Chairing
    to: PersonRef
    at: AgendaItemRef | None = None


@frozen(kw_only=True)
class AgendaItem:
    """A point for the table.

    Attributes:
        id: Unique in the group.
        topic: A code of the method's agendas, such as `goals`, or `own`.
        words: The point in the group's own words.
        carried_from: The point of an earlier meeting that was not reached there.
    """

    id: NewAgendaItem
    topic: Code
    words: Text | None = None
    carried_from: AgendaItemRef | None = None


@frozen(kw_only=True)
class Meeting:
    """One meeting.

    Attributes:
        id: Unique in the group.
        kind: `kick_off`, `follow_up`, `theme` and so on, or one of a setting.
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
        form: How people meet: `at_home`, `elsewhere`, `video`, `phone`, `mixed`.
        without_professionals: Whether the client wants nobody of care there.
        without_client: The day on which the client said that the others may meet
            without them; `None` if they did not.
        second_minute_taker: Who writes as well, or takes over.
        offer: The theme that was offered and is held here.
        cancelled_on: The day on which it was cancelled; it may be planned anew.
        cancelled: Why: `client_not_well` and so on.
        passed: To whom a chair went over during the meeting.
        from_paper_by: Who typed the minutes from paper.
        atmosphere: How it was, in the group's own words.
        businesslike: How to the point it was, in the group's own words.
        signed_off: Who says that the minutes are right.
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
    form: Code | None = None
    without_professionals: bool = False
    without_client: date | None = None
    second_minute_taker: PersonId | None = None
    offer: ItemId | None = None
    cancelled_on: date | None = None
    cancelled: Code | None = None
    passed: tuple[ChairPassed, ...] = ()
    from_paper_by: PersonId | None = None
    atmosphere: Text | None = None
    businesslike: Text | None = None
    signed_off: tuple[Yes, ...] = ()

    @property
    def not_reached(self) -> tuple[AgendaItem, ...]:
        """Return the points that were not dealt with; none before it was held."""
        if self.held_on is None:
            return ()
        return tuple(item for item in self.agenda if item.id not in self.dealt_with)

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


@frozen(kw_only=True)
class ChannelAgreed:
    """How the group keeps in touch between meetings.

    Attributes:
        on: The day on which it was agreed.
        channel: Such as `whatsapp`, `phone`.
        words: What is not said there.
        meeting: At which meeting.
    """

    on: date
    channel: Code
    words: Text | None = None
    meeting: ItemId | None = None


@frozen(kw_only=True)
class Rhythm:
    """How often the group meets, from a day on.

    Attributes:
        since: The day on which it was agreed.
        days: Days from one meeting to the next.
        meeting: At which meeting.
    """

    since: date
    days: int
    meeting: ItemId | None = None


class YesNo(StrEnum):
    """An answer that may be missing."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class PlaceCheck:
    """Whether a place is quiet, private and safe for all.

    Attributes:
        id: Unique in the group.
        meeting: Which meeting it is for.
        on: The day.
        quiet: Whether one can talk there without being disturbed.
        private: Whether nobody else hears what is said.
        safe: Whether it is safe for everybody who comes.
    """

    id: ItemId
    meeting: ItemId
    on: date
    quiet: YesNo
    private: YesNo
    safe: YesNo


@frozen(kw_only=True)
class NotSafe:
    """A place or meeting is not safe for somebody. Only those they tell learn of it.

    Attributes:
        id: Unique in the group.
        meeting: Which meeting.
        person: For whom it is not safe.
        on: The day.
        told: To whom they say so.
        words: What they want these people to know.
    """

    id: ItemId
    meeting: ItemId
    person: PersonId
    on: date
    told: tuple[PersonId, ...]
    words: Text | None = None


class ClimateFactor(StrEnum):
    """What makes the climate between people, in a meeting. Never a trait of anybody."""

    CRITICISM = "criticism"
    HOSTILITY = "hostility"
    OVER_INVOLVEMENT = "over_involvement"
    POSITIVE_REMARKS = "positive_remarks"
    WARMTH = "warmth"


class Noticed(StrEnum):
    """Whether something was noticed. No strength, no sum."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"


@frozen(kw_only=True)
class FactorNoticed:
    """One factor of the climate, and whether it was noticed."""

    factor: ClimateFactor
    noticed: Noticed


@frozen(kw_only=True)
class Climate:
    """The climate of a meeting, and what the supporter did when it was tense.

    Attributes:
        id: Unique in the group.
        meeting: Which meeting.
        by: Who noticed it.
        on: The day.
        factors: What was noticed.
        done: What the supporter did: `pause`, `separate_talk` and so on.
        words: More about it; it names nobody as the cause.
    """

    id: ItemId
    meeting: ItemId
    by: PersonId
    on: date
    factors: tuple[FactorNoticed, ...] = ()
    done: tuple[Code, ...] = ()
    words: Text | None = None
