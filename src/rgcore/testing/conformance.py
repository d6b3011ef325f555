"""The base class from which an author inherits: one test for each rule of the kit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, ClassVar, Final

import pytest

from rgcore.testing.checks import held_against
from rgcore.testing.results import Result
from rgcore.testing.subject import Subject

PAGE: Final = "docs/reference/conformance.md"

Test = Callable[[Any, Subject], None]


class Unmet(pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """Raised where a setting does not hold to a rule of the kit.

    Attributes:
        result: What came of it.
    """

    def __init__(self, result: Result) -> None:
        self.result = result
        # Where the kit raises it tells an author nothing.
        super().__init__(_told(result), pytrace=False)


def rule(number: str) -> Callable[[Test], Test]:
    """Bind a test to a rule: it passes if the setting holds to it.

    Args:
        number: The rule.
    """

    def bind(test: Test) -> Test:
        @wraps(test)
        def hold(_: object, subject: Subject) -> None:
            result = held_against(subject, number)
            if not result.holds:
                raise Unmet(result)

        hold.rg_rule = number  # type: ignore[attr-defined]
        return hold

    return bind


def _told(result: Result) -> str:
    said = result.rule
    lines = [f"{said.number} {said.title}", *(f"  - {p}" for p in result.problems)]
    if not result.after:
        lines += [f"  {said.mend}", f"  {PAGE}#{said.number.lower()}"]
    return "\n".join(lines)


class SettingConformance:
    """Holds a setting against every rule of the kit.

    Inherit from it, and say which setting. No test of it is overridden, dropped or
    skipped without a reason: a rule that does not hold for a setting stands in its
    manifest, under `[exempt]`.

    Attributes:
        setting: The id of the setting.
        config: What an institution would say under `[settings.ID]`.
    """

    setting: ClassVar[str] = ""
    config: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    @pytest.fixture
    def subject(self, request: pytest.FixtureRequest) -> Subject:
        """Give the setting under test, one for all tests of a class."""
        from rgcore.testing.running import run_of

        return run_of(request.config).subject(type(self))

    @rule("ST-01")
    def test_its_manifest_can_be_read(self, subject: Subject) -> None:
        """It is found by its entry point."""

    @rule("ST-02")
    def test_it_says_for_which_versions_of_the_api_it_is(
        self, subject: Subject
    ) -> None:
        """The range has an end."""

    @rule("ST-03")
    def test_its_package_needs_rgcore_alone(self, subject: Subject) -> None:
        """Extras may need more."""

    @rule("ST-04")
    def test_its_users_can_turn_to_somebody(self, subject: Subject) -> None:
        """An address stands in the manifest."""

    @rule("ST-05")
    def test_importing_and_making_it_is_quiet(self, subject: Subject) -> None:
        """It prints nothing, warns of nothing and starts nothing."""

    @rule("ST-06")
    def test_its_configuration_is_frozen_and_strict(self, subject: Subject) -> None:
        """A key that it does not know is refused."""

    @rule("ST-07")
    def test_it_answers_the_hooks_of_its_manifest_plainly(
        self, subject: Subject
    ) -> None:
        """It answers no other, wraps none and puts none in order."""

    @rule("ST-08")
    def test_its_answers_fit_their_hooks(self, subject: Subject) -> None:
        """They are of the hook's kinds, and their values fit."""

    @rule("ST-09")
    def test_asking_it_leaves_nothing_behind(self, subject: Subject) -> None:
        """It answers the same twice, and changes neither context nor module."""

    @rule("ST-10")
    def test_two_institutions_do_not_notice_one_another(self, subject: Subject) -> None:
        """Each has its own configuration."""

    @rule("ST-11")
    def test_neither_hooks_nor_rules_look_outside(self, subject: Subject) -> None:
        """No clock, no file, no network, no chance."""

    @rule("ST-12")
    def test_each_hook_answers_in_time(self, subject: Subject) -> None:
        """Opening an institution waits for all of them."""

    @rule("ST-13")
    def test_every_code_is_in_a_namespace_of_its_own(self, subject: Subject) -> None:
        """Only words of the base have a code of the base."""

    @rule("ST-14")
    def test_it_replaces_what_it_lists_and_says_why(self, subject: Subject) -> None:
        """Law and the client's direction are never replaced."""

    @rule("ST-15")
    def test_it_adds_up_with_the_base_beside_others(self, subject: Subject) -> None:
        """Nothing that it refers to is missing."""

    @rule("ST-16")
    def test_everything_says_where_it_comes_from(self, subject: Subject) -> None:
        """Each part has a source."""

    @rule("ST-17")
    def test_its_rules_answer_about_every_group(self, subject: Subject) -> None:
        """They do not raise, and say the same twice."""

    @rule("ST-18")
    def test_its_rules_speak_of_what_is_there(self, subject: Subject) -> None:
        """In codes, counts and days."""

    @rule("ST-19")
    def test_no_rule_holds_up_an_ending_or_a_fact(self, subject: Subject) -> None:
        """The client's ending is the client's decision."""

    @rule("ST-20")
    def test_no_access_rule_takes_the_group_from_its_client(
        self, subject: Subject
    ) -> None:
        """It is the client's group."""

    @rule("ST-21")
    def test_a_rule_of_law_names_its_article(self, subject: Subject) -> None:
        """Who has read it is said as well, or nobody has."""

    @rule("ST-22")
    def test_everything_is_said_in_dutch_and_english(self, subject: Subject) -> None:
        """With the same places in both."""

    @rule("ST-23")
    def test_every_place_can_be_filled(self, subject: Subject) -> None:
        """Nobody reads a gap."""

    @rule("ST-24")
    def test_its_words_are_kind(self, subject: Subject) -> None:
        """Nothing is late, failed, missed or hidden."""

    @rule("ST-25")
    def test_its_own_changes_change_nothing_else(self, subject: Subject) -> None:
        """A group is the same with the setting and without it."""

    @rule("ST-26")
    def test_it_claims_no_more_than_it_reaches(self, subject: Subject) -> None:
        """The level of the manifest is that of the kit."""


TESTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: test.rg_rule
        for name, test in vars(SettingConformance).items()
        if hasattr(test, "rg_rule")
    }
)
"""The rule of each test of the base class, by its name."""
