"""What may be taken out of the kit, and what may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from rgcore.testing import SettingConformance, Subject
from rgcore.testing.conformance import TESTS
from rgcore.testing.weakening import weakened

NAME: Final = "test_its_words_are_kind"
NUMBER: Final = "ST-24"
REASONED: Final = pytest.mark.xfail(reason="a word of the law", strict=True)


def _class(**own: Any) -> type[SettingConformance]:  # noqa: ANN401 - whatever an author writes
    return type("TestOurs", (SettingConformance,), {"setting": "ours", **own})


def _told(cls: type[SettingConformance], *exempt: str, marks: Any = ()) -> list[str]:  # noqa: ANN401 - marks are pytest's own
    return list(weakened(cls, marks, exempt))


def _test(*marks: pytest.MarkDecorator) -> Callable[..., None]:
    def test(self: object, subject: Subject) -> None:
        del self, subject

    for mark in marks:
        mark(test)
    return test


def test_a_class_that_takes_nothing_out_is_fine() -> None:
    assert _told(_class(config={"days": 1}, test_of_our_own=_test())) == []


@pytest.mark.parametrize(
    ("instead", "how"),
    [
        (None, "drops"),
        (_test(), "overrides"),
        (_test(pytest.mark.skip), "skips"),
        (_test(pytest.mark.skipif("True", reason="later")), "skips"),
        (_test(pytest.mark.xfail), "overrides"),
        (_test(pytest.mark.xfail(reason="later")), "overrides"),
        (_test(pytest.mark.xfail(strict=True)), "overrides"),
        (_test(pytest.mark.xfail(reason=" ", strict=True)), "overrides"),
        (_test(pytest.mark.xfail(reason="x", strict=True, run=False)), "overrides"),
        (_test(REASONED, pytest.mark.skip), "skips"),
    ],
)
def test_a_rule_that_is_taken_out_without_a_reason_is_named(
    instead: object, how: str
) -> None:
    (told,) = _told(_class(**{NAME: instead}))
    assert told.startswith(f"TestOurs {how} {NUMBER} ({NAME}).")


@pytest.mark.parametrize("number", TESTS.values())
def test_every_rule_is_watched(number: str) -> None:
    name = next(name for name, bound in TESTS.items() if bound == number)
    (told,) = _told(_class(**{name: None}))
    assert number in told


def test_what_was_taken_out_above_is_seen_below() -> None:
    below = type("TestBelow", (_class(**{NAME: None}),), {})
    assert len(_told(below)) == 1


def test_a_rule_may_be_expected_to_fail_with_a_reason() -> None:
    assert _told(_class(**{NAME: _test(REASONED)})) == []


def test_a_rule_that_the_manifest_exempts_may_be_taken_out() -> None:
    assert _told(_class(**{NAME: None}), NUMBER) == []


def test_all_rules_cannot_be_taken_out_at_once() -> None:
    assert _told(_class(), marks=[pytest.mark.skip.mark])
    assert _told(_class(), marks=[pytest.mark.xfail.mark])
    assert _told(_class(__test__=False))
    assert _told(_class(), marks=[pytest.mark.usefixtures("tmp_path").mark]) == []


def test_nothing_else_is_put_in_the_place_of_the_setting() -> None:
    assert _told(_class(subject=lambda: None))
