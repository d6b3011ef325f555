"""Lines of Markdown, and what docstrings say."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from itertools import chain

from rgcore.method import Wording

Lines = Iterable[str]


def slug(code: str) -> str:
    """Return the anchor that GitHub and MyST give a heading of this code."""
    return code.lower().replace(".", "").replace(" ", "-")


def heading(code: str, level: int = 3) -> Iterator[str]:
    """Give a code a heading, and itself as an anchor besides its slug."""
    yield from (f'<a id="{code}"></a>', "", f"{'#' * level} {code}", "")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Return a table as lines."""
    yield _row(head)
    yield _row("---" for _ in head)
    yield from (_row(row) for row in rows)
    yield ""


def flat(parts: Iterable[Lines]) -> Lines:
    """Return the lines of several parts."""
    return chain.from_iterable(parts)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def code_span(text: str) -> str:
    """Return a text as code."""
    return f"`{text}`"


def anchored(code: str) -> str:
    """Return a code that can be linked to in a cell of a table."""
    return f'<a id="{code}"></a>{code_span(code)}'


def both(wording: Wording) -> tuple[str, str]:
    """Return a wording in Dutch and in English."""
    return wording.nl, wording.en


def _paragraphs(thing: object) -> list[str]:
    return (inspect.getdoc(thing) or "").split("\n\n")


def summary(thing: object) -> str:
    """Return a docstring up to its first section, as paragraphs."""
    told = []
    for paragraph in _paragraphs(thing):
        if paragraph.splitlines()[0].endswith(("Attributes:", "attributes:", "Args:")):
            break
        told.append(" ".join(paragraph.split()))
    return "\n\n".join(told)


def meanings(cls: type) -> dict[str, str]:
    """Return what the docstring of a class says of each of its fields."""
    found: dict[str, str] = {}
    name = ""
    for line in _section(cls, "Attributes:"):
        told = line.strip()
        if not line.startswith("        "):
            name, _, told = told.partition(": ")
        found[name] = f"{found.get(name, '')} {told}".strip()
    return found


def _section(cls: type, wanted: str) -> list[str]:
    lines = (inspect.getdoc(cls) or "").splitlines()
    if wanted not in lines:
        return []
    after = lines[lines.index(wanted) + 1 :]
    end = next((n for n, line in enumerate(after) if not line.strip()), len(after))
    return after[:end]
