"""Meetings: planned, changed, held; and the house rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from attrs import evolve, frozen

from rgcore.domain.changes.base import Change, ChangeKind, Owner, misfit
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    AgendaItemRef,
    Code,
    HouseRulesRef,
    ItemId,
    Kind,
    MeetingRef,
    NewHouseRules,
    NewMeeting,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.meetings import (
    AgendaItem,
    Attendance,
    HouseRules,
    Meeting,
    Presence,
    Yes,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class PlanMeeting(Change):
    """The client plans a meeting, with as much help as they want.

    Attributes:
        meeting: Its id.
        kind: `kick_off`, `follow_up`, `extra`, or one of a setting.
        planned_for: The day of the meeting.
        starts_at: Local time.
        minutes_long: Planned length in minutes.
        place: Where.
        channel: How people are invited: `whatsapp`, `phone`, `letter`.
        agenda: The points, in order.
        chair: Who leads: agenda and time.
        informal_chair: Who opens and gives the floor.
        minute_taker: Who keeps the minutes.
        invited: Who is asked to come beside the members.
    """

    TYPE = Code("meeting.plan")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    meeting: NewMeeting
    kind: Code
    planned_for: date
    starts_at: time | None = None
    minutes_long: int | None = None
    place: Text | None = None
    channel: Code | None = None
    agenda: tuple[AgendaItem, ...] = ()
    chair: PersonRef | None = None
    informal_chair: PersonRef | None = None
    minute_taker: PersonRef | None = None
    invited: tuple[PersonRef, ...] = ()

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `meeting.plan` with the kind of meeting."""
        del group
        return f"{self.TYPE}:{self.kind}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the plan."""
        meeting = Meeting(
            id=self.meeting,
            kind=self.kind,
            planned_for=self.planned_for,
            planned_on=self.happened_on,
            starts_at=self.starts_at,
            minutes_long=self.minutes_long,
            place=self.place,
            channel=self.channel,
            agenda=self.agenda,
            chair=self.chair,
            informal_chair=self.informal_chair,
            minute_taker=self.minute_taker,
            roles_since=self.happened_on,
            invited=self.invited,
        )
        return evolve(group, meetings=(*group.meetings, meeting))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.planned_for < self.happened_on:
            yield misfit("in_the_past", ".planned_for")
        yield from _length(self.minutes_long)


