"""Names of things: opaque ids and codes.

An id never means anything: it may stand in clear in an index, a log or a link.
A code is a word of a vocabulary (a role, a theme, a kind of meeting).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, NewType

from attrs import frozen

GroupId = NewType("GroupId", str)
"""One resource group."""

ItemId = NewType("ItemId", str)
"""Anything inside one group: a goal, a meeting, a person. Unique in the group."""

PersonId = NewType("PersonId", str)
"""A person of one group. For staff it is their id in the host's directory."""

TextId = NewType("TextId", str)
"""One text. Unique in the group."""

ChangeId = NewType("ChangeId", str)
"""One change; recording the same id twice changes nothing."""

TeamId = NewType("TeamId", str)
"""A team of the institution, as the host's directory names it."""

InstitutionId = NewType("InstitutionId", str)
"""An institution that keeps groups, as its configuration names it."""

Digest = NewType("Digest", str)
"""A SHA-256 in hexadecimal digits; it has the form of an id."""

Code = NewType("Code", str)
"""A word of a vocabulary: small letters, digits, dots and underscores."""

ID_PATTERN: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
CODE_PATTERN: Final = r"[a-z][a-z0-9_.]{0,63}"


class Kind(StrEnum):
    """The kinds of items a group holds."""

    PERSON = "person"
    NOMINATION = "nomination"
    SOCIOGRAM = "sociogram"
    FIGURE = "figure"
    INTERVIEW = "interview"
    GOAL = "goal"
    AGREEMENT = "agreement"
    SUCCESS = "success"
    SCALE_UP = "scale_up"
    SCALE_DOWN = "scale_down"
    OWN_ITEM = "own_item"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda_item"
    HOUSE_RULES = "house_rules"
    OFFER = "offer"
    EVALUATION = "evaluation"
    REORIENTATION = "reorientation"
    EXEMPTION = "exemption"
    NAME = "name"
    RELATION = "relation"
    REST = "rest"
    THANKS = "thanks"
    INTAKE = "intake"
    TRIAD_TALK = "triad_talk"
    SIGN = "sign"
    SIGNALLING_PLAN = "signalling_plan"
    CRISIS_CARD = "crisis_card"
    DECISION = "decision"
    SCALE_DOWN_PLAN = "scale_down_plan"
    SCALE_DOWN_STEP = "scale_down_step"
    RETURN_OF_CARE = "return_of_care"
    EPISODE = "episode"
    HANDOVER = "handover"
    AFTERCARE = "aftercare"
    PLACE_CHECK = "place_check"
    NOT_SAFE = "not_safe"
    CLIMATE = "climate"
    THEME_REQUEST = "theme_request"
    CHILD_CHECK = "child_check"
    PAUSE = "pause"
    DEPARTURE = "departure"
    OWN_NOTE = "own_note"
    CHOICE = "choice"
    PERMISSION = "permission"
    STATEMENT = "statement"
    MANDATE = "mandate"
    JUDGEMENT = "judgement"
    FRAME = "frame"
    EMERGENCY = "emergency"
    HOSTING = "hosting"


@frozen
class Creates:
    """Marks a field whose id must be new in the group."""

    kind: Kind


@frozen
class Refers:
    """Marks a field whose id must exist in the group, as this kind."""

    kind: Kind


class Vocabulary(StrEnum):
    """Closed lists of codes, which a method fills."""

    ROLE = "role"
    GOAL_DOMAIN = "goal_domain"
    STEP_OR_RULE = "step_or_rule"
    MISTAKE = "mistake"
    PHASE = "phase"
    THEME = "theme"
    MEETING_KIND = "meeting_kind"
    MEETING_FORM = "meeting_form"
    TALK_KIND = "talk_kind"
    CARE_FORM = "care_form"
    CANCELLED = "cancelled"
    AT_TENSION = "at_tension"
    MANDATE = "mandate"
    REMIT = "remit"
    FRAME = "frame"


@frozen
class CodeOf:
    """Marks a code that the method must know."""

    vocabulary: Vocabulary


