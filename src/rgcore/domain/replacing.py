"""Replace a person's id wherever a value says it, by the types it declares."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from rgcore.domain.group import Happening
from rgcore.domain.ids import PersonId
from rgcore.domain.text import Text

ValueT = TypeVar("ValueT")

_Replacer = Callable[[Any, PersonId, PersonId], Any]

_LEFT: Final = frozenset({Text, Happening})
"""What stays as it is: words lie sealed for whom they were, and history is history."""


def with_person(value: ValueT, old: PersonId, new: PersonId) -> ValueT:
    """Return an instance of an attrs class in which one person is another.

    Where a list of people would name somebody twice, it names them once. Texts and
    happenings stay as they are.

    Args:
        value: The instance.
        old: Who is replaced.
        new: By whom.
    """
    cls: Any = type(value)
    replace = _of_class(cls)
    # Nothing in it could name a person.
    if replace is None:
        return value
    replaced: ValueT = replace(value, old, new)
    return replaced


def _replacer(hint: Any) -> _Replacer | None:
    """Return what replaces people in a value of this type; `None` if none are in it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _replacer(inner[0])
    if origin in {Union, types.UnionType}:
        return _optional(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        return _people if _is_person(inner[0]) else _each(inner[0])
    if _is_person(hint):
        return _person
    return _of_class(hint) if attrs.has(hint) else None


def _is_person(hint: Any) -> bool:
    return PersonId in {hint, *get_args(hint)[:1]}


def _person(value: Any, old: PersonId, new: PersonId) -> Any:
    return new if value == old else value


def _people(value: Any, old: PersonId, new: PersonId) -> Any:
    if old not in value:
        return value
    return tuple(dict.fromkeys(_person(one, old, new) for one in value))


def _optional(hint: Any) -> _Replacer | None:
    inner = _replacer(hint)
    if inner is None:
        return None
    return lambda value, old, new: None if value is None else inner(value, old, new)


def _each(hint: Any) -> _Replacer | None:
    inner = _replacer(hint)
    if inner is None:
        return None
    return lambda value, old, new: tuple(inner(one, old, new) for one in value)


@cache
def _of_class(cls: Any) -> _Replacer | None:
    if cls in _LEFT:
        return None
    hints = get_type_hints(cls, include_extras=True)
    found = ((f.name, _replacer(hints[f.name])) for f in attrs.fields(cls))
    fields = tuple((name, inner) for name, inner in found if inner is not None)

    def replace(value: Any, old: PersonId, new: PersonId) -> Any:
        changed = {n: inner(getattr(value, n), old, new) for n, inner in fields}
        return attrs.evolve(value, **changed)

    return replace if fields else None
