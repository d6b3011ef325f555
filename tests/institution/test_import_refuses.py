"""A file that was altered, or that fits nothing, does not come in at all."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from institution.moving import (
    OPERATOR,
    Json,
    Path_,
    altered,
    as_sent,
    at,
    leaves,
    refused,
    resealed,
    taken,
    third,
)
from rgcore import Actor, InputError, Refused
from rgcore.cli.replay import Replay
from rgcore.domain.actor import OWN_GROUP
from support import (
    GROUP,
    MARKER,
    Demo,
    found,
    set_goal,
)

WAYS: Final[dict[str, list[Path_]]] = {}


def other(value: Json) -> Json:
    """Return a value of the same kind that is another."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
    return "x"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_that_was_altered_is_noticed(
    elsewhere: Demo, sent: Json, data: st.DataObject
) -> None:
    ways = WAYS.setdefault("all", list(leaves(sent)))
    way = data.draw(st.sampled_from(ways))
    error = refused(elsewhere, altered(sent, way, other))
    assert isinstance(error, InputError)
    (problem,) = error.problems
    assert problem.path in {"digest", "rgcore_export"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: c | {"added": 1},
        lambda c: {k: v for k, v in c.items() if k != "staff"},
        lambda c: c | {"entries": c["entries"][:-1]},
        lambda c: c | {"entries": [*c["entries"][1::-1], *c["entries"][2:]]},
        lambda c: c | {"entries": [*c["entries"], c["entries"][-1]]},
    ],
)
def test_whatever_was_added_left_out_or_moved_is_noticed(
    elsewhere: Demo, sent: Json, edit: Callable[[Json], Json]
) -> None:
    assert found(refused(elsewhere, edit(sent))) == [("input.wrong_digest", "digest")]


def test_digest_that_was_told_finds_what_was_edited_on_purpose(
    elsewhere: Demo, sent: Json
) -> None:
    way = next(way for way in leaves(sent["entries"]) if way[-1] == "said")
    edited = resealed(altered(sent, ("entries", *way), lambda _: MARKER))
    error = refused(elsewhere, edited, MARKER, digest=sent["digest"])
    assert found(error) == [("input.other_digest", "digest")]
    assert taken(elsewhere, sent, digest=sent["digest"]).imported


def put(*way: str | int, value: Json) -> Callable[[Json], Json]:
    def edit(content: Json) -> Json:
        changed = copy.deepcopy(content)
        at(changed, way[:-1])[way[-1]] = value
        return changed

    return edit


def without(*way: str | int) -> Callable[[Json], Json]:
    def edit(content: Json) -> Json:
        changed = copy.deepcopy(content)
        del at(changed, way[:-1])[way[-1]]
        return changed

    return edit


def unsealed(value: Json) -> Callable[[Json], Json]:
    """Return what spoils a file before any digest is looked at."""
    return lambda _: value


E = "entries"
START = (E, 0, "change")
NAME = (*START, "client", "name")

