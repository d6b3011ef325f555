"""Rules about meetings: planned, led, written down, safe, and about whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId
from rgcore.domain.meetings import (
    COMMUNICATION_CHANNEL,
    KICK_OFF,
    Meeting,
    PlaceCheck,
    Presence,
    YesNo,
)
from rgcore.domain.people import DIRECTION_SUPPORTER, RESPONSIBLE_CLINICIAN
from rgcore.method.method import Method
from rgcore.method.rule import Speaks
from rgcore.method.speaking.common import (
    after_interval,
    meeting_ref,
    person_ref,
    regular,
    regular_to_come,
    was_at,
)

CONFIDENTIALITY: Final = Code("confidentiality")
AGENDA_BEFORE: Final = Code("agenda_before")
MEETING_TOLERANCE: Final = Code("meeting_tolerance")
_REMOTE: Final = frozenset({"video", "phone"})
_NOT_THERE: Final = frozenset({Presence.ABSENT, Presence.EXCUSED})


def channel_on_kick_off_agenda(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak from the day on which a kick-off was planned, or held, without it."""
    del method
    if not group.channels:
        yield from _not_on_an_agenda(group, COMMUNICATION_CHANNEL)


def confidentiality_on_kick_off_agenda(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak likewise while what stays between people is on no agenda.

    From the kick-off on, the step of the house rules says the same.
    """
    del method
    if group.house_rules:
        return
    for said in _not_on_an_agenda(group, CONFIDENTIALITY):
        kick_off = next((m.held_on for m in group.held(KICK_OFF)), None)
        if kick_off is None or said.since < kick_off:
            yield evolve(said, until=kick_off)


def _not_on_an_agenda(group: ResourceGroup, topic: Code) -> Iterator[Speaks]:
    if any(m.had(topic) for m in group.meetings):
        return
    for meeting in group.meetings:
        first_seen = meeting.planned_on or meeting.held_on
        if meeting.kind == KICK_OFF and first_seen:
            yield Speaks(since=first_seen, about=(meeting_ref(meeting),))


def minute_taker_is_somebody_else(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak while a meeting that is to come has its client or leader write."""
    del method
    for meeting in group.planned():
        since = _busy_from(group, meeting)
        if since is not None:
            yield Speaks(since=since, about=(meeting_ref(meeting),))


def _busy_from(group: ResourceGroup, meeting: Meeting) -> date | None:
    """Return from when whoever writes has another part as well."""
    writer, named = meeting.minute_taker, meeting.roles_since
    if writer is None or named is None:
        return None
    if writer in {group.client, meeting.chair}:
        return named
    supports = [
        held.since
        for held in group.roles
        if (held.person, held.role, held.until) == (writer, DIRECTION_SUPPORTER, None)
    ]
    return max(named, min(supports)) if supports else None


def clinician_at_kick_off(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the first kick-off without the clinician, until one was there."""
    del method
    kick_offs = group.held(KICK_OFF)
    if not kick_offs or any(_clinician_was_at(group, m) for m in group.held()):
        return
    first = kick_offs[0]
    if first.held_on:
        yield Speaks(since=first.held_on, about=(meeting_ref(first),))


def _clinician_was_at(group: ResourceGroup, meeting: Meeting) -> bool:
    day = meeting.held_on or date.max
    clinicians = group.holders_on(RESPONSIBLE_CLINICIAN, day)
    return was_at(meeting, clinicians)


def supporter_at_kick_off(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the first kick-off at which the supporter was not, until they were.

    That nobody noted it says nothing.
    """
    del method
    for meeting in group.held(KICK_OFF)[:1]:
        day = meeting.held_on or date.max
        there = group.holders_on(DIRECTION_SUPPORTER, day)
        missed = any(meeting.presence_of(p) in _NOT_THERE for p in there)
        if missed and not any(_supporter_was_at(group, m) for m in group.held()):
            yield Speaks(since=day, about=(meeting_ref(meeting),))


def _supporter_was_at(group: ResourceGroup, meeting: Meeting) -> bool:
    day = meeting.held_on or date.max
    return was_at(meeting, group.holders_on(DIRECTION_SUPPORTER, day))


def agenda_made_together(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time before a meeting that has no agenda."""
    for meeting in regular_to_come(group, method):
        if not meeting.agenda and meeting.planned_for and meeting.planned_on:
            early = method.before(AGENDA_BEFORE, meeting.planned_for)
            since = max(meeting.planned_on, early)
            yield Speaks(since=since, about=(meeting_ref(meeting),))


def place_checked(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time before a meeting whose kind of place nobody found good yet."""
    good = {_form(group, c.meeting) for c in group.place_checks if _is_good(c)}
    for meeting in regular_to_come(group, method):
        nearby = meeting.form not in _REMOTE and meeting.form not in good
        if nearby and meeting.planned_for and meeting.planned_on:
            early = method.before(AGENDA_BEFORE, meeting.planned_for)
            since = max(meeting.planned_on, early)
            yield Speaks(since=since, about=(meeting_ref(meeting),))


def _is_good(check: PlaceCheck) -> bool:
    return {check.quiet, check.private, check.safe} == {YesNo.YES}


def _form(group: ResourceGroup, meeting: ItemId) -> Code | None:
    return group.meeting(meeting).form


def next_meeting(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the planned day, or from an interval after the last meeting.

    The interval is the group's own if it chose one. After a meeting was cancelled
    there is some time to find another day. Once the tolerance has gone by too,
    `rhythm_with_tolerance` speaks instead.
    """
    to_come = regular_to_come(group, method)
    if to_come:
        first = to_come[0]
        day = first.planned_for or date.max
        yield Speaks(since=day, about=(meeting_ref(first),), params=(("date", day),))
        return
    due = _next_due(group, method)
    if due is not None:
        until = method.after(MEETING_TOLERANCE, due)
        yield Speaks(since=due, until=until, params=(("date", due),))


def _next_due(group: ResourceGroup, method: Method) -> date | None:
    held = regular(group, method)
    if not held or held[-1].held_on is None:
        return None
    due = after_interval(group, method, held[-1].held_on)
    cancelled = [
        method.after(Code("after_cancelling"), m.cancelled_on)
        for m in group.meetings
        if m.cancelled_on and method.is_regular(m.kind)
    ]
    return _after_rests(group, max([due, *cancelled]))


def _after_rests(group: ResourceGroup, day: date) -> date:
    """Return a day that falls in a rest as the day after it: nothing is late then."""
    rests = [(p.since, p.until) for p in group.pauses]
    rests += [(gone.on, gone.back_on) for gone in group.departures]
    return max([day, *(end for begin, end in rests if end and begin <= day)])


def rhythm_with_tolerance(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak when the interval and its tolerance have gone by with nothing planned."""
    due = _next_due(group, method)
    if due is not None and not regular_to_come(group, method):
        held = regular(group, method)
        since = method.after(MEETING_TOLERANCE, due)
        yield Speaks(since=since, about=(meeting_ref(held[-1]),))


def minutes_after_meeting(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after the last meeting of which nothing was written down."""
    for meeting in regular(group, method)[-1:]:
        decided = any(d.meeting == meeting.id for d in group.decisions)
        if meeting.minutes is None and not decided and meeting.held_on:
            since = method.after(Code("minutes_after"), meeting.held_on)
            yield Speaks(since=since, about=(meeting_ref(meeting),))


def client_had_the_floor(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the last meeting if it was noted that the client did not speak."""
    for meeting in regular(group, method)[-1:]:
        silent = any(
            line.person == group.client and line.spoke is False
            for line in meeting.attendance
        )
        if silent and meeting.held_on:
            about = (meeting_ref(meeting), person_ref(group.client))
            yield Speaks(since=meeting.held_on, about=about)


def meeting_without_client(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from a meeting that was held without the client, who did not say so."""
    del method
    for meeting in group.held():
        there = meeting.presence_of(group.client)
        if there in _NOT_THERE and meeting.without_client is None and meeting.held_on:
            yield Speaks(since=meeting.held_on, about=(meeting_ref(meeting),))
