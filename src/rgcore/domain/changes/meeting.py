"""Meetings: planned, changed, held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    in_the_past,
    misfit,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    AgendaItemRef,
    Code,
    ItemId,
    Kind,
    MeetingFormCode,
    MeetingKindCode,
    MeetingRef,
    NewMeeting,
    OfferRef,
    PersonId,
    PersonRef,
)
from rgcore.domain.items import replaced
from rgcore.domain.meetings import (
    AgendaItem,
    Attendance,
    ChairPassed,
    Meeting,
    Presence,
)
from rgcore.domain.people import DIRECTION_SUPPORTER
from rgcore.domain.text import Text


@frozen(kw_only=True)
class PlanMeeting(Change):
    """The client plans a meeting, with as much help as they want.

    Attributes:
        meeting: Its id.
        kind: `kick_off`, `follow_up`, `theme` and so on, or one of a setting.
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
        form: How people meet: `at_home`, `elsewhere`, `video`, `phone`, `mixed`.
        without_professionals: Whether the client wants nobody of care there.
        second_minute_taker: Who writes as well, or takes over.
        offer: The theme that was offered and is held here.
    """

    TYPE = Code("meeting.plan")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    meeting: NewMeeting
    kind: MeetingKindCode
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
    form: MeetingFormCode | None = None
    without_professionals: bool = False
    second_minute_taker: PersonRef | None = None
    offer: OfferRef | None = None

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
            form=self.form,
            without_professionals=self.without_professionals,
            second_minute_taker=self.second_minute_taker,
            offer=self.offer,
        )
        return evolve(group, meetings=(*group.meetings, meeting))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from in_the_past(self.planned_for, self, ".planned_for")
        yield from _length(self.minutes_long)
        yield from _carried_within(group, self.meeting, self.agenda, ".agenda")
        if any(o.id == self.offer and o.outside for o in group.offers):
            yield misfit("held_elsewhere", ".offer")


@frozen(kw_only=True)
class ChangeMeeting(Change):
    """The client changes a meeting that is planned. What is `None` stays.

    With another day, a meeting that was cancelled is planned anew.

    Attributes:
        meeting: Which meeting.
        planned_for: Another day.
        starts_at: Another time.
        place: Another place.
        added: Points to add at the end of the agenda.
        chair: Another chair.
        informal_chair: Another informal chair.
        minute_taker: Another minute-taker.
        form: Another way to meet.
        second_minute_taker: Another second minute-taker.
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
    form: MeetingFormCode | None = None
    second_minute_taker: PersonRef | None = None

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
            form=self.form or old.form,
            second_minute_taker=self.second_minute_taker or old.second_minute_taker,
            cancelled_on=None if self.planned_for else old.cancelled_on,
            cancelled=None if self.planned_for else old.cancelled,
        )
        return evolve(group, meetings=replaced(group.meetings, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from held_already(group, self.meeting)
        if self.planned_for is None:
            yield from cancelled_already(group, self.meeting)
        yield from in_the_past(self.planned_for, self, ".planned_for")
        yield from _carried_within(group, self.meeting, self.added, ".added")


@frozen(kw_only=True)
class HoldMeeting(Change):
    """A meeting was held: one that was planned, or one that nobody planned.

    Who was expected is frozen on the day: the client, the members of that day who
    have not stepped back, whoever supports the client then, and whoever was invited.
    Nobody of care is expected at a meeting without professionals.

    Attributes:
        meeting: The planned meeting, or `None` if `unplanned` is given.
        unplanned: The id of a meeting that was not planned.
        kind: The kind of a meeting that was not planned.
        attendance: Who was there and who had the floor. Everybody expected who is
            not named stays `not_recorded`.
        dealt_with: The points of the agenda that were dealt with.
        minutes: What was written down.
        chair: Who led it, if not the one who was planned.
        informal_chair: Who opened it and gave the floor, likewise.
        minute_taker: Who wrote, likewise.
        second_minute_taker: Who wrote as well.
        passed: To whom a chair went over during the meeting.
        from_paper_by: Who typed the minutes from paper.
        atmosphere: How it was, in the group's own words.
        businesslike: How to the point it was, in the group's own words.
        form: How people met, if not as planned.
        with_supporter: Whether whoever supports the client was expected though they
            are no member. Schema 1 expected members alone.
    """

    TYPE = Code("meeting.hold")
    SCHEMA = 2
    KIND = ChangeKind.FACT

    meeting: MeetingRef | None = None
    unplanned: NewMeeting | None = None
    kind: MeetingKindCode | None = None
    attendance: tuple[Attendance, ...] = ()
    dealt_with: tuple[AgendaItemRef, ...] = ()
    minutes: Text | None = None
    chair: PersonRef | None = None
    informal_chair: PersonRef | None = None
    minute_taker: PersonRef | None = None
    second_minute_taker: PersonRef | None = None
    passed: tuple[ChairPassed, ...] = ()
    from_paper_by: PersonRef | None = None
    atmosphere: Text | None = None
    businesslike: Text | None = None
    form: MeetingFormCode | None = None
    with_supporter: bool = True

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
            chair=self.chair or old.chair,
            informal_chair=self.informal_chair or old.informal_chair,
            minute_taker=self.minute_taker or old.minute_taker,
            second_minute_taker=self.second_minute_taker or old.second_minute_taker,
            passed=self.passed,
            from_paper_by=self.from_paper_by,
            atmosphere=self.atmosphere,
            businesslike=self.businesslike,
            form=self.form or old.form,
            cancelled_on=None,
            cancelled=None,
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
        day = self.happened_on
        members = group.members_on(day)
        supporters = group.holders_on(DIRECTION_SUPPORTER, day)
        beside = supporters if self.with_supporter else ()
        usual = [p for p in (*members, *beside) if not group.rests_on(p, day)]
        if meeting.without_professionals:
            staff = {p.id for p in group.people if p.staff}
            usual = [p for p in usual if p not in staff]
        return tuple(dict.fromkeys((group.client, *usual, *meeting.invited)))

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
            yield from held_already(group, self.meeting)
        yield from self._twice_named()
        yield from self._of_another_agenda(group)

    def _twice_named(self) -> Iterable[Finding]:
        people = [line.person for line in self.attendance]
        for number, person in enumerate(people):
            if person in people[:number]:
                yield misfit("named_twice", f".attendance[{number}].person")

    def _of_another_agenda(self, group: ResourceGroup) -> Iterable[Finding]:
        own = {i.id for m in group.meetings if m.id == self.meeting for i in m.agenda}
        named = [(f".dealt_with[{n}]", i) for n, i in enumerate(self.dealt_with)]
        passed = [(f".passed[{n}].at", p.at) for n, p in enumerate(self.passed) if p.at]
        for path, item in (*named, *passed):
            if item not in own and group.holds(Kind.AGENDA_ITEM, item):
                yield misfit("of_another_meeting", path)


def held_already(group: ResourceGroup, meeting: ItemId) -> Iterable[Finding]:
    """Return a finding if a meeting was held."""
    if any(m.id == meeting and m.held_on for m in group.meetings):
        yield misfit("held_already", ".meeting")


def cancelled_already(group: ResourceGroup, meeting: ItemId) -> Iterable[Finding]:
    """Return a finding if a meeting was cancelled."""
    if any(m.id == meeting and m.cancelled_on for m in group.meetings):
        yield misfit("cancelled_already", ".meeting")


def _carried_within(
    group: ResourceGroup, meeting: ItemId, points: tuple[AgendaItem, ...], path: str
) -> Iterable[Finding]:
    there = [i.id for m in group.meetings if m.id == meeting for i in m.agenda]
    own = {*there, *(point.id for point in points)}
    for number, point in enumerate(points):
        if point.carried_from in own:
            yield misfit("of_this_meeting", f"{path}[{number}].carried_from")


def _length(minutes: int | None) -> Iterable[Finding]:
    if minutes is not None and not 1 <= minutes <= _LONGEST_MEETING:
        yield misfit("no_such_length", ".minutes_long")


_LONGEST_MEETING = 24 * 60
