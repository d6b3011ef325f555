from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any, Final

import pytest

from method.groups import HERE, METHOD, Row, after, changes_from
from rgcore.domain.findings import Prompt, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code
from rgcore.method import BASE, Rule, Step, open_on, prompts

_FILE: Final = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))
RULE_ROWS: Final[list[dict[str, Any]]] = _FILE["rule"]
STEP_ROWS: Final[list[dict[str, Any]]] = _FILE["step"]
DAY: Final = timedelta(days=1)

BASE_RULES: Final = {part.code: part for part in BASE if isinstance(part, Rule)}
BASE_STEPS: Final = {part.code: part for part in BASE if isinstance(part, Step)}

each_rule_row = pytest.mark.parametrize(
    "row", RULE_ROWS, ids=[f"{row['rule']}: {row['case']}" for row in RULE_ROWS]
)
each_step_row = pytest.mark.parametrize(
    "row", STEP_ROWS, ids=[f"{r['step']}: {r['done_by']['type']}" for r in STEP_ROWS]
)


def _prefix(name: str) -> list[Row]:
    prefix = _FILE["prefix"][name]
    before = _prefix(prefix["after"]) if "after" in prefix else []
    return [*before, *prefix["changes"]]


def _group(row: Row, *parts: str) -> ResourceGroup:
    rows = _prefix(row["prefix"])
    for part in parts:
        found = row[part]
        rows = [*rows, *(found if isinstance(found, list) else [found])]
    group = after(None, changes_from(rows))
    assert group is not None
    return group


def _said(code: str, group: ResourceGroup) -> tuple[Prompt, ...]:
    return tuple(p for p in prompts(group, METHOD) if p.finding.code == code)


def _about(found: tuple[Prompt, ...]) -> list[str]:
    return sorted({ref.id for prompt in found for ref in prompt.finding.about})


def _speaks_from(code: str, group: ResourceGroup) -> date | None:
    return min((prompt.since for prompt in _said(code, group)), default=None)


@each_rule_row
def test_a_rule_speaks_from_its_day_and_is_silent_the_day_before(row: Row) -> None:
    found = _said(row["rule"], _group(row, "changes"))
    assert open_on(found, row["speaks_from"])
    assert not open_on(found, row["speaks_from"] - DAY)


@each_rule_row
def test_a_rule_says_what_it_is_about(row: Row) -> None:
    found = open_on(_said(row["rule"], _group(row, "changes")), row["speaks_from"])
    lacks = sorted(
        str(value)
        for prompt in found
        for name, value in prompt.finding.params
        if name == "lacks"
    )
    assert _about(found) == row.get("about", [])
    assert lacks == row.get("lacks", [])


def _settlings(row: Row) -> list[list[Row]]:
    return [row["settled_by"], *row.get("or_settled_by", [])]


SETTLINGS: Final = [
    ({**row, "settled_by": settling}, settling[-1]["type"])
    for row in RULE_ROWS
    for settling in _settlings(row)
]


@pytest.mark.parametrize(
    "row",
    [row for row, _ in SETTLINGS],
    ids=[f"{row['rule']}: {row['case']} ({last})" for row, last in SETTLINGS],
)
def test_what_settles_a_rule_silences_it(row: Row) -> None:
    day = row["settled_by"][-1]["happened_on"]
    assert open_on(_said(row["rule"], _group(row, "changes")), day)
    assert not open_on(_said(row["rule"], _group(row, "changes", "settled_by")), day)


@each_rule_row
def test_a_rule_names_what_settles_it(row: Row) -> None:
    named = BASE_RULES[row["rule"]].settles
    for settling in _settlings(row):
        assert {change["type"] for change in settling} <= set(named)


@each_rule_row
def test_a_rule_is_silent_about_its_near_miss(row: Row) -> None:
    group = _group(row, "near_miss")
    assert _speaks_from(row["rule"], group) == row.get("near_miss_from")


@each_rule_row
def test_an_exemption_silences_any_rule_but_law_and_direction(row: Row) -> None:
    exempt = {
        "type": "step.exempt",
        "happened_on": row["speaks_from"],
        "exemption": "x1",
        "of": row["rule"],
        "because": {"subject": "klaas", "said": "…"},
    }
    exempted = {**row, "exempt": exempt}
    rule = BASE_RULES[row["rule"]]
    can_be = rule.rank in {Rank.METHOD, Rank.WORKFLOW}
    assert (Code("step.exempt") in rule.settles) is can_be
    assert bool(_said(row["rule"], _group(exempted, "changes", "exempt"))) is not can_be


def test_every_rule_of_the_base_has_a_row_and_the_other_way_round() -> None:
    assert {row["rule"] for row in RULE_ROWS} == set(BASE_RULES)


@pytest.mark.parametrize("code", sorted(BASE_RULES))
def test_everything_that_a_rule_says_settles_it_is_shown_by_a_row(code: str) -> None:
    shown = {
        change["type"]
        for row in RULE_ROWS
        if row["rule"] == code
        for settling in _settlings(row)
        for change in settling
    }
    assert {*shown, "step.exempt"} >= set(BASE_RULES[Code(code)].settles)


@each_step_row
def test_a_step_is_open_from_its_day_and_not_the_day_before(row: Row) -> None:
    step = BASE_STEPS[row["step"]]
    group = _group(row, "changes")
    found = _said(step.watched_by or step.code, group)
    assert open_on(found, row["open_from"])
    assert not open_on(found, row["open_from"] - DAY)
    assert _about(found) == row.get("about", [])


@each_step_row
def test_a_step_is_closed_once_it_is_done(row: Row) -> None:
    step = BASE_STEPS[row["step"]]
    day = row["done_by"]["happened_on"]
    code = step.watched_by or step.code
    assert open_on(_said(code, _group(row, "changes")), day)
    # What a rule watches may come round again after a year.
    assert not open_on(_said(code, _group(row, "changes", "done_by")), day)
    assert step.watched_by or not _said(code, _group(row, "changes", "done_by"))


@each_step_row
def test_a_step_that_a_rule_watches_puts_nothing_on_the_list_itself(row: Row) -> None:
    step = BASE_STEPS[row["step"]]
    own = _said(step.code, _group(row, "changes"))
    assert bool(own) is (step.watched_by is None)


@each_step_row
def test_an_open_step_names_what_does_it(row: Row) -> None:
    step = BASE_STEPS[row["step"]]
    found = _said(step.watched_by or step.code, _group(row, "changes"))
    assert all(row["done_by"]["type"] in prompt.finding.settles for prompt in found)


@pytest.mark.parametrize("code", sorted(BASE_STEPS))
def test_everything_that_does_a_step_is_shown_by_a_row(code: str) -> None:
    rows = [row for row in STEP_ROWS if row["step"] == code]
    facts = {fact.partition(":")[0] for fact in BASE_STEPS[Code(code)].done_by}
    assert {row["done_by"]["type"] for row in rows} == facts


def test_every_row_of_a_step_is_of_the_base() -> None:
    assert {row["step"] for row in STEP_ROWS} == set(BASE_STEPS)