FORMS: dict[str, tuple[Callable[[Json], Json], str, str]] = {
    "another version": (
        put("rgcore_export", value=2),
        "unknown_version",
        "rgcore_export",
    ),
    "version a bool": (
        put("rgcore_export", value=True),
        "unknown_version",
        "rgcore_export",
    ),
    "no version": (without("rgcore_export"), "missing_key", "rgcore_export"),
    "partial": (put("kind", value="partial"), "partial", "kind"),
    "another kind": (put("kind", value=MARKER), "wrong_type", "kind"),
    "no digest": (without("digest"), "missing_key", "digest"),
    "unknown key": (put(MARKER, value=1), "unknown_key", ""),
    "key in source": (put("source", MARKER, value=1), "unknown_key", "source"),
    "no head": (without("source", "head"), "missing_key", "source.head"),
    "head": (put("source", "head", value=MARKER), "wrong_type", "source.head"),
    "institution": (
        put("source", "institution", value=MARKER + " x"),
        "not_an_id",
        "source.institution",
    ),
    "count": (put("source", "seq", value=7), "out_of_order", "source.seq"),
    "count a bool": (put("source", "seq", value=True), "wrong_type", "source.seq"),
    "exported at no time": (
        put("source", "exported_at", value=MARKER),
        "wrong_type",
        "source.exported_at",
    ),
    "exported at a local time": (
        put("source", "exported_at", value="2026-06-10T19:00:00"),
        "wrong_type",
        "source.exported_at",
    ),
    "staff a list": (put("staff", value=[MARKER]), "wrong_type", "staff"),
    "name of staff": (put("staff", MARKER, value=7), "wrong_type", "staff"),
    "composition altered": (
        lambda c: c | {"compositions": {k: {} for k in c["compositions"]}},
        "wrong_digest",
        "compositions",
    ),
    "composition of nothing": (
        lambda c: c | {"compositions": c["compositions"] | {DIGEST_OF_NOTHING: {}}},
        "unknown_key",
        "compositions",
    ),
    "no composition": (
        put("compositions", value={}),
        "unknown_composition",
        "entries[0].composition",
    ),
    "no entries": (put(E, value=[]), "nothing", E),
    "entries an object": (put(E, value={MARKER: 1}), "wrong_type", E),
    "entry a text": (put(E, 3, value=MARKER), "wrong_type", "entries[3]"),
    "gap": (without(E, 5), "out_of_order", "entries[5].seq"),
    "wrong order": (
        lambda c: c | {E: [c[E][1], c[E][0], *c[E][2:]]},
        "out_of_order",
        "entries[0].seq",
    ),
    "key in an entry": (put(E, 1, MARKER, value=1), "unknown_key", "entries[1]"),
    "key in an actor": (
        put(E, 1, "actor", MARKER, value=1),
        "unknown_key",
        "entries[1].actor",
    ),
    "actor": (
        put(E, 1, "actor", "who", value=MARKER + " x"),
        "not_an_id",
        "entries[1].actor.who",
    ),
    "assurance": (
        put(E, 1, "actor", "assurance", value=MARKER + "\0"),
        "forbidden_characters",
        "entries[1].actor.assurance",
    ),
    "warned": (
        put(E, 1, "warned", value=[MARKER + " x"]),
        "not_a_code",
        "entries[1].warned[0]",
    ),
    "override": (
        put(E, 1, "overrides", value=[{"code": "x", "because": MARKER + " x"}]),
        "not_a_code",
        "entries[1].overrides[0].because",
    ),
    "recorded at a local time": (
        put(E, 1, "recorded_at", value="2025-01-06T20:00:00"),
        "wrong_type",
        "entries[1].recorded_at",
    ),
    "recorded elsewhere in the world": (
        put(E, 1, "recorded_at", value="2025-01-06T20:00:00+01:00"),
        "wrong_type",
        "entries[1].recorded_at",
    ),
    "recorded in the future": (
        put(E, 1, "recorded_at", value="9999-12-31T23:59:59+00:00"),
        "out_of_range",
        "entries[1].recorded_at",
    ),
    "change a text": (
        put(E, 1, "change", value=MARKER),
        "wrong_type",
        "entries[1].change",
    ),
    "unknown type": (
        put(E, 1, "change", "type", value=MARKER),
        "unknown_type",
        "entries[1].change.type",
    ),
    "key in a change": (
        put(E, 1, "change", MARKER, value=1),
        "unknown_key",
        "entries[1].change",
    ),
    "id of a change": (
        put(E, 1, "change", "id", value=MARKER + " x"),
        "not_an_id",
        "entries[1].change.id",
    ),
    "change twice": (
        lambda c: put(E, 1, "change", "id", value=c[E][0]["change"]["id"])(c),
        "change_twice",
        "entries[1].change.id",
    ),
    "words missing": (
        without(*NAME, "name"),
        "words_missing",
        "entries[0].change.client.name",
    ),
    "erased and said": (
        put(*NAME, "erased", value=True),
        "unknown_key",
        "entries[0].change.client.name",
    ),
    "not erased": (
        put(*NAME, value={"id": "t", "subject": "p", "erased": False}),
        "unknown_key",
        "entries[0].change.client.name",
    ),
    "name with a line break": (
        put(*NAME, "name", "written", value=f"{MARKER}\n"),
        "forbidden_characters",
        "entries[0].change.client.name.written",
    ),
    "too deep": (
        put(E, 1, "change", "by", value=[[[[[[[[[[[MARKER]]]]]]]]]]]),
        "wrong_type",
        "entries[1].change.by" + "[0]" * 8,
    ),
    "begins with something else": (
        lambda c: renumbered(c | {E: c[E][1:]}),
        "wrong_type",
        "entries[0].change.type",
    ),
}

