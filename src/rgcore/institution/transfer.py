"""Who may move whole groups; a line in the log comes before everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import field, frozen

from rgcore.domain.actor import OPERATION, Actor
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId, TeamId
from rgcore.errors import GroupErased, NotAnOperator, NotAvailable, StoreDamaged
from rgcore.institution.answers import Imported
from rgcore.institution.exporting import export_whole
from rgcore.institution.importing import Importer, looked_over
from rgcore.institution.intake import look_over_reader
from rgcore.institution.recording import Means
from rgcore.method import Method
from rgcore.store import AccessLog, Fault, IndexRow, Line, Store


@frozen(kw_only=True)
class Transfer:
    """Moves whole groups out of an institution and into it.

    Attributes:
        store: Its groups.
        log: Its access log.
        method: Its method.
        means: Its clock, ids and directory.
        index: Computes what the index should say of a group.
        verify: Checks a group.
    """

    store: Store
    log: AccessLog
    method: Method
    means: Means
    index: Callable[[ResourceGroup], IndexRow] = field(eq=False)
    verify: Callable[[GroupId], tuple[Fault, ...]] = field(eq=False)

    def out(self, group: str, actor: Actor) -> dict[str, Any]:
        """Return a whole group as plain data.

        Args:
            group: The group.
            actor: An operator who says why.
        """
        look_over_reader(actor, group=group)
        now, name = self.means.clock(), GroupId(group)
        allowed = actor.purpose == OPERATION and actor.because is not None
        known = name in self.store.groups()
        erased = known and self._is_erased(name)
        outcome = "shown" if allowed and known and not erased else "refused"
        self._log(actor, "export_whole", outcome, now, name)
        if not allowed:
            raise NotAnOperator
        if not known:
            raise NotAvailable
        if erased:
            raise GroupErased
        faults, directory = self.verify(name), self.means.directory
        return export_whole(self.store, name, faults, directory, now)

    def _is_erased(self, group: GroupId) -> bool:
        try:
            keys = self.store.keys(group)
        except StoreDamaged:
            # What is wrong with it is named with everything else that is.
            return False
        return keys is not None and keys.is_erased

    def into(
        self, content: object, actor: Actor, team: str | None, digest: str | None
    ) -> Imported:
        """Keep a group that another institution exported.

        Args:
            content: The file, as plain data.
            actor: An operator.
            team: The team that keeps it here, if not that of the file.
            digest: What whoever sent the file told by another way, if they did.
        """
        look_over_reader(actor, **({"team": team} if team is not None else {}))
        now = self.means.clock()
        if actor.purpose != OPERATION:
            self._log(actor, "import", "refused", now, None)
            raise NotAnOperator
        found = looked_over(content, digest, now)
        self._log(actor, "import", "allowed", now, found.source.group)
        importer = Importer(self.store, self.method, self.means, self.index)
        return importer.take(found, actor, TeamId(team) if team else None)

    def _log(
        self,
        actor: Actor,
        event: str,
        outcome: str,
        at: datetime,
        group: GroupId | None,
    ) -> None:
        """Commit a line before anything is shown or kept."""
        line = Line.of(
            actor,
            id_=self.means.ids(),
            event=event,
            outcome=outcome,
            at=at,
            group=group,
        )
        self.log.write(line)
