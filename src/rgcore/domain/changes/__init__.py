"""Every change that can happen to a group, one module a part."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.domain.changes.base import Change, ChangeKind, Owner
from rgcore.domain.changes.correcting import EmptyInError, MarkInError, UndoInError
from rgcore.domain.changes.importing import ImportGroup
from rgcore.domain.changes.joining import (
    AcceptNomination,
    ApproachNominee,
    AssignRole,
    DeclineNomination,
    EndRole,
    InvolvePerson,
    LeaveGroup,
    Nominate,
    WithdrawNomination,
)
from rgcore.domain.changes.knowing import AgreeThemes, DrawSociogram, HoldInterview
from rgcore.domain.changes.living import (
    HoldEvaluation,
    KeepOwnItem,
    MakeOffer,
    ShareOwnItem,
    TakeOffer,
)
from rgcore.domain.changes.meeting import (
    AgreeHouseRules,
    ChangeMeeting,
    HoldMeeting,
    PlanMeeting,
    SetHouseRules,
)
from rgcore.domain.changes.merging import MergePeople
from rgcore.domain.changes.planning import (
    AddSuccess,
    AgreeGoals,
    AgreeScaleUp,
    MakeAgreement,
    OpenReorientation,
    ReviewGoal,
    ReviseAgreement,
    RewordGoal,
    ScaleDownCare,
    SetGoal,
    SetGoalStatus,
)
from rgcore.domain.changes.starting import Exempt, ExplainMethod, NameGroup, StartGroup

ALL: Final[tuple[type[Change], ...]] = (
    AcceptNomination,
    AddSuccess,
    AgreeGoals,
    AgreeHouseRules,
    AgreeScaleUp,
    AgreeThemes,
    ApproachNominee,
    AssignRole,
    ChangeMeeting,
    DeclineNomination,
    DrawSociogram,
    EmptyInError,
    EndRole,
    Exempt,
    ExplainMethod,
    HoldEvaluation,
    HoldInterview,
    HoldMeeting,
    ImportGroup,
    InvolvePerson,
    KeepOwnItem,
    LeaveGroup,
    MakeAgreement,
    MakeOffer,
    MarkInError,
    MergePeople,
    NameGroup,
    Nominate,
    OpenReorientation,
    PlanMeeting,
    ReviewGoal,
    ReviseAgreement,
    RewordGoal,
    ScaleDownCare,
    SetGoal,
    SetGoalStatus,
    SetHouseRules,
    ShareOwnItem,
    StartGroup,
    TakeOffer,
    UndoInError,
    WithdrawNomination,
)
"""Every type of change, by the name of its class."""

BY_TYPE: Final = MappingProxyType({change.TYPE: change for change in ALL})
"""Every type of change, by its name in the journal and on the wire."""

__all__ = [
    "ALL",
    "BY_TYPE",
    "AcceptNomination",
    "AddSuccess",
    "AgreeGoals",
    "AgreeHouseRules",
    "AgreeScaleUp",
    "AgreeThemes",
    "ApproachNominee",
    "AssignRole",
    "Change",
    "ChangeKind",
    "ChangeMeeting",
    "DeclineNomination",
    "DrawSociogram",
    "EmptyInError",
    "EndRole",
    "Exempt",
    "ExplainMethod",
    "HoldEvaluation",
    "HoldInterview",
    "HoldMeeting",
    "ImportGroup",
    "InvolvePerson",
    "KeepOwnItem",
    "LeaveGroup",
    "MakeAgreement",
    "MakeOffer",
    "MarkInError",
    "MergePeople",
    "NameGroup",
    "Nominate",
    "OpenReorientation",
    "Owner",
    "PlanMeeting",
    "ReviewGoal",
    "ReviseAgreement",
    "RewordGoal",
    "ScaleDownCare",
    "SetGoal",
    "SetGoalStatus",
    "SetHouseRules",
    "ShareOwnItem",
    "StartGroup",
    "TakeOffer",
    "UndoInError",
    "WithdrawNomination",
]
