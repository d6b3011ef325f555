"""What ends with something else: when somebody leaves, or dies."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from attrs import evolve

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import PersonId
from rgcore.domain.legal import Mandate
from rgcore.domain.people import Involvement, Membership, Rest, RoleHeld

SpanT = TypeVar("SpanT", Membership, RoleHeld, Involvement, Rest, Mandate)


def ended(span: SpanT, person: PersonId, day: date) -> SpanT:
    """Return an interval, ended on a day if it is somebody's and runs on from there.

    One that would only begin later has no day any more.

    Args:
        span: The interval.
        person: Whose intervals end.
        day: The first day on which it is over.
    """
    runs_on = span.until is None or span.until > day
    if span.person != person or not runs_on:
        return span
    return evolve(span, until=max(span.since, day))


def role_ended(role: RoleHeld, person: PersonId, day: date) -> RoleHeld:
    """Return a role, ended on a day if it is somebody's and nobody ended it before.

    One that ends for somebody who stands in may lie ahead and ends earlier too.

    Args:
        role: The role.
        person: Whose role ends.
        day: The first day on which it is over.
    """
    return ended(role, person, day) if is_open(role, day) else role


def is_open(role: RoleHeld, day: date) -> bool:
    """Tell whether a role can be ended on a day.

    Args:
        role: The role.
        day: The first day on which it would be over.
    """
    # Format 1 let what was ended be, even where somebody left before that day, and
    # what it made of a journal stays.
    ahead = role.stands_in_for is not None and (role.until or day) > day
    return role.until is None or ahead


def without_roles(group: ResourceGroup, person: PersonId, day: date) -> ResourceGroup:
    """Return the group in which somebody has no role from a day on, and no rest.

    Args:
        group: The group before.
        person: Who.
        day: The first day.
    """
    return evolve(
        group,
        roles=tuple(role_ended(role, person, day) for role in group.roles),
        rests=tuple(ended(rest, person, day) for rest in group.rests),
    )


def without_the_dead(
    group: ResourceGroup, person: PersonId, day: date
) -> ResourceGroup:
    """Return the group in which all that runs for somebody ends on the day they died.

    Args:
        group: The group before.
        person: Who died.
        day: When.
    """
    return evolve(
        group,
        roles=tuple(ended(role, person, day) for role in group.roles),
        rests=tuple(ended(rest, person, day) for rest in group.rests),
        memberships=tuple(ended(m, person, day) for m in group.memberships),
        involvements=tuple(ended(i, person, day) for i in group.involvements),
        mandates=tuple(ended(m, person, day) for m in group.mandates),
    )
