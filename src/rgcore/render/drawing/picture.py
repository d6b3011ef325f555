"""Draw rings, figures, wishes and ties around the client."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from rgcore.domain.sociogram import Sociogram
from rgcore.render.drawing import shapes, telling
from rgcore.render.drawing.labels import (
    LEADING,
    SMALL,
    Box,
    Label,
    Line,
    Wanted,
    Weighed,
    covered,
    put,
)
from rgcore.render.drawing.lettering import width, wrapped
from rgcore.render.drawing.markup import Element, element
from rgcore.render.drawing.rings import SYMBOL, Place, places, radii
from rgcore.render.drawing.shapes import INK, LINE, PAPER, SOFT_INK, TINTS, Point
from rgcore.render.speech import Speech

_CLIENT: Final = 42.0
_AROUND: Final = (0, 12, -12, 24, -24, 40, -40, 60, -60, 90, -90, 120, -120, 150, 180)
"""Where the name of a ring may stand, the best first."""

_TIE_ROOM: Final = 150.0
_TIE_LINES: Final = 3
_TOO_MUCH: Final = 200.0
"""What words of a tie may cover; else they stand below the drawing."""


@frozen
class Picture:
    """What is drawn around the client, who is at 0, 0.

    Attributes:
        parts: The elements, from back to front.
        box: What they take.
        cut: What had no room in it, as sentences.
    """

    parts: tuple[Element, ...]
    box: Box
    cut: tuple[str, ...]


def picture(speech: Speech, drawing: Sociogram, half: float) -> Picture:
    """Return the drawing itself.

    Args:
        speech: Says it to its reader.
        drawing: What to draw.
        half: How far it may go to either side.
    """
    wide, placed = radii(drawing), places(drawing)
    drawn = [Weighed(Box.around(0, 0, 2 * _CLIENT, 2 * _CLIENT), 6)]
    drawn += _solid(placed)
    rings = _ring_names(speech, wide, drawn)
    drawn += [Weighed(name.box, 4) for name in rings]
    lines = _ties(drawing, placed, drawn)
    drawn += [Weighed(box, 1) for line in lines for box in line.boxes()]
    labels = put([_wanted(speech, place) for place in placed], drawn, half)
    drawn += [Weighed(label.box, 4) for label in labels]
    words, below = _tie_words(speech, drawing, lines, drawn)
    parts = (
        element("g", *_circles(wide), *map(_ring_name, rings), aria_hidden="true"),
        *_tied(speech, drawing, lines),
        _client(speech),
        *_groups(speech, placed, labels),
        *map(shapes.lettered, words),
    )
    box = _whole(wide[-1], [*(w.box for w in drawn), *(w.box for w in words)])
    return Picture(parts, box, (*_cut(speech, placed, labels), *below))


def _solid(placed: Iterable[Place]) -> Iterator[Weighed]:
    for place in placed:
        yield Weighed(Box.around(place.x, place.y, 2 * SYMBOL, 2 * SYMBOL), 6)
        mark = shapes.wish_box(place)
        if mark is not None:
            yield Weighed(mark, 3)


def _whole(radius: float, boxes: Iterable[Box]) -> Box:
    found = [Box.around(0, 0, 2 * radius, 2 * radius), *boxes]
    return Box(
        min(b.left for b in found),
        min(b.top for b in found),
        max(b.right for b in found),
        max(b.bottom for b in found),
    )


def _circles(wide: Sequence[float]) -> Iterator[Element]:
    for radius, tint in reversed(list(zip(wide, TINTS, strict=True))):
        yield element(
            "circle", cx=0, cy=0, r=radius, fill=tint, stroke=LINE, stroke_width=1.5
        )


def _ring_names(
    speech: Speech, wide: Sequence[float], drawn: Sequence[Weighed]
) -> list[Label]:
    return [
        _ring_at(speech.fixed(said), radius, drawn)
        for said, radius in zip(telling.RINGS, wide, strict=True)
    ]


def _ring_at(said: str, radius: float, drawn: Sequence[Weighed]) -> Label:
    size = width(said, SMALL) + 8, SMALL * LEADING
    found = [Box.around(*_on_ring(radius, angle), *size) for angle in _AROUND]
    costs = [covered(box, drawn) + n for n, box in enumerate(found)]
    box = found[costs.index(min(costs))]
    return Label((Line(said, SMALL),), "middle", (box.left + box.right) / 2, box)


def _on_ring(radius: float, angle: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return radius * math.sin(turn), -radius * math.cos(turn)


def _ring_name(label: Label) -> Element:
    """Return the name of a ring, small, with room in the line for it."""
    box, (line,) = label.box, label.lines
    return element(
        "g",
        element(
            "rect",
            x=box.left,
            y=box.top,
            width=box.right - box.left,
            height=box.bottom - box.top,
            rx=(box.bottom - box.top) / 2,
            fill=PAPER,
        ),
        element(
            "text",
            line.said,
            x=label.x,
            y=box.top + line.size * 0.92,
            font_size=line.size,
            text_anchor="middle",
            fill=SOFT_INK,
        ),
    )


def _client(speech: Speech) -> Element:
    own = telling.is_own(speech)
    name = speech.fixed("me") if own else speech.name(speech.view.group.client)
    size = 20.0 if width(name, 20) < 1.6 * _CLIENT else 14.0
    lines = wrapped(name, size, 1.75 * _CLIENT, 3).lines
    top = -len(lines) * size * LEADING / 2
    rows = [
        element("tspan", line, x=0, y=top + (n * LEADING + 0.95) * size)
        for n, line in enumerate(lines)
    ]
    words = element(
        "text",
        *rows,
        aria_hidden="true",
        font_size=size,
        font_weight="bold",
        text_anchor="middle",
        fill=PAPER,
    )
    circle = element("circle", cx=0, cy=0, r=_CLIENT, fill=INK)
    return element("g", element("title", name), circle, words, role="img")


def _wanted(speech: Speech, place: Place) -> Wanted:
    below = speech.fixed(telling.DECEASED) if place.figure.deceased else ""
    said = telling.label(speech, place.figure)
    return Wanted(said, below, place.x, place.y, SYMBOL)


def _groups(
    speech: Speech, placed: Sequence[Place], labels: Sequence[Label]
) -> Iterator[Element]:
    """Return the figures ring by ring.

    They are groups and no lists: a screen reader says how long a list is, and
    nobody here is counted.
    """
    for number, ring in enumerate(telling.RINGS, start=1):
        there = [
            _figure(speech, place, label)
            for place, label in zip(placed, labels, strict=True)
            if place.figure.ring == number
        ]
        if there:
            name = speech.fixed(ring)
            yield element("g", *there, role="group", aria_label=name)


def _figure(speech: Speech, place: Place, label: Label) -> Element:
    figure = place.figure
    at = Point(place.x, place.y)
    return element(
        "g",
        element("title", telling.told(speech, figure)),
        shapes.symbol(figure.kind, at, deceased=figure.deceased),
        *shapes.wish(place),
        shapes.lettered(label),
        role="img",
    )


def _ties(
    drawing: Sociogram, placed: Sequence[Place], drawn: Sequence[Weighed]
) -> list[shapes.Bend]:
    at = {place.figure.id: place for place in placed}
    return [shapes.bend(at[tie.one], at[tie.other], drawn) for tie in drawing.ties]


def _tied(
    speech: Speech, drawing: Sociogram, lines: Sequence[shapes.Bend]
) -> Iterator[Element]:
    for tie, line in zip(drawing.ties, lines, strict=True):
        said = element("title", telling.tie(speech, drawing, tie))
        yield element("g", said, line.drawn(), role="img")


def _tie_words(
    speech: Speech,
    drawing: Sociogram,
    lines: Sequence[shapes.Bend],
    drawn: Sequence[Weighed],
) -> tuple[list[Label], list[str]]:
    """Return the words that have room on their line, and sentences for the others."""
    found: list[Label] = []
    below: list[str] = []
    for tie, line in zip(drawing.ties, lines, strict=True):
        taken = [*drawn, *(Weighed(label.box, 4) for label in found)]
        said = speech.words(tie.words)
        label = _beside(said, line, taken) if said else None
        if label is not None:
            found.append(label)
        elif said:
            below.append(telling.tie(speech, drawing, tie))
    return found, below


def _beside(said: str, line: shapes.Bend, drawn: Sequence[Weighed]) -> Label | None:
    lettering = wrapped(said, SMALL, _TIE_ROOM, _TIE_LINES)
    wide = max(width(row, SMALL) for row in lettering.lines)
    high = len(lettering.lines) * SMALL * LEADING
    # Its own line is below the words; it costs the same everywhere.
    boxes = [Box.around(*line.at(p), wide, high) for p in (0.5, 0.4, 0.6, 0.3, 0.7)]
    costs = [covered(box, drawn) for box in boxes]
    if not lettering.whole or min(costs) > _TOO_MUCH:
        return None
    box = boxes[costs.index(min(costs))]
    rows, x = tuple(Line(row, SMALL) for row in lettering.lines), box.left + wide / 2
    return Label(rows, "middle", x, box, turned=lettering.turned)


def _cut(
    speech: Speech, placed: Sequence[Place], labels: Sequence[Label]
) -> Iterator[str]:
    for place, label in zip(placed, labels, strict=True):
        if not label.whole:
            said = telling.label(speech, place.figure)
            yield f"{label.lines[0].said} … — {said}"
