"""Pages in plain text and Markdown: timeline, what comes next, the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from rgcore.access import TimelineLine, View
from rgcore.domain.findings import Prompt
from rgcore.domain.ids import PersonId
from rgcore.domain.meetings import Meeting
from rgcore.domain.plan import Agreement, Goal
from rgcore.render.speech import Speech, one_line
from rgcore.render.telling import tell

_BLANK_LINES: Final = re.compile(r"\n{3,}")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|~&])")
_OPENING: Final = re.compile(r"^(\u2068?)(\d*)([-+=.)])")
"""What would make a list or a line of the text that begins with it."""


def timeline_text(view: View, language: str) -> str:
    """Return the timeline as text, the latest at the bottom.

    Args:
        view: What the reader may see.
        language: `nl` or `en`.
    """
    return "\n".join(_timeline(Speech.of(view, language))).rstrip() + "\n"


def next_text(view: View, language: str, *, coming: bool = False) -> str:
    """Return what can be done now, and if asked what comes later, as text.

    Args:
        view: What the reader may see.
        language: `nl` or `en`.
        coming: Whether to say what comes later too.
    """
    speech = Speech.of(view, language)
    now = [f"  · {speech.finding(p.finding)}" for p in view.owed()]
    lines = [speech.fixed("Next steps"), *(now or [_nothing(speech)])]
    if coming:
        later = [f"  · {dated(speech, prompt)}" for prompt in view.coming()]
        lines += ["", speech.fixed("Later"), *(later or [_nothing(speech)])]
    return "\n".join(lines) + "\n"


def dated(speech: Speech, prompt: Prompt) -> str:
    """Return a prompt with the day from which it speaks, said once."""
    said = speech.finding(prompt.finding)
    day = speech.day(prompt.since)
    return said if day in said else f"{day}: {said}"


def plan_markdown(view: View, language: str) -> str:
    """Return the client's plan as Markdown, what went well first.

    Args:
        view: What the reader may see.
        language: `nl` or `en`.
    """
    speech = Speech.of(view, language)
    parts = (
        _title(speech),
        _successes(speech),
        _goals(speech),
        _practical(speech),
        _people(speech),
        _meetings(speech),
        _house_rules(speech),
        _scale_up(speech),
    )
    text = "\n".join(line for part in parts for line in part)
    return _BLANK_LINES.sub("\n\n", text).rstrip() + "\n"


def _nothing(speech: Speech) -> str:
    return "  " + speech.fixed("Nothing for now.")


def _timeline(speech: Speech) -> Iterator[str]:
    for day, lines in groupby(speech.view.timeline(), key=lambda line: line.on):
        yield speech.weekday(day)
        of_day = tuple(lines)
        for line in of_day:
            yield f"  · {tell(speech, line)}"
        yield from _typed_by(speech, of_day)
        yield ""


def _typed_by(speech: Speech, lines: tuple[TimelineLine, ...]) -> Iterator[str]:
    """Say once for a day who wrote down what others decided."""
    typists = dict.fromkeys(
        line.by for line in lines if line.on_behalf_of not in {None, line.by}
    )
    if typists:
        typed = speech.fixed("written down by {name}")
        yield f"    ({typed.format(name=speech.names(tuple(typists)))})"


def _plain(said: str) -> str:
    """Keep signs in people's own words from becoming markup."""
    return _OPENING.sub(r"\1\2\\\3", _MARKUP.sub(r"\\\1", one_line(said)))


def _named(speech: Speech, *people: PersonId) -> str:
    """Return names, which are people's own words too."""
    return _plain(speech.names(people))


def _heading(speech: Speech, text: str) -> list[str]:
    return ["", f"## {speech.fixed(text)}", ""]


def _title(speech: Speech) -> Iterator[str]:
    view = speech.view
    own = speech.words(view.group.name)
    whose = speech.fixed("The plan of {name}")
    title = own or whose.format(name=speech.name(view.group.client))
    yield f"# {_plain(title)}"
    yield ""
    phase = view.phase()
    if phase is not None:
        said = speech.fixed("On {day}. Phase: {phase}.")
        name = phase.wording.said_in(speech.language)
        yield said.format(day=speech.day(view.on), phase=name)


