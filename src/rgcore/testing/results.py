"""What came of holding a setting against a rule, and the level that it reaches."""

from __future__ import annotations

from collections.abc import Container

from attrs import frozen

from rgcore.plugins.manifest import Maturity
from rgcore.testing.rules import BY_NUMBER, RULES, KitRule


@frozen(kw_only=True)
class Result:
    """What came of holding a setting against a rule.

    Attributes:
        number: The rule.
        problems: Why it does not hold, each as a sentence.
        after: The rule that has to hold before this one can be seen; empty if it was.
        seconds: How long it took.
        warnings: What a reader of a report should know, without its being wrong.
    """

    number: str
    problems: tuple[str, ...]
    after: str = ""
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether the rule holds."""
        return not self.problems

    @property
    def rule(self) -> KitRule:
        """Return the rule."""
        return BY_NUMBER[self.number]


def reached(satisfied: Container[str]) -> Maturity | None:
    """Return the highest level of which, and below which, nothing is missing.

    Args:
        satisfied: The numbers of the rules that hold or are exempt.
    """
    found = None
    for level in Maturity:
        if any(r.level is level and r.number not in satisfied for r in RULES):
            break
        found = level
    return found


def up_to(level: Maturity) -> tuple[KitRule, ...]:
    """Return the rules of a level and of those below it.

    Args:
        level: The level.
    """
    levels = list(Maturity)
    below = levels[: levels.index(level) + 1]
    return tuple(rule for rule in RULES if rule.level in below)
