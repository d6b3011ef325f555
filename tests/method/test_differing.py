"""How two compositions of the method differ: part by part, by kind and code."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from method.groups import METHOD
from method.stamps import (
    BECAUSE,
    INTERVAL,
    MONTH,
    NEXT,
    TALK,
    THEME,
    by,
    off,
    replacing,
    word,
)
from rgcore.domain.changes.settings import Difference, Differs
from rgcore.domain.ids import Code
from rgcore.method import (
    AccessRule,
    Contributed,
    EnabledSetting,
    Instrument,
    Method,
    OwnChange,
    Part,
    PlanSection,
    compose,
    differences,
    snapshot,
)


def _told(before: Method, after: Method) -> list[tuple[str, str, str]]:
    # As it comes back from where it was kept.
    kept = json.loads(json.dumps(snapshot(before)))
    return [(d.part, d.code, d.how) for d in differences(kept, snapshot(after))]


def _told_of(given: tuple[Contributed, ...]) -> list[tuple[str, str, str]]:
    return _told(METHOD, compose(settings=given))


def _shelves(method: Method) -> list[tuple[Part, ...]]:
    names = [f.name for f in attrs.fields(Method)]
    left_out = {"digest", "replaced", "settings"}
    return [getattr(method, n) for n in names if n not in left_out and n[0] != "_"]


def test_a_composition_does_not_differ_from_itself() -> None:
    assert differences(snapshot(METHOD), snapshot(METHOD)) == ()
    assert _told(METHOD, METHOD) == []


def test_a_part_that_is_new_is_added_and_one_that_is_gone_is_removed() -> None:
    with_it = compose(settings=by("a", word("a.pub", "café")))
    assert _told(METHOD, with_it) == [("term", "a.pub", "added")]
    assert _told(with_it, METHOD) == [("term", "a.pub", "removed")]


def test_a_part_that_is_replaced_is_altered_and_the_replacement_is_named() -> None:
    assert _told_of(by("a", replacing(INTERVAL, period=MONTH))) == [
        ("replacement", INTERVAL.code, "added"),
        ("timing", INTERVAL.code, "altered"),
    ]


def test_a_part_that_is_switched_off_is_removed() -> None:
    assert _told_of(by("a", off(THEME.code))) == [
        ("replacement", THEME.code, "added"),
        ("theme", THEME.code, "removed"),
    ]


def test_a_part_that_is_reworded_is_altered() -> None:
    assert _told_of(by("a", word(TALK.code, "gesprek"))) == [
        ("step", TALK.code, "altered")
    ]


def test_a_rule_with_another_function_is_altered() -> None:
    def other(_group: object, _method: object) -> tuple[()]:
        return ()

    parts = [attrs.evolve(NEXT, speaks=other)]
    base = [p for shelf in _shelves(METHOD) for p in shelf if p.code != NEXT.code]
    assert _told(METHOD, compose([*base, *parts])) == [("rule", NEXT.code, "altered")]


def test_a_setting_that_is_configured_otherwise_is_altered() -> None:
    old, new = (
        compose(enabled=[EnabledSetting(id=Code("a"), config=(("days", value),))])
        for value in ("21", "22")
    )
    assert _told(METHOD, old) == [("setting", "a", "added")]
    assert _told(old, new) == [("setting", "a", "altered")]


def test_the_version_of_a_plugin_is_no_difference() -> None:
    rule = attrs.evolve(NEXT, code=Code("a.next"))
    old, new = (compose(settings=by("a", rule, version=v)) for v in ("1", "2"))
    assert _told(old, new) == []


OWN = OwnChange(
    code=Code("a.course"), wording=BECAUSE, sentence=BECAUSE, fields=(), source="test"
)
NEW_KINDS: dict[str, Part] = {
    "own_change": OWN,
    "plan_section": PlanSection(
        code=Code("a.part"), wording=BECAUSE, changes=(), source="test"
    ),
    "instrument": Instrument(
        code=Code("a.list"),
        wording=BECAUSE,
        answered_by=(),
        publisher="nobody",
        version="1",
        source="test",
    ),
    "access_rule": AccessRule(
        code=Code("a.hides"),
        wording=BECAUSE,
        sentence=BECAUSE,
        source="test",
        denials=lambda _group, _method: (),
    ),
}


@pytest.mark.parametrize("kind", NEW_KINDS)
def test_what_only_settings_bring_is_told_by_its_kind(kind: str) -> None:
    part = NEW_KINDS[kind]
    assert _told_of(by("a", part)) == [(kind, part.code, "added")]


def test_every_part_of_a_composition_can_differ() -> None:
    found = differences({}, snapshot(METHOD))
    assert len(found) == sum(map(len, _shelves(METHOD)))
    assert {d.how for d in found} == {Differs.ADDED}
    assert found == tuple(sorted(found, key=lambda d: (d.part, d.code)))
    assert differences(snapshot(METHOD), {}) == tuple(
        attrs.evolve(d, how=Differs.REMOVED) for d in found
    )


def test_differences_stand_in_the_order_of_part_and_code() -> None:
    given = by("a", word("a.z", "z"), word("a.b", "b"), off(THEME.code), OWN)
    told = _told_of(given)
    assert told == sorted(told)
    assert len(told) == 5


@pytest.mark.parametrize(
    ("field", "differs"), [("priority", False), ("source", True)], ids=str
)
def test_a_field_that_an_older_rgcore_did_not_write_is_no_difference(
    field: str,
    differs: bool,  # noqa: FBT001 - a case
) -> None:
    old, new = snapshot(METHOD), snapshot(METHOD)
    _rule(new)[field] = "another"
    expected = Difference(part=Code("rule"), code=NEXT.code, how=Differs.ALTERED)
    assert differences(old, new) == ((expected,) if differs else ())


def test_a_shelf_that_an_older_rgcore_did_not_write_was_empty() -> None:
    old = {k: v for k, v in snapshot(METHOD).items() if k != "own_changes"}
    new = snapshot(compose(settings=by("a", OWN)))
    assert differences(old, new) == (
        Difference(part=Code("own_change"), code=OWN.code, how=Differs.ADDED),
    )


def _rule(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in data["rules"] if r["code"] == NEXT.code)
    return found
