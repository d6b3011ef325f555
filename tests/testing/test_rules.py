"""Each rule of the kit, shown to fail, and one setting that keeps all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Final

import pytest

from installing import installed
from rgcore.testing import RULES, Subject
from rgcore.testing.checks import CHECKS, held_against
from rgcore.testing.conformance import TESTS
from testing.exemplary import EXEMPLARY
from testing.hostile import ALSO, HOSTILE

WAYS: Final = [(number, how) for number, ways in HOSTILE.items() for how in ways]


def _timer(number: str) -> Callable[[], float]:
    """Return a clock; for the rule about time, one on which everything takes long."""
    looks = count()
    return (lambda: next(looks) * 0.06) if number == "ST-12" else perf_counter


def test_every_rule_is_broken_by_somebody() -> None:
    assert list(HOSTILE) == [rule.number for rule in RULES]


@pytest.mark.parametrize(("number", "how"), WAYS)
def test_a_hostile_setting_breaks_its_rule_and_no_other(
    number: str, how: str, tmp_path: Path
) -> None:
    with installed(tmp_path, HOSTILE[number][how]) as catalogue:
        subject = Subject(setting="example", catalogue=catalogue, timer=_timer(number))
        results = [held_against(subject, rule.number) for rule in RULES]
    broken = {one.number for one in results if one.problems and not one.after}
    assert broken == {number, *ALSO.get((number, how), ())}


def test_every_rule_says_why_it_is_and_how_to_mend_it() -> None:
    for rule in RULES:
        for text in (rule.title, rule.why, rule.mend):
            assert text.strip().endswith("."), rule.number
            assert text[0].isupper(), rule.number


def test_every_number_can_be_an_anchor_and_is_given_once() -> None:
    numbers = [rule.number for rule in RULES]
    assert numbers == sorted(set(numbers))
    assert all(re.fullmatch(r"ST-\d\d", number) for number in numbers)


def test_every_rule_has_a_check_and_a_test() -> None:
    numbers = [rule.number for rule in RULES]
    assert list(CHECKS) == numbers
    assert list(TESTS.values()) == numbers


def test_an_exemplary_setting_keeps_every_rule(tmp_path: Path) -> None:
    with installed(tmp_path, EXEMPLARY) as catalogue:
        subject = Subject(setting="example", catalogue=catalogue)
        results = [held_against(subject, rule.number) for rule in RULES]
    assert {one.number: one.problems for one in results if one.problems} == {}


def test_what_a_reader_should_know_is_no_fault(tmp_path: Path) -> None:
    with installed(tmp_path, EXEMPLARY) as catalogue:
        subject = Subject(setting="example", catalogue=catalogue)
        results = [held_against(subject, rule.number) for rule in RULES]
    warned = {warning for one in results for warning in one.warnings}
    assert {warning.partition(":")[0] for warning in warned} == {
        "example.safe",
        "example.silent",
    }
