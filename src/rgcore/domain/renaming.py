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
_Classes = frozenset[type[Any]]


def renamed(
    value: ValueT, names: Names, leaving: frozenset[type[Any]] = frozenset()
) -> ValueT:
    """Return an instance of an attrs class with people's ids replaced.

    An id that only looks like a person's, such as that of a goal, stays. Where two
    people of a list become one, it names them once.

    Args:
        value: The instance.
        names: The new id of each person who gets one.
        leaving: Classes whose instances stay as they are.
    """
    renamer = _class_renamer(type(value), leaving)  # type: ignore[arg-type]
    if renamer is None:
        return value
    found: ValueT = renamer(value, names)
    return found


@cache
def _class_renamer(cls: type[Any], leaving: _Classes) -> _Renamer | None:
    if cls in leaving:
        return None
    hints = get_type_hints(cls, include_extras=True)
    found = {f.name: _renamer(hints[f.name], leaving) for f in attrs.fields(cls)}
    steps = {name: renamer for name, renamer in found.items() if renamer is not None}

    def rename(value: Any, names: Names) -> Any:
        old = {name: getattr(value, name) for name in steps}
        return evolve(value, **{n: steps[n](one, names) for n, one in old.items()})

    return rename if steps else None


def _renamer(hint: Any, leaving: _Classes) -> _Renamer | None:
    """Return what renames a value of this declared type; `None` if nothing can be."""
    if hint is PersonId:
        return _person
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _renamer(parts[0], leaving)
    if origin in {Union, types.UnionType}:
        return _optional(parts, leaving)
    if origin is tuple:
        return _each(parts[0], leaving)
    return _class_renamer(hint, leaving) if attrs.has(hint) else None


def _person(value: Any, names: Names) -> Any:
    return names.get(value, value)


def _optional(hints: tuple[Any, ...], leaving: _Classes) -> _Renamer | None:
    found = (_renamer(hint, leaving) for hint in hints)
    inner = next((one for one in found if one is not None), None)
    if inner is None:
        return None
    return lambda value, names: None if value is None else inner(value, names)


def _each(hint: Any, leaving: _Classes) -> _Renamer | None:
    inner = _renamer(hint, leaving)
    if inner is _person:
        return _people
    if inner is None:
        return None
    return lambda value, names: tuple(inner(one, names) for one in value)


def _people(value: Any, names: Names) -> Any:
    new = tuple(_person(one, names) for one in value)
    # Only where two become one: what somebody else wrote stays as they wrote it.
    became_one = len(set(new)) < len(set(value))
    return tuple(dict.fromkeys(new)) if became_one else new
