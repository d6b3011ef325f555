"""Where each figure lies: on its ring, as drawn or spread, none upon another.

The client is at 0, 0; y goes down, as in SVG.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from rgcore.domain.sociogram import FULL_CIRCLE, OUTERMOST_RING, Figure, Sociogram

SYMBOL: Final = 20.0
"""From the middle of a figure to its edge."""

_APART: Final = 2 * SYMBOL + 6
"""Between the middles of two figures at the least."""

_ROOM: Final = 96.0
"""What a figure takes of its ring: more than twice `_APART`, so that there is always
a free place, wherever the others lie."""

_NEAREST: Final = 120.0
_BETWEEN: Final = 105.0
_NEARLY: Final = 1e-6

_SHIFTS: Final = (0.0, 0.33, -0.33)
"""Of each ring, so that figures nobody placed stand not in rows across the rings."""


@frozen
class Place:
    """A figure and where it lies.

    Attributes:
        figure: The figure.
        angle: 0 is at the top, clockwise.
        radius: Of its ring.
    """

    figure: Figure
    angle: float
    radius: float

    @property
    def x(self) -> float:
        """How far to the right of the client."""
        return self.radius * math.sin(math.radians(self.angle))

    @property
    def y(self) -> float:
        """How far below the client."""
        return -self.radius * math.cos(math.radians(self.angle))

    def along(self, further: float) -> tuple[float, float]:
        """Return a point that lies further out, or nearer if it is negative."""
        moved = Place(self.figure, self.angle, self.radius + further)
        return moved.x, moved.y


def radii(sociogram: Sociogram) -> tuple[float, ...]:
    """Return how wide each ring is drawn, the nearest first.

    A full ring is wider; one that is not full is as wide as in any other drawing.
    """
    found: list[float] = []
    for ring in range(1, OUTERMOST_RING + 1):
        # One more than the figures: the name of the ring takes a place too.
        around = (len(_on(sociogram, ring)) + 1) * _ROOM
        least = found[-1] + _BETWEEN if found else _NEAREST
        found.append(max(least, around / math.tau))
    return tuple(found)


def places(sociogram: Sociogram) -> tuple[Place, ...]:
    """Return where each figure lies, ring by ring, in the order of drawing."""
    found: list[Place] = []
    for number, radius in enumerate(radii(sociogram)):
        figures = _on(sociogram, number + 1)
        angles = _angles(figures, radius, _SHIFTS[number])
        found += [Place(f, a, radius) for f, a in zip(figures, angles, strict=True)]
    return tuple(found)


def _on(sociogram: Sociogram, ring: int) -> list[Figure]:
    return [figure for figure in sociogram.figures if figure.ring == ring]


def _angles(figures: Sequence[Figure], radius: float, shift: float) -> list[float]:
    apart = 2 * math.degrees(math.asin(_APART / 2 / radius))
    noted: list[float] = []
    for figure in figures:
        if figure.degrees is not None:
            noted.append(_beside(float(figure.degrees), noted, apart))
    placed = iter(tuple(noted))
    free = sum(figure.degrees is None for figure in figures)
    spread = iter(_spread(free, noted, apart, 0.0 if noted else shift))
    return [next(spread if f.degrees is None else placed) for f in figures]


def _beside(wanted: float, taken: Sequence[float], apart: float) -> float:
    """Return the free angle nearest to the one wanted."""
    edges = [(t + way) % FULL_CIRCLE for t in taken for way in (apart, -apart)]
    free = [
        angle
        for angle in (wanted, *edges)
        if all(_between(angle, other) > apart - _NEARLY for other in taken)
    ]
    return min(free, key=lambda angle: (round(_between(angle, wanted), 6), angle))


def _between(one: float, other: float) -> float:
    around = (one - other) % FULL_CIRCLE
    return min(around, FULL_CIRCLE - around)


def _spread(
    count: int, noted: Sequence[float], apart: float, shift: float
) -> list[float]:
    """Spread figures over the gaps that are left, the widest first."""
    # The name of a ring stands at its top, unless somebody was drawn there.
    top = [] if any(_between(0, t) < apart for t in noted) else [0.0]
    fixed = sorted([*noted, *top])
    gaps = [
        ((after - before) % FULL_CIRCLE) or float(FULL_CIRCLE)
        for before, after in zip(fixed, [*fixed[1:], fixed[0]], strict=True)
    ]
    inside = [0] * len(gaps)
    for _ in range(count):
        spaces = [gap / (n + 2) for gap, n in zip(gaps, inside, strict=True)]
        inside[spaces.index(max(spaces))] += 1
    return [
        (start + gap * (n + 1 + shift) / (many + 1)) % FULL_CIRCLE
        for start, gap, many in zip(fixed, gaps, inside, strict=True)
        for n in range(many)
    ]