DIGEST_OF_NOTHING: Final = "44136fa355b3678a1146ad16f7e8649e"


def nested(depth: int) -> Json:
    value: Json = MARKER
    for _ in range(depth):
        value = [value]
    return value


def renumbered(content: Json) -> Json:
    lines = [line | {"seq": n} for n, line in enumerate(content[E], start=1)]
    source = content["source"] | {"seq": len(lines)}
    return content | {E: lines, "source": source}


@pytest.mark.parametrize(
    ("edit", "code", "path"), list(FORMS.values()), ids=list(FORMS)
)
def test_edited_file_with_a_new_digest_still_has_to_fit(
    elsewhere: Demo,
    sent: Json,
    edit: Callable[[Json], Json],
    code: str,
    path: str,
) -> None:
    edited = edit(sent)
    sealed = edited if "digest" not in edited else resealed(edited)
    error = refused(elsewhere, sealed, MARKER)
    assert isinstance(error, InputError)
    assert (f"input.{code}", path) in found(error)


@pytest.mark.parametrize(
    "content",
    [None, MARKER, [MARKER], 7, {}, {7: MARKER}, {MARKER: {MARKER}}, {MARKER: {1.5}}],
)
def test_what_is_no_export_at_all_is_refused(elsewhere: Demo, content: Json) -> None:
    assert isinstance(refused(elsewhere, content, MARKER), InputError)


@pytest.mark.parametrize(
    "value",
    [float("nan"), MARKER + "\ud800", nested(100_000)],
    ids=["no number", "half a pair", "too deep"],
)
def test_what_no_json_file_holds_is_refused(
    elsewhere: Demo, sent: Json, value: Json
) -> None:
    error = refused(elsewhere, sent | {"staff": {"x": value}}, MARKER)
    assert found(error) == [("input.not_json", "")]


def test_all_problems_come_at_once(elsewhere: Demo, sent: Json) -> None:
    edited = put(E, 1, "actor", "who", value="a b")(sent)
    edited = put(E, 1, "change", "id", value=7)(edited)
    edited = put(E, 4, "seq", value=99)(edited)
    assert set(found(refused(elsewhere, resealed(edited)))) == {
        ("input.not_an_id", "entries[1].actor.who"),
        ("input.wrong_type", "entries[1].change.id"),
        ("input.out_of_order", "entries[4].seq"),
    }


def test_partial_file_is_not_imported(elsewhere: Demo, case: Replay) -> None:
    client = Actor(case.case.client, OWN_GROUP)
    partial = case.institution.export_view(case.case.group, client)
    error = refused(elsewhere, as_sent(partial))
    assert found(error) == [("input.partial", "kind")]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"team": MARKER + " x"}, "team"),
        ({"team": 7}, "team"),
        ({"digest": 7}, "digest"),
    ],
)
def test_wrong_arguments_are_named(
    elsewhere: Demo, sent: Json, more: dict[str, Any], path: str
) -> None:
    error = refused(elsewhere, sent, MARKER, **more)
    assert [problem.path for problem in error.problems] == [path]


def reasons(demo: Demo, content: Json) -> list[tuple[str, str]]:
    error = refused(demo, resealed(content), MARKER)
    assert isinstance(error, Refused)
    return [(f.code, f.path) for f in error.decision.blocking]