RoleCode = Annotated[Code, CodeOf(Vocabulary.ROLE)]
GoalDomainCode = Annotated[Code, CodeOf(Vocabulary.GOAL_DOMAIN)]
StepOrRuleCode = Annotated[Code, CodeOf(Vocabulary.STEP_OR_RULE)]
MistakeCode = Annotated[Code, CodeOf(Vocabulary.MISTAKE)]
PhaseCode = Annotated[Code, CodeOf(Vocabulary.PHASE)]
ThemeCode = Annotated[Code, CodeOf(Vocabulary.THEME)]
MeetingKindCode = Annotated[Code, CodeOf(Vocabulary.MEETING_KIND)]
MeetingFormCode = Annotated[Code, CodeOf(Vocabulary.MEETING_FORM)]
TalkKindCode = Annotated[Code, CodeOf(Vocabulary.TALK_KIND)]
CareFormCode = Annotated[Code, CodeOf(Vocabulary.CARE_FORM)]
CancelledCode = Annotated[Code, CodeOf(Vocabulary.CANCELLED)]
AtTensionCode = Annotated[Code, CodeOf(Vocabulary.AT_TENSION)]
MandateCode = Annotated[Code, CodeOf(Vocabulary.MANDATE)]
RemitCode = Annotated[Code, CodeOf(Vocabulary.REMIT)]
FrameCode = Annotated[Code, CodeOf(Vocabulary.FRAME)]


@frozen
class HoldsName:
    """Marks a text whose words are a `PersonName`."""


