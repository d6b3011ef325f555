"""The setting: which hook brings which part."""

from __future__ import annotations

from collections.abc import Iterable

from rgcore.plugins import (
    Agenda,
    Choice,
    GoalDomain,
    MeetingKind,
    OwnChange,
    PlanSection,
    Replacement,
    Role,
    Rule,
    SettingContext,
    SettingPlugin,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
)
from rgcore_setting_recovery_college import courses, people, rules
from rgcore_setting_recovery_college.config import RecoveryCollegeConfig


class RecoveryCollege(SettingPlugin[RecoveryCollegeConfig]):
    """Groups that a recovery college supports."""

    def rg_terms(self, ctx: SettingContext) -> Iterable[Term | Texts | Choice]:
        """Return what the client is called here."""
        del ctx
        return people.TERMS

    def rg_roles(self, ctx: SettingContext) -> Iterable[Role]:
        """Return the trainer."""
        del ctx
        return people.ROLES

    def rg_steps(self, ctx: SettingContext) -> Iterable[Step]:
        """Return the step of choosing a course."""
        del ctx
        return courses.STEPS

    def rg_meetings(
        self, ctx: SettingContext
    ) -> Iterable[Theme | Training | MeetingKind | Agenda]:
        """Return a theme."""
        del ctx
        return courses.THEMES

    def rg_timings(self, ctx: SettingContext) -> Iterable[Timing]:
        """Return the length of time that the institution chose."""
        del ctx
        return rules.timings(self.config.visit_after_days)

    def rg_plan_parts(self, ctx: SettingContext) -> Iterable[GoalDomain | PlanSection]:
        """Return the part of the plan that shows courses."""
        del ctx
        return courses.PLAN_SECTIONS

    def rg_rules(self, ctx: SettingContext) -> Iterable[Rule | Replacement]:
        """Return a rule, and what is switched off."""
        del ctx
        return (*rules.RULES, *rules.REPLACEMENTS)

    def rg_changes(self, ctx: SettingContext) -> Iterable[OwnChange]:
        """Return how a course is noted."""
        del ctx
        return courses.CHANGES
