"""The method as versioned data: phases, steps, roles, themes, timing and rules.

A rule maps a group and its method to dated prompts and never sees a clock.
"""

from rgcore.method.base import BASE
from rgcore.method.compose import CompositionConflicts, compose, digest_of, snapshot
from rgcore.method.contributions import (
    Agenda,
    Choice,
    Contribution,
    GoalDomain,
    MeetingKind,
    Mistake,
    Opening,
    Per,
    Phase,
    Role,
    Rule,
    Speaks,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
    Wording,
)
from rgcore.method.method import Method
from rgcore.method.owed import attention_from, attention_until, open_on, prompts
from rgcore.method.proposal import Proposal

__all__ = [
    "BASE",
    "Agenda",
    "Choice",
    "CompositionConflicts",
    "Contribution",
    "GoalDomain",
    "MeetingKind",
    "Method",
    "Mistake",
    "Opening",
    "Per",
    "Phase",
    "Proposal",
    "Role",
    "Rule",
    "Speaks",
    "Step",
    "Term",
    "Texts",
    "Theme",
    "Timing",
    "Training",
    "Wording",
    "attention_from",
    "attention_until",
    "compose",
    "digest_of",
    "open_on",
    "prompts",
    "snapshot",
]
