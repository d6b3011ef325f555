"""What rules of settings take away: who may not see a group on a day."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import PersonId
from rgcore.method import Method


@frozen(kw_only=True)
class Denials:
    """Who may not see a group on a day, by the rules of settings.

    Attributes:
        client: Whose group it is; from the client nothing is ever taken.
        to: Who may not see it.
        faults: Rules that could not be asked: they hide it from everybody else.
    """

    client: PersonId
    to: frozenset[PersonId]
    faults: tuple[Finding, ...]

    def hide_from(self, person: PersonId) -> bool:
        """Tell whether somebody may not see the group."""
        if person == self.client:
            return False
        return bool(self.faults) or person in self.to


def denials(group: ResourceGroup, method: Method, on: date) -> Denials:
    """Return who may not see a group on a day.

    Args:
        group: The group.
        method: Has the rules.
        on: The day.
    """
    to: set[PersonId] = set()
    faults = []
    for rule in method.access_rules:
        said = rule.denied(group, method)
        if said is None:
            faults.append(rule.fault())
        else:
            to.update(one.to for one in said if covers(one.since, one.until, on))
    return Denials(client=group.client, to=frozenset(to), faults=tuple(faults))
