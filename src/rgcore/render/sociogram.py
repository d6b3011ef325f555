"""Draw a sociogram as a picture that stands by itself: SVG, for screen and paper.

It shows what the client drew, and no more: nothing is counted, nothing that is not
there is marked, and no drawing is held against another.
"""

from __future__ import annotations

from rgcore.access import View
from rgcore.domain.sociogram import Sociogram
from rgcore.errors import NoSociogram
from rgcore.render.drawing.page import page
from rgcore.render.speech import Speech


def sociogram_svg(view: View, language: str, sociogram: Sociogram | None = None) -> str:
    """Return a drawing as SVG; the same drawing gives the same text.

    It needs no colour, script, font or other file, and tells itself in words to
    whoever cannot see it.

    Args:
        view: What the reader may see.
        language: `nl` or `en`.
        sociogram: A drawing of the view; the latest by default.

    Raises:
        NoSociogram: There is no such drawing for this reader.
    """
    drawings = view.group.sociograms
    drawing = sociogram or (drawings[-1] if drawings else None)
    if drawing is None or drawing not in drawings:
        raise NoSociogram
    return page(Speech.of(view, language), drawing)
