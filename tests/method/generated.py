"""Groups that nobody thought up: random sequences of changes that fit.

What a change can be made of is read from what its fields declare, so a new type
of change is among them without a word here.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
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
from hypothesis import strategies as st
from method.groups import METHOD, START, change_from, entry_of

from rgcore.domain.changes import ALL, Change, StartGroup
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Creates, Kind, Refers
from rgcore.domain.journal import Entry, fold
from rgcore.domain.people import Person
from rgcore.domain.text import Text

FIRST_DAY: Final = date(2024, 1, 1)
LAST_DAY: Final = date(2026, 12, 31)
LONGEST: Final = 24

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("kick_off", "follow_up", "extra", "family", "letter", "yearly"),
    "topic": ("communication_channel", "goals", "communication", "relatives_group"),
    "role": ("direction_supporter", "responsible_clinician", "peer_worker"),
    "dimension": ("personal", "societal", "health"),
    "of": tuple(sorted({p.code for p in (*METHOD.rules, *METHOD.steps)})),
}
"""Codes that are worth drawing, by the name of the field; others are `other`."""


@frozen(kw_only=True)
class Course:
    """A group, and how it came about.

    Attributes:
        entries: Everything that was recorded, the start included.
        group: The group after all of it.
        refused: Changes that were drawn on the way and did not fit.
    """

    entries: tuple[Entry, ...]
    group: ResourceGroup
    refused: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what was recorded, in order."""
        return tuple(entry.change for entry in self.entries)


Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def courses(draw: Draw, longest: int = LONGEST) -> Course:
    """Make a group by drawing changes and keeping those that fit."""
    start = change_from({**START, "happened_on": FIRST_DAY})
    entries: list[Entry] = [entry_of(start, 1)]
    refused: list[Change] = []
    group = fold(None, entries[0])
    for number in range(draw(st.integers(0, longest))):
        change = drawn_change(draw, group, f"c{number}")
        if tuple(change.problems(group)):
            refused.append(change)
            continue
        entries.append(entry_of(change, group.seq + 1))
        group = fold(group, entries[-1])
    return Course(entries=tuple(entries), group=group, refused=tuple(refused))


def days() -> st.SearchStrategy[date]:
    """Give days of the time in which generated groups live."""
    return st.integers(0, (LAST_DAY - FIRST_DAY).days).map(_day)


def drawn_change(draw: Draw, group: ResourceGroup, name: str) -> Change:
    """Draw a change that may fit a group: what it refers to is there.

    Args:
        draw: Draws from a strategy.
        group: The group.
        name: What the ids in the change begin with.
    """
    possible = [cls for cls in ALL if cls is not StartGroup and _can_be(cls, group)]
    change: Change = _Maker(draw, group, name).instance(draw(st.sampled_from(possible)))
    return change


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _can_be(cls: type[Change], group: ResourceGroup) -> bool:
    return all(any(True for _ in group.ids(kind)) for kind in _needed(cls))


@cache
def _needed(cls: type[Change]) -> frozenset[Kind]:
    """Return the kinds of items without which a change cannot be made."""
    marks = [m for h in _hints(cls).values() for m in getattr(h, "__metadata__", ())]
    return frozenset(mark.kind for mark in marks if isinstance(mark, Refers))


@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    declared = get_type_hints(cls, include_extras=True)
    return {field.name: declared[field.name] for field in attrs.fields(cls)}


class _Maker:
    """Draws values of declared types for one change of one group."""

    def __init__(self, draw: Draw, group: ResourceGroup, name: str) -> None:
        self._draw = draw
        self._group = group
        self._name = name
        self._given = 0

    def instance(self, cls: type[Any]) -> Any:
        """Draw an instance of an attrs class."""
        return cls(**{name: self._value(name, h) for name, h in _hints(cls).items()})

    def _value(self, name: str, hint: Any) -> Any:
        origin, args = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            (inner,) = (arg for arg in args if arg is not type(None))
            return self._value(name, inner) if self._draw(st.booleans()) else None
        if origin is tuple:
            many = range(self._draw(st.integers(0, 2)))
            return tuple(self._value(name, args[0]) for _ in many)
        if origin is Annotated:
            return self._marked(name, args[0], args[1])
        return self._plain(name, hint)

    def _marked(self, name: str, hint: Any, mark: object) -> Any:
        if isinstance(mark, Refers):
            known = sorted(self._group.ids(mark.kind)) or ["nobody"]
            return self._draw(st.sampled_from(known))
        return self._new() if isinstance(mark, Creates) else self._value(name, hint)

    def _plain(self, name: str, hint: Any) -> Any:
        if hint is Code:
            return self._draw(st.sampled_from(CODES.get(name, ("other",))))
        if isinstance(hint, NewType):
            return self._new()
        if hint is Text:
            people = [person.id for person in self._group.people]
            return Text(self._new(), self._draw(st.sampled_from(people)))
        if hint is Person:
            return Person(id=self._new())
        if attrs.has(hint):
            return self.instance(hint)
        return self._draw(_primitive(hint))

    def _new(self) -> Any:
        self._given += 1
        return f"{self._name}.{self._given}"


@cache
def _primitive(hint: Any) -> st.SearchStrategy[Any]:
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    known: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(1, 3),
        date: days(),
        time: st.just(time(19, 30)),
    }
    return known[hint]
