"""Explain the marks that a drawing uses, and none that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from rgcore.domain.sociogram import FigureKind, Sociogram, Wish
from rgcore.render.drawing import shapes, telling
from rgcore.render.drawing.lettering import width
from rgcore.render.drawing.markup import Element, element, number
from rgcore.render.drawing.shapes import INK, LINE, SOFT_INK, Point
from rgcore.render.speech import Speech

_SIZE: Final = 14.0
_ROW: Final = 30.0
_ICON: Final = 40.0
_BETWEEN: Final = 26.0
_HALF: Final = 9.0
"""Of a shape in the legend."""


class _Mark(NamedTuple):
    icon: tuple[Element, ...]
    said: str


def legend(
    speech: Speech, drawing: Sociogram, wide: float
) -> tuple[tuple[Element, ...], float]:
    """Return what the marks mean, and how high that is.

    Args:
        speech: Says it to its reader.
        drawing: Whose marks.
        wide: How much room there is.
    """
    parts = [element("line", x1=0, y1=0, x2=wide, y2=0, stroke=LINE, stroke_width=1)]
    x, y = 0.0, _ROW
    for mark in _marks(speech, drawing):
        takes = _ICON + width(mark.said, _SIZE)
        if x and x + takes > wide:
            x, y = 0.0, y + _ROW
        where = f"translate({number(x)} {number(y)})"
        words = element("text", mark.said, x=_ICON, y=5, font_size=_SIZE, fill=SOFT_INK)
        parts.append(element("g", *mark.icon, words, transform=where))
        x += takes + _BETWEEN
    return tuple(parts), y + _ROW / 2


def _marks(speech: Speech, drawing: Sociogram) -> Iterator[_Mark]:
    figures = drawing.figures
    for kind, said in telling.KINDS.items():
        if any(figure.kind is kind for figure in figures):
            yield _Mark((_symbol(kind),), speech.fixed(said))
    for wish, said in telling.WISHES.items():
        if any(figure.wish is wish for figure in figures):
            yield _Mark(_wish(wish), speech.fixed(said))
    if any(figure.deceased for figure in figures):
        icon = _symbol(FigureKind.PERSON, deceased=True)
        yield _Mark((icon,), speech.fixed(telling.DECEASED))
    if any(figure.pseudonym for figure in figures):
        quoted = element("text", "“…”", x=4, y=5, font_size=_SIZE, fill=INK)
        yield _Mark((quoted,), speech.fixed(telling.PSEUDONYM))
    if drawing.ties:
        line = shapes.Bend(Point(2, 0), Point(17, 0), Point(32, 0))
        yield _Mark((line.drawn(),), speech.fixed(telling.TIED))


def _symbol(kind: FigureKind, *, deceased: bool = False) -> Element:
    return shapes.symbol(kind, Point(16, 0), size=_HALF, deceased=deceased)


def _wish(wish: Wish) -> tuple[Element, ...]:
    """Return the mark of a wish; a dot stands for the client, where it matters."""
    if wish is Wish.STAY:
        bars = shapes.held(Point(16, 0), Point(1, 0), size=_HALF)
        return (_symbol(FigureKind.PERSON), *bars)
    dot = element("circle", cx=4, cy=0, r=4, fill=INK)
    near, far = Point(11, 0), Point(32, 0)
    ends = (far, near) if wish is Wish.CLOSER else (near, far)
    return (dot, *shapes.arrow(*ends, scale=0.7))
