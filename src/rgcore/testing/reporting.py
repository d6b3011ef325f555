"""What came of a run: a line for each setting, and a report as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import asdict, define, field, frozen

from rgcore import __version__
from rgcore.plugins import API_VERSION, Found
from rgcore.testing.results import reached
from rgcore.testing.rules import RULES

SCHEMA: Final = 1
"""Version of the form of a report."""


class Outcome(StrEnum):
    """What came of a rule."""

    PASSED = "passed"
    FAILED = "failed"
    EXEMPT = "exempt"
    NOT_RUN = "not run"


@frozen(kw_only=True)
class Told:
    """What a report says of one rule.

    Attributes:
        number: The rule.
        level: Its level.
        outcome: What came of it.
        reason: Why it does not hold, or is exempt; empty if it holds.
        seconds: How long it took.
    """

    number: str
    level: str
    outcome: Outcome
    reason: str = ""
    seconds: float = 0.0


@define(kw_only=True)
class Account:
    """What came of a setting that one class of tests held against the kit.

    Attributes:
        name: The class, as pytest names it.
        setting: The id of the setting.
        found: The plugin; `None` if it was not found.
        told: What is known of each rule, by its number.
        warnings: What a reader should know, without its being wrong.
    """

    name: str
    setting: str
    found: Found | None
    told: dict[str, Told] = field(factory=dict)
    warnings: list[str] = field(factory=list)

    @property
    def rules(self) -> tuple[Told, ...]:
        """Return what is known of every rule of the kit, in their order."""
        return tuple(
            self.told.get(rule.number)
            or Told(number=rule.number, level=rule.level, outcome=Outcome.NOT_RUN)
            for rule in RULES
        )

    @property
    def reached(self) -> str | None:
        """Return the level that the setting reached; `None` if none."""
        enough = {Outcome.PASSED, Outcome.EXEMPT}
        level = reached([one.number for one in self.rules if one.outcome in enough])
        return level.value if level else None

    def line(self) -> str:
        """Return what came of it on one line."""
        counts = [
            f"{len(several)} {outcome}"
            for outcome in Outcome
            if (several := [one for one in self.rules if one.outcome is outcome])
        ]
        who = str(self.found.source) if self.found else self.setting
        level = self.reached or "no level"
        claims = f", claims {self.found.manifest.maturity}" if self.found else ""
        return f"{who} reaches {level}{claims}: {', '.join(counts)}"

    def data(self) -> dict[str, Any]:
        """Return it as plain data."""
        source = self.found.source if self.found else None
        return {
            "id": self.setting,
            "distribution": source.distribution if source else None,
            "version": source.version if source else None,
            "tests": self.name,
            "claims": self.found.manifest.maturity.value if self.found else None,
            "reached": self.reached,
            "rules": [asdict(one) for one in self.rules],
            "warnings": sorted(set(self.warnings)),
        }


def outcome_of(
    status: str, expected: str | None, exempt: str | None, problems: Iterable[str]
) -> tuple[Outcome, str]:
    """Return what came of a rule, and why.

    Args:
        status: What pytest says of its test: `passed`, `failed` or `skipped`.
        expected: The reason of an `xfail` that came true; `None` if there was none.
        exempt: The reason in the manifest; `None` if the rule is not exempt.
        problems: What was found.
    """
    if status == "passed":
        return Outcome.PASSED, ""
    if status == "skipped" and exempt is not None:
        return Outcome.EXEMPT, exempt
    if status == "skipped" and expected is None:
        return Outcome.NOT_RUN, ""
    # A reason that stands in a test is told; only one in the manifest counts.
    return Outcome.FAILED, expected or " ".join(problems)


def report(accounts: Mapping[str, Account]) -> str:
    """Return a report as JSON.

    Args:
        accounts: What came of each class of tests.
    """
    data = {
        "schema": SCHEMA,
        "rgcore": __version__,
        "api": API_VERSION,
        "settings": [accounts[name].data() for name in sorted(accounts)],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
