"""Parts of a method as plain data, without their functions."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs

_STAMP: Final = "origin"
"""Who installed what under which version alters nothing of what a method says."""


def plain(value: Any) -> Any:  # noqa: ANN401 - any part, or anything in one
    """Return a part of a method as plain data; a function by its name.

    Args:
        value: The part, or what stands in it.
    """
    if value is None or isinstance(value, str | int):
        # Most of what is in a part: asking attrs about each of them takes longer.
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if attrs.has(type(value)):
        names = (f.name for f in attrs.fields(type(value)) if f.name != _STAMP)
        return {name: plain(getattr(value, name)) for name in names}
    if callable(value):
        return f"{value.__module__}:{value.__qualname__}"
    return value.isoformat() if isinstance(value, date) else value
