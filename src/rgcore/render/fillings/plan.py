"""What is said of goals, agreements, decisions, successes and early signs."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.access import TimelineLine
from rgcore.domain.plan import (
    Agreement,
    AgreementVersion,
    Answered,
    Attainment,
    Goal,
    GoalVersion,
)
from rgcore.render.fillings.common import (
    Filling,
    Places,
    people,
    quote,
    those,
    touched,
)
from rgcore.render.speech import Speech

_LEVELS: Final = MappingProxyType(
    {-2: "much_less", -1: "less", 0: "as_hoped", 1: "more", 2: "much_more"}
)


def voice(speech: Speech, said: Attainment) -> str:
    """Return how far somebody says a goal is reached, in words and never a mark.

    Args:
        speech: Says it.
        said: What they said, or why they did not.
    """
    if said.level is None:
        return speech.code(said.answered or Answered.UNKNOWN, "answered")
    return speech.code(_LEVELS[said.level], "level")


def _goals(speech: Speech, line: TimelineLine) -> Places:
    goals = [goal for goal in speech.view.group.goals if goal.id in line.touched]
    if not goals:
        return {}
    versions = [_version(speech, goal, line) for goal in goals]
    said = [speech.words(version.words) for version in versions]
    return {
        "words": said[0],
        "smaller": said[0] if versions[0].smaller_step else "",
        "goals": ", ".join(f"“{words}”" for words in said),
        "tags": ", ".join(speech.code(tag, "tag") for tag in goals[0].tags),
        **_said_of(speech, goals[0], line),
    }


def _version(speech: Speech, goal: Goal, line: TimelineLine) -> GoalVersion:
    """Return how the goal was put when the line was recorded."""
    happenings = speech.view.group.happenings
    known = {h.change for h in happenings if h.seq <= line.seq}
    until = [v for v in goal.versions if v.change in known]
    return (until or goal.versions)[-1]


def _said_of(speech: Speech, goal: Goal, line: TimelineLine) -> Places:
    reviews = [r for r in goal.reviews if r.change == line.change]
    stood = [s for s in goal.statuses if s.change == line.change]
    voices = [a for a in goal.attainments if a.change == line.change]
    return {
        "achievement": speech.code(reviews[-1].achievement) if reviews else "",
        "quote": quote(speech, reviews[-1].words) if reviews else "",
        "status": speech.code(stood[-1].status) if stood else "",
        "by": speech.name(voices[-1].by) if voices else "",
        "voice": voice(speech, voices[-1]) if voices else "",
    }


def _agreement(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.agreements, line)
    numbers = [
        n
        for n, v in enumerate(found.versions if found else ())
        if v.change == line.change
    ]
    if found is None or not numbers:
        return {}
    now = found.versions[numbers[-1]]
    before = found.versions[numbers[-1] - 1] if numbers[-1] else now
    return {
        "words": speech.words(now.words),
        "owners": speech.names(now.owners),
        "others": speech.names(found.for_people),
        **_moved(speech, before, now),
    }


def _moved(speech: Speech, before: AgreementVersion, now: AgreementVersion) -> Places:
    """Say from whom an agreement moved; most of all when the client does it now."""
    if set(before.owners) == set(now.owners):
        return {}
    client = speech.view.group.client
    return {
        "before": speech.names(before.owners),
        "client_now": speech.name(client) if now.owners == (client,) else "",
    }


def _answer(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.agreements, line)
    who = people(speech, line)
    given = [
        (version, answer)
        for version in (found.versions if found else ())
        for answer in version.answers
        if answer.person in who and answer.on == line.on
    ]
    if not given:
        return those(speech, line)
    version, answer = given[-1]
    words = speech.words(version.words)
    return {
        "person": speech.name(answer.person),
        "agreed" if answer.accepts else "rather_not": words,
        "quote": quote(speech, answer.words),
    }


def _progress(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.agreements, line)
    notes = [n for n in found.progress if n.change == line.change] if found else []
    if found is None or not notes:
        return {}
    return {
        "by": speech.name(notes[-1].by),
        "words": _words_on(speech, found, line),
        "how": speech.code(notes[-1].how, "progress"),
        "quote": quote(speech, notes[-1].words),
    }


def _words_on(speech: Speech, agreement: Agreement, line: TimelineLine) -> str:
    until = [v for v in agreement.versions if v.set_on <= line.on]
    return speech.words((until or agreement.versions)[-1].words)


def _closing(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.agreements, line)
    if found is None or found.closing is None:
        return {}
    return {
        "closing": speech.code(found.closing, "closing"),
        "words": speech.words(found.now.words),
    }


def _decision(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.decisions, line)
    if found is None:
        return {}
    return {"by": speech.names(found.by), "words": speech.words(found.words)}


def _success(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.successes, line)
    if found is None:
        return {}
    return {"words": speech.words(found.words), "by": speech.name(found.by)}


def _sign(speech: Speech, line: TimelineLine) -> Places:
    found = touched(speech.view.group.signs, line)
    if found is None:
        return {}
    return {"words": speech.words(found.words), "by": speech.name(found.by)}


PLAN: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {
        "goal.set": _goals,
        "goal.reword": _goals,
        "goal.agree": _goals,
        "goal.review": _goals,
        "goal.set_status": _goals,
        "goal.tag": _goals,
        "goal.make_concrete": _goals,
        "goal.score": _goals,
        "agreement.make": _agreement,
        "agreement.revise": _agreement,
        "agreement.answer": _answer,
        "agreement.note_progress": _progress,
        "agreement.close": _closing,
        "decision.take": _decision,
        "success.add": _success,
        "sign.offer": _sign,
    }
)
