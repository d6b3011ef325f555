"""The schemas that rgcore gives out say what its strict door takes."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from cli.terminal import rgcore
from rgcore.cli.replay import Case
from rgcore.domain.changes import ALL, BY_TYPE, Change
from rgcore.errors import InputError
from rgcore.serial.schema import change_schema, changes_schema
from rgcore.serial.wire import read_changes, write_change
from strategies import instances

EVENTS = Case.named("klaas").events
CASE = [change for event in EVENTS for change in event.data["change"]]
TYPES = sorted(BY_TYPE)


Json = Any
"""Whatever JSON holds."""


def as_json(change: object) -> Json:
    return json.loads(json.dumps(change, default=str))


@pytest.mark.parametrize("type_", TYPES)
def test_each_schema_is_a_schema(type_: str) -> None:
    Draft202012Validator.check_schema(change_schema(type_))


def test_the_schema_of_a_list_takes_the_whole_case_and_no_empty_one() -> None:
    schema = changes_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(as_json(CASE))) == []
    assert not validator.is_valid([])


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: str(cls.TYPE))
@settings(max_examples=10)
@given(data=st.data())
def test_what_rgcore_writes_fits_its_schema(
    cls: type[Change], data: st.DataObject
) -> None:
    written = as_json(write_change(data.draw(instances(cls))))
    assert (
        list(Draft202012Validator(change_schema(cls.TYPE)).iter_errors(written)) == []
    )


@pytest.mark.parametrize("change", CASE, ids=lambda change: str(change["id"]))
def test_door_and_schema_refuse_the_same(change: dict[str, Any]) -> None:
    validator = Draft202012Validator(change_schema(change["type"]))
    right = as_json(change)
    assert validator.is_valid(right)
    read_changes([right])
    for wrong in _spoilt(right, validator.schema["required"]):  # type: ignore[index]
        assert not validator.is_valid(wrong)
        with pytest.raises(InputError):
            read_changes([wrong])


def _spoilt(right: dict[str, Any], required: list[str]) -> list[dict[str, Any]]:
    unknown = {**right, "nobody_knows_this": 1}
    missing = [{k: v for k, v in right.items() if k != key} for key in required]
    other = copy.deepcopy(right)
    other["happened_on"] = 20250106
    return [unknown, other, *missing]


def test_the_command_line_prints_one_schema_or_that_of_a_list() -> None:
    assert rgcore("schema", "goal.set").data == change_schema("goal.set")
    assert rgcore("schema").data == changes_schema()
    unknown = rgcore("schema", "goal.unset")
    assert (unknown.code, unknown.out) == (2, "")
    assert "[input.unknown_type]" in unknown.err
