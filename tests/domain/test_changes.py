from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import attrs
import pytest

from method.groups import METHOD, begun, change_from, entry_of
from rgcore.domain import changes, plan
from rgcore.domain.changes import (
    ALL,
    BY_TYPE,
    Change,
    ChangeKind,
    ImportGroup,
    Owner,
)
from rgcore.domain.consent import Pointer
from rgcore.domain.ids import (
    CODE_PATTERN,
    Code,
    Creates,
    ItemId,
    PersonId,
    Refers,
    Vocabulary,
)
from rgcore.domain.journal import NotAStart, fold, fold_all
from rgcore.domain.meetings import Presence
from rgcore.domain.people import Person
from rgcore.domain.text import Text
from rgcore.method import BASE

each_change = pytest.mark.parametrize("cls", ALL, ids=[cls.TYPE for cls in ALL])


def _declared() -> Iterator[type[Change]]:
    for module in pkgutil.iter_modules(changes.__path__):
        name = f"{changes.__name__}.{module.name}"
        for value in vars(importlib.import_module(name)).values():
            is_change = isinstance(value, type) and issubclass(value, Change)
            if is_change and not inspect.isabstract(value):
                yield value


def test_every_change_that_is_declared_is_among_all() -> None:
    assert set(_declared()) == set(ALL)


def test_all_are_named_and_sorted_by_class() -> None:
    names = [cls.__name__ for cls in ALL]
    assert names == sorted(names)
    assert {*names, "ALL", "BY_TYPE", "Change", "ChangeKind", "Owner"} == set(
        changes.__all__
    )


def test_no_two_changes_share_a_type() -> None:
    assert max(Counter(cls.TYPE for cls in ALL).values()) == 1
    assert {cls.TYPE: cls for cls in ALL} == dict(BY_TYPE)


@each_change
def test_a_change_says_what_it_is(cls: type[Change]) -> None:
    assert re.fullmatch(CODE_PATTERN, cls.TYPE)
    assert cls.SCHEMA >= 1
    assert isinstance(cls.KIND, ChangeKind)
    assert isinstance(cls.OWNER, Owner)


@each_change
def test_a_change_has_a_docstring_that_explains_its_fields(cls: type[Change]) -> None:
    told = inspect.cleandoc(cls.__doc__ or "")
    fields = {field.name for field in attrs.fields(cls)} - {"id", "happened_on"}
    assert told.splitlines()[0].endswith((".", "…"))
    plain = {"nomination"} if "nomination" in fields and len(fields) == 1 else set()
    assert set(re.findall(r"^    (\w+): ", told, re.MULTILINE)) >= fields - plain


@each_change
def test_a_change_cannot_be_changed(cls: type[Change]) -> None:
    assert cls.__setattr__ is not object.__setattr__
    assert cls.__hash__ is not None


UNMARKED = {
    (Text, "subject"),
    (Person, "also"),
    (ImportGroup, "client"),
    # Of which kind it is, another field says: the change looks for it by itself.
    (Pointer, "id"),
}
"""Ids that a change holds and is not about, or that say elsewhere of what they are."""


def _unmarked(cls: Any) -> Iterator[tuple[type[object], str]]:  # noqa: ANN401
    """Go through the fields that hold an id and do not say what it is of."""
    hints = get_type_hints(cls, include_extras=True)
    for field in attrs.fields(cls):
        yield from _unmarked_in(cls, field.name, hints[field.name])


def _unmarked_in(
    cls: Any,  # noqa: ANN401
    name: str,
    hint: Any,  # noqa: ANN401
) -> Iterator[tuple[type[object], str]]:
    if get_origin(hint) is Annotated and hint.__metadata__:
        marks = hint.__metadata__
        if not any(isinstance(m, Creates | Refers) for m in marks):
            yield from _unmarked_in(cls, name, get_args(hint)[0])
    elif hint in {PersonId, ItemId}:
        yield cls, name
    elif get_args(hint):
        for inner in get_args(hint):
            yield from _unmarked_in(cls, name, inner)
    elif attrs.has(hint):
        yield from _unmarked(hint)


@each_change
def test_every_id_says_of_what_it_is_so_that_a_change_touches_it(
    cls: type[Change],
) -> None:
    assert set(_unmarked(cls)) <= UNMARKED


def _code_fields(cls: type[object]) -> set[str]:
    hints = get_type_hints(cls)
    return {name for name, hint in hints.items() if _is_code(hint)}


def _is_code(hint: object) -> bool:
    if hint is Code:
        return True
    return get_origin(hint) is not None and Code in get_args(hint)


LANGUAGES = {"ar", "nl", "tr"}
"""Tags that no method lists: they are everybody's, and many."""


def _codes_named_by(cls: type[Change]) -> Iterator[str]:
    """Go through the codes that a docstring gives as examples of its fields."""
    told = inspect.cleandoc(cls.__doc__ or "")
    others = {field.name for field in attrs.fields(cls)} | {"None"}
    parts = re.split(r"^    (\w+): ", told, flags=re.MULTILINE)[1:]
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        if name in _code_fields(cls):
            yield from (c for c in re.findall(r"`([a-z_]+)`", text) if c not in others)


NAMED = sorted({c for cls in ALL for c in _codes_named_by(cls)} - LANGUAGES)


def test_docstrings_of_changes_name_codes() -> None:
    assert {"whatsapp", "kick_off", "gp_with_nurse", "responsible_clinician"} <= set(
        NAMED
    )


@pytest.mark.parametrize("code", NAMED)
def test_a_code_that_is_documented_has_a_word(code: str) -> None:
    of_a_list = {f"{vocabulary}.{code}" for vocabulary in Vocabulary}
    assert {code, *of_a_list} & {part.code for part in BASE}


@pytest.mark.parametrize(
    "value",
    [*Presence, *plan.Term, *plan.GoalStatus, *plan.Achievement],
    ids=lambda value: f"{type(value).__name__}.{value}",
)
def test_a_value_that_people_read_has_a_word(value: str) -> None:
    assert value in {part.code for part in METHOD.terms}


def test_a_journal_begins_with_the_start_of_a_group() -> None:
    row = {"type": "group.explain", "happened_on": "2025-01-06", "by": "esmee"}
    with pytest.raises(NotAStart):
        fold(None, entry_of(change_from(row), 1))


def test_an_empty_journal_is_no_group() -> None:
    assert fold_all([]) is None


def test_a_group_remembers_who_recorded_what_and_for_whom() -> None:
    row = {"type": "group.explain", "happened_on": "2025-01-07", "by": "esmee"}
    happened = begun(row).happenings[-1]
    assert (happened.seq, happened.fact, happened.touched) == (
        2,
        "group.explain",
        ("esmee",),
    )
    assert (happened.by, happened.on_behalf_of) == ("esmee", "klaas")
