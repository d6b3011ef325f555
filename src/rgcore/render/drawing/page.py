"""Put a drawing on a page: title, rings, what was noticed, what the marks mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rgcore.domain.sociogram import Sociogram
from rgcore.render.drawing import legend, telling
from rgcore.render.drawing.lettering import wrapped
from rgcore.render.drawing.markup import Element, element, number
from rgcore.render.drawing.picture import Picture, picture
from rgcore.render.drawing.rings import radii
from rgcore.render.drawing.shapes import INK, PAPER, SOFT_INK
from rgcore.render.speech import Speech, capitalised, one_line

_MARGIN: Final = 90.0
"""Beside the widest ring."""

_EDGE: Final = 36.0
_PAPER_WIDTH: Final = 190.0
"""In millimetres: A4 without the margins of a printer."""

_TITLE: Final = 28.0
_TEXT: Final = 17.0
_SMALL: Final = 14.0
_LEADING: Final = 1.4
_PAUSE: Final = 10.0
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def page(speech: Speech, drawing: Sociogram) -> str:
    """Return the page of a drawing.

    Args:
        speech: Says it to its reader.
        drawing: A drawing that the reader may see.
    """
    wide = 2 * (radii(drawing)[-1] + _MARGIN)
    sheet = _Sheet(wide)
    _head(sheet, speech, drawing)
    cut: tuple[str, ...] = ()
    if drawing.figures:
        made = picture(speech, drawing, wide / 2 - 8)
        cut = made.cut
        _set(sheet, made)
    _foot(sheet, speech, drawing, cut)
    if drawing.figures:
        rows, high = legend.legend(speech, drawing, wide - 2 * _EDGE)
        sheet.add(_moved(_EDGE, sheet.y + 16, rows, aria_hidden="true"), high + 16)
    return _DECLARATION + _root(sheet, speech, drawing).written()


class _Sheet:
    """A page that grows downwards."""

    def __init__(self, wide: float) -> None:
        self.wide = wide
        self.y = _EDGE
        self.parts: list[Element] = []

    def add(self, part: Element, high: float) -> None:
        self.parts.append(part)
        self.y += high

    def text(self, said: str, size: float, ink: str, **more: str) -> None:
        """Add a paragraph."""
        lettering = wrapped(said, size, self.wide - 2 * _EDGE)
        x = self.wide - _EDGE if lettering.turned else _EDGE
        rows = [
            element("tspan", line, x=x, y=self.y + (row * _LEADING + 1) * size)
            for row, line in enumerate(lettering.lines)
        ]
        set_ = {"direction": "rtl"} if lettering.turned else {}
        paragraph = element("text", *rows, font_size=size, fill=ink, **set_, **more)
        self.add(paragraph, (len(rows) * _LEADING + 0.3) * size)


def _head(sheet: _Sheet, speech: Speech, drawing: Sociogram) -> None:
    heading = {"font_weight": "bold", "role": "heading", "aria_level": "1"}
    sheet.text(telling.title(speech, drawing), _TITLE, INK, **heading)
    made = speech.fixed("Made with: {what}")
    what = speech.code(drawing.drawn_with)
    sheet.text(made.format(what=what), _SMALL, SOFT_INK)
    sheet.y += 14


def _set(sheet: _Sheet, made: Picture) -> None:
    x, y = sheet.wide / 2, sheet.y - made.box.top
    sheet.add(_moved(x, y, made.parts), made.box.bottom - made.box.top + 24)


def _moved(x: float, y: float, parts: Sequence[Element], **more: str) -> Element:
    where = f"translate({number(x)} {number(y)})"
    return element("g", *parts, transform=where, **more)


def _foot(
    sheet: _Sheet, speech: Speech, drawing: Sociogram, cut: Sequence[str]
) -> None:
    seen = one_line(speech.words(drawing.seen))
    if seen:
        heading = {"role": "heading", "aria_level": "2"}
        sheet.text(telling.seen_heading(speech), _SMALL, SOFT_INK, **heading)
        sheet.text(f"“{seen}”", _TEXT, INK)
        sheet.y += _PAUSE
    for said in telling.photo(speech, drawing):
        sheet.text(said, _TEXT, INK)
    for said in cut:
        sheet.text(said, _SMALL, INK)


def _root(sheet: _Sheet, speech: Speech, drawing: Sociogram) -> Element:
    title, desc = f"drawing-{drawing.id}-title", f"drawing-{drawing.id}-desc"
    high = sheet.y + _EDGE
    on_paper = _PAPER_WIDTH * high / sheet.wide
    return element(
        "svg",
        element("title", capitalised(telling.title(speech, drawing)), id=title),
        element("desc", telling.described(speech, drawing), id=desc),
        element("rect", width=sheet.wide, height=high, fill=PAPER, aria_hidden="true"),
        *sheet.parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(sheet.wide)} {number(high)}",
        width=f"{number(_PAPER_WIDTH)}mm",
        height=f"{number(on_paper)}mm",
        lang=speech.language,
        font_family="sans-serif",
        role="graphics-document",
        aria_labelledby=title,
        aria_describedby=desc,
    )
