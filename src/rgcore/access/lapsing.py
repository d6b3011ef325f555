"""Labels of a drawing that lapse: people who were drawn and never came on record.

Whoever is drawn did not ask for it. As long as the group does nothing with a label,
it is there for the drawing only, and from a day on nobody but the client reads it. The
figure stays where it was drawn.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId
from rgcore.domain.sociogram import Figure, FigureKind, Sociogram
from rgcore.method.method import Method

LABEL_LAPSES_AFTER: Final = Code("label_lapses_after")


def without_lapsed_labels(
    group: ResourceGroup, method: Method, on: date
) -> ResourceGroup:
    """Return the group without the labels that have lapsed.

    A label of a person lapses some time after it was drawn, unless the figure stands
    for somebody the group knows, who was nominated from it or named in it. The labels
    of places, animals and activities stay.

    Args:
        group: The group.
        method: Knows after how long a label lapses.
        on: The day.
    """
    lapsed = [
        d
        for d in group.sociograms
        if method.after(LABEL_LAPSES_AFTER, d.drawn_on) <= on
    ]
    if not lapsed:
        return group
    used = frozenset(n.figure for n in group.nominations if n.figure)
    return evolve(
        group,
        sociograms=tuple(
            _without_labels(drawing, used) if drawing in lapsed else drawing
            for drawing in group.sociograms
        ),
    )


def _without_labels(drawing: Sociogram, used: frozenset[ItemId]) -> Sociogram:
    return evolve(
        drawing,
        figures=tuple(
            figure if _stays(figure, used) else evolve(figure, label=None)
            for figure in drawing.figures
        ),
    )


def _stays(figure: Figure, used: frozenset[ItemId]) -> bool:
    on_record = figure.person is not None or figure.id in used
    return on_record or figure.kind is not FigureKind.PERSON
