"""Pages in plain text and Markdown: timeline, what comes next, the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from rgcore.access import TimelineLine, View
from rgcore.domain.findings import Prompt
from rgcore.render.plan import care, goals, opening, people, settings, table
from rgcore.render.speech import Speech
from rgcore.render.telling import tell

_BLANK_LINES: Final = re.compile(r"\n{3,}")

_PLAN: Final[tuple[Callable[[Speech], Iterator[str]], ...]] = (
    opening.title,
    goals.successes,
    goals.goals,
    goals.practical,
    goals.for_others,
    people.members,
    people.involved,
    table.next_meeting,
    table.contact,
    table.house_rules,
    table.decisions,
    table.themes,
    care.signalling,
    care.crisis_card,
    care.scale_up,
    care.around,
    settings.sections,
    people.thanks,
)
"""The parts of the plan. What went well stands first, a thank-you last."""


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
    text = "\n".join(line for part in _PLAN for line in part(speech))
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
