"""A note of a setting fits what the setting declares: whose it is, and every field."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

from method.groups import KLAAS, MOTHER, begun
from rgcore.domain.changes import NoteForSetting
from rgcore.domain.foreign import OwnValue
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId, TextId
from rgcore.domain.text import Text
from rgcore.method import Holds, OwnChange, OwnField, Whose, Wording
from rgcore.method.own import held

GROUP: Final = begun()
DAY: Final = date(2025, 6, 1)

VALUES: Final[dict[Holds, Any]] = {
    Holds.CODE: Code("a.cooking"),
    Holds.DAY: DAY,
    Holds.NUMBER: 0,
    Holds.PERSON: PersonId(MOTHER),
    Holds.GOAL: ItemId("work"),
    Holds.MEETING: ItemId("m1"),
    Holds.AGREEMENT: ItemId("ag1"),
    Holds.TEXT: Text(TextId("t1"), KLAAS),
}


def _wording(said: str) -> Wording:
    return Wording(said, said)


def _field(holds: Holds, **more: Any) -> OwnField:  # noqa: ANN401
    return OwnField(name=_name(holds), holds=holds, wording=_wording(holds), **more)


def _name(holds: Holds) -> Code:
    return Code(f"the_{holds}")


def _value(holds: Holds, **more: Any) -> OwnValue:  # noqa: ANN401
    return OwnValue(name=_name(holds), **{holds.value: VALUES[holds], **more})


COURSE: Final = OwnChange(
    code=Code("a.course"),
    wording=_wording("course"),
    sentence=_wording("{the_code}"),
    fields=tuple(_field(holds, required=holds is Holds.CODE) for holds in Holds),
    source="test",
)
NOTE: Final = NoteForSetting(
    id=ChangeId("c1"),
    happened_on=DAY,
    note=ItemId("n1"),
    kind=COURSE.code,
    values=tuple(map(_value, Holds)),
)


def _misfits(declared: OwnChange = COURSE, **other: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    found = declared.misfits(evolve(NOTE, **other), GROUP)
    return [(f.code.removeprefix("structure."), f.path) for f in found]


def test_a_note_that_holds_everything_it_may_fits() -> None:
    assert _misfits() == []


def test_a_note_that_holds_only_what_it_has_to_fits() -> None:
    assert _misfits(values=(_value(Holds.CODE),)) == []


def test_fields_may_come_in_any_order() -> None:
    assert _misfits(values=NOTE.values[::-1]) == []


def test_a_kind_without_fields_holds_nothing() -> None:
    bare = evolve(COURSE, fields=())
    assert _misfits(bare, values=()) == []
    assert _misfits(bare, values=(_value(Holds.DAY),)) == [
        ("unknown_field", "values[0].name")
    ]


def test_a_note_of_another_version_does_not_fit() -> None:
    assert _misfits(schema=2) == [("other_schema", "schema")]
    assert _misfits(evolve(COURSE, schema=2)) == [("other_schema", "schema")]
    assert _misfits(evolve(COURSE, schema=2), schema=2) == []


@pytest.mark.parametrize(
    ("declared", "given", "fits"),
    [
        (Whose.CLIENT, KLAAS, True),
        (Whose.CLIENT, MOTHER, False),
        (Whose.CLIENT, None, False),
        (Whose.SOMEBODY, KLAAS, True),
        (Whose.SOMEBODY, MOTHER, True),
        (Whose.SOMEBODY, None, False),
        (Whose.NOBODY, KLAAS, False),
        (Whose.NOBODY, MOTHER, False),
        (Whose.NOBODY, None, True),
    ],
)
def test_whose_a_note_is_follows_the_declaration(
    declared: Whose,
    given: PersonId | None,
    fits: bool,  # noqa: FBT001 - a case
) -> None:
    found = _misfits(evolve(COURSE, whose=declared), whose=given)
    assert found == ([] if fits else [("other_whose", "whose")])


@pytest.mark.parametrize("holds", Holds)
def test_a_field_holds_what_was_declared_and_nothing_else(holds: Holds) -> None:
    for other in Holds:
        value = evolve(_value(other), name=_name(holds))
        expected = [] if other is holds else [("other_field", f"values[0].{holds}")]
        assert _misfits(values=(value, *_required(holds))) == expected


def _required(but: Holds) -> tuple[OwnValue, ...]:
    return () if but is Holds.CODE else (_value(Holds.CODE),)


def test_a_field_that_is_required_has_to_be_there() -> None:
    assert _misfits(values=()) == [("field_missing", "values")]
    every = evolve(COURSE, fields=tuple(map(_field, Holds)))
    assert _misfits(every, values=(_value(Holds.CODE),)) == [
        ("field_missing", "values")
    ]


def test_a_code_is_of_the_list_if_there_is_one() -> None:
    choices = (Code("a.baking"), Code("a.cooking"))
    listed = evolve(COURSE, fields=(_field(Holds.CODE, choices=choices),))
    fits = _value(Holds.CODE)
    assert _misfits(listed, values=(fits,)) == []
    assert _misfits(listed, values=(evolve(fits, code=Code("a.singing")),)) == [
        ("unknown_code", "values[0].code")
    ]


def test_everything_that_does_not_fit_is_named_at_once() -> None:
    values = (
        evolve(_value(Holds.DAY), name=_name(Holds.GOAL)),
        evolve(_value(Holds.DAY), name=Code("the_weather")),
    )
    found = _misfits(schema=3, whose=KLAAS, values=values)
    assert found == [
        ("other_schema", "schema"),
        ("other_whose", "whose"),
        ("other_field", "values[0].goal"),
        ("unknown_field", "values[1].name"),
        ("field_missing", "values"),
    ]


@pytest.mark.parametrize("holds", Holds)
def test_what_a_value_holds_is_told_whatever_it_is(holds: Holds) -> None:
    assert held(_value(holds)) is holds


def test_a_value_with_nothing_or_with_several_things_holds_none() -> None:
    assert held(OwnValue(name=Code("nothing"))) is None
    assert held(_value(Holds.CODE, number=0)) is None
