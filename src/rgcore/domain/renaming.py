"""Give people other ids, wherever the class of a value declares an id of a person."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import (
    Annotated,
    Any,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import evolve

from rgcore.domain.ids import PersonId

ValueT = TypeVar("ValueT")

Names = Mapping[PersonId, PersonId]
_Renamer = Callable[[Any, Names], Any]


def renamed(value: ValueT, names: Names) -> ValueT:
    """Return an instance of an attrs class with people's ids replaced.

    An id that only looks like a person's, such as that of a goal, stays.

    Args:
        value: The instance.
        names: The new id of each person who gets one.
    """
    found: ValueT = _class_renamer(type(value))(value, names)  # type: ignore[arg-type]
    return found


@cache
def _class_renamer(cls: type[Any]) -> _Renamer:
    hints = get_type_hints(cls, include_extras=True)
    found = {f.name: _renamer(hints[f.name]) for f in attrs.fields(cls)}
    steps = {name: renamer for name, renamer in found.items() if renamer is not None}

    def rename(value: Any, names: Names) -> Any:
        old = {name: getattr(value, name) for name in steps}
        return evolve(value, **{n: steps[n](one, names) for n, one in old.items()})

    return rename if steps else _same


def _renamer(hint: Any) -> _Renamer | None:
    """Return what renames a value of this declared type; `None` if nothing can be."""
    if hint is PersonId:
        return _person
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _renamer(parts[0])
    if origin in {Union, types.UnionType}:
        return _optional(parts)
    if origin is tuple:
        return _each(parts[0])
    return _late_class(hint) if attrs.has(hint) else None


def _person(value: Any, names: Names) -> Any:
    return names.get(value, value)


def _same(value: Any, names: Names) -> Any:
    del names
    return value


def _late_class(cls: type[Any]) -> _Renamer:
    def rename(value: Any, names: Names) -> Any:
        return _class_renamer(cls)(value, names)  # type: ignore[arg-type]

    # Asked for only when it is used: a class may hold values of its own kind.
    return rename


def _optional(hints: tuple[Any, ...]) -> _Renamer | None:
    inner = next((r for r in map(_renamer, hints) if r is not None), None)
    if inner is None:
        return None
    return lambda value, names: None if value is None else inner(value, names)


def _each(hint: Any) -> _Renamer | None:
    inner = _renamer(hint)
    if inner is None:
        return None
    return lambda value, names: tuple(inner(one, names) for one in value)
