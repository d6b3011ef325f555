"""Look a value over by the types that its class declares.

Domain classes carry no validators: they would run on every read. What comes in
is looked over once, here, by anybody who takes it in. The result names paths,
never values.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    NewType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import frozen

from rgcore.domain.ids import (
    CODE_PATTERN,
    ID_PATTERN,
    Code,
    CodeOf,
    Creates,
    HoldsName,
    ItemId,
    Refers,
)
from rgcore.domain.text import Text
from rgcore.errors import Problem

Mark = Creates | Refers | CodeOf | HoldsName | type[Text]


@frozen
class Marked:
    """A value that a field's declaration says something about.

    Attributes:
        path: Where it stands, such as `.figures[2].id`.
        mark: What the declaration says: creates, refers, is a text, and so on.
        value: The id or the text.
    """

    path: str
    mark: Mark
    value: Any


class Inspection:
    """What was seen while looking a value over.

    Attributes:
        problems: What does not fit its declaration.
        marked: Every id that is created or referred to, and every text.
    """

    __slots__ = ("marked", "problems")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.marked: list[Marked] = []

    def misfit(self, path: str, code: str = "input.wrong_type") -> None:
        """Note a value that does not fit."""
        self.problems.append(Problem(code, path))


Looker = Callable[[Any, str, Inspection], None]

_ID: Final = re.compile(ID_PATTERN)
_CODE: Final = re.compile(CODE_PATTERN)


def inspect(value: Any, path: str = "") -> Inspection:
    """Look over an instance of an attrs class.

    Args:
        value: The instance.
        path: What its paths begin with.

    Returns:
        All misfits and all marked values, in the order of the fields.
    """
    seen = Inspection()
    _class_looker(type(value))(value, path, seen)  # type: ignore[arg-type]
    return seen


def look_over_id(value: Any, path: str) -> list[Problem]:
    """Look over an id that stands by itself.

    Args:
        value: What should be an id.
        path: Where it stands.
    """
    seen = Inspection()
    _looker(ItemId)(value, path, seen)
    return seen.problems


@cache
def _class_looker(cls: type[Any]) -> Looker:
    hints = get_type_hints(cls, include_extras=True)
    fields = tuple(
        (f.name, f".{f.name}", _looker(hints[f.name])) for f in attrs.fields(cls)
    )
    is_text = cls is Text

    def look(value: Any, path: str, seen: Inspection) -> None:
        if type(value) is not cls:
            seen.misfit(path)
            return
        if is_text:
            seen.marked.append(Marked(path, Text, value))
        for name, step, looker in fields:
            looker(getattr(value, name), path + step, seen)

    return look


def _looker(hint: Any) -> Looker:
    """Return what looks over a value of this declared type."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _annotated(*get_args(hint))
    if origin in {Union, types.UnionType}:
        return _optional(get_args(hint))
    if origin is tuple:
        return _each(get_args(hint)[0])
    if isinstance(hint, NewType):
        return _pattern(hint)
    if attrs.has(hint):
        return _late_class(hint)
    return _exactly(hint)


def _late_class(cls: type) -> Looker:
    def look(value: Any, path: str, seen: Inspection) -> None:
        _class_looker(cls)(value, path, seen)

    return look


def _annotated(hint: Any, *marks: Any) -> Looker:
    inner = _looker(hint)

    def look(value: Any, path: str, seen: Inspection) -> None:
        before = len(seen.problems)
        inner(value, path, seen)
        if len(seen.problems) == before:
            seen.marked.extend(Marked(path, mark, value) for mark in marks)

    return look


def _optional(hints: tuple[Any, ...]) -> Looker:
    (inner,) = (_looker(h) for h in hints if h is not type(None))

    def look(value: Any, path: str, seen: Inspection) -> None:
        if value is not None:
            inner(value, path, seen)

    return look


def _each(hint: Any) -> Looker:
    inner = _looker(hint)

    def look(value: Any, path: str, seen: Inspection) -> None:
        if type(value) is not tuple:
            seen.misfit(path)
            return
        for number, item in enumerate(value):
            inner(item, f"{path}[{number}]", seen)

    return look


def _pattern(hint: NewType) -> Looker:
    code = hint is Code
    pattern = _CODE if code else _ID
    problem = "input.not_a_code" if code else "input.not_an_id"

    def look(value: Any, path: str, seen: Inspection) -> None:
        if type(value) is not str:
            seen.misfit(path)
        elif not pattern.fullmatch(value):
            seen.misfit(path, problem)

    return look


_PLAIN: Final = (str, int, bool, date, datetime, time)


def _exactly(hint: Any) -> Looker:
    if not (hint in _PLAIN or (isinstance(hint, type) and issubclass(hint, Enum))):
        message = f"no way to look over a {hint!r}"
        raise TypeError(message)

    def look(value: Any, path: str, seen: Inspection) -> None:
        # Times of day are local; one that brings its own zone would be another.
        zoned = isinstance(value, time) and value.tzinfo is not None
        if type(value) is not hint or zoned:
            seen.misfit(path)

    return look
