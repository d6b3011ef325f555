"""The first changes of a group, and what frees it from a step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    about_themselves,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    GroupId,
    NewExemption,
    PersonRef,
    StepOrRuleCode,
    TeamId,
)
from rgcore.domain.life import Exemption, Explanation
from rgcore.domain.people import DIRECTION_SUPPORTER, Membership, Person, RoleHeld
from rgcore.domain.text import Text


@frozen(kw_only=True)
class StartGroup(Change):
    """The client and the supporter begin.

    Attributes:
        group: The new group's id.
        team: The team that keeps it.
        client: Whose group it is.
        supporter: The direction supporter, by their id in the directory.
        name: What the client calls the group, if they have a name for it.
    """

    TYPE = Code("group.start")
    KIND = ChangeKind.ACT

    group: GroupId
    team: TeamId
    client: Person
    supporter: Person
    name: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Put client and supporter in the group; the supporter is a member."""
        who, since = self.supporter.id, self.happened_on
        return evolve(
            group,
            name=self.name,
            people=(self.client, self.supporter),
            memberships=(Membership(person=who, since=since),),
            roles=(RoleHeld(person=who, role=DIRECTION_SUPPORTER, since=since),),
        )

    def found(self, composition: str) -> ResourceGroup:
        """Return the group before anything happened in it.

        Args:
            composition: Digest of the method that the group will be pinned to.
        """
        return ResourceGroup(
            id=self.group,
            client=self.client.id,
            team=self.team,
            started_on=self.happened_on,
            composition=composition,
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if group.people:
            yield misfit("group_started", ".group")
        if self.client.staff:
            yield misfit("client_is_staff", ".client.staff")
        yield from about_themselves(self.client, ".client")
        yield from about_themselves(self.supporter, ".supporter")
        yield from sealed_for(self.name, self.client.id, ".name")


@frozen(kw_only=True)
class ExplainMethod(Change):
    """Somebody explained resource groups to the client.

    Attributes:
        by: Who explained.
        means: Such as `leaflet`, `film`.
        called: The word that was used for the group.
    """

    TYPE = Code("group.explain")
    KIND = ChangeKind.FACT

    by: PersonRef
    means: tuple[Code, ...] = ()
    called: Code = Code("resource_group")

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that it was explained."""
        told = Explanation(
            on=self.happened_on, by=self.by, means=self.means, called=self.called
        )
        return evolve(group, explanations=(*group.explanations, told))


@frozen(kw_only=True)
class NameGroup(Change):
    """The client gives the group a name.

    Attributes:
        name: The name, in the client's words.
    """

    TYPE = Code("group.name")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    name: Text

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Use the new name."""
        return evolve(group, name=self.name)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        yield from sealed_for(self.name, group.client, ".name")


@frozen(kw_only=True)
class Exempt(Change):
    """A step or a rule need not be done here.

    Attributes:
        exemption: Its id.
        of: The code of the step or rule.
        because: Why.
        person: For whom; `None` for the whole group.
        until: First day on which it counts again; `None` for good.
    """

    TYPE = Code("step.exempt")
    KIND = ChangeKind.ACT

    exemption: NewExemption
    of: StepOrRuleCode
    because: Text
    person: PersonRef | None = None
    until: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the exemption."""
        exemption = Exemption(
            id=self.exemption,
            of=self.of,
            since=self.happened_on,
            because=self.because,
            person=self.person,
            until=self.until,
        )
        return evolve(group, exemptions=(*group.exemptions, exemption))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.until is not None and self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")
