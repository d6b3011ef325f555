"""Find room for words beside what is drawn.

Each label is tried at several places and in several widths, and goes where it
covers least. That is no proof that nothing is covered: a full drawing stays full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from attrs import frozen

from rgcore.render.drawing.lettering import (
    Lettering,
    evened,
    longest_word,
    width,
    wrapped,
)

SIZE: Final = 16.0
SMALL: Final = 13.0
LEADING: Final = 1.2
"""From line to line, in sizes of the letters."""

_MOST_LINES: Final = 4
_WIDTHS: Final = (124.0, 92.0, 148.0, 168.0)
_WIDEST: Final = 200.0
"""Only a word longer than this is cut."""

_GAP: Final = 5.0
_SWEEPS: Final = 3
_OUTSIDE: Final = 40.0
"""How much worse it is to leave the page than to cover something."""

_SIDES: Final = (
    (0, 1),
    (0, -1),
    (1, 0),
    (-1, 0),
    (1, 1),
    (-1, 1),
    (1, -1),
    (-1, -1),
)
"""Where a label may lie beside its figure, the best first."""


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, wide: float, high: float) -> Box:
        """Return the box with its middle at a point."""
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def covers(self, other: Box) -> float:
        """Return how much two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


class Weighed(NamedTuple):
    """Something that a label should not cover, and how much it matters."""

    box: Box
    weight: float


class Line(NamedTuple):
    """A line of a label, with the size of its letters."""

    said: str
    size: float


@frozen
class Label:
    """Words at their place.

    Attributes:
        lines: What stands there.
        anchor: How the lines are set: `start`, `middle` or `end`.
        x: Where that is.
        box: What they take.
        whole: Whether all words are there.
        turned: Whether they are written from the right.
    """

    lines: tuple[Line, ...]
    anchor: str
    x: float
    box: Box
    whole: bool = True
    turned: bool = False


@frozen
class Wanted:
    """A label that looks for a place.

    Attributes:
        said: The words.
        below: A small line below them; may be empty.
        x: The middle of what it belongs to.
        y: The same.
        reach: From there to where a label may begin.
    """

    said: str
    below: str
    x: float
    y: float
    reach: float


def put(
    wanted: Sequence[Wanted], drawn: Sequence[Weighed], half: float
) -> tuple[Label, ...]:
    """Return each label at the place where it covers least.

    Args:
        wanted: The labels.
        drawn: What is there already.
        half: How far the page goes to either side.
    """
    choices = [list(_choices(one)) for one in wanted]
    found = [options[0] for options in choices]
    for sweep in range(_SWEEPS):
        for number, options in enumerate(choices):
            # In the first sweep those to come have no place yet.
            others = found[:number] + (found[number + 1 :] if sweep else [])
            boxes = [*drawn, *(Weighed(label.box, 4) for label in others)]
            found[number] = _best(options, boxes, half)
    return tuple(found)


def covered(box: Box, drawn: Iterable[Weighed]) -> float:
    """Return how much a box would cover, weighed."""
    return sum(box.covers(other.box) * other.weight for other in drawn)


def _best(options: Sequence[Label], drawn: Sequence[Weighed], half: float) -> Label:
    page = Box(-half, float("-inf"), half, float("inf"))
    costs = []
    for rank, label in enumerate(options):
        outside = max(page.left - label.box.left, label.box.right - page.right, 0)
        lost = 0 if label.whole else 400
        costs.append(
            covered(label.box, drawn)
            + outside * _OUTSIDE
            + lost
            + rank * 6
            + len(label.lines) * 25
            + _ragged(label),
        )
    return options[costs.index(min(costs))]


def _ragged(label: Label) -> float:
    """Return how uneven the lines are: a short word alone on a line reads badly."""
    wide = [width(said, size) for said, size in label.lines]
    return 0.4 * (max(wide) - min(wide))


def _choices(wanted: Wanted) -> Iterator[Label]:
    least = min(longest_word(wanted.said, SIZE) + 1, _WIDEST)
    for room in _WIDTHS:
        lines = wrapped(wanted.said, SIZE, max(room, least), _MOST_LINES)
        lettering = evened(lines, SIZE)
        for side in _SIDES:
            yield _at(wanted, lettering, side)


def _at(wanted: Wanted, lettering: Lettering, side: tuple[int, int]) -> Label:
    lines = [Line(said, SIZE) for said in lettering.lines]
    if wanted.below:
        lines.append(Line(wanted.below, SMALL))
    wide = max(width(line.said, line.size) for line in lines)
    high = sum(line.size for line in lines) * LEADING
    right, down = side
    # A corner lies nearer than a side: the figures are round.
    reach = wanted.reach * (0.55 if right and down else 1) + _GAP
    x = wanted.x + right * reach
    y = wanted.y + down * (reach + high / 2)
    anchor = {0: "middle", 1: "start", -1: "end"}[right]
    box = Box.around(x + right * wide / 2, y, wide, high)
    return Label(tuple(lines), anchor, x, box, lettering.whole, lettering.turned)
