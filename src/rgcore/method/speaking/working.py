"""Rules about working together: goals, agreements, parts, themes, support."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, PersonId, Ref
from rgcore.domain.plan import Achievement, Agreement, Goal
from rgcore.method.method import Method
from rgcore.method.rule import Speaks
from rgcore.method.speaking.common import (
    away,
    first_kick_off,
    person_ref,
    staff_of,
    was_at,
)


def goal_needs_agreement(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak from the day on which a goal was taken on and nobody does anything."""
    del method
    served = {goal for agreement in group.agreements for goal in agreement.goals}
    for goal in group.goals:
        if goal.is_open and goal.agreed_on and goal.id not in served:
            yield Speaks(since=goal.agreed_on, about=(goal_ref(goal),))


def goal_looked_back_on(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after anybody last said how a goal goes.

    Of one goal at a time, the one that waits longest; of none that was reached.
    """
    waiting = [
        (_talked_about(g), g) for g in group.goals if g.is_open and not _is_reached(g)
    ]
    for last, goal in sorted(waiting, key=lambda one: (one[0], one[1].id))[:1]:
        since = method.after(Code("goal_review_after"), last)
        yield Speaks(since=since, about=(goal_ref(goal),))


def _talked_about(goal: Goal) -> date:
    said = [r.on for r in goal.reviews] + [a.on for a in goal.attainments]
    return max([goal.agreed_on or date.min, goal.versions[-1].set_on, *said])


def _is_reached(goal: Goal) -> bool:
    return any(r.achievement is Achievement.REACHED for r in goal.reviews[-1:])


def smaller_step(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak when a goal was found not yet reached twice in the same words."""
    del method
    for goal in group.goals:
        worded = goal.versions[-1].set_on
        found = [r for r in goal.reviews if r.on >= worded][-2:]
        twice = [r.achievement for r in found] == [Achievement.NOT_YET] * 2
        if goal.is_open and twice:
            yield Speaks(since=found[-1].on, about=(goal_ref(goal),))


def tasks_without_hands(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak while everybody who took an agreement on is gone or rests."""
    del method
    for agreement in group.agreements:
        if agreement.closed_on is None:
            yield from _unheld(group, agreement)


def _unheld(group: ResourceGroup, agreement: Agreement) -> Iterator[Speaks]:
    gone = [away(group, owner) for owner in agreement.now.owners]
    found = [one for one in gone if one is not None]
    if not found or len(found) < len(gone):
        return
    since = max([agreement.now.set_on, *(one.since for one in found)])
    back = [one.until for one in found if one.until is not None]
    about = (Ref(Kind.AGREEMENT, agreement.id),)
    yield Speaks(since=since, until=min(back, default=None), about=about)


def part_described(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after a member joined of whom nobody knows what they do."""
    kick_off = first_kick_off(group)
    if kick_off is None or kick_off.held_on is None:
        return
    clear = {p.person for p in group.parts} | {r.person for r in group.roles}
    clear |= {o for a in group.agreements for o in a.now.owners}
    for member in group.memberships:
        if member.until is None and member.person not in clear:
            joined = max(member.since, kick_off.held_on)
            since = method.after(Code("part_after"), joined)
            yield Speaks(since=since, about=(person_ref(member.person),))


def support_for_members(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after the first relative joined to whom nothing was offered.

    One relative at a time, and no child: it is a question to somebody, and no list.
    """
    offered = {p for offer in group.offers for p in offer.people}
    offered |= {child.person for child in group.birthdays}
    waiting = [
        m
        for m in group.memberships
        if m.until is None
        and m.person not in offered
        and m.person not in staff_of(group)
    ]
    for member in sorted(waiting, key=lambda m: m.since)[:1]:
        since = method.after(Code("support_after"), member.since)
        yield Speaks(since=since, about=(person_ref(member.person),))


def involved_meet_the_group(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after a professional got involved who never met the group."""
    for involved in group.involvements:
        who = involved.person
        knows = who in group.members_on(date.max) or _met(group, who)
        knows = knows or any(r.person == who and r.stands_in_for for r in group.roles)
        if involved.until is None and who in staff_of(group) and not knows:
            since = method.after(Code("involved_after"), involved.since)
            yield Speaks(since=since, about=(person_ref(who),))


def _met(group: ResourceGroup, person: PersonId) -> bool:
    return any(was_at(meeting, (person,)) for meeting in group.held())


def standard_themes_offered(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    """Speak some time after the kick-off of a standard theme that nobody was offered.

    One theme at a time.
    """
    kick_off = first_kick_off(group)
    if kick_off is None or kick_off.held_on is None:
        return
    offered = {o.topic for o in group.offers if not o.outside}
    offered |= {t.covered_by for t in method.trainings if t.code in offered}  # type: ignore[misc]
    missing = [t.code for t in method.themes if t.standard and t.code not in offered]
    for theme in missing[:1]:
        since = method.after(Code("themes_after"), kick_off.held_on)
        yield Speaks(since=since, params=(("theme", theme),))


def goal_ref(goal: Goal) -> Ref:
    """Return a pointer to a goal."""
    return Ref(Kind.GOAL, goal.id)
