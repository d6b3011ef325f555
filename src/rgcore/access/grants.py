"""Rights as intervals: who may see or do what, from when until when, and why."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from rgcore.access.items import Item
from rgcore.domain.actor import Actor
from rgcore.domain.dates import covers
from rgcore.domain.ids import Code, ItemId, PersonId

SEE: Final = Code("see")
DO: Final = Code("do")


@frozen(kw_only=True)
class Grant:
    """A right, for as long as its reason lasts. Nothing stores whether it holds.

    Attributes:
        to: Who has it; `None` where it is an organisation.
        verbs: `see`, `do`.
        since: First day.
        until: First day on which it is gone; `None` if no end is known.
        because: The reason, as a code: `own_group`, `direction_supporter`, `own`.
        items: The single items that it covers.
        kinds: The kinds of items that it covers as a whole, and `minutes`. Where both
            are `None` it covers everything that is not kept private.
        organisation: The organisation that has it, by the id that the host uses.
        denies: Whether it takes the right away instead.
    """

    to: PersonId | None
    verbs: frozenset[Code]
    since: date
    until: date | None
    because: Code
    items: frozenset[ItemId] | None = None
    kinds: frozenset[Code] | None = None
    organisation: Code | None = None
    denies: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether it covers everything that is not kept private."""
        return self.items is None and self.kinds is None

    def runs_on(self, day: date) -> bool:
        """Tell whether the right holds on a day."""
        return covers(self.since, self.until, day)

    def is_for(self, actor: Actor) -> bool:
        """Tell whether somebody has it, by themselves or by their organisation."""
        if self.organisation is not None:
            return actor.organisation == self.organisation
        return actor.who == self.to

    def reaches(self, item: Item) -> bool:
        """Tell whether the right is about an item.

        Args:
            item: The item.
        """
        if self.is_whole:
            return True
        single = self.items is not None and item.id in self.items
        return single or self.reaches_kind(item.kind.value)

    def reaches_kind(self, kind: str) -> bool:
        """Tell whether the right is about a kind of items as a whole.

        Args:
            kind: The kind, or `minutes`.
        """
        return self.is_whole or (self.kinds is not None and kind in self.kinds)
