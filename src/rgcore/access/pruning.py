"""Take what points at hidden items out of what stays: a copy is whole in itself.

What a value can point at is read from the types that its class declares, so a new kind
of item is pruned without a word here.
"""

# Values of any declared type are looked over here; `object` would only add casts.
# ruff: noqa: ANN401

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import evolve

from rgcore.domain.consent import Pointer
from rgcore.domain.ids import ItemId, PersonId


class _Gone(Enum):
    """Stands for a value that cannot do without what is hidden."""

    GONE = "gone"


GONE: Final = _Gone.GONE

Hidden = frozenset[ItemId]
_Pruner = Callable[[Any, Hidden], Any]


def pruned(value: Any, hidden: Hidden) -> Any:
    """Return a value without pointers to hidden items; `GONE` if it needs one.

    Args:
        value: An instance of a class of the domain.
        hidden: The ids of what is hidden.
    """
    pruner = _class_pruner(type(value))  # type: ignore[arg-type]
    return value if pruner is None else pruner(value, hidden)


def without_gone(values: tuple[Any, ...], hidden: Hidden) -> tuple[Any, ...]:
    """Return values that are not hidden, each without pointers to what is.

    Args:
        values: Instances of classes of the domain.
        hidden: The ids of what is hidden.
    """
    kept = (pruned(v, hidden) for v in values if getattr(v, "id", None) not in hidden)
    return tuple(value for value in kept if value is not GONE)


@cache
def _class_pruner(cls: type[Any]) -> _Pruner | None:
    if cls is Pointer:
        return lambda value, hidden: GONE if value.id in hidden else value
    if not attrs.has(cls):
        return None
    hints = get_type_hints(cls, include_extras=True)
    names = [f.name for f in attrs.fields(cls) if f.name != "id"]
    found = {name: _pruner(hints[name]) for name in names}
    steps = {name: pruner for name, pruner in found.items() if pruner is not None}
    if not steps:
        return None

    def prune(value: Any, hidden: Hidden) -> Any:
        new = {n: step(getattr(value, n), hidden) for n, step in steps.items()}
        if any(one is GONE for one in new.values()):
            return GONE
        same = all(new[name] is getattr(value, name) for name in new)
        return value if same else evolve(value, **new)

    return prune


def _pruner(hint: Any) -> _Pruner | None:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _pruner(parts[0])
    if hint is ItemId:
        return lambda value, hidden: GONE if value in hidden else value
    if origin in {Union, types.UnionType}:
        return _optional(parts)
    if origin is tuple:
        return _each(parts[0])
    return _class_pruner(hint) if isinstance(hint, type) else None


def _optional(hints: tuple[Any, ...]) -> _Pruner | None:
    inner = next((p for p in map(_pruner, hints) if p is not None), None)
    if inner is None:
        return None

    def prune(value: Any, hidden: Hidden) -> Any:
        found = None if value is None else inner(value, hidden)
        return None if found is GONE else found

    return prune


def _each(hint: Any) -> _Pruner | None:
    inner = _pruner(hint)
    if inner is None and not _has_id(hint):
        return None

    def prune(values: Any, hidden: Hidden) -> Any:
        seen = [v for v in values if getattr(v, "id", None) not in hidden]
        kept = seen if inner is None else [inner(value, hidden) for value in seen]
        new = tuple(value for value in kept if value is not GONE)
        return values if _same(new, values) else new

    return prune


def _has_id(hint: Any) -> bool:
    return attrs.has(hint) and any(f.name == "id" for f in attrs.fields(hint))


def _same(new: tuple[Any, ...], old: tuple[Any, ...]) -> bool:
    pairs = zip(new, old, strict=False)
    return len(new) == len(old) and all(one is other for one, other in pairs)


def people_in(value: Any) -> Iterator[PersonId]:
    """Go through everybody whom a value names, however deep.

    Args:
        value: An instance of a class of the domain, or a tuple of such.
    """
    if isinstance(value, tuple):
        for item in value:
            yield from people_in(item)
    elif attrs.has(type(value)):
        for name, names_people in _fields(type(value)):  # type: ignore[arg-type]
            inner = getattr(value, name)
            if not names_people:
                yield from people_in(inner)
            elif isinstance(inner, tuple):
                yield from inner
            elif inner is not None:
                yield inner


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a class, and whether each holds ids of people."""
    hints = get_type_hints(cls)
    people = (PersonId, PersonId | None, tuple[PersonId, ...])
    return tuple((f.name, hints[f.name] in people) for f in attrs.fields(cls))
