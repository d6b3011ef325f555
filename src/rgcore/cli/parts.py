"""What parts of a method are called, how they are counted and how they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from rgcore.domain.changes.settings import Difference, Differs
from rgcore.method import (
    AccessRule,
    Agenda,
    Choice,
    Contribution,
    GoalDomain,
    Instrument,
    MeetingKind,
    OwnChange,
    PlanSection,
    Replacement,
    Role,
    Rule,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
    compose,
)
from rgcore.render.translation import Translate, translator


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


KINDS: Final[Mapping[type[Contribution], tuple[str, str]]] = MappingProxyType(
    {
        Term: ("term", _("terms")),
        Texts: ("text", _("sentences")),
        Choice: ("choice", _("choices")),
        Role: ("role", _("roles")),
        Step: ("step", _("steps")),
        Theme: ("theme", _("themes")),
        Training: ("training", _("trainings")),
        MeetingKind: ("meeting_kind", _("kinds of meetings")),
        Agenda: ("agenda", _("agendas")),
        Timing: ("timing", _("lengths of time")),
        GoalDomain: ("goal_domain", _("dimensions of goals")),
        PlanSection: ("plan_section", _("parts of the plan")),
        Rule: ("rule", _("rules")),
        Replacement: ("replacement", _("replacements")),
        AccessRule: ("access_rule", _("rules of access")),
        Instrument: ("instrument", _("questionnaires")),
        OwnChange: ("own_change", _("changes of its own")),
    }
)
"""Each kind that a setting can contribute: its name for programs, and for people."""


def counted(parts: Iterable[Contribution]) -> dict[str, int]:
    """Return how many there are of each kind, by its name for programs.

    Args:
        parts: What was contributed.
    """
    count = Counter(type(part) for part in parts)
    return {names[0]: count[kind] for kind, names in KINDS.items() if count[kind]}


def told(counts: Mapping[str, int], said: Translate) -> str:
    """Return counts as people read them: terms: 2, themes: 1.

    Args:
        counts: How many, by the name for programs.
        said: Translates.
    """
    words = dict(KINDS.values())
    return ", ".join(f"{said(words[name])}: {n}" for name, n in counts.items())


def by_how(differences: Iterable[Difference]) -> dict[str, int]:
    """Return how many parts are new, gone, and other than before.

    Args:
        differences: How two compositions differ.
    """
    count = Counter(one.how for one in differences)
    return {how.value: count[how] for how in Differs}


def told_how(counts: Mapping[str, int], said: Translate) -> str:
    """Return how many parts differ as people read it: 1 new, 0 gone, 2 altered.

    Args:
        counts: As `by_how` gives them.
        said: Translates.
    """
    return said("{added} new, {removed} gone, {altered} altered").format(**counts)


def replaced_lines(part: Replacement, language: str) -> Iterator[str]:
    """Return what was replaced or switched off, why, and where that comes from.

    Args:
        part: What a setting puts in the place of a part of the base.
        language: `nl` or `en`.
    """
    said, code = translator(language), part.replaces
    what = said("Replaces “{name}” [{code}]: {because}")
    if part.by is None:
        what = said("Switches off “{name}” [{code}]: {because}")
    name = compose().named(code, language)
    because = part.because.said_in(language)
    yield "· " + what.format(name=name, code=code, because=because)
    yield f"  {part.source}"
