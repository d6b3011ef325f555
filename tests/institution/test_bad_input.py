"""Bad input gets a code and a path, tells nobody's words, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import attrs
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st

import rgcore
from databases import dump, dumps
from rgcore import InputError, Refused, RgcoreError
from rgcore.domain.changes import (
    ALL,
    AddSuccess,
    Change,
    InvolvePerson,
    PlanMeeting,
    RewordGoal,
    SetGoal,
    StartGroup,
)
from rgcore.domain.ids import ChangeId, Code, GroupId, ItemId, PersonId, TextId
from rgcore.domain.people import Person
from rgcore.errors import PROBLEMS
from strategies import instances
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    TEAM,
    Demo,
    Goals,
    found,
    start_klaas,
    told,
)

HEBREW = "\u05e0\u05d5\u05e2\u05d4"


def refused(
    demo: Demo,
    changes: Any,  # noqa: ANN401
    *,
    words: Any = None,  # noqa: ANN401
    group: Any = GROUP,  # noqa: ANN401
    actor: Any = AT_THE_TABLE,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> RgcoreError:
    """Return the error of `record`; make sure of everything that always holds."""
    before = dumps(demo.folder)
    with pytest.raises(RgcoreError) as caught:
        demo.institution.record(group, changes, actor, words=words, **more)
    assert dumps(demo.folder) == before
    assert MARKER not in told(caught.value)
    assert all(p.code in PROBLEMS for p in getattr(caught.value, "problems", ()))
    return caught.value


def misfits(demo: Demo, changes: Any, **more: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return code and path of what does not fit; `check` says the same."""
    error = refused(demo, changes, **more)
    assert isinstance(error, InputError)
    arguments: dict[str, Any] = {"group": GROUP, "actor": AT_THE_TABLE} | more
    with pytest.raises(InputError) as caught:
        demo.institution.check(changes=changes, **arguments)
    assert found(caught.value) == found(error)
    return found(error)


