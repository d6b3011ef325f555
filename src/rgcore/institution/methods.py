"""By which method a group goes: the one it is pinned to, which was stored as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rgcore.domain.changes import AdoptMethod
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, Digest
from rgcore.institution.answers import Behind
from rgcore.method import Method, differences, snapshot
from rgcore.serial.compositions import Functions, Pinned, read_composition


class Methods:
    """The method of today, and those that groups are pinned to.

    Args:
        today: The base and the settings that are enabled now.
        stored: Gives the data of a composition by its digest; `None` if it is not kept.
    """

    def __init__(self, today: Method, stored: Callable[[str], Any]) -> None:
        self.today = today
        self._stored = stored
        self._functions = Functions.of(today.rules)
        # A composition never changes, and an institution has a handful of them.
        self._known: dict[str, Pinned] = {}

    def of(self, group: ResourceGroup | None) -> Method:
        """Return the method that a group goes by; today's for one that begins.

        Args:
            group: The group, or `None`.
        """
        if group is None or group.composition == self.today.digest:
            return self.today
        return self.pinned(group.composition).method

    def pinned(self, digest: str) -> Pinned:
        """Return the method of a digest, as far as it can be brought back.

        One whose data are not kept here, such as that of a store of another
        institution, is today's.

        Args:
            digest: The composition.
        """
        known = self._known.get(digest)
        if known is not None:
            return known
        data = self._stored(digest) if digest != self.today.digest else None
        if not isinstance(data, dict):
            return Pinned(method=self.today, lost=())
        found = read_composition(data, digest, self.today, self._functions)
        self._known[digest] = found
        return found

    def is_today(self, group: ResourceGroup) -> bool:
        """Tell whether a group goes by the composition of today."""
        return group.composition == self.today.digest

    def behind(self, group: ResourceGroup) -> Behind:
        """Return how far a group is behind the composition of today.

        Args:
            group: A group that goes by another.
        """
        return Behind(
            group=group.id,
            composition=group.composition,
            differences=self.adopting(group, "behind", group.started_on).differences,
            lost=self.pinned(group.composition).lost,
        )

    def adopting(self, group: ResourceGroup, id_: str, on: date) -> AdoptMethod:
        """Return the change by which a group would move to today's composition.

        Args:
            group: The group.
            id_: The id of the change.
            on: The day.
        """
        before = self._stored(group.composition)
        return AdoptMethod(
            id=ChangeId(id_),
            happened_on=on,
            to=Digest(self.today.digest),
            differences=differences(
                before if isinstance(before, dict) else {}, snapshot(self.today)
            ),
        )
