"""A composition that was stored, read back as a method that groups can go by.

What is data comes back as it was. Functions cannot be stored: a rule gets the function
of the name that its snapshot holds, from what is installed now. Rules of law and of
access are never pinned: those of today hold for every group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs
from attrs import field, frozen

from rgcore.domain.findings import Rank
from rgcore.domain.ids import Code
from rgcore.errors import InputError
from rgcore.method import (
    BASE,
    Agenda,
    Choice,
    EnabledSetting,
    GoalDomain,
    Instrument,
    Law,
    MeetingKind,
    Method,
    Mistake,
    OwnChange,
    Phase,
    PlanSection,
    Role,
    Rule,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
    Wording,
)
from rgcore.method.rule import BASE_NAME
from rgcore.serial.wire import structure

PartT = TypeVar("PartT")

_SHELVES: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "phases": Phase,
        "steps": Step,
        "roles": Role,
        "themes": Theme,
        "agendas": Agenda,
        "timings": Timing,
        "domains": GoalDomain,
        "plan_sections": PlanSection,
        "mistakes": Mistake,
        "meeting_kinds": MeetingKind,
        "trainings": Training,
        "choices": Choice,
        "instruments": Instrument,
        "own_changes": OwnChange,
        "terms": Term,
        "texts": Texts,
        "settings": EnabledSetting,
    }
)
"""What is read back from its data alone."""


@frozen(kw_only=True)
class Pinned:
    """A method as it was stored, as far as it can be brought back.

    Attributes:
        method: The method.
        lost: Codes of rules whose functions nobody brings any more.
    """

    method: Method
    lost: tuple[str, ...]


@frozen
class Functions:
    """The functions of rules that are installed, by their names in a snapshot.

    Attributes:
        by_name: Each function by module and name.
        rules: Each rule by its code.
    """

    by_name: Mapping[str, Callable[..., Any]] = field(repr=False)
    rules: Mapping[str, Rule] = field(repr=False)

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Functions:
        """Return the functions of rules, and of all rules of the base.

        Args:
            rules: The rules of today's method.
        """
        base = [part for part in BASE if isinstance(part, Rule)]
        found = [*base, *rules]
        functions = (one for rule in found for one in (rule.speaks, rule.guard))
        return cls(
            MappingProxyType({_name(one): one for one in functions}),
            MappingProxyType({rule.code: rule for rule in found}),
        )


def read_composition(
    data: Mapping[str, Any], digest: str, today: Method, functions: Functions
) -> Pinned:
    """Return the method behind a stored composition.

    What an older version of rgcore did not know is as it is today.

    Args:
        data: Its snapshot.
        digest: Its name.
        today: The method of this installation.
        functions: The functions that are installed.
    """
    shelves = {name: _shelf(data, name, today) for name in _SHELVES}
    rows = data.get("rules", ())
    read = {row["code"]: _rule(row, functions) for row in rows}
    kept = [r for r in read.values() if r is not None and r.rank is not Rank.LAW]
    law = [rule for rule in today.rules if rule.rank is Rank.LAW]
    rules = sorted((*kept, *law), key=lambda rule: rule.code)
    lost = (row["code"] for row in rows if _is_lost(row, read))
    method = attrs.evolve(today, digest=digest, rules=tuple(rules), **shelves)
    return Pinned(method=method, lost=tuple(lost))


def _is_lost(row: Mapping[str, Any], read: Mapping[str, Rule | None]) -> bool:
    return read[row["code"]] is None and row["rank"] != Rank.LAW


def _shelf(data: Mapping[str, Any], name: str, today: Method) -> tuple[Any, ...]:
    now: tuple[Any, ...] = getattr(today, name)
    if name not in data:
        return now
    key = "id" if name == "settings" else "code"
    by_key = {getattr(part, key): part for part in now}
    found = [_part(row, _SHELVES[name], by_key.get(row[key])) for row in data[name]]
    if name in {"timings", "terms", "texts"}:
        # Functions and laws of today may count with, or name, what was not there yet.
        there = {row[key] for row in data[name]}
        found += [part for part in now if part.code not in there]
    return tuple(part for part in found if part is not None)


def _part(row: Mapping[str, Any], cls: type[PartT], now: PartT | None) -> PartT | None:
    """Return a part from its data; today's if this version cannot read it."""
    try:
        return structure(_known(row, cls), cls)
    except InputError:
        return now


def _known(row: Mapping[str, Any], cls: type[Any]) -> dict[str, Any]:
    names = {f.name for f in attrs.fields(cls)}
    return {name: value for name, value in row.items() if name in names}


def _rule(row: Mapping[str, Any], functions: Functions) -> Rule | None:
    today = functions.rules.get(row["code"])
    named = {name: functions.by_name.get(row.get(name, "")) for name in _FUNCTIONS}
    found = {
        name: function or (getattr(today, name) if today else None)
        for name, function in named.items()
    }
    if found["speaks"] is None or found["guard"] is None:
        return None
    data = {k: v for k, v in _known(row, Rule).items() if k not in _FUNCTIONS}
    plain = _part(data, _RuleData, None)
    if plain is None:
        return today
    origin = today.origin if today else None
    values: dict[str, Any] = {
        f.name: getattr(plain, f.name) for f in attrs.fields(_RuleData)
    }
    values |= {**found, "origin": origin}
    return Rule(**values)


_FUNCTIONS: Final = ("speaks", "guard")


@frozen(kw_only=True)
class _RuleData:
    """A rule without its functions."""

    code: Code
    rank: Rank
    wording: Wording
    sentence: Wording
    source: str
    settles: tuple[Code, ...]
    needs_override: bool = False
    law: Law | None = None
    by: str = BASE_NAME


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}:{function.__qualname__}"
