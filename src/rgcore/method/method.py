"""A method: the base and an institution's settings, composed and named by digest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from attrs import frozen

from rgcore.domain.dates import earlier, later
from rgcore.domain.findings import Prompt
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, Vocabulary
from rgcore.method.contributions import (
    Agenda,
    Choice,
    GoalDomain,
    Instrument,
    MeetingKind,
    Mistake,
    Opening,
    Phase,
    PlanSection,
    Replacement,
    Role,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
)
from rgcore.method.own import OwnChange
from rgcore.method.rule import AccessRule, Rule
from rgcore.method.wording import Wording


@frozen(kw_only=True)
class EnabledSetting:
    """A setting that a composition was made with, and how it was configured.

    Attributes:
        id: The setting.
        config: Each value of its configuration as JSON, by name.
    """

    id: Code
    config: tuple[tuple[str, str], ...] = ()


_Listed = Role | GoalDomain | Step | Rule | Mistake | Phase | Theme | Training


@frozen(kw_only=True)
class Method:
    """The whole of what a group goes by.

    Attributes:
        digest: Names this composition; a group is pinned to it.
        phases: In their order.
        steps: By phase.
        rules: By code.
        access_rules: Never pinned: those of today hold for every group.
        own_changes: Changes that settings bring themselves.
        replaced: What settings put in the place of parts of the base, or switched off.
        settings: The settings that it was composed with.
    """

    digest: str
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    roles: tuple[Role, ...]
    themes: tuple[Theme, ...]
    agendas: tuple[Agenda, ...]
    timings: tuple[Timing, ...]
    domains: tuple[GoalDomain, ...]
    plan_sections: tuple[PlanSection, ...]
    mistakes: tuple[Mistake, ...]
    meeting_kinds: tuple[MeetingKind, ...]
    trainings: tuple[Training, ...]
    choices: tuple[Choice, ...]
    rules: tuple[Rule, ...]
    access_rules: tuple[AccessRule, ...]
    instruments: tuple[Instrument, ...]
    own_changes: tuple[OwnChange, ...]
    terms: tuple[Term, ...]
    texts: tuple[Texts, ...]
    replaced: tuple[Replacement, ...]
    settings: tuple[EnabledSetting, ...]

    @cached_property
    def _words(self) -> MappingProxyType[str, Wording]:
        shelves = (getattr(self, shelf) for shelf in _NAMED)
        return MappingProxyType({p.code: p.wording for s in shelves for p in s})

    @cached_property
    def _timing(self) -> MappingProxyType[str, Timing]:
        return MappingProxyType({t.code: t for t in self.timings})

    def named(self, code: str, language: str) -> str:
        """Return what a code is called, or the code itself if nothing is known."""
        wording = self._words.get(code)
        return wording.said_in(language) if wording else code

    def after(self, timing: Code, day: date) -> date:
        """Return the day that lies a timing of the method after `day`."""
        return later(day, self._timing[timing].period)

    def before(self, timing: Code, day: date) -> date:
        """Return the day that lies a timing of the method before `day`."""
        return earlier(day, self._timing[timing].period)

    def knows(self, vocabulary: Vocabulary, code: str) -> bool:
        """Tell whether a code is in one of the method's closed lists."""
        lists: dict[Vocabulary, tuple[tuple[_Listed, ...], ...]] = {
            Vocabulary.ROLE: (self.roles,),
            Vocabulary.GOAL_DOMAIN: (self.domains,),
            Vocabulary.STEP_OR_RULE: (self.steps, self.rules),
            Vocabulary.MISTAKE: (self.mistakes,),
            Vocabulary.PHASE: (self.phases,),
            Vocabulary.THEME: (self.themes, self.trainings),
        }
        if vocabulary in lists:
            return any(one.code == code for part in lists[vocabulary] for one in part)
        chosen = f"{vocabulary}.{code}"
        kinds = any(kind.code == chosen for kind in self.meeting_kinds)
        return kinds or any(choice.code == chosen for choice in self.choices)

    def is_regular(self, kind: Code) -> bool:
        """Tell whether a kind of meeting counts in the rhythm; an unknown one does."""
        wanted = f"{Vocabulary.MEETING_KIND}.{kind}"
        return next((k.regular for k in self.meeting_kinds if k.code == wanted), True)

    def rule(self, code: str) -> Rule | None:
        """Return the rule of this code."""
        return next((r for r in self.rules if r.code == code), None)

    def own_change(self, code: str) -> OwnChange | None:
        """Return the declaration of an own change of this code."""
        return next((c for c in self.own_changes if c.code == code), None)

    def step(self, code: str) -> Step | None:
        """Return the step of this code."""
        return next((s for s in self.steps if s.code == code), None)

    def phase_on(self, group: ResourceGroup, day: date) -> Phase | None:
        """Return the phase of a group on a day: that of the latest opening fact.

        Args:
            group: The group.
            day: The day; what happened later does not count.

        Returns:
            The phase, or `None` before the group began.
        """
        opened = [p for on, p in self.openings(group) if on <= day]
        return opened[-1] if opened else None

    def openings(self, group: ResourceGroup) -> tuple[tuple[date, Phase], ...]:
        """Return each time a phase was opened, by the day on which it happened."""
        reached: list[tuple[date, Phase]] = []
        furthest = 0
        # Asked of each fact and not of each of its hundred happenings: with the same
        # for steps, what is open is found in a third of the time.
        happenings = group.counting
        by_fact = {h.fact: h for h in happenings}
        opened = {fact: self._opened_by(h) for fact, h in by_fact.items()}
        opening = [h for h in happenings if opened[h.fact]]
        for happened in sorted(opening, key=_by_day):
            phase = _first(opened[happened.fact], furthest)
            if phase is not None:
                reached.append((happened.on, phase))
                furthest = max(furthest, phase.number)
        return tuple(reached)

    def _opened_by(self, happened: Happening) -> tuple[tuple[Phase, Opening], ...]:
        names = happened.names
        return tuple(
            (phase, opening)
            for phase in self.phases
            for opening in phase.opened_by
            if opening.fact in names
        )


_NAMED: Final = (
    "phases",
    "steps",
    "roles",
    "themes",
    "agendas",
    "timings",
    "domains",
    "plan_sections",
    "mistakes",
    "meeting_kinds",
    "trainings",
    "choices",
    "rules",
    "access_rules",
    "instruments",
    "own_changes",
    "terms",
    "texts",
)
"""The fields of a method that hold parts with a code and what it is called."""


def _first(opened: tuple[tuple[Phase, Opening], ...], furthest: int) -> Phase | None:
    found = (p for p, o in opened if o.again or p.number > furthest)
    return next(found, None)


def _by_day(happened: Happening) -> tuple[date, int]:
    return happened.on, happened.seq


def in_order(prompts: Iterator[Prompt]) -> tuple[Prompt, ...]:
    """Return prompts by date, then by code and what they are about."""
    return tuple(
        sorted(prompts, key=lambda p: (p.since, p.finding.code, str(p.finding.about)))
    )
