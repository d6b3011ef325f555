"""Rules about getting ready: who is asked, the talks, the goals, the signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code
from rgcore.domain.plan import GoalStatus, Term
from rgcore.method.method import Method
from rgcore.method.rule import Speaks
from rgcore.method.speaking.common import first_kick_off, person_ref, staff_of

CRISIS_STAGE: Final = 3
"""From this stage of a signalling plan on, somebody must be reachable."""


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
            yield Speaks(since=member.since, about=(person_ref(member.person),))


def informal_member_nominated(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the first nomination while only people of the directory are asked."""
    del method
    asked = [n for n in group.nominations if n.withdrawn_on is None]
    if asked and all(n.person in staff_of(group) for n in asked):
        yield Speaks(since=min(n.on for n in asked))


def short_and_long_goal(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the kick-off while there are goals of one term only."""
    del method
    kick_off = first_kick_off(group)
    terms = {g.term for g in group.goals if g.status is not GoalStatus.ENDED}
    if kick_off is None or kick_off.held_on is None or not terms:
        return
    for term in Term:
        if term not in terms:
            yield Speaks(since=kick_off.held_on, params=(("lacks", str(term)),))


def signalling_plan_made(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after the kick-off while there is no signalling plan."""
    kick_off = first_kick_off(group)
    if kick_off is not None and kick_off.held_on and not group.signalling_plans:
        yield Speaks(since=method.after(Code("signalling_after"), kick_off.held_on))


def second_person(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak while a relative alone, or at any hour, has to act when it gets hard."""
    del method
    for plan in group.signalling_plans[-1:]:
        for action in plan.actions:
            asked = action.by not in {group.client, *staff_of(group)}
            alone = action.second is None or action.hours is None
            if asked and alone and action.stage >= CRISIS_STAGE:
                yield Speaks(since=plan.set_on, about=(person_ref(action.by),))


def child_check(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after the start while nobody asked about children."""
    if not group.child_checks:
        since = method.after(Code("child_check_after"), group.started_on)
        yield Speaks(since=since, about=(person_ref(group.client),))
