"""Tell a drawing in words, for whoever hears it instead of seeing it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from rgcore.domain.sociogram import Figure, FigureKind, Sociogram, Tie, Wish
from rgcore.render.speech import Speech, capitalised, one_line


def _(text: str) -> str:
    """Mark a text for translation; it is translated where it is told."""
    return text


RINGS: Final = (_("close by"), _("a bit further away"), _("further away"))
"""What the rings are called, the nearest first."""

KINDS: Final = MappingProxyType(
    {
        FigureKind.PERSON: _("somebody"),
        FigureKind.ANIMAL: _("an animal"),
        FigureKind.PLACE: _("a place"),
        FigureKind.ACTIVITY: _("an activity"),
    }
)

WISHES: Final = MappingProxyType(
    {
        Wish.CLOSER: _("wish: closer"),
        Wish.FURTHER: _("wish: further away"),
        Wish.STAY: _("wish: stay like this"),
    }
)

DECEASED: Final = _("has died")
PSEUDONYM: Final = _("a made-up name")
TIED: Final = _("have to do with one another")


def is_own(speech: Speech) -> bool:
    """Tell whether the reader is the client."""
    group = speech.view.group
    return group.known_as(speech.view.reader) == group.client


def title(speech: Speech, drawing: Sociogram) -> str:
    """Return what the drawing is called: by its day."""
    day = speech.day(drawing.drawn_on)
    if is_own(speech):
        return speech.fixed("Drawing of {day}").format(day=day)
    said = speech.fixed("Drawing by {name}, {day}")
    return said.format(name=speech.name(speech.view.group.client), day=day)


def label(speech: Speech, figure: Figure) -> str:
    """Return what a figure is called; what kind it is if its label has lapsed."""
    said = one_line(speech.words(figure.label))
    if not said:
        return speech.fixed(KINDS[figure.kind])
    return f"“{said}”" if figure.pseudonym else said


def told(speech: Speech, figure: Figure) -> str:
    """Return a figure in words: mama, wish: further away."""
    parts = [label(speech, figure)]
    if figure.kind is not FigureKind.PERSON and figure.label is not None:
        parts.append(speech.fixed(KINDS[figure.kind]))
    if figure.pseudonym and figure.label is not None:
        parts.append(speech.fixed(PSEUDONYM))
    if figure.deceased:
        parts.append(speech.fixed(DECEASED))
    if figure.wish in WISHES:
        parts.append(speech.fixed(WISHES[figure.wish]))
    return ", ".join(parts)


def tie(speech: Speech, drawing: Sociogram, between: Tie) -> str:
    """Return a tie in words."""
    called = {figure.id: label(speech, figure) for figure in drawing.figures}
    pair = {"one": called[between.one], "other": called[between.other]}
    words = one_line(speech.words(between.words))
    if words:
        said = speech.fixed("{one} and {other}: “{words}”")
        return said.format(**pair, words=words)
    return speech.fixed("{one} and {other} have to do with one another").format(**pair)


def seen_heading(speech: Speech) -> str:
    """Return what stands above what the client noticed."""
    if is_own(speech):
        return speech.fixed("What you noticed")
    said = speech.fixed("What {name} noticed")
    return said.format(name=speech.name(speech.view.group.client))


def photo(speech: Speech, drawing: Sociogram) -> tuple[str, ...]:
    """Return what there is to say of a photo of the drawing."""
    if drawing.picture is None:
        return ()
    said = speech.fixed("There is a photo of it too. It is kept elsewhere.")
    if not drawing.figures:
        kept = speech.fixed("This drawing is a photo of {day}. It is kept elsewhere.")
        said = kept.format(day=speech.day(drawing.drawn_on))
    words = one_line(speech.words(drawing.picture.described))
    if not words:
        return (said,)
    return said, speech.fixed("On the photo: {words}").format(words=words)


def described(speech: Speech, drawing: Sociogram) -> str:
    """Return the whole drawing as sentences, ring by ring."""
    return " ".join(capitalised(one_line(said)) for said in _sentences(speech, drawing))


def _sentences(speech: Speech, drawing: Sociogram) -> Iterator[str]:
    if drawing.figures:
        yield speech.fixed("In the middle: {name}.").format(name=_middle(speech))
    for number, ring in enumerate(RINGS, start=1):
        there = [told(speech, f) for f in drawing.figures if f.ring == number]
        if there:
            yield f"{speech.fixed(ring)}: {'; '.join(there)}."
    for between in drawing.ties:
        yield f"{tie(speech, drawing, between)}."
    yield from photo(speech, drawing)
    seen = one_line(speech.words(drawing.seen))
    if seen:
        yield f"{seen_heading(speech)}: “{seen}”"


def _middle(speech: Speech) -> str:
    if is_own(speech):
        return speech.fixed("you")
    return speech.name(speech.view.group.client)
