"""People get other ids everywhere, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from rgcore.domain.actor import Actor
from rgcore.domain.changes import ALL, Change
from rgcore.domain.ids import PersonId
from rgcore.domain.renaming import renamed
from strategies import instances

NEW = PersonId("new")


def people(value: Any, hint: Any) -> Iterator[str]:  # noqa: ANN401 - any field
    """Go through what a value holds where its declaration says: a person."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if hint is PersonId:
        yield value
    elif value is None:
        return
    elif isinstance(value, tuple):
        for item in value:
            yield from people(item, get_args(hint)[0])
    elif attrs.has(type(value)):
        hints = get_type_hints(type(value), include_extras=True)
        for name in (f.name for f in attrs.fields(type(value))):
            yield from people(getattr(value, name), hints[name])
    else:
        inner = [h for h in get_args(hint) if get_args(h) or h is PersonId]
        for one in inner:
            yield from people(value, one)


@pytest.mark.parametrize("cls", [*ALL, Actor], ids=lambda cls: cls.__name__)
@settings(max_examples=15)
@given(data=st.data())
def test_everybody_is_renamed(cls: type[Change], data: st.DataObject) -> None:
    value = data.draw(instances(cls))
    before = list(people(value, cls))
    names = {PersonId(p): PersonId(f"new-{n}") for n, p in enumerate(before)}
    after = renamed(value, names)
    assert list(people(after, cls)) == [names[PersonId(p)] for p in before]
    assert type(after) is cls


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: str(cls.TYPE))
@settings(max_examples=5)
@given(data=st.data())
def test_who_has_no_other_id_keeps_theirs(
    cls: type[Change], data: st.DataObject
) -> None:
    value = data.draw(instances(cls))
    assert renamed(value, {}) == value
    assert renamed(value, {PersonId(value.id): NEW}).id == value.id
