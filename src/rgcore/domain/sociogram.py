"""The people around the client, as the client draws them.

No size, no score, no comparison of one drawing with the next: a drawing is kept
as it was made.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from rgcore.domain.ids import Code, Digest, FigureRef, ItemId, NewFigure, PersonRef
from rgcore.domain.text import Text

OUTERMOST_RING: Final = 3
FULL_CIRCLE: Final = 360


class Wish(StrEnum):
    """Where the client would like somebody: the arrow beside a figure."""

    CLOSER = "closer"
    STAY = "stay"
    FURTHER = "further"
    NOT_SAID = "not_said"


class FigureKind(StrEnum):
    """What a figure stands for."""

    PERSON = "person"
    ANIMAL = "animal"
    PLACE = "place"
    ACTIVITY = "activity"


@frozen(kw_only=True)
class Figure:
    """Somebody or something in the drawing. Nobody is on record by being drawn.

    Attributes:
        id: Unique in the group.
        label: What the client calls it; by the client, about the client's own life,
            so its subject is the client. `None` once the label has lapsed, see
            `rgcore.access`; a change always brings one.
        ring: 1 is near, 3 is far.
        wish: Where the client would like it.
        kind: Whether it stands for a person, an animal, a place or an activity.
        degrees: Where on the ring it was drawn: 0 is at the top, clockwise up to
            359; `None` if nobody noted it.
        pseudonym: Whether the label is a made-up name, for somebody whom the client
            would rather not name. Nobody is nominated from such a figure.
        person: Whom it stands for, if the group knows this person.
        deceased: Whether this person or animal has died and has a place all the same.
    """

    id: NewFigure
    label: Text | None
    ring: int
    wish: Wish = Wish.NOT_SAID
    kind: FigureKind = FigureKind.PERSON
    degrees: int | None = None
    pseudonym: bool = False
    person: PersonRef | None = None
    deceased: bool = False


@frozen(kw_only=True)
class Tie:
    """Two figures that have to do with one another.

    Attributes:
        one: A figure of the same drawing.
        other: Another figure of it.
        words: What there is between them, in the client's words.
    """

    one: FigureRef
    other: FigureRef
    words: Text | None = None


@frozen(kw_only=True)
class Picture:
    """A photo of what was laid on a table, or of a drawing on paper.

    The file itself stays where the host keeps files: a group is read as a whole and
    would carry it along.

    Attributes:
        kept_at: Where the host keeps the file, as the host names it.
        digest: SHA-256 of the file, to see that it is still the same.
        described: What is on it, for whoever cannot see it.
    """

    kept_at: Text
    digest: Digest
    described: Text | None = None


@frozen(kw_only=True)
class Sociogram:
    """One drawing. Earlier ones stay.

    Attributes:
        id: Unique in the group.
        version: 1 for the first drawing of the group.
        drawn_on: The day.
        drawn_with: Such as `paper`, `toy_figures`, `phone_contacts`.
        figures: Who and what is in it, in the order of drawing.
        seen: What the client noticed while drawing, in the client's words.
        ties: Which figures have to do with one another.
        picture: A photo of it.
    """

    id: ItemId
    version: int
    drawn_on: date
    figures: tuple[Figure, ...]
    drawn_with: Code = Code("paper")
    seen: Text | None = None
    ties: tuple[Tie, ...] = ()
    picture: Picture | None = None
