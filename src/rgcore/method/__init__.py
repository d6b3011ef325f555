"""The method as versioned data: phases, steps, roles, themes, timing and rules.

A rule maps a group and its method to dated prompts and never sees a clock.
"""

from rgcore.method.base import BASE
from rgcore.method.compose import compose, digest_of, snapshot
from rgcore.method.conflicts import CompositionConflicts, Conflict
from rgcore.method.contributions import (
    Agenda,
    Choice,
    Contribution,
    GoalDomain,
    Instrument,
    MeetingKind,
    Mistake,
    Opening,
    Part,
    Per,
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
from rgcore.method.differing import differences
from rgcore.method.guarding import guards
from rgcore.method.method import EnabledSetting, Method
from rgcore.method.origin import Contributed, Origin
from rgcore.method.owed import attention_from, attention_until, open_on, prompts
from rgcore.method.own import Holds, OwnChange, OwnField, Whose
from rgcore.method.proposal import Proposal
from rgcore.method.rule import AccessRule, Denial, Law, Rule, Speaks
from rgcore.method.wording import Wording

__all__ = [
    "BASE",
    "AccessRule",
    "Agenda",
    "Choice",
    "CompositionConflicts",
    "Conflict",
    "Contributed",
    "Contribution",
    "Denial",
    "EnabledSetting",
    "GoalDomain",
    "Holds",
    "Instrument",
    "Law",
    "MeetingKind",
    "Method",
    "Mistake",
    "Opening",
    "Origin",
    "OwnChange",
    "OwnField",
    "Part",
    "Per",
    "Phase",
    "PlanSection",
    "Proposal",
    "Replacement",
    "Role",
    "Rule",
    "Speaks",
    "Step",
    "Term",
    "Texts",
    "Theme",
    "Timing",
    "Training",
    "Whose",
    "Wording",
    "attention_from",
    "attention_until",
    "compose",
    "differences",
    "digest_of",
    "guards",
    "open_on",
    "prompts",
    "snapshot",
]
