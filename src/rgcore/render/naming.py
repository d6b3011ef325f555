"""What each item of a group is called within a sentence."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rgcore.domain.ids import Code, Kind, PersonId

if TYPE_CHECKING:
    # Speech says items by this table, and the table says them through Speech.
    from rgcore.render.speech import Speech

WITHHELD: Final = "…"
"""What stands for an item that the reader may not see."""

SAID_AS: Final = MappingProxyType(
    {
        Kind.NOMINATION: "person",
        Kind.INTERVIEW: "person",
        Kind.NAME: "person",
        Kind.RELATION: "person",
        Kind.REST: "person",
        Kind.PLACE_CHECK: "meeting",
        Kind.NOT_SAFE: "meeting",
        Kind.CLIMATE: "meeting",
        Kind.THEME_REQUEST: "theme",
        Kind.MANDATE: "person",
    }
)
"""The place in a sentence that an item fills beside that of its own kind."""

_Named = Callable[["Speech", Any], str]


def item_named(speech: Speech, kind: Kind, item: str) -> str:
    """Return what people would call an item: a name, its words or its day.

    Args:
        speech: Says it, in one language to one reader.
        kind: The kind of item.
        item: Its id.
    """
    if kind is Kind.PERSON:
        return speech.name(PersonId(item))
    found = (one for one in speech.view.group.items(kind) if one.id == item)
    known = next(found, None)
    return (_NAMED[kind](speech, known) if known else "") or WITHHELD


def _person(speech: Speech, item: Any) -> str:
    return speech.name(item.person)


def _words(speech: Speech, item: Any) -> str:
    return speech.words(item.words)


def _meeting(speech: Speech, meeting: Any) -> str:
    day = meeting.held_on or meeting.planned_for
    return speech.day(day) if day else speech.code(meeting.kind, "meeting_kind")


def _of_meeting(speech: Speech, item: Any) -> str:
    return item_named(speech, Kind.MEETING, item.meeting)


def _point(speech: Speech, point: Any) -> str:
    return speech.words(point.words) or speech.code(point.topic)


def _decision(speech: Speech, decision: Any) -> str:
    return speech.words(decision.words) or speech.code(Code("item.decision"))


def _handover(speech: Speech, handover: Any) -> str:
    return speech.names(handover.taking) or speech.words(handover.receiver)


def _receiver(speech: Speech, permission: Any) -> str:
    if permission.person is not None:
        return speech.name(permission.person)
    if permission.role is not None:
        holder = speech.fixed("the {role}")
        return holder.format(role=speech.code(permission.role))
    return speech.code(permission.organisation)


def _day(field: str) -> _Named:
    return lambda speech, item: speech.day(getattr(item, field))


def _code(field: str, vocabulary: str = "") -> _Named:
    return lambda speech, item: speech.code(getattr(item, field), vocabulary)


def _called(code: str) -> _Named:
    return lambda speech, _: speech.code(code)


_NAMED: Final[MappingProxyType[Kind, _Named]] = MappingProxyType(
    {
        Kind.NOMINATION: _person,
        Kind.SOCIOGRAM: _day("drawn_on"),
        Kind.FIGURE: lambda speech, figure: speech.words(figure.label),
        Kind.INTERVIEW: lambda speech, talk: speech.name(talk.respondent),
        Kind.GOAL: _words,
        Kind.AGREEMENT: lambda speech, agreed: speech.words(agreed.now.words),
        Kind.SUCCESS: _words,
        Kind.SCALE_UP: _words,
        Kind.SCALE_DOWN: _code("to", "care_form"),
        Kind.OWN_ITEM: _code("kind", "own_item"),
        Kind.MEETING: _meeting,
        Kind.AGENDA_ITEM: _point,
        Kind.HOUSE_RULES: _called("item.house_rules"),
        Kind.OFFER: _code("topic"),
        Kind.EVALUATION: _code("kind"),
        Kind.REORIENTATION: _day("opened_on"),
        Kind.EXEMPTION: _code("of"),
        Kind.NAME: _person,
        Kind.RELATION: _person,
        Kind.REST: _person,
        Kind.THANKS: lambda speech, thanks: speech.name(thanks.to),
        Kind.INTAKE: _day("on"),
        Kind.TRIAD_TALK: _day("on"),
        Kind.SIGN: _words,
        Kind.SIGNALLING_PLAN: _called("item.signalling_plan"),
        Kind.CRISIS_CARD: _called("item.crisis_card"),
        Kind.DECISION: _decision,
        Kind.SCALE_DOWN_PLAN: _called("item.scale_down_plan"),
        Kind.SCALE_DOWN_STEP: _words,
        Kind.RETURN_OF_CARE: _code("to", "care_form"),
        Kind.EPISODE: _code("form", "care_form"),
        Kind.HANDOVER: _handover,
        Kind.AFTERCARE: _day("on"),
        Kind.PLACE_CHECK: _of_meeting,
        Kind.NOT_SAFE: _of_meeting,
        Kind.CLIMATE: _of_meeting,
        Kind.THEME_REQUEST: _code("theme"),
        Kind.CHILD_CHECK: _day("on"),
        Kind.PAUSE: _day("since"),
        Kind.DEPARTURE: _code("way", "way"),
        Kind.OWN_NOTE: _code("kind"),
        Kind.CHOICE: _called("item.choice"),
        Kind.PERMISSION: _receiver,
        Kind.STATEMENT: _words,
        Kind.MANDATE: _person,
        Kind.JUDGEMENT: lambda speech, judged: speech.words(judged.decision),
        Kind.FRAME: _code("kind", "frame"),
        Kind.EMERGENCY: _day("since"),
        Kind.HOSTING: lambda speech, hosting: speech.words(hosting.host),
    }
)