@pytest.fixture
def small(klaas: Demo) -> Json:
    """Give a file of five entries."""
    set_goal(klaas.institution, "bike", "weer fietsen")
    set_goal(klaas.institution, "home", "een eigen huis")
    return as_sent(klaas.institution.export(GROUP, OPERATOR))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            put(E, 1, "change", "goal", value="klaas"),
            [("structure.id_in_use", "entries[1].change.goal")],
        ),
        (
            put(E, 2, "change", "words", "id", value="t-bike"),
            [("structure.text_known", "entries[2].change.words.id"[:-3])],
        ),
        (
            put(E, 1, "change", "words", "subject", value="nobody"),
            [
                ("structure.other_subject", "entries[1].change.words.subject"),
                ("structure.unknown_person", "entries[1].change.words.subject"),
            ],
        ),
        (
            put(E, 1, "change", "happened_on", value="2025-01-05"),
            [("structure.before_the_group", "entries[1].change.happened_on")],
        ),
        (
            put(E, 1, "change", "happened_on", value="2025-01-07"),
            [("structure.in_the_future", "entries[1].change.happened_on")],
        ),
        (
            put(*START, "group", value="g-other"),
            [("structure.other_group", "entries[0].change.group")],
        ),
        (
            lambda c: renumbered(c | {E: [*c[E], again(c[E][0])]}),
            [
                ("structure.group_started", "entries[3].change.group"),
                ("structure.id_in_use", "entries[3].change.client.id"),
                ("structure.id_in_use", "entries[3].change.supporter.id"),
                ("structure.text_known", "entries[3].change.client.name"),
            ],
        ),
    ],
)
def test_changes_that_do_not_fit_each_other_do_not_come_in(
    elsewhere: Demo,
    small: Json,
    edit: Callable[[Json], Json],
    expected: list[tuple[str, str]],
) -> None:
    assert reasons(elsewhere, edit(small)) == expected


def again(line: Json) -> Json:
    return altered(line, ("change", "id"), lambda _: "c-again")


def test_what_builds_on_a_change_that_does_not_fit_is_not_repeated(
    elsewhere: Demo, small: Json
) -> None:
    line = copy.deepcopy(small[E][1])
    line["change"] = {
        "type": "goal.agree",
        "id": "c-agree",
        "happened_on": "2025-01-06",
        "goals": ["goal-bike"],
    }
    edited = put(E, 1, "change", "happened_on", value="2025-01-05")(small)
    edited = renumbered(edited | {E: [*edited[E], line]})
    assert reasons(elsewhere, edited) == [
        ("structure.before_the_group", "entries[1].change.happened_on")
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("client", "somebody"), ("started_on", "2025-01-05")]
)
def test_import_that_announces_another_group_does_not_come_in(
    elsewhere: Demo, small: Json, tmp_path: Path, field: str, value: str
) -> None:
    taken(elsewhere, small)
    second = as_sent(elsewhere.institution.export(GROUP, OPERATOR))
    with third(tmp_path) as demo:
        edited = put(E, 0, "change", field, value=value)(second)
        assert ("structure.other_group", "entries[1].change.client.id") in reasons(
            demo, edited
        )


def test_import_without_a_start_is_no_group(
    elsewhere: Demo, small: Json, tmp_path: Path
) -> None:
    taken(elsewhere, small)
    second = as_sent(elsewhere.institution.export(GROUP, OPERATOR))
    with third(tmp_path) as demo:
        error = refused(demo, resealed(renumbered(second | {E: second[E][:1]})))
        assert found(error) == [("input.nothing", E)]


@pytest.mark.parametrize("schema", [0, 2, -1, 10**9])
def test_a_schema_that_nothing_leads_from_is_refused(
    elsewhere: Demo, sent: Json, schema: int
) -> None:
    older = copy.deepcopy(sent)
    older[E][0]["schema"] = schema
    error = refused(elsewhere, resealed(older))
    assert found(error) == [("input.unknown_version", "entries[0].schema")]
