"""What fills the page of Python names."""

from __future__ import annotations

import rgcore
from parts.markdown import Lines, code_span, table
from rgcore.method import Method


def _names(method: Method) -> Lines:
    del method
    rows = ((code_span(f"rgcore.{n}"), _home(n)) for n in sorted(rgcore.__all__))
    return table(("name", "is"), rows)


def _home(name: str) -> str:
    thing = getattr(rgcore, name)
    if name == "ERASED":
        return "the one value of {py:class}`rgcore.domain.text.Erased`"
    role = "class" if isinstance(thing, type) else "func"
    if isinstance(thing, type) and issubclass(thing, Exception):
        role = "exc"
    return f"{{py:{role}}}`{thing.__module__}.{thing.__qualname__}`"


PARTS = {"names": _names}
