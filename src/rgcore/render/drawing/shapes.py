"""What is drawn: a shape for each kind of figure, marks for wishes, lines for ties."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from rgcore.domain.sociogram import FigureKind, Wish
from rgcore.render.drawing.labels import LEADING, Box, Label, Weighed, covered
from rgcore.render.drawing.markup import Element, Value, element, number
from rgcore.render.drawing.rings import SYMBOL, Place

INK: Final = "#22303c"
SOFT_INK: Final = "#4b5a67"
PAPER: Final = "#ffffff"
LINE: Final = "#b7c3cc"
TINTS: Final = ("#e9f1f0", "#f2f7f6", "#fafcfb")
"""Of the rings, the nearest first: so light that they vanish in a poor copy."""

_FILLS: Final = MappingProxyType(
    {
        FigureKind.PERSON: "#cfe0ee",
        FigureKind.ANIMAL: "#f3e3c3",
        FigureKind.PLACE: "#d8e8cd",
        FigureKind.ACTIVITY: "#e2d8ee",
    }
)
ARROW: Final = 34.0
"""How long an arrow is."""

_OFF: Final = 5.0
_HEAD: Final = 11.0
_BENDS: Final = (0.0, 0.18, -0.18, 0.36, -0.36, 0.6, -0.6)
_STEPS: Final = 12
_BASELINE: Final = 0.8
"""From the top of a line to its baseline, in sizes of the letters."""


class Point(NamedTuple):
    """A point."""

    x: float
    y: float


def symbol(
    kind: FigureKind, at: Point, *, size: float = SYMBOL, deceased: bool = False
) -> Element:
    """Return the shape of a kind of figure; a dashed one for whoever has died."""
    fill = PAPER if deceased else _FILLS[kind]
    given: dict[str, Value] = {
        "fill": fill,
        "stroke": INK,
        "stroke_width": 2.0 * size / SYMBOL,
    }
    if deceased:
        given["stroke_dasharray"] = "5 4"
    if kind is FigureKind.PERSON:
        return element("circle", cx=at.x, cy=at.y, r=size, **given)
    if kind is FigureKind.ANIMAL:
        half = size * 0.8
        return element(
            "rect",
            x=at.x - half,
            y=at.y - half,
            width=2 * half,
            height=2 * half,
            rx=half * 0.35,
            transform=f"rotate(45 {number(at.x)} {number(at.y)})",
            **given,
        )
    points = _HOUSE if kind is FigureKind.PLACE else _HEXAGON
    drawn = [f"{number(at.x + x * size)},{number(at.y + y * size)}" for x, y in points]
    joined = {"points": " ".join(drawn), "stroke_linejoin": "round"}
    return element("polygon", **joined, **given)


_HOUSE: Final = ((-0.85, 0.9), (-0.85, -0.2), (0, -1.05), (0.85, -0.2), (0.85, 0.9))
_HEXAGON: Final = tuple(
    (1.05 * math.cos(math.radians(turn)), 1.05 * math.sin(math.radians(turn)))
    for turn in range(0, 360, 60)
)


def wish(place: Place) -> tuple[Element, ...]:
    """Return the mark of what the client wishes for a figure, if anything."""
    near = SYMBOL + _OFF
    if place.figure.wish is Wish.CLOSER:
        return arrow(Point(*place.along(-near)), Point(*place.along(-near - ARROW)))
    if place.figure.wish is Wish.FURTHER:
        return arrow(Point(*place.along(near)), Point(*place.along(near + ARROW)))
    if place.figure.wish is Wish.STAY:
        turn = math.radians(place.angle)
        return held(Point(place.x, place.y), Point(math.sin(turn), -math.cos(turn)))
    return ()


def wish_box(place: Place) -> Box | None:
    """Return what the mark of a wish takes."""
    ways = {Wish.CLOSER: (-1,), Wish.FURTHER: (1,), Wish.STAY: (1, -1)}
    far = SYMBOL + _OFF + (4 if place.figure.wish is Wish.STAY else ARROW)
    found = [place.along(w * far) for w in ways.get(place.figure.wish, ())]
    if not found:
        return None
    points = [*found, (place.x, place.y)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs) - 5, min(ys) - 5, max(xs) + 5, max(ys) + 5)


def arrow(start: Point, end: Point, scale: float = 1.0) -> tuple[Element, ...]:
    """Return an arrow."""
    length = math.dist(start, end)
    x, y = (end.x - start.x) / length, (end.y - start.y) / length
    back, side = _HEAD * scale, _HEAD * scale * 0.55
    base = Point(end.x - x * back, end.y - y * back)
    head = (
        end,
        Point(base.x - y * side, base.y + x * side),
        Point(base.x + y * side, base.y - x * side),
    )
    points = " ".join(f"{number(p.x)},{number(p.y)}" for p in head)
    return (
        _stroke(start, base, 3.0 * scale),
        element("polygon", points=points, fill=INK),
    )


def held(at: Point, way: Point, size: float = SYMBOL) -> tuple[Element, ...]:
    """Return the two bars that hold a figure where it is, across a way."""
    off, half = size + _OFF * size / SYMBOL, size * 0.5
    return tuple(
        _stroke(
            Point(mid.x - way.y * half, mid.y + way.x * half),
            Point(mid.x + way.y * half, mid.y - way.x * half),
            3.0 * size / SYMBOL,
        )
        for mid in (
            Point(at.x + way.x * off, at.y + way.y * off),
            Point(at.x - way.x * off, at.y - way.y * off),
        )
    )


def _stroke(start: Point, end: Point, thick: float) -> Element:
    return element(
        "line",
        x1=start.x,
        y1=start.y,
        x2=end.x,
        y2=end.y,
        stroke=INK,
        stroke_width=thick,
        stroke_linecap="round",
    )


class Bend(NamedTuple):
    """A line between two figures, bent at one point."""

    start: Point
    bent: Point
    end: Point

    def at(self, part: float) -> Point:
        """Return the point after a part of the way."""
        rest = 1 - part
        weights = (rest * rest, 2 * rest * part, part * part)
        return Point(
            sum(w * p.x for w, p in zip(weights, self, strict=True)),
            sum(w * p.y for w, p in zip(weights, self, strict=True)),
        )

    def boxes(self) -> Iterator[Box]:
        """Return small boxes along the line, without what its figures hide."""
        for step in range(1, _STEPS):
            box = Box.around(*self.at(step / _STEPS), 8, 8)
            ends = (Box.around(*end, 50, 50) for end in (self.start, self.end))
            if not any(box.covers(end) for end in ends):
                yield box

    def drawn(self) -> Element:
        """Return the line."""
        start, bent, end = (f"{number(p.x)} {number(p.y)}" for p in self)
        return element(
            "path",
            d=f"M{start} Q{bent} {end}",
            fill="none",
            stroke=SOFT_INK,
            stroke_width=1.6,
        )


def bend(one: Place, other: Place, drawn: Sequence[Weighed]) -> Bend:
    """Return the line between two figures that crosses least of what is drawn."""
    lines = [_bent(one, other, way) for way in _BENDS]
    costs = [
        sum(covered(box, drawn) for box in line.boxes()) + rank
        for rank, line in enumerate(lines)
    ]
    return lines[costs.index(min(costs))]


def _bent(one: Place, other: Place, way: float) -> Bend:
    x, y = other.x - one.x, other.y - one.y
    middle = Point((one.x + other.x) / 2 - y * way, (one.y + other.y) / 2 + x * way)
    return Bend(Point(one.x, one.y), middle, Point(other.x, other.y))


def lettered(label: Label) -> Element:
    """Return a label as text with a seam that keeps lines behind it away.

    It is hidden from who hears the drawing: what it belongs to has a title.
    """
    top, rows = label.box.top, []
    for said, size in label.lines:
        rows.append(
            element(
                "tspan",
                said,
                x=label.x,
                y=top + size * _BASELINE * LEADING,
                font_size=size,
            )
        )
        top += size * LEADING
    return element(
        "text",
        *rows,
        **_direction(label.anchor, turned=label.turned),
        aria_hidden="true",
        fill=INK,
        stroke=PAPER,
        stroke_width=4.0,
        stroke_linejoin="round",
        stroke_opacity="0.85",
        paint_order="stroke",
    )


def _direction(anchor: str, *, turned: bool) -> dict[str, str]:
    """Return how text is set at its anchor; from the right, its ends change places."""
    if not turned:
        return {"text_anchor": anchor}
    swapped = {"start": "end", "end": "start"}.get(anchor, anchor)
    return {"text_anchor": swapped, "direction": "rtl"}
