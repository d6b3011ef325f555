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


@frozen
class CodeOf:
    """Marks a code that the method must know."""

    vocabulary: Vocabulary


RoleCode = Annotated[Code, CodeOf(Vocabulary.ROLE)]
GoalDomainCode = Annotated[Code, CodeOf(Vocabulary.GOAL_DOMAIN)]
StepOrRuleCode = Annotated[Code, CodeOf(Vocabulary.STEP_OR_RULE)]
MistakeCode = Annotated[Code, CodeOf(Vocabulary.MISTAKE)]


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


@frozen
class Ref:
    """A pointer to an item: its kind and its id, never its words."""

    kind: Kind
    id: str
