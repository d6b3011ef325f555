"""Views of groups with one drawing, made without recording anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import evolve

from render.group import GROUP, METHOD, SAMIRA, TOM, WORDS
from rgcore import View
from rgcore.access import make_view
from rgcore.domain.ids import Code, Digest, ItemId, PersonId
from rgcore.domain.sociogram import Figure, Picture, Sociogram, Tie
from rgcore.domain.text import Read, Text, Words

DAY = date(2025, 3, 3)


def figure(
    words: Words,
    number: int,
    label: str | None,
    ring: int = 1,
    **more: Any,  # noqa: ANN401
) -> Figure:
    """Return a figure whose label is among the words."""
    text = None
    if label is not None:
        text = words.add(f"t-{number}", subject=SAMIRA, said=label)
    return Figure(id=ItemId(f"f-{number}"), label=text, ring=ring, **more)


def drawing(
    figures: Sequence[tuple[str | None, int, dict[str, Any]]],
    *,
    ties: Sequence[tuple[int, int, str | None]] = (),
    seen: str | None = None,
    photo: str | None = None,
    reader: PersonId = SAMIRA,
) -> View:
    """Return a view of a group whose latest drawing has these figures.

    Args:
        figures: Label, ring and whatever else there is of each.
        ties: Two numbers of figures, with the words.
        seen: What the client noticed.
        photo: What is on the photo of it; empty for a photo of which nobody said so.
        reader: Who reads.
    """
    words = Words()

    def said(id_: str, what: str | None) -> Text | None:
        return words.add(id_, subject=SAMIRA, said=what) if what else None

    made = tuple(
        figure(words, number, label, ring, **more)
        for number, (label, ring, more) in enumerate(figures)
    )
    sociogram = Sociogram(
        id=ItemId("so-9"),
        version=2,
        drawn_on=DAY,
        drawn_with=Code("toy_figures"),
        figures=made,
        seen=said("t-seen", seen),
        ties=tuple(
            Tie(one=made[a].id, other=made[b].id, words=said(f"t-tie-{n}", what))
            for n, (a, b, what) in enumerate(ties)
        ),
        picture=None
        if photo is None
        else Picture(
            kept_at=words.add("t-kept", subject=SAMIRA, said="kast 3"),
            digest=Digest("0" * 64),
            described=said("t-photo", photo),
        ),
    )
    all_words: dict[Any, Read] = {**WORDS, **words}
    return view_of(sociogram, all_words, reader)


def view_of(
    sociogram: Sociogram, words: dict[Any, Read], reader: PersonId = SAMIRA
) -> View:
    """Return the view of a group with one more drawing."""
    return make_view(
        evolve(GROUP, sociograms=(*GROUP.sociograms, sociogram)),
        words,
        method=METHOD,
        reader=reader,
        on=date(2025, 6, 10),
        log_id="log-1",
        staff={TOM: "Tom"},
    )
