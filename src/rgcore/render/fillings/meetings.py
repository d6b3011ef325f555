"""What is said of meetings, talks, themes, and how the group keeps in touch."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final

from rgcore.access import TimelineLine
from rgcore.domain.meetings import ClimateFactor, Meeting, Noticed
from rgcore.render.fillings.common import (
    Filling,
    Places,
    called,
    people,
    quote,
    touched,
)
from rgcore.render.speech import Speech

_WEEK: Final = 7

_KINDEST_FIRST: Final = (
    ClimateFactor.POSITIVE_REMARKS,
    ClimateFactor.WARMTH,
    ClimateFactor.OVER_INVOLVEMENT,
    ClimateFactor.CRITICISM,
    ClimateFactor.HOSTILITY,
)


def rhythm(speech: Speech, days: int) -> str:
    """Return how often the group meets, in days or whole weeks.

    Args:
        speech: Says it.
        days: Days from one meeting to the next.
    """
    if days == 1:
        return speech.fixed("every day")
    if days == _WEEK:
        return speech.fixed("every week")
    if days % _WEEK == 0:
        return speech.fixed("every {number} weeks").format(number=days // _WEEK)
    return speech.fixed("every {number} days").format(number=days)


def _meeting(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.meetings, line)
    if found is None:
        return {}
    there = tuple(a.person for a in found.attendance if a.presence == "present")
    # How people meet may have come with a later change, and is not told before it.
    form = found.form if found.held_on == line.on or not found.earlier_days else None
    return {
        "kind": speech.code(found.kind, "meeting_kind"),
        "day": speech.day(_day(found, line)),
        "form": speech.code(form, "meeting_form") if form else "",
        "present": speech.names(there),
        "wished_by": _client(speech) if found.without_professionals else "",
    }


def _day(meeting: Meeting, line: TimelineLine) -> date:
    if line.fact.startswith("meeting.plan") and meeting.earlier_days:
        return meeting.earlier_days[0]
    return meeting.planned_for or meeting.held_on or line.on


def _client(speech: Speech) -> str:
    return speech.name(speech.view.group.client)


def _held(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.meetings, line)
    if found is None:
        return {}
    passed = tuple(dict.fromkeys(passed.to for passed in found.passed))
    return {
        **_meeting(speech, line),
        "chair": speech.name(found.chair) if found.chair else "",
        "passed": speech.names(passed),
        "quote": quote(speech, found.atmosphere),
    }


def _cancelled(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.meetings, line)
    if found is None:
        return {}
    days = found.earlier_days if found.cancelled_on is None else ()
    day = days[-1] if days else found.planned_for
    return {
        "kind": speech.code(found.kind, "meeting_kind"),
        "day": speech.day(day) if day else "",
        "why": speech.code(line.fact.partition(":")[2], "cancelled"),
    }


def _place(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.place_checks, line)
    if found is None:
        return {}
    said = (
        speech.code(found.quiet, "quiet"),
        speech.code(found.private, "private"),
        speech.code(found.safe, "safe"),
    )
    return {**_meeting(speech, line), "what": "; ".join(said)}


def _not_safe(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.not_safe, line)
    if found is None:
        return {}
    return {
        **_meeting(speech, line),
        "person": speech.name(found.person),
        "told": speech.names(found.told),
        "quote": quote(speech, found.words),
    }


def _climate(speech: Speech, line: TimelineLine) -> Places:
    """Say what was noticed between people; by whom and in whom is not said."""
    found = touched(speech.view.group.climates, line)
    if found is None:
        return {}
    noticed = {f.factor for f in found.factors if f.noticed is Noticed.YES}
    what = [speech.code(f, "climate") for f in _KINDEST_FIRST if f in noticed]
    done = [speech.code(code, "at_tension") for code in found.done]
    return {
        **_meeting(speech, line),
        "what": ", ".join(what),
        "done": ", ".join(done),
    }


def _signed_off(speech: Speech, line: TimelineLine) -> Places:
    return {**_meeting(speech, line), **called(speech, people(speech, line))}


def _minutes(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.meetings, line)
    if found is None:
        return {}
    writer, typist = found.minute_taker, found.from_paper_by
    return {
        **_meeting(speech, line),
        "writer": speech.name(writer) if writer else "",
        "typist": speech.name(typist) if typist else "",
    }


def _channel(speech: Speech, line: TimelineLine) -> Places:
    agreed = [c for c in speech.view.group.channels if c.on == line.on]
    if not agreed:
        return {}
    return {
        "channel": speech.code(agreed[-1].channel, "channel"),
        "quote": quote(speech, agreed[-1].words),
    }


def _rhythm(speech: Speech, line: TimelineLine) -> Places:
    found = [r for r in speech.view.group.rhythms if r.since == line.on]
    return {"rhythm": rhythm(speech, found[-1].days)} if found else {}


def _theme(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.theme_requests, line)
    if found is None:
        return {}
    return {
        "person": speech.name(found.person),
        "theme": speech.code(found.theme),
        "quote": quote(speech, found.words),
    }


def _offer(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.offers, line)
    if found is None:
        return {}
    around = found.wished_for if line.fact.startswith("offer.make") else None
    return {
        "topic": speech.code(found.topic),
        "people": speech.names(found.people),
        "around": speech.day(around) if around else "",
        **called(speech, people(speech, line)),
    }


def _interview(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.interviews, line)
    return {"person": speech.name(found.respondent)} if found else {}


def _evaluation(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.evaluations, line)
    if found is None:
        return {}
    return {"kind": speech.code(found.kind), "quote": quote(speech, found.words)}


MEETINGS: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {
        "meeting.plan": _meeting,
        "meeting.change": _meeting,
        "meeting.hold": _held,
        "meeting.cancel": _cancelled,
        "meeting.allow_without_client": _meeting,
        "place.check": _place,
        "place.not_safe": _not_safe,
        "climate.note": _climate,
        "minutes.keep": _minutes,
        "minutes.sign_off": _signed_off,
        "channel.agree": _channel,
        "rhythm.set": _rhythm,
        "theme.ask": _theme,
        "offer.make": _offer,
        "offer.take": _offer,
        "offer.attend": _offer,
        "interview.hold": _interview,
        "interview.agree_themes": _interview,
        "interview.follow_up": _interview,
        "evaluation.hold": _evaluation,
    }
)
