"""When each rule of the base speaks. Pure functions of a group and its method.

What a rule is called, its sentence and its source stand beside it as data, in
`rgcore.method.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rgcore.domain.changes import ScaleDownCare
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.domain.meetings import (
    COMMUNICATION_CHANNEL,
    KICK_OFF,
    Meeting,
    Presence,
)
from rgcore.domain.people import (
    DIRECTION_SUPPORTER,
    RESPONSIBLE_CLINICIAN,
    Membership,
    RoleHeld,
)
from rgcore.domain.plan import Goal
from rgcore.method.contributions import Speaks
from rgcore.method.method import Method
from rgcore.method.proposal import Proposal

MEETING_INTERVAL: Final = Code("meeting_interval")
EVALUATION_INTERVAL: Final = Code("evaluation_interval")
YEARLY: Final = Code("yearly")


def sociogram_before_nomination(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak from the first nomination while nothing was drawn."""
    del method
    asked = [n.on for n in group.nominations if n.withdrawn_on is None]
    if asked and not group.sociograms:
        yield Speaks(since=min(asked))


def interview_before_first_meeting(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak from the day on which somebody joined without a talk of their own."""
    del method
    heard = {i.respondent for i in group.interviews}
    for member in group.memberships:
        if member.nomination and member.person not in heard and member.until is None:
            yield Speaks(since=member.since, about=(_person(member),))


def channel_on_kick_off_agenda(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak from the day on which a kick-off was planned, or held, without it."""
    del method
    if any(m.had(COMMUNICATION_CHANNEL) for m in group.meetings):
        return
    for meeting in group.meetings:
        first_seen = meeting.planned_on or meeting.held_on
        if meeting.kind == KICK_OFF and first_seen:
            yield Speaks(since=first_seen, about=(_meeting(meeting),))


def minute_taker_is_somebody_else(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak while a meeting that is to come has its client or leader write."""
    del method
    for meeting in group.planned():
        since = _busy_from(group, meeting)
        if since is not None:
            yield Speaks(since=since, about=(_meeting(meeting),))


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
        yield Speaks(since=first.held_on, about=(_meeting(first),))


def _clinician_was_at(group: ResourceGroup, meeting: Meeting) -> bool:
    day = meeting.held_on or date.max
    clinicians = group.holders_on(RESPONSIBLE_CLINICIAN, day)
    return any(meeting.presence_of(c) is Presence.PRESENT for c in clinicians)


def goal_needs_agreement(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the day on which a goal was taken on and nobody does anything."""
    del method
    served = {goal for agreement in group.agreements for goal in agreement.goals}
    for goal in group.goals:
        if goal.is_open and goal.agreed_on and goal.id not in served:
            yield Speaks(since=goal.agreed_on, about=(_goal(goal),))


def next_meeting(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the planned day, or from an interval after the last meeting."""
    to_come = group.planned()
    if to_come:
        first = to_come[0]
        day = first.planned_for or date.max
        yield Speaks(since=day, about=(_meeting(first),), params=(("date", day),))
        return
    held = group.held()
    if held and held[-1].held_on:
        day = method.after(MEETING_INTERVAL, held[-1].held_on)
        yield Speaks(since=day, params=(("date", day),))


def yearly_evaluation(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from a year after the kick-off or after the last evaluation."""
    looked_back = [e.held_on for e in group.evaluations if e.kind == YEARLY]
    began = [m.held_on for m in group.held(KICK_OFF) if m.held_on]
    if began:
        day = method.after(EVALUATION_INTERVAL, max([min(began), *looked_back]))
        yield Speaks(since=day, params=(("date", day),))


def supporter_vacancy(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the day from which nobody is the direction supporter."""
    del method
    held = [r for r in group.roles if r.role == DIRECTION_SUPPORTER]
    since = _first_day_without_end(held, group.started_on)
    if since is not None:
        yield Speaks(since=since)


def _first_day_without_end(held: list[RoleHeld], start: date) -> date | None:
    ends = [r.until for r in held if r.until is None or r.until > r.since]
    if None in ends:
        return None
    return max([start, *(end for end in ends if end)])


def scale_up_before_scale_down(
    group: ResourceGroup, method: Method
) -> Iterator[Speaks]:
    """Speak from the day on which care was scaled down with something lacking."""
    del method
    if group.scale_downs:
        last = group.scale_downs[-1]
        for lack in _lacking(group, last.on, received=last.receiver is not None):
            yield Speaks(since=last.on, params=(("lacks", lack),))


def against_scaling_down(proposal: Proposal) -> Iterator[Speaks]:
    """Stand against the team's scaling down while something is lacking.

    It binds the team and never the client: no rule stands between a client and
    ending care.
    """
    if proposal.type != ScaleDownCare.TYPE:
        return
    change = proposal.change
    step = change if isinstance(change, ScaleDownCare) else None
    if step is None:
        yield from _against(proposal.group, None, received=True)
    elif step.decided_by != proposal.group.client:
        received = step.receiver is not None
        yield from _against(proposal.group, step.happened_on, received=received)


def _against(
    group: ResourceGroup, day: date | None, *, received: bool
) -> Iterator[Speaks]:
    for lack in _lacking(group, day, received=received):
        yield Speaks(since=date.min, params=(("lacks", lack),))


def _lacking(
    group: ResourceGroup, day: date | None, *, received: bool
) -> Iterator[str]:
    if not any(day is None or not a.until or day <= a.until for a in group.scale_ups):
        yield "scale_up_agreement"
    if not received:
        yield "receiver"


def _person(member: Membership) -> Ref:
    return Ref(Kind.PERSON, member.person)


def _meeting(meeting: Meeting) -> Ref:
    return Ref(Kind.MEETING, meeting.id)


def _goal(goal: Goal) -> Ref:
    return Ref(Kind.GOAL, goal.id)
