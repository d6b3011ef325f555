"""Build SVG as well-formed XML 1.0, whatever people said."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from attrs import frozen

Value = str | float
Given = tuple[tuple[str, Value], ...]

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Element:
    """An element with what is in it.

    Attributes:
        name: Its tag.
        given: Its attributes.
        inside: What is in it: elements, or words that are escaped when written.
    """

    name: str
    given: Given
    inside: tuple[Element | str, ...]

    def written(self, indent: str = "") -> str:
        """Return it as XML, each element on a line of its own."""
        given = "".join(f' {name}="{_quoted(value)}"' for name, value in self.given)
        opening = f"{indent}<{self.name}{given}"
        if not self.inside:
            return f"{opening}/>\n"
        return f"{opening}>{self._written_inside(indent)}</{self.name}>\n"

    def _written_inside(self, indent: str) -> str:
        if any(isinstance(part, str) for part in self.inside):
            return "".join(
                clean(part) if isinstance(part, str) else part.written().rstrip("\n")
                for part in self.inside
            )
        parts = (p.written(f"{indent} ") for p in self.inside if isinstance(p, Element))
        return "\n" + "".join(parts) + indent


def element(name: str, *inside: Element | str, **given: Value) -> Element:
    """Return an element.

    Args:
        name: Its tag.
        inside: What is in it.
        given: Its attributes; `_` stands for `-`, and one at the end is dropped.
    """
    return Element(
        name,
        tuple((key.rstrip("_").replace("_", "-"), val) for key, val in given.items()),
        inside,
    )


def number(value: float) -> str:
    """Return a number as short as a drawing needs it, and never as -0."""
    return f"{round(value, 1) + 0:g}"


def clean(said: str) -> str:
    """Return words as XML holds them: escaped, without what XML 1.0 cannot hold."""
    return escape(_NOT_XML.sub("", said), quote=True)


def _quoted(value: Value) -> str:
    return clean(value) if isinstance(value, str) else number(value)