def _successes(speech: Speech) -> Iterator[str]:
    successes = speech.view.group.successes
    if not successes:
        return
    yield from _heading(speech, "What went well")
    for success in reversed(successes):
        said = _plain(speech.words(success.words))
        yield f"- “{said}” — {_named(speech, success.by)}, {speech.day(success.on)}"


def _goals(speech: Speech) -> Iterator[str]:
    goals = speech.view.group.goals
    if goals:
        yield from _heading(speech, "Goals")
    for goal in goals:
        yield f"### {_plain(speech.words(goal.words))}"
        yield ""
        yield from _about_goal(speech, goal)
        yield from _agreements(speech, goal)
        yield ""


def _about_goal(speech: Speech, goal: Goal) -> Iterator[str]:
    kind = f"{speech.code(goal.term)}, {speech.code(goal.dimension)}"
    state = speech.code(goal.status)
    if goal.reviews:
        review = goal.reviews[-1]
        state += f"; {speech.day(review.on)}: {speech.code(review.achievement)}"
    yield f"*{kind}* — {state}"
    for version in reversed(goal.versions[:-1]):
        before = speech.fixed("Before that, since {day}: “{words}”")
        words = _plain(speech.words(version.words))
        yield ""
        yield before.format(day=speech.day(version.set_on), words=words)
    yield ""


def _agreements(speech: Speech, goal: Goal) -> Iterator[str]:
    for agreement in speech.view.group.agreements:
        if goal.id in agreement.goals:
            yield _agreement(speech, agreement)


def _agreement(speech: Speech, agreement: Agreement) -> str:
    now = agreement.now
    until = speech.fixed("until {day}").format(day=speech.day(now.until))
    said = _plain(speech.words(now.words))
    return f"- {_named(speech, *now.owners)}: {said} ({until})"


def _practical(speech: Speech) -> Iterator[str]:
    found = [a for a in speech.view.group.agreements if not a.goals]
    if found:
        yield from _heading(speech, "Practical agreements")
    for agreement in found:
        yield _agreement(speech, agreement)


def _people(speech: Speech) -> Iterator[str]:
    group, day = speech.view.group, speech.view.on
    members = group.members_on(day)
    yield from _heading(speech, "Who is in the group")
    yield f"- {_named(speech, group.client)} ({speech.code('client')})"
    for person in members:
        roles = [r.role for r in group.roles if r.person == person and r.runs_on(day)]
        said = [speech.code(role) for role in roles]
        name, relation = _named(speech, person), _relation(speech, person)
        about = ", ".join(part for part in (relation, *said) if part)
        yield f"- {name}" + (f" ({_plain(about)})" if about else "")


def _relation(speech: Speech, person: PersonId) -> str:
    """Return who somebody is to the client, unless the name says so already."""
    said = speech.words(speech.view.group.person(person).relation)
    return "" if said == speech.name(person) else said


def _meetings(speech: Speech) -> Iterator[str]:
    planned = speech.view.group.planned()
    if planned:
        yield from _heading(speech, "Next meeting")
    for meeting in planned:
        yield from _meeting(speech, meeting)


def _meeting(speech: Speech, meeting: Meeting) -> Iterator[str]:
    kind = speech.code(f"meeting_kind.{meeting.kind}")
    day = speech.weekday(meeting.planned_for) if meeting.planned_for else ""
    hour = f", {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
    place = _plain(speech.words(meeting.place))
    yield f"- {kind}: {day}{hour}" + (f", {place}" if place else "")
    for item in meeting.agenda:
        yield f"  - {_plain(speech.words(item.words)) or speech.code(item.topic)}"


def _house_rules(speech: Speech) -> Iterator[str]:
    rules = speech.view.group.house_rules
    if rules:
        yield from _heading(speech, "How we deal with one another")
        for rule in rules[-1].rules:
            yield f"- {_plain(speech.words(rule))}"


def _scale_up(speech: Speech) -> Iterator[str]:
    agreements = speech.view.group.scale_ups
    if agreements:
        yield from _heading(speech, "How help returns")
    for agreement in agreements:
        yield _plain(speech.words(agreement.words))
        yield ""
        for promise in agreement.promises:
            said = _plain(speech.words(promise.words))
            yield f"- {_named(speech, promise.by)}: {said}"
        yield ""
