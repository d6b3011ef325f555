"""Rights as intervals: who may see or do what, from when until when, and why."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.ids import Code, ItemId, PersonId

SEE: Final = Code("see")
DO: Final = Code("do")


@frozen(kw_only=True)
class Grant:
    """A right, for as long as its reason lasts. Nothing stores whether it holds.

    Attributes:
        to: Who has it.
        verbs: `see`, `do`.
        since: First day.
        until: First day on which it is gone; `None` if no end is known.
        because: The reason, as a code: `own_group`, `direction_supporter`, `owner`.
        items: The items it covers; `None` for everything that is not kept private.
        denies: Whether it takes the right away instead.
    """

    to: PersonId
    verbs: frozenset[Code]
    since: date
    until: date | None
    because: Code
    items: frozenset[ItemId] | None = None
    denies: bool = False

    def covers(self, item: ItemId | None, day: date) -> bool:
        """Tell whether the right holds for an item on a day.

        Args:
            item: The item, or `None` for the group as a whole.
            day: The day.
        """
        reaches = item in self.items if self.items is not None else True
        return reaches and covers(self.since, self.until, day)
