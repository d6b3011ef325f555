"""A group that was kept elsewhere goes on here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from rgcore.domain.changes.base import Change, ChangeKind, misfit
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Digest, GroupId, InstitutionId, PersonId, TeamId


@frozen(kw_only=True)
class ImportGroup(Change):
    """A group comes here from elsewhere, with all that was recorded there.

    It is the first entry of the group here; what was recorded there follows it.

    Attributes:
        source_institution: The institution that kept the group before.
        source_group: What the group was called there.
        head: The last link of the journal there; only that institution can check it.
        count: How many entries came along.
        digest: Digest of the file that they came in.
        group: What the group is called here.
        client: Whose group it is.
        team: The team that keeps it here.
        started_on: The day on which the client and the supporter began.
    """

    TYPE = Code("group.import")
    KIND = ChangeKind.ACT

    source_institution: InstitutionId
    source_group: GroupId
    head: Digest
    count: int
    digest: Digest
    group: GroupId
    client: PersonId
    team: TeamId
    started_on: date

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Change nothing: what came along is applied after it."""
        return group

    def found(self, composition: str) -> ResourceGroup:
        """Return the group before anything that came along.

        Args:
            composition: Digest of the method that the group will be pinned to here.
        """
        return ResourceGroup(
            id=self.group,
            client=self.client,
            team=self.team,
            started_on=self.started_on,
            composition=composition,
            came_with=self.count,
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        # An earlier import may come along; after the start there is none any more.
        if group.people:
            yield misfit("group_started", ".group")
