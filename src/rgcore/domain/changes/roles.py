"""Roles: who holds one, who stands in, and when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    misfit,
    outlived,
)
from rgcore.domain.changes.ending import is_open, role_ended
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, PersonId, PersonRef, RoleCode
from rgcore.domain.people import RoleHeld


@frozen(kw_only=True)
class AssignRole(Change):
    """Somebody has a role from this day.

    Attributes:
        person: Who.
        role: A role of the method.
    """

    TYPE = Code("role.assign")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    person: PersonRef
    role: RoleCode

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Begin the role."""
        return with_role(group, self.person, self.role, self)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        wanted = (self.person, self.role, None)
        if any((r.person, r.role, r.until) == wanted for r in group.roles):
            yield misfit("role_held_already", ".role")
        yield from outlived(group, self.person, self, ".person")


@frozen(kw_only=True)
class EndRole(Change):
    """Somebody no longer has a role from this day.

    Attributes:
        person: Who.
        role: The role.
    """

    TYPE = Code("role.end")
    KIND = ChangeKind.FACT

    person: PersonRef
    role: RoleCode

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End the role on this day."""
        day = self.happened_on
        return evolve(
            group,
            roles=tuple(
                role_ended(r, self.person, day) if r.role == self.role else r
                for r in group.roles
            ),
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        held = [
            r
            for r in group.roles
            if (r.person, r.role) == (self.person, self.role)
            and is_open(r, self.happened_on)
        ]
        if not held:
            yield misfit("role_not_held", ".role")
        if any(self.happened_on < r.since for r in held):
            yield misfit("ends_before_it_begins", ".happened_on")


@frozen(kw_only=True)
class StandIn(Change):
    """Somebody stands in for somebody who holds a role, until a day if one is known.

    After that day the role is not filled, unless its holder is back or somebody else
    has it.

    Attributes:
        person: Who stands in.
        role: The role.
        stands_in_for: Whose role it is.
        until: First day on which it is over.
    """

    TYPE = Code("role.stand_in")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    person: PersonRef
    role: RoleCode
    stands_in_for: PersonRef
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Give the role beside its holder."""
        held = RoleHeld(
            person=self.person,
            role=self.role,
            since=self.happened_on,
            until=self.until,
            stands_in_for=self.stands_in_for,
        )
        return evolve(group, roles=(*group.roles, held))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        day = self.happened_on
        if self.person == self.stands_in_for:
            yield misfit("same_person", ".stands_in_for")
        elif self.person in group.holders_on(self.role, day):
            yield misfit("role_held_already", ".person")
        # Its holder may have given it up: then somebody stands in until another has it.
        theirs = (self.stands_in_for, self.role)
        if not any(
            (r.person, r.role) == theirs and r.since <= day for r in group.roles
        ):
            yield misfit("role_not_held", ".stands_in_for")
        yield from outlived(group, self.person, self, ".person")
        if self.until is not None and self.until <= day:
            yield misfit("ends_before_it_begins", ".until")


def with_role(
    group: ResourceGroup, person: PersonId, role: Code, change: Change
) -> ResourceGroup:
    """Return the group in which somebody holds a role from the day of a change.

    Args:
        group: The group before.
        person: Who.
        role: The role.
        change: What gives it.
    """
    held = RoleHeld(person=person, role=role, since=change.happened_on)
    return evolve(group, roles=(*group.roles, held))
