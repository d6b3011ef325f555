"""What is said of care around the group, and of the group as a whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.access import TimelineLine
from rgcore.render.fillings.common import (
    Filling,
    Places,
    called,
    day_after,
    quote,
    touched,
)
from rgcore.render.speech import Speech


def _name(speech: Speech, _line: TimelineLine) -> Places:
    return {"words": speech.words(speech.view.group.name)}


def _pause(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.pauses, line)
    if found is None:
        return {}
    return {
        "until": day_after(speech, found.until_then, line),
        "quote": quote(speech, found.words),
    }


def _departure(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.departures, line)
    way = line.fact.partition(":")[2]
    return {
        "way": speech.code(way, "way"),
        "to": speech.words(found.to) if found else "",
    }


def _phase(speech: Speech, line: TimelineLine) -> Places:
    said = [p for p in speech.view.group.phases_entered if p.change == line.change]
    return {
        "phase": speech.code(line.fact.partition(":")[2]),
        "quote": quote(speech, said[-1].words) if said else "",
    }


def _exemption(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.exemptions, line)
    if found is None:
        return {}
    return {
        "step": speech.code(found.of),
        "person": speech.name(found.person) if found.person else "",
        "until": speech.day(found.until) if found.until else "",
    }


def _intake(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.intakes, line)
    came = [c for c in found.companions if c.came] if found else []
    return {"came": ", ".join(speech.words(c.label) for c in came)}


def _triad(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.triad_talks, line)
    if found is None:
        return {}
    others = speech.words(found.others)
    said = [
        *(speech.name(person) for person in found.people),
        *([others] * bool(others)),
    ]
    return {"people": speech.listed(said), "quote": quote(speech, found.words)}


def _child_check(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.child_checks, line)
    if found is None:
        return {}
    return {
        "answer": speech.code(found.looks_after, "looks_after"),
        "again": speech.day(found.again_on) if found.again_on else "",
    }


def _scale_up(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.scale_ups, line)
    if found is None:
        return {}
    return {
        "words": speech.words(found.words),
        "until": speech.day(found.until) if found.until else "",
    }


def _less(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.scale_downs, line)
    if found is None:
        return {}
    return {
        "to": speech.code(found.to, "care_form"),
        "receiver": speech.words(found.receiver),
    }


def _more(speech: Speech, line: TimelineLine) -> Places:
    group = speech.view.group
    found = touched(group.returns_of_care, line)
    if found is None:
        return {}
    used = [s for s in group.scale_ups if s.id == found.agreement]
    return {
        "to": speech.code(found.to, "care_form"),
        "agreed": quote(speech, used[0].words) if used else "",
        "quote": quote(speech, found.words),
    }


def _episode(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.episodes, line)
    if found is None:
        return {}
    return {
        "form": speech.code(found.form, "care_form"),
        "organisation": speech.words(found.organisation),
    }


def _handover(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.handovers, line)
    if found is None:
        return {}
    client = speech.name(speech.view.group.client)
    return {
        "giving": speech.names(found.giving),
        "taking": speech.names(found.taking) or speech.words(found.receiver),
        "client_there": client if found.client_there else "",
    }


def _aftercare(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.aftercare, line)
    if found is None:
        return {}
    return {"day": speech.day(found.on), **called(speech, found.by)}


def _why(speech: Speech, line: TimelineLine) -> Places:
    return {"why": speech.code(line.fact.partition(":")[2])}


CARE: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {
        "group.name": _name,
        "group.pause": _pause,
        "group.depart": _departure,
        "phase.enter": _phase,
        "step.exempt": _exemption,
        "intake.note": _intake,
        "triad.hold": _triad,
        "child_check.hold": _child_check,
        "scale_up.agree": _scale_up,
        "care.scale_down": _less,
        "care.scale_up": _more,
        "care.begin_episode": _episode,
        "care.end_episode": _episode,
        "handover.hold": _handover,
        "aftercare.agree": _aftercare,
        "aftercare.hold": _aftercare,
        "entry.mark_in_error": _why,
    }
)
