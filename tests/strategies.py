"""Hypothesis strategies for changes of every type, built from their type hints.

A value has the form that its class declares, and no more: its ids need not be in any
group. A new type of change, or a new field, is among them without a word here.
"""

from __future__ import annotations

import types
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import (
    Annotated,
    Any,
    Final,
    NewType,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from hypothesis import strategies as st

from rgcore.domain.actor import Actor
from rgcore.domain.changes import ALL, Change
from rgcore.domain.findings import Override
from rgcore.domain.ids import CODE_PATTERN, ID_PATTERN, Code
from rgcore.domain.journal import Entry
from rgcore.domain.text import PersonName

ClsT = TypeVar("ClsT")

_INT64: Final = 2**63
_LONGEST: Final = 3
"""Items of a tuple: enough to tell none, one and many apart."""

IDS: Final = st.from_regex(ID_PATTERN, fullmatch=True)
CODES: Final = st.from_regex(CODE_PATTERN, fullmatch=True)
TEXTS: Final = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs"],
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    min_size=1,
    max_size=40,
).filter(lambda said: bool(said.strip()))
"""What people may say or be called, in every script."""

NAMES: Final[st.SearchStrategy[PersonName]] = st.builds(
    PersonName,
    written=TEXTS,
    given=st.none() | TEXTS,
    prefix=st.none() | TEXTS,
    family=st.none() | TEXTS,
)

_PLAIN: Final[dict[Any, st.SearchStrategy[Any]]] = {
    type(None): st.none(),
    str: st.text(max_size=20),
    int: st.integers(-_INT64, _INT64 - 1),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def instances(cls: type[ClsT]) -> st.SearchStrategy[ClsT]:
    """Return what builds instances of an attrs class from its hints."""
    hints = get_type_hints(cls, include_extras=True)
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]
    return st.builds(cls, **{name: values(hints[name]) for name in names})


def values(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    """Return what builds values of a declared type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return values(inner[0])
    if origin in {Union, types.UnionType}:
        return st.one_of(*(values(one) for one in inner))
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=_LONGEST).map(tuple)
    if isinstance(hint, NewType):
        return CODES if hint is Code else IDS
    return _PLAIN[hint] if hint in _PLAIN else _of_class(hint)


def _of_class(cls: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    if issubclass(cls, Enum):
        return st.sampled_from(cls)
    return st.deferred(lambda: instances(cls))


def changes() -> st.SearchStrategy[Change]:
    """Return what builds changes of every type there is."""
    return st.one_of(*(instances(cls) for cls in ALL))


def entries() -> st.SearchStrategy[Entry]:
    """Return what builds entries of a journal."""
    return st.builds(
        Entry,
        seq=st.integers(1, _INT64 - 1),
        change=changes(),
        actor=instances(Actor),
        recorded_at=_PLAIN[datetime],
        composition=IDS,
        overrides=st.lists(instances(Override), max_size=_LONGEST).map(tuple),
        warned=st.lists(CODES, max_size=_LONGEST).map(tuple),
    )