NewPerson = Annotated[PersonId, Creates(Kind.PERSON)]
PersonRef = Annotated[PersonId, Refers(Kind.PERSON)]
NewNomination = Annotated[ItemId, Creates(Kind.NOMINATION)]
NominationRef = Annotated[ItemId, Refers(Kind.NOMINATION)]
NewSociogram = Annotated[ItemId, Creates(Kind.SOCIOGRAM)]
NewFigure = Annotated[ItemId, Creates(Kind.FIGURE)]
FigureRef = Annotated[ItemId, Refers(Kind.FIGURE)]
NewInterview = Annotated[ItemId, Creates(Kind.INTERVIEW)]
InterviewRef = Annotated[ItemId, Refers(Kind.INTERVIEW)]
NewGoal = Annotated[ItemId, Creates(Kind.GOAL)]
GoalRef = Annotated[ItemId, Refers(Kind.GOAL)]
NewAgreement = Annotated[ItemId, Creates(Kind.AGREEMENT)]
AgreementRef = Annotated[ItemId, Refers(Kind.AGREEMENT)]
NewSuccess = Annotated[ItemId, Creates(Kind.SUCCESS)]
NewScaleUp = Annotated[ItemId, Creates(Kind.SCALE_UP)]
NewScaleDown = Annotated[ItemId, Creates(Kind.SCALE_DOWN)]
NewOwnItem = Annotated[ItemId, Creates(Kind.OWN_ITEM)]
OwnItemRef = Annotated[ItemId, Refers(Kind.OWN_ITEM)]
NewMeeting = Annotated[ItemId, Creates(Kind.MEETING)]
MeetingRef = Annotated[ItemId, Refers(Kind.MEETING)]
NewAgendaItem = Annotated[ItemId, Creates(Kind.AGENDA_ITEM)]
AgendaItemRef = Annotated[ItemId, Refers(Kind.AGENDA_ITEM)]
NewHouseRules = Annotated[ItemId, Creates(Kind.HOUSE_RULES)]
HouseRulesRef = Annotated[ItemId, Refers(Kind.HOUSE_RULES)]
NewOffer = Annotated[ItemId, Creates(Kind.OFFER)]
OfferRef = Annotated[ItemId, Refers(Kind.OFFER)]
NewEvaluation = Annotated[ItemId, Creates(Kind.EVALUATION)]
NewReorientation = Annotated[ItemId, Creates(Kind.REORIENTATION)]
NewExemption = Annotated[ItemId, Creates(Kind.EXEMPTION)]
NewName = Annotated[ItemId, Creates(Kind.NAME)]
NewRelation = Annotated[ItemId, Creates(Kind.RELATION)]
RelationRef = Annotated[ItemId, Refers(Kind.RELATION)]
NewRest = Annotated[ItemId, Creates(Kind.REST)]
NewThanks = Annotated[ItemId, Creates(Kind.THANKS)]
NewIntake = Annotated[ItemId, Creates(Kind.INTAKE)]
NewTriadTalk = Annotated[ItemId, Creates(Kind.TRIAD_TALK)]
NewSign = Annotated[ItemId, Creates(Kind.SIGN)]
SignRef = Annotated[ItemId, Refers(Kind.SIGN)]
NewSignallingPlan = Annotated[ItemId, Creates(Kind.SIGNALLING_PLAN)]
NewCrisisCard = Annotated[ItemId, Creates(Kind.CRISIS_CARD)]
NewDecision = Annotated[ItemId, Creates(Kind.DECISION)]
NewScaleDownPlan = Annotated[ItemId, Creates(Kind.SCALE_DOWN_PLAN)]
NewScaleDownStep = Annotated[ItemId, Creates(Kind.SCALE_DOWN_STEP)]
ScaleDownStepRef = Annotated[ItemId, Refers(Kind.SCALE_DOWN_STEP)]
NewReturnOfCare = Annotated[ItemId, Creates(Kind.RETURN_OF_CARE)]
NewEpisode = Annotated[ItemId, Creates(Kind.EPISODE)]
EpisodeRef = Annotated[ItemId, Refers(Kind.EPISODE)]
NewHandover = Annotated[ItemId, Creates(Kind.HANDOVER)]
NewAftercare = Annotated[ItemId, Creates(Kind.AFTERCARE)]
AftercareRef = Annotated[ItemId, Refers(Kind.AFTERCARE)]
NewPlaceCheck = Annotated[ItemId, Creates(Kind.PLACE_CHECK)]
NewNotSafe = Annotated[ItemId, Creates(Kind.NOT_SAFE)]
NewClimate = Annotated[ItemId, Creates(Kind.CLIMATE)]
NewThemeRequest = Annotated[ItemId, Creates(Kind.THEME_REQUEST)]
ThemeRequestRef = Annotated[ItemId, Refers(Kind.THEME_REQUEST)]
NewChildCheck = Annotated[ItemId, Creates(Kind.CHILD_CHECK)]
NewPause = Annotated[ItemId, Creates(Kind.PAUSE)]
NewDeparture = Annotated[ItemId, Creates(Kind.DEPARTURE)]
NewChoice = Annotated[ItemId, Creates(Kind.CHOICE)]
ChoiceRef = Annotated[ItemId, Refers(Kind.CHOICE)]
NewPermission = Annotated[ItemId, Creates(Kind.PERMISSION)]
PermissionRef = Annotated[ItemId, Refers(Kind.PERMISSION)]
NewStatement = Annotated[ItemId, Creates(Kind.STATEMENT)]
NewMandate = Annotated[ItemId, Creates(Kind.MANDATE)]
MandateRef = Annotated[ItemId, Refers(Kind.MANDATE)]
NewJudgement = Annotated[ItemId, Creates(Kind.JUDGEMENT)]
JudgementRef = Annotated[ItemId, Refers(Kind.JUDGEMENT)]
NewFrame = Annotated[ItemId, Creates(Kind.FRAME)]
FrameRef = Annotated[ItemId, Refers(Kind.FRAME)]
NewEmergency = Annotated[ItemId, Creates(Kind.EMERGENCY)]
NewHosting = Annotated[ItemId, Creates(Kind.HOSTING)]
NewOwnNote = Annotated[ItemId, Creates(Kind.OWN_NOTE)]
ScaleUpRef = Annotated[ItemId, Refers(Kind.SCALE_UP)]
SociogramRef = Annotated[ItemId, Refers(Kind.SOCIOGRAM)]


@frozen
class Ref:
    """A pointer to an item: its kind and its id, never its words."""

    kind: Kind
    id: str
