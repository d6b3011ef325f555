"""The people around the client, as the client draws them.

No size, no score, no comparison of one drawing with the next: a drawing is kept
as it was made.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from rgcore.domain.ids import Code, ItemId, NewFigure
from rgcore.domain.text import Text

OUTERMOST_RING: Final = 3


class Wish(StrEnum):
    """Where the client would like somebody: the arrow beside a figure."""

    CLOSER = "closer"
    STAY = "stay"
    FURTHER = "further"
    NOT_SAID = "not_said"


@frozen(kw_only=True)
class Figure:
    """Somebody in the drawing. A label only: nobody is on record by being drawn.

    Attributes:
        id: Unique in the group.
        label: What the client calls this person; by the client, about the client's
            own life, so its subject is the client.
        ring: 1 is near, 3 is far.
        wish: Where the client would like this person.
    """

    id: NewFigure
    label: Text
    ring: int
    wish: Wish = Wish.NOT_SAID


@frozen(kw_only=True)
class Sociogram:
    """One drawing. Earlier ones stay.

    Attributes:
        id: Unique in the group.
        version: 1 for the first drawing of the group.
        drawn_on: The day.
        drawn_with: Such as `paper`, `toy_figures`, `phone_contacts`.
        figures: The people in it, in the order in which they were drawn.
        seen: What the client noticed while drawing, in the client's words.
    """

    id: ItemId
    version: int
    drawn_on: date
    figures: tuple[Figure, ...]
    drawn_with: Code = Code("paper")
    seen: Text | None = None
