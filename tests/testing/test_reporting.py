"""What a report says."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest

from installing import installed
from rgcore import __version__
from rgcore.plugins import API_VERSION, Found
from rgcore.testing import RULES
from rgcore.testing.reporting import Account, Outcome, Told, outcome_of, report
from rgcore.testing.results import reached
from rgcore.testing.running import Run
from testing.making import said

ALL: Final = frozenset(rule.number for rule in RULES)


def _of(level: str) -> set[str]:
    return {rule.number for rule in RULES if rule.level == level}


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """Give a setting that claims silver and exempts a rule."""
    fake = said(maturity="silver", exempt={"ST-24": "a word of the law"})
    with installed(tmp_path, fake) as catalogue:
        one = catalogue.get("example")
    assert one is not None
    return one


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        (set(), "gold"),
        (_of("gold"), "silver"),
        (_of("silver"), "bronze"),
        ({"ST-12"}, "silver"),
        ({"ST-12", "ST-16"}, "bronze"),
        ({"ST-08"}, None),
    ],
)
def test_a_level_is_reached_with_all_that_is_below_it(
    missing: set[str], level: str | None
) -> None:
    assert reached(ALL - missing) == level


@pytest.mark.parametrize(
    ("status", "expected", "exempt", "outcome", "reason"),
    [
        ("passed", None, None, "passed", ""),
        ("failed", None, None, "failed", "Wrong."),
        # It passed, and the manifest said that it would not.
        ("failed", None, "why", "failed", "Wrong."),
        ("skipped", "why", "why", "exempt", "why"),
        ("skipped", None, "why", "exempt", "why"),
        # A reason that stands in a test counts for nobody else.
        ("skipped", "ours", None, "failed", "ours"),
        ("skipped", None, None, "not run", ""),
    ],
)
def test_an_outcome_follows_from_what_pytest_says_and_the_manifest(
    status: str, expected: str | None, exempt: str | None, outcome: str, reason: str
) -> None:
    assert outcome_of(status, expected, exempt, ["Wrong."]) == (outcome, reason)


def test_a_report_names_setting_level_and_every_rule(found: Found) -> None:
    told = {
        rule.number: Told(
            number=rule.number, level=rule.level.value, outcome=Outcome.PASSED
        )
        for rule in RULES[:-1]
    }
    account = Account(name="tests::T", setting="example", found=found, told=told)
    account.warnings += ["b", "a", "b"]
    data = json.loads(report({"tests::T": account}))
    assert (data["schema"], data["rgcore"], data["api"]) == (
        1,
        __version__,
        API_VERSION,
    )
    (one,) = data["settings"]
    assert {name: one[name] for name in one if name != "rules"} == {
        "id": "example",
        "distribution": "rgcore-setting-example",
        "version": "1.2.3",
        "tests": "tests::T",
        "claims": "silver",
        "reached": "silver",
        "warnings": ["a", "b"],
    }
    assert [row["number"] for row in one["rules"]] == [rule.number for rule in RULES]
    assert one["rules"][0] == {
        "number": "ST-01",
        "level": "bronze",
        "outcome": "passed",
        "reason": "",
        "seconds": 0.0,
    }
    assert one["rules"][-1]["outcome"] == "not run"


def test_a_line_tells_level_and_claim(found: Found) -> None:
    account = Account(name="T", setting="example", found=found)
    assert account.line() == (
        "example (rgcore-setting-example 1.2.3) reaches no level, claims silver: "
        f"{len(RULES)} not run"
    )


def test_what_was_not_found_has_neither_package_nor_claim() -> None:
    account = Account(name="T", setting="nowhere", found=None)
    assert account.line().startswith("nowhere reaches no level: ")
    assert account.data()["claims"] is None


def test_a_process_that_works_for_another_writes_no_report(tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    config: Any = SimpleNamespace(
        getoption=lambda name, default: str(place) if name == "rg_report" else default,
        workerinput={},
    )
    Run(cast("pytest.Config", config)).pytest_sessionfinish()
    assert not place.exists()
