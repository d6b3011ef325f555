"""The strict door: what does not fit is refused by path, and nothing is echoed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rgcore import InputError
from rgcore.domain.changes import BY_TYPE, Change
from rgcore.errors import PROBLEMS
from rgcore.serial.wire import read_changes, read_json, write_change
from strategies import changes
from support import MARKER, found, told

GOAL: dict[str, Any] = {
    "type": "goal.set",
    "id": "c-1",
    "happened_on": "2025-01-06",
    "goal": "goal-1",
    "term": "long",
    "dimension": "personal",
    "words": {"subject": "klaas", "said": "weer fietsen"},
}
INTERVIEW: dict[str, Any] = {
    "type": "interview.hold",
    "id": "c-2",
    "happened_on": "2025-01-06",
    "interview": "i-1",
    "respondent": "mother",
    "kind": "family",
    "by": "s-esmee",
}
SOCIOGRAM: dict[str, Any] = {
    "type": "sociogram.draw",
    "id": "c-3",
    "happened_on": "2025-01-06",
    "sociogram": "soc-1",
    "figures": [
        {"id": "f-1", "ring": 1, "label": {"subject": "klaas", "said": "mam"}},
        {"id": "f-2", "ring": 2, "label": {"subject": "klaas", "said": "pap"}},
    ],
}
MEETING: dict[str, Any] = {
    "type": "meeting.plan",
    "id": "c-4",
    "happened_on": "2025-01-06",
    "meeting": "m-1",
    "kind": "kick_off",
    "planned_for": "2025-01-13",
}


def refused(values: object) -> InputError:
    """Return the error with which plain data is refused; it tells no marker."""
    with pytest.raises(InputError) as caught:
        read_changes(values)
    said = told(caught.value)
    assert MARKER not in said
    assert all(problem.code in PROBLEMS for problem in caught.value.problems)
    return caught.value


def test_examples_are_taken_as_they_stand() -> None:
    taken, words = read_changes([GOAL, INTERVIEW, SOCIOGRAM, MEETING])
    assert [change.TYPE for change in taken] == [
        "goal.set",
        "interview.hold",
        "sociogram.draw",
        "meeting.plan",
    ]
    assert sorted(words.values(), key=str) == ["mam", "pap", "weer fietsen"]


WRONG: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("word_for_true", INTERVIEW, {"about_respondent": "word"}, "wrong_type", ""),
    ("one_for_true", INTERVIEW, {"about_respondent": 1}, "wrong_type", ""),
    ("number_for_text_id", GOAL, {"goal": 7}, "wrong_type", ""),
    ("number_for_id", GOAL, {"id": 7}, "wrong_type", ""),
    ("none_for_id", GOAL, {"goal": None}, "wrong_type", ""),
    ("text_for_number", MEETING, {"minutes_long": "60"}, "wrong_type", ""),
    ("true_for_number", MEETING, {"minutes_long": True}, "wrong_type", ""),
    ("fraction_for_number", MEETING, {"minutes_long": 60.0}, "wrong_type", ""),
    ("number_for_date", GOAL, {"happened_on": 20250106}, "wrong_type", ""),
    ("no_such_date", GOAL, {"happened_on": "2025-02-30"}, "wrong_type", ""),
    ("time_for_date", GOAL, {"happened_on": "2025-01-06T10:00"}, "wrong_type", ""),
    ("marker_for_date", GOAL, {"happened_on": MARKER}, "wrong_type", ""),
    ("no_such_time", MEETING, {"starts_at": "25:00"}, "wrong_type", ""),
    ("no_such_term", GOAL, {"term": MARKER}, "wrong_type", ""),
    ("term_in_a_list", GOAL, {"term": ["long"]}, "wrong_type", ""),
    ("text_for_a_list", SOCIOGRAM, {"figures": MARKER}, "wrong_type", ""),
    ("object_for_a_list", SOCIOGRAM, {"figures": {MARKER: 1}}, "wrong_type", ""),
    ("text_for_an_object", SOCIOGRAM, {"figures": [MARKER]}, "wrong_type", "[0]"),
    ("bare_words", GOAL, {"words": MARKER}, "wrong_type", ""),
    (
        "number_said",
        GOAL,
        {"words": {"subject": "k", "said": 7}},
        "wrong_type",
        ".said",
    ),
    (
        "no_subject",
        GOAL,
        {"words": {"said": MARKER}},
        "missing_key",
        ".id",
    ),
    (
        "subject_of_another_kind",
        GOAL,
        {"words": {"subject": [MARKER], "said": MARKER}},
        "wrong_type",
        ".subject",
    ),
    (
        "name_as_text",
        GOAL,
        {"words": {"subject": "k", "name": MARKER}},
        "wrong_type",
        ".name",
    ),
    (
        "unknown_part_of_a_name",
        GOAL,
        {"words": {"subject": "k", "name": {"written": "K", MARKER: "x"}}},
        "unknown_key",
        ".name",
    ),
    (
        "two_ways_of_saying",
        GOAL,
        {"words": {"subject": "k", "said": "x", "date": "2025-01-06"}},
        "unknown_key",
        "",
    ),
    (
        "unknown_key_in_a_text",
        GOAL,
        {"words": {"subject": "k", "said": "x", MARKER: 1}},
        "unknown_key",
        "",
    ),
]


@pytest.mark.parametrize(
    ("example", "wrong", "code", "below"),
    [case[1:] for case in WRONG],
    ids=[case[0] for case in WRONG],
)
def test_misfit_is_named_by_code_and_path(
    example: dict[str, Any], wrong: dict[str, Any], code: str, below: str
) -> None:
    (field,) = wrong
    error = refused([example | wrong])
    assert (f"input.{code}", f"changes[0].{field}{below}") in found(error)


@pytest.mark.parametrize("missing", [key for key in GOAL if key != "type"])
def test_missing_key_is_named(missing: str) -> None:
    without = {key: value for key, value in GOAL.items() if key != missing}
    assert found(refused([without])) == [("input.missing_key", f"changes[0].{missing}")]


def test_unknown_key_is_refused_without_repeating_it() -> None:
    (problem,) = refused([GOAL | {MARKER: 1}]).problems
    assert (problem.code, problem.path) == ("input.unknown_key", "changes[0]")
    assert "goal" in problem.allowed


@pytest.mark.parametrize(
    "value",
    [
        7,
        {"subject": MARKER, "said": 7},
        {"subject": MARKER, "name": {MARKER: MARKER}},
        [{"subject": MARKER, "said": 7}],
        {"words": {"subject": MARKER, "said": 7}},
    ],
)
def test_nothing_under_an_unknown_key_comes_into_a_path(value: object) -> None:
    assert found(refused([GOAL | {MARKER: value}])) == [
        ("input.unknown_key", "changes[0]")
    ]


def test_unknown_key_deep_inside_is_named_by_where_it_stands() -> None:
    figure = SOCIOGRAM["figures"][0] | {MARKER: {"subject": "k", "said": 7}}
    assert found(refused([SOCIOGRAM | {"figures": [figure]}])) == [
        ("input.unknown_key", "changes[0].figures[0]")
    ]


@pytest.mark.parametrize("kind", [MARKER, "", None, 7, ["goal.set"], {}])
def test_unknown_type_is_named_with_the_types_there_are(kind: object) -> None:
    (problem,) = refused([GOAL | {"type": kind}]).problems
    assert (problem.code, problem.path) == ("input.unknown_type", "changes[0].type")
    assert set(problem.allowed) == set(BY_TYPE)


@pytest.mark.parametrize("values", [None, {}, MARKER, 7, True, {"changes": [GOAL]}])
def test_what_is_no_list_is_refused(values: object) -> None:
    assert found(refused(values)) == [("input.wrong_type", "changes")]


@pytest.mark.parametrize("value", [None, MARKER, 7, [GOAL], {7: MARKER}])
def test_what_is_no_object_is_refused(value: object) -> None:
    assert found(refused([value])) == [("input.wrong_type", "changes[0]")]


def test_all_problems_are_named_at_once() -> None:
    figures = [
        {"id": "f-1", "ring": "1", "label": {"subject": "klaas", "said": 7}},
        {"id": 7, "ring": 2, "label": {"subject": "klaas", "said": MARKER}, MARKER: 1},
    ]
    error = refused(
        [
            GOAL | {"term": MARKER, "happened_on": 7, MARKER: 1},
            GOAL | {"id": "c-9"},
            SOCIOGRAM | {"figures": figures},
            {"type": MARKER},
        ]
    )
    assert set(found(error)) == {
        ("input.wrong_type", "changes[0].happened_on"),
        ("input.wrong_type", "changes[0].term"),
        ("input.unknown_key", "changes[0]"),
        ("input.wrong_type", "changes[2].figures[0].ring"),
        ("input.wrong_type", "changes[2].figures[0].label.said"),
        ("input.wrong_type", "changes[2].figures[1].id"),
        ("input.unknown_key", "changes[2].figures[1]"),
        ("input.unknown_type", "changes[3].type"),
    }


def test_same_text_id_twice_is_refused() -> None:
    words = GOAL["words"] | {"id": "t-1"}
    error = refused([GOAL | {"words": words}, GOAL | {"id": "c-2", "words": words}])
    assert found(error) == [("input.text_known", "changes[1].words")]


def nested(depth: int, key: str) -> object:
    value: object = MARKER
    for _ in range(depth):
        value = {key: value}
    return value


@pytest.mark.parametrize("depth", [20, 900, 100_000])
@pytest.mark.parametrize("key", ["words", MARKER])
def test_deep_nesting_is_refused(key: str, depth: int) -> None:
    refused([GOAL | {"words": nested(depth, key)}])
    refused([GOAL | {key: nested(depth, key)} | {"id": nested(depth, key)}])
    refused([GOAL | {"words": {"subject": nested(depth, key), "said": "x"}}])


@pytest.mark.parametrize("depth", [20, 900, 100_000])
def test_deep_lists_are_refused(depth: int) -> None:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    refused([SOCIOGRAM | {"figures": value}])


def test_many_wrong_changes_are_all_named() -> None:
    error = refused([GOAL | {"id": f"c-{n}", "term": MARKER} for n in range(3_000)])
    assert len(error.problems) == 3_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        MARKER,
        "{",
        f'{{"{MARKER}": ',
        f'"{MARKER}" 1',
        "[" * 100_000,
        '{"a":' * 100_000,
        b"\xff\xfe" + MARKER.encode(),
        "1" * 5_000,
    ],
)
def test_what_is_no_json_is_refused_without_repeating_it(text: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_json(text)
    assert found(caught.value) == [("input.not_json", "")]
    assert MARKER not in told(caught.value)


def test_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_json(f'[{{"{MARKER}": 1, "{MARKER}": 2}}]')
    assert found(caught.value) == [("input.key_twice", "")]
    assert MARKER not in told(caught.value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "1" * 4_000])
def test_odd_numbers_fit_nowhere(number: str) -> None:
    sent = json.dumps(GOAL)[:-1] + f', "term": {number}}}'
    sent = sent.replace('"term": "long", ', "")
    error = refused([read_json(sent)])
    assert found(error) == [("input.wrong_type", "changes[0].term")]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("id", "subject", "said", "name", "words", MARKER)),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(change=changes(), data=st.data())
def test_whatever_stands_in_a_field_is_taken_or_refused_and_never_echoed(
    change: Change, data: st.DataObject
) -> None:
    sent = write_change(change)
    field = data.draw(st.sampled_from(sorted(sent)))
    sent |= {field: data.draw(JSON)}
    assert MARKER not in outcome([sent])


def outcome(values: object) -> str:
    """Return what is told if plain data is refused; nothing if it is taken."""
    try:
        read_changes(values)
    except InputError as error:
        return told(error)
    return ""
