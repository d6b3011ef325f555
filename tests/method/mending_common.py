"""What every way of mending a change uses: which item, and from which day."""

# Changes of any type come by here; `object` would only add casts.
# ruff: noqa: ANN401

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import evolve

from rgcore.domain.changes import Change


def one_of(items: Iterable[Any], wanted: object) -> Any:
    """Return the item of this id if it is among them, or else the last; or `None`."""
    found = list(items)
    named = [item for item in found if item.id == wanted]
    return next(iter([*named, *reversed(found)]), None)


def not_before(change: Any, day: date | None, **fields: Any) -> Change:
    on = change.happened_on if day is None else max(change.happened_on, day)
    moved: Change = evolve(change, happened_on=on, **fields)
    return moved