@frozen(kw_only=True)
class ChangeMeeting(Change):
    """The client changes a meeting that is planned. What is `None` stays.

    Attributes:
        meeting: Which meeting.
        planned_for: Another day.
        starts_at: Another time.
        place: Another place.
        added: Points to add at the end of the agenda.
        chair: Another chair.
        informal_chair: Another informal chair.
        minute_taker: Another minute-taker.
    """

    TYPE = Code("meeting.change")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    meeting: MeetingRef
    planned_for: date | None = None
    starts_at: time | None = None
    place: Text | None = None
    added: tuple[AgendaItem, ...] = ()
    chair: PersonRef | None = None
    informal_chair: PersonRef | None = None
    minute_taker: PersonRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep what changed."""
        old = group.meeting(self.meeting)
        named = (self.chair, self.informal_chair, self.minute_taker)
        left = (old.planned_for,) if self.planned_for and old.planned_for else ()
        new = evolve(
            old,
            planned_for=self.planned_for or old.planned_for,
            earlier_days=(*old.earlier_days, *left),
            starts_at=self.starts_at or old.starts_at,
            place=self.place or old.place,
            agenda=(*old.agenda, *self.added),
            chair=self.chair or old.chair,
            informal_chair=self.informal_chair or old.informal_chair,
            minute_taker=self.minute_taker or old.minute_taker,
            roles_since=self.happened_on if any(named) else old.roles_since,
        )
        return evolve(group, meetings=replaced(group.meetings, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from _held_already(group, self.meeting)
        if self.planned_for is not None and self.planned_for < self.happened_on:
            yield misfit("in_the_past", ".planned_for")


@frozen(kw_only=True)
class HoldMeeting(Change):
    """A meeting was held: one that was planned, or one that nobody planned.

    Who was expected is frozen on the day: the client, the members of that day and
    whoever was invited.

    Attributes:
        meeting: The planned meeting, or `None` if `unplanned` is given.
        unplanned: The id of a meeting that was not planned.
        kind: The kind of a meeting that was not planned.
        attendance: Who was there and who had the floor. Everybody expected who is
            not named stays `not_recorded`.
        dealt_with: The points of the agenda that were dealt with.
        minutes: What was written down.
    """

    TYPE = Code("meeting.hold")
    KIND = ChangeKind.FACT

    meeting: MeetingRef | None = None
    unplanned: NewMeeting | None = None
    kind: Code | None = None
    attendance: tuple[Attendance, ...] = ()
    dealt_with: tuple[AgendaItemRef, ...] = ()
    minutes: Text | None = None

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `meeting.hold` with the kind of meeting.

        Args:
            group: The group after the change. What was entered in error may be a
                meeting that it does not know.
        """
        known = (m.kind for m in group.meetings if m.id == self._held)
        kind = next(known, self.kind)
        return f"{self.TYPE}:{kind}" if kind else self.TYPE

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the meeting as held, with everybody who was expected."""
        known = self.unplanned is None
        old = group.meeting(self._held) if known else self._unannounced()
        expected = self._expected(group, old)
        new = evolve(
            old,
            held_on=self.happened_on,
            expected=expected,
            attendance=self._lines(expected),
            dealt_with=self.dealt_with,
            minutes=self.minutes,
        )
        if known:
            return evolve(group, meetings=replaced(group.meetings, new))
        return evolve(group, meetings=(*group.meetings, new))

    @property
    def _held(self) -> ItemId:
        return self.meeting or self.unplanned or ItemId("")

    def _unannounced(self) -> Meeting:
        return Meeting(id=self._held, kind=self.kind or Code("extra"))

    def _expected(self, group: ResourceGroup, meeting: Meeting) -> tuple[PersonId, ...]:
        members = group.members_on(self.happened_on)
        return tuple(dict.fromkeys((group.client, *members, *meeting.invited)))

    def _lines(self, expected: tuple[PersonId, ...]) -> tuple[Attendance, ...]:
        named = {line.person: line for line in self.attendance}
        everybody = dict.fromkeys((*expected, *named))
        return tuple(
            named.get(p) or Attendance(person=p, presence=Presence.NOT_RECORDED)
            for p in everybody
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if (self.meeting is None) == (self.unplanned is None):
            yield misfit("one_of_two", ".meeting")
        if (self.unplanned is None) != (self.kind is None):
            yield misfit("kind_of_unplanned", ".kind")
        if self.meeting is not None:
            yield from _held_already(group, self.meeting)
        yield from self._twice_named()
        yield from self._of_another_agenda(group)

    def _twice_named(self) -> Iterable[Finding]:
        people = [line.person for line in self.attendance]
        for number, person in enumerate(people):
            if person in people[:number]:
                yield misfit("named_twice", f".attendance[{number}].person")

    def _of_another_agenda(self, group: ResourceGroup) -> Iterable[Finding]:
        own = {i.id for m in group.meetings if m.id == self.meeting for i in m.agenda}
        for number, item in enumerate(self.dealt_with):
            if item not in own and group.holds(Kind.AGENDA_ITEM, item):
                yield misfit("of_another_meeting", f".dealt_with[{number}]")


@frozen(kw_only=True)
class SetHouseRules(Change):
    """The group writes down how its people deal with one another.

    Attributes:
        house_rules: Their id.
        rules: Each rule, in the group's words. Earlier versions stay.
    """

    TYPE = Code("house_rules.set")
    KIND = ChangeKind.FACT

    house_rules: NewHouseRules
    rules: tuple[Text, ...]

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep them as the next version, to which nobody has said yes yet."""
        new = HouseRules(
            id=self.house_rules,
            version=len(group.house_rules) + 1,
            set_on=self.happened_on,
            rules=self.rules,
        )
        return evolve(group, house_rules=(*group.house_rules, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.rules:
            yield misfit("empty", ".rules")


@frozen(kw_only=True)
class AgreeHouseRules(Change):
    """Somebody says yes to the house rules, for themselves.

    Attributes:
        house_rules: Which version.
        person: Whose yes it is.
    """

    TYPE = Code("house_rules.agree")
    KIND = ChangeKind.FACT

    house_rules: HouseRulesRef
    person: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the yes."""
        old = one(group.house_rules, self.house_rules)
        new = evolve(old, agreed=(*old.agreed, self._yes()))
        return evolve(group, house_rules=replaced(group.house_rules, new))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose yes it is."""
        del group
        return self.person

    def _yes(self) -> Yes:
        return Yes(person=self.person, on=self.happened_on)


def _held_already(group: ResourceGroup, meeting: ItemId) -> Iterable[Finding]:
    if any(m.id == meeting and m.held_on for m in group.meetings):
        yield misfit("held_already", ".meeting")


def _length(minutes: int | None) -> Iterable[Finding]:
    if minutes is not None and not 1 <= minutes <= _LONGEST_MEETING:
        yield misfit("no_such_length", ".minutes_long")


_LONGEST_MEETING = 24 * 60
