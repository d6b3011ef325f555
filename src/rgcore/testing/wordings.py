"""Every wording of a contribution, with what it is called in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs
from attrs import frozen

from rgcore.method import Contribution, Wording
from rgcore.method.origin import Origin

_PLACE: Final = re.compile(r"\{(\w+)\}")


@frozen(kw_only=True)
class Worded:
    """A wording of a part, and where it stands.

    Attributes:
        part: The code of the part.
        field: The field, with those around it: `fields[0].wording`.
        wording: The wording.
    """

    part: str
    field: str
    wording: Wording

    def __str__(self) -> str:
        """Return the part and the field: `youth.visit, sentence`."""
        return f"{self.part}, {self.field}"


def worded(part: Contribution) -> Iterator[Worded]:
    """Go through the wordings of a part, those within it included.

    Args:
        part: The part.
    """
    for path, wording in _within(part, ""):
        yield Worded(part=part.code, field=path.removeprefix("."), wording=wording)


def _within(value: Any, path: str) -> Iterator[tuple[str, Wording]]:  # noqa: ANN401 - anything in a part
    if isinstance(value, Wording):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _within(item, f"{path}[{number}]")
    elif attrs.has(type(value)) and not isinstance(value, Origin):
        for name in (f.name for f in attrs.fields(type(value))):
            yield from _within(getattr(value, name), f"{path}.{name}")


def languages(wording: Wording) -> Iterator[tuple[str, str]]:
    """Go through the languages of a wording, each with what is said in it.

    Args:
        wording: The wording.
    """
    yield from (("nl", wording.nl), ("en", wording.en), *wording.more)


def places(said: str) -> frozenset[str]:
    """Return the names in braces of a sentence.

    Args:
        said: The sentence in one language.
    """
    return frozenset(_PLACE.findall(said))


def is_said(text: str) -> bool:
    """Tell whether a text says anything: `…` does not.

    Args:
        text: The text.
    """
    return any(letter.isalnum() for letter in text)