def reasons(demo: Demo, changes: Any, **more: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return code and path of what stands in the way."""
    error = refused(demo, changes, **more)
    assert isinstance(error, Refused)
    return [(f.code, f.path) for f in error.decision.blocking]


def altered(value: Any, **fields: Any) -> Any:  # noqa: ANN401
    """Return a value with fields that need not fit."""
    return evolve(value, **fields)


class Secret:
    """Something of a kind that fits nowhere, and that would tell."""

    def __repr__(self) -> str:
        return MARKER

    __str__ = __repr__
    __hash__ = None  # type: ignore[assignment]


class SecretText(str):
    """A text that is not quite one."""

    __slots__ = ()


WRONG_VALUES = (
    Secret(),
    SecretText(MARKER),
    MARKER.encode(),
    [MARKER],
    {MARKER: MARKER},
    {MARKER},
    7.5,
    datetime(2025, 1, 6, tzinfo=UTC),
    (MARKER, Secret()),
    (Secret(),),
    StartGroup,
)


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: str(cls.TYPE))
@settings(max_examples=6)
@given(data=st.data())
def test_wrong_kind_in_any_field_of_any_change(
    standing: Demo, cls: type[Change], data: st.DataObject
) -> None:
    change = data.draw(instances(cls))
    field = data.draw(st.sampled_from([f.name for f in attrs.fields(cls)]))
    value = data.draw(st.sampled_from(WRONG_VALUES))
    path = f"changes[0].{field}"
    named = misfits(standing, [altered(change, **{field: value})])
    codes = {code for code, at in named if at == path or at.startswith(f"{path}[")}
    assert "input.wrong_type" in codes


def goal(demo: Demo, **wrong: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    goals = Goals()
    change = evolve(goals.set("x", "weer fietsen"), **wrong)
    return misfits(demo, [change], words=goals.words)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "not_an_id"),
        ("a b", "not_an_id"),
        (f"{MARKER}\0", "not_an_id"),
        (f"{MARKER}\n", "not_an_id"),
        ("x" * 65, "not_an_id"),
        ("-x", "not_an_id"),
        ("gr\u00fcn", "not_an_id"),
        (HEBREW, "not_an_id"),
        (f"{MARKER}\ud800", "not_an_id"),
        ("../x", "not_an_id"),
        (None, "wrong_type"),
        (7, "wrong_type"),
    ],
)
def test_what_is_no_id(standing: Demo, value: Any, code: str) -> None:  # noqa: ANN401
    assert goal(standing, goal=value) == [(f"input.{code}", "changes[0].goal")]
    assert goal(standing, id=value) == [(f"input.{code}", "changes[0].id")]
    assert misfits(standing, a_goal().changes, words=a_goal().words, group=value) == [
        (f"input.{code}", "group")
    ]


@pytest.mark.parametrize("value", ["", "Persoonlijk", "a b", "x" * 65, "a-b", "\0"])
def test_what_is_no_code(standing: Demo, value: str) -> None:
    assert goal(standing, dimension=value) == [
        ("input.not_a_code", "changes[0].dimension")
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("happened_on", datetime(2025, 1, 6, 12, tzinfo=UTC)),
        ("happened_on", "2025-01-06"),
        ("happened_on", None),
        ("term", "long"),
        ("term", None),
        ("words", "weer fietsen"),
        ("words", None),
        ("words", ("t-x", "klaas")),
    ],
)
def test_value_of_the_wrong_kind(standing: Demo, field: str, value: object) -> None:
    assert ("input.wrong_type", f"changes[0].{field}") in goal(
        standing, **{field: value}
    )


def test_time_of_day_with_a_zone_of_its_own(standing: Demo) -> None:
    plan = PlanMeeting(
        id=ChangeId("c-m"),
        happened_on=FIRST_DAY,
        meeting=ItemId("m-1"),
        kind=Code("kick_off"),
        planned_for=FIRST_DAY,
        starts_at=time(10, tzinfo=UTC),
    )
    assert misfits(standing, [plan]) == [("input.wrong_type", "changes[0].starts_at")]


@frozen
class _Given:
    changes: list[SetGoal]
    words: rgcore.Words


def a_goal(name: str = "x", said: str = "weer fietsen") -> _Given:
    goals = Goals()
    return _Given([goals.set(name, said)], goals.words)


class Unheard(SetGoal):
    """A change that rgcore has never heard of."""


@pytest.mark.parametrize(
    "change",
    [
        None,
        MARKER,
        7,
        Secret(),
        SetGoal,
        {"type": "goal.set", "words": MARKER},
        Unheard(**{f.name: None for f in attrs.fields(SetGoal)}),  # type: ignore[arg-type]
    ],
)
def test_unknown_change(standing: Demo, change: object) -> None:
    assert misfits(standing, [change]) == [("input.unknown_type", "changes[0]")]


@pytest.mark.parametrize("changes", [None, 7, MARKER, Secret(), MARKER.encode()])
def test_changes_that_are_no_series(standing: Demo, changes: object) -> None:
    assert misfits(standing, changes) == [("input.wrong_type", "changes")]


def test_change_in_place_of_a_series(standing: Demo) -> None:
    one = a_goal()
    assert misfits(standing, one.changes[0], words=one.words) == [
        ("input.wrong_type", "changes")
    ]


def test_no_change_at_all(standing: Demo) -> None:
    assert misfits(standing, []) == [("input.nothing", "changes")]


def test_same_change_id_twice_in_one_set(standing: Demo) -> None:
    one, two = a_goal("x"), a_goal("y")
    twice = [*one.changes, evolve(two.changes[0], id=ChangeId("c-x"))]
    assert misfits(standing, twice, words={**one.words, **two.words}) == [
        ("input.change_twice", "changes[1].id")
    ]


@pytest.mark.parametrize("words", [7, MARKER, [MARKER], Secret(), {MARKER}])
def test_words_that_are_no_mapping(standing: Demo, words: object) -> None:
    assert misfits(standing, a_goal().changes, words=words) == [
        ("input.wrong_type", "words")
    ]


@pytest.mark.parametrize("overrides", [7, MARKER, None, Secret()])
def test_overrides_that_are_no_series(standing: Demo, overrides: object) -> None:
    one = a_goal()
    assert misfits(standing, one.changes, words=one.words, overrides=overrides) == [
        ("input.wrong_type", "overrides")
    ]


@pytest.mark.parametrize("override", [7, MARKER, None, Secret(), (MARKER, MARKER)])
def test_override_that_is_none(standing: Demo, override: object) -> None:
    one = a_goal()
    assert misfits(standing, one.changes, words=one.words, overrides=[override]) == [
        ("input.wrong_type", "overrides[0]")
    ]


def test_override_with_a_reason_in_words(standing: Demo) -> None:
    one = a_goal()
    override = rgcore.Override(Code("rule.x"), Code(f"omdat {MARKER}"))
    assert misfits(standing, one.changes, words=one.words, overrides=[override]) == [
        ("input.not_a_code", "overrides[0].because")
    ]


@pytest.mark.parametrize("seen", [MARKER, -1, 1.0, True, Secret()])
def test_seen_that_is_no_sequence_number(standing: Demo, seen: object) -> None:
    one = a_goal()
    error = refused(standing, one.changes, words=one.words, seen=seen)
    assert isinstance(error, InputError)
    assert found(error) == [("input.wrong_type", "seen")]


@pytest.mark.parametrize("actor", [None, MARKER, 7, Secret(), (MARKER, "care")])
def test_actor_that_is_none(standing: Demo, actor: object) -> None:
    one = a_goal()
    assert misfits(standing, one.changes, words=one.words, actor=actor) == [
        ("input.wrong_type", "actor")
    ]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("who", f"{MARKER} {MARKER}", "not_an_id"),
        ("who", None, "wrong_type"),
        ("purpose", "Zorg", "not_a_code"),
        ("purpose", None, "wrong_type"),
        ("on_behalf_of", f"{MARKER}\0", "not_an_id"),
        ("because", f"omdat {MARKER}", "not_a_code"),
        ("assurance", None, "wrong_type"),
        ("assurance", MARKER * 20, "too_long"),
        ("assurance", f"{MARKER}\0", "forbidden_characters"),
    ],
)
def test_actor_that_does_not_fit(
    standing: Demo, field: str, value: object, code: str
) -> None:
    one, actor = a_goal(), altered(AT_THE_TABLE, **{field: value})
    assert misfits(standing, one.changes, words=one.words, actor=actor) == [
        (f"input.{code}", f"actor.{field}")
    ]
    before = dumps(standing.folder)
    for ask in (
        lambda: standing.institution.view(GROUP, actor),
        lambda: standing.institution.attention(TEAM, actor),
    ):
        with pytest.raises(InputError) as caught:
            ask()
        assert found(caught.value) == [(f"input.{code}", f"actor.{field}")]
        assert MARKER not in told(caught.value)
    assert dumps(standing.folder) == before


FORBIDDEN = (
    "\0",
    "\x1b",
    "\x7f",
    "\x85",
    "\ud800",
    "\udfff",
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
)


@pytest.mark.parametrize("sign", FORBIDDEN, ids=ascii)
def test_signs_that_cannot_be_kept(standing: Demo, sign: str) -> None:
    one = a_goal(said=f"{MARKER}{sign}{MARKER}")
    assert misfits(standing, one.changes, words=one.words) == [
        ("input.forbidden_characters", "changes[0].words")
    ]
    for part in ("written", "given", "prefix", "family"):
        name = altered(rgcore.PersonName.of("Anna"), **{part: f"{MARKER}{sign}"})
        assert naming(standing, name) == [
            ("input.forbidden_characters", f"changes[0].person.name.{part}")
        ]


@pytest.mark.parametrize("sign", ["\n", "\t", "\r"])
def test_line_break_in_a_name(standing: Demo, sign: str) -> None:
    assert naming(standing, rgcore.PersonName(written=f"{MARKER}{sign}x")) == [
        ("input.forbidden_characters", "changes[0].person.name.written")
    ]


def naming(demo: Demo, said: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return what does not fit of words in place of a name."""
    words = rgcore.Words()
    person = Person(
        id=PersonId("anna"), name=words.add("t-anna", subject="anna", said=said)
    )
    change = InvolvePerson(id=ChangeId("c-a"), happened_on=FIRST_DAY, person=person)
    return misfits(demo, [change], words=words)


@pytest.mark.parametrize(
    "said", [MARKER, 7, None, date(2025, 1, 6), Secret(), {"written": MARKER}]
)
def test_words_in_place_of_a_name(standing: Demo, said: object) -> None:
    assert naming(standing, said) == [("input.wrong_type", "changes[0].person.name")]


@pytest.mark.parametrize("part", ["written", "given", "prefix", "family"])
@pytest.mark.parametrize("value", [7, Secret(), MARKER.encode(), [MARKER]])
def test_part_of_a_name_that_is_no_text(
    standing: Demo, part: str, value: object
) -> None:
    name = altered(rgcore.PersonName.of("Anna"), **{part: value})
    assert naming(standing, name) == [
        ("input.wrong_type", f"changes[0].person.name.{part}")
    ]


def test_names_that_are_empty_or_endless(standing: Demo) -> None:
    path = "changes[0].person.name"
    assert naming(standing, rgcore.PersonName(written="  ")) == [
        ("input.empty", f"{path}.written")
    ]
    long = rgcore.PersonName(written="Anna", family=MARKER * 20)
    assert naming(standing, long) == [("input.too_long", f"{path}.family")]


@pytest.mark.parametrize(
    "said",
    [
        rgcore.PersonName.of(MARKER),
        7,
        None,
        MARKER.encode(),
        datetime(2025, 1, 6, tzinfo=UTC),
        Secret(),
        [MARKER],
    ],
)
def test_words_of_the_wrong_kind(standing: Demo, said: object) -> None:
    one = a_goal(said=said)  # type: ignore[arg-type]
    assert misfits(standing, one.changes, words=one.words) == [
        ("input.wrong_type", "changes[0].words")
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [("", "empty"), (" \n\t", "empty"), (MARKER * 83_334, "too_long")],
    ids=["empty", "blank", "a megabyte"],
)
def test_text_of_the_wrong_length(standing: Demo, said: str, code: str) -> None:
    one = a_goal(said=said)
    assert misfits(standing, one.changes, words=one.words) == [
        (f"input.{code}", "changes[0].words")
    ]


def test_longest_text_is_kept_and_one_sign_more_is_not(klaas: Demo) -> None:
    one = a_goal("long", "x" * 100_000)
    klaas.institution.record(GROUP, one.changes, AT_THE_TABLE, words=one.words)
    two = a_goal("longer", "x" * 100_001)
    assert misfits(klaas, two.changes, words=two.words) == [
        ("input.too_long", "changes[0].words")
    ]


def test_words_missing_and_words_unused(standing: Demo) -> None:
    one = a_goal()
    assert misfits(standing, one.changes) == [
        ("input.words_missing", "changes[0].words")
    ]
    assert misfits(standing, one.changes, words={**one.words, MARKER: MARKER}) == [
        ("input.words_unused", "words")
    ]


def test_text_id_twice_in_one_set(standing: Demo) -> None:
    one, two = a_goal("x"), a_goal("y")
    same = evolve(two.changes[0], words=one.changes[0].words)
    assert misfits(standing, [*one.changes, same], words=one.words) == [
        ("input.text_known", "changes[1].words")
    ]


def test_text_id_that_the_group_has_already(standing: Demo) -> None:
    one = a_goal()
    known = evolve(one.changes[0].words, id=TextId("t-klaas"))
    change = evolve(one.changes[0], words=known)
    assert misfits(standing, [change], words={TextId("t-klaas"): MARKER}) == [
        ("input.text_known", "changes[0].words")
    ]


def test_all_problems_are_named_at_once(standing: Demo) -> None:
    one, two = a_goal("x", f"{MARKER}\0"), a_goal("y", "")
    changes = [
        altered(one.changes[0], term=MARKER, dimension="Zo Maar"),
        None,
        two.changes[0],
    ]
    words: Mapping[Any, Any] = {**one.words, **two.words, MARKER: MARKER}
    actor = altered(AT_THE_TABLE, who=f"{MARKER} x")
    assert misfits(standing, changes, words=words, actor=actor, group="a b") == [
        ("input.not_an_id", "group"),
        ("input.wrong_type", "changes[0].term"),
        ("input.not_a_code", "changes[0].dimension"),
        ("input.unknown_type", "changes[1]"),
        ("input.not_an_id", "actor.who"),
        ("input.forbidden_characters", "changes[0].words"),
        ("input.empty", "changes[2].words"),
        ("input.words_unused", "words"),
    ]


def test_what_happens_tomorrow(standing: Demo) -> None:
    one = a_goal()
    change = evolve(one.changes[0], happened_on=date(2025, 1, 7))
    assert reasons(standing, [change], words=one.words) == [
        ("structure.in_the_future", "changes[0].happened_on")
    ]


def test_tomorrow_begins_at_midnight_in_amsterdam(klaas: Demo) -> None:
    one = a_goal()
    change = evolve(one.changes[0], happened_on=date(2025, 1, 7))
    klaas.clock.set(FIRST_DAY, time(23, 59))
    assert reasons(klaas, [change], words=one.words)
    klaas.clock.set(date(2025, 1, 7), time(0, 0))
    klaas.institution.record(GROUP, [change], AT_THE_TABLE, words=one.words)


def test_ids_of_another_group(klaas: Demo) -> None:
    start_klaas(klaas.institution, "g-other")
    theirs = a_goal("theirs")
    klaas.institution.record(
        "g-other", theirs.changes, AT_THE_TABLE, words=theirs.words
    )
    words = rgcore.Words()
    success = AddSuccess(
        id=ChangeId("c-s"),
        happened_on=FIRST_DAY,
        success=ItemId("s-1"),
        by=KLAAS,
        goal=ItemId("goal-theirs"),
        words=words.add("t-s", subject=KLAAS, said=MARKER),
    )
    assert reasons(klaas, [success], words=words) == [
        ("structure.unknown_item", "changes[0].goal")
    ]


def test_ids_that_nobody_knows_are_not_repeated(standing: Demo) -> None:
    words = rgcore.Words()
    change = RewordGoal(
        id=ChangeId("c-r"),
        happened_on=FIRST_DAY,
        goal=ItemId(MARKER),
        words=words.add("t-r", subject=MARKER, said=MARKER),
    )
    assert set(reasons(standing, [change], words=words)) >= {
        ("structure.unknown_item", "changes[0].goal"),
        ("structure.unknown_person", "changes[0].words.subject"),
    }


def test_start_that_names_another_group(demo: Demo) -> None:
    words = rgcore.Words()
    name = words.add("t-k", subject=KLAAS, said=rgcore.PersonName.of(MARKER))
    start = StartGroup(
        id=ChangeId("c-1"),
        happened_on=FIRST_DAY,
        group=GroupId("g-one"),
        team=TEAM,
        client=Person(id=KLAAS, name=name),
        supporter=Person(id=AT_THE_TABLE.who, staff=True),
    )
    assert reasons(demo, [start], words=words, group="g-two") == [
        ("structure.other_group", "changes[0].group")
    ]


def test_staff_whom_the_directory_does_not_know(standing: Demo) -> None:
    stranger = Person(id=PersonId(MARKER), staff=True)
    change = InvolvePerson(id=ChangeId("c-i"), happened_on=FIRST_DAY, person=stranger)
    assert reasons(standing, [change]) == [
        ("structure.not_in_the_directory", "changes[0].person.id")
    ]


@pytest.mark.parametrize("limit", [0, -1, 1_001, True, "10", 1.0, None])
def test_limit_out_of_range(standing: Demo, limit: Any) -> None:  # noqa: ANN401
    before = dumps(standing.folder)
    with pytest.raises(InputError) as caught:
        standing.institution.attention(TEAM, AT_THE_TABLE, limit=limit)
    assert found(caught.value) == [("input.out_of_range", "limit")]
    assert dumps(standing.folder) == before


def test_a_set_with_one_bad_change_leaves_nothing(standing: Demo) -> None:
    good = a_goal("good")
    bad = RewordGoal(
        id=ChangeId("c-bad"),
        happened_on=FIRST_DAY,
        goal=ItemId("goal-none"),
        words=good.words.add("t-bad", subject=KLAAS, said=MARKER),
    )
    assert reasons(standing, [*good.changes, bad], words=good.words) == [
        ("structure.unknown_item", "changes[1].goal")
    ]


def test_none_of_all_this_left_a_trace(standing: Demo) -> None:
    entries: Iterable[Any] = standing.institution.entries().headers
    assert [entry.change for entry in entries] == ["c-start"]
    assert standing.institution.verify() == ()
    assert standing.institution.log_lines(GROUP) == ()


@pytest.mark.parametrize("on", [MARKER, datetime(2025, 1, 6, tzinfo=UTC), 20250106])
def test_a_list_is_asked_for_a_day_and_nothing_else(klaas: Demo, on: object) -> None:
    before = dump(klaas.log_url)
    with pytest.raises(InputError) as caught:
        klaas.institution.attention(TEAM, AT_THE_TABLE, on=on)  # type: ignore[arg-type]
    assert found(caught.value) == [("input.wrong_type", "on")]
    assert MARKER not in told(caught.value)
    assert dump(klaas.log_url) == before


@pytest.mark.parametrize("wrong", [MARKER, -1, True, None, 1.0, 2**70])
@pytest.mark.parametrize("name", ["limit", "after"])
def test_pages_of_entries_are_numbers_within_bounds(
    klaas: Demo, name: str, wrong: object
) -> None:
    with pytest.raises(InputError) as caught:
        klaas.institution.entries(**{name: wrong})  # type: ignore[arg-type]
    assert found(caught.value) == [("input.out_of_range", name)]
    assert MARKER not in told(caught.value)
