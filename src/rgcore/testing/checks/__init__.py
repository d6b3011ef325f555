"""Each rule of the kit as a function: a setting goes in, sentences come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Final

from rgcore.plugins.manifest import Maturity
from rgcore.testing.checks import (
    asking,
    contributing,
    making,
    manifest,
    noting,
    ruling,
    saying,
)
from rgcore.testing.results import Result, up_to
from rgcore.testing.subject import Subject, Unseen

Check = Callable[[Subject], Iterable[str]]
"""Gives what is wrong with a setting, each in a sentence without anybody's words."""


def held_against(subject: Subject, number: str) -> Result:
    """Hold a setting against a rule; once, however often it is asked.

    Args:
        subject: The setting.
        number: The rule.
    """
    if number not in subject.results:
        subject.results[number] = _held_against(subject, number)
    return subject.results[number]


def _held_against(subject: Subject, number: str) -> Result:
    before = subject.timer()
    after, warned = "", WARNINGS.get(number, _nothing)
    try:
        problems = tuple(dict.fromkeys(CHECKS[number](subject)))
        warnings = tuple(warned(subject))
    except Unseen as unseen:
        after, warnings = unseen.number, ()
        problems = (f"This cannot be seen as long as {after} does not hold.",)
    return Result(
        number=number,
        problems=problems,
        after=after,
        seconds=subject.timer() - before,
        warnings=warnings,
    )


def _nothing(subject: Subject) -> Iterable[str]:
    del subject
    return ()


def overclaimed(subject: Subject) -> Iterable[str]:
    """Say which rules of the level that a manifest claims do not hold.

    Bronze is the least that can be claimed: what is missing there says so itself.

    Args:
        subject: The setting.
    """
    level = subject.found.manifest.maturity
    others = [rule.number for rule in up_to(level) if rule.number != _CLAIMS]
    missing = [number for number in others if not _satisfied(subject, number)]
    if missing and level is not Maturity.BRONZE:
        yield f"The manifest claims {level}; not so yet: {', '.join(missing)}."


def _satisfied(subject: Subject, number: str) -> bool:
    return (
        held_against(subject, number).holds or number in subject.found.manifest.exempt
    )


_CLAIMS: Final = "ST-26"

CHECKS: Final[MappingProxyType[str, Check]] = MappingProxyType(
    {
        "ST-01": manifest.unreadable,
        "ST-02": manifest.unbounded,
        "ST-03": manifest.needing_more,
        "ST-04": manifest.unsupported,
        "ST-05": making.loud,
        "ST-06": making.loosely_configured,
        "ST-07": asking.irregular,
        "ST-08": asking.unfit,
        "ST-09": asking.leaving_something,
        "ST-10": asking.noticing_others,
        "ST-11": asking.looking_outside,
        "ST-12": asking.slow,
        "ST-13": contributing.elsewhere,
        "ST-14": contributing.replacing_wrongly,
        "ST-15": contributing.not_adding_up,
        "ST-16": contributing.without_source,
        "ST-17": ruling.unreliable,
        "ST-18": ruling.pointing_nowhere,
        "ST-19": ruling.holding_up,
        "ST-20": ruling.keeping_out,
        "ST-21": ruling.lawless,
        "ST-22": saying.untranslated,
        "ST-23": saying.unfilled,
        "ST-24": saying.unkind,
        "ST-25": noting.not_to_be_kept,
        _CLAIMS: overclaimed,
    }
)
"""The check of each rule."""

WARNINGS: Final[MappingProxyType[str, Check]] = MappingProxyType(
    {"ST-18": ruling.silent, "ST-21": ruling.unchecked}
)
"""What a rule makes known without its being wrong."""
