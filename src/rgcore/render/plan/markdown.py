"""Markdown that people's own words cannot break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rgcore.domain.ids import PersonId
from rgcore.domain.text import Text
from rgcore.render.speech import Speech, one_line

Lines = Iterator[str]

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
_OPENING: Final = re.compile(r"^(\u2068?)(\d*)([-+=.)])")
"""What would make a list or a line of the text that begins with it."""


def plain(said: str) -> str:
    """Keep signs in people's own words from becoming markup."""
    return _OPENING.sub(r"\1\2\\\3", _MARKUP.sub(r"\\\1", one_line(said)))


def named(speech: Speech, *people: PersonId) -> str:
    """Return names, which are people's own words too."""
    return plain(speech.names(people))


def words(speech: Speech, text: Text | None) -> str:
    """Return what was said, as text; an empty string if nothing was."""
    return plain(speech.words(text))


def heading(speech: Speech, text: str) -> list[str]:
    """Return a heading of the plan with its blank lines.

    Args:
        speech: Translates it.
        text: A fixed text.
    """
    return headed(speech.fixed(text))


def headed(said: str) -> list[str]:
    """Return a heading of words that are said already."""
    return ["", f"## {said}", ""]


def beside(*parts: str) -> str:
    """Return what stands in brackets after a line; nothing if there is nothing."""
    said = "; ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def quoted(said: str) -> str:
    """Return words in quotation marks; nothing if there are none."""
    return f"“{said}”" if said else ""


def after(mark: str, said: str) -> str:
    """Return words behind a mark; nothing if there are none."""
    return f"{mark}{said}" if said else ""


def labelled(rows: Iterable[tuple[str, str]]) -> Lines:
    """Go through the rows that say something, as a list of labels and words."""
    for label, said in rows:
        if said:
            yield f"- {label}: {said}"
