"""What every filling uses: the people and items that a line is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from rgcore.access import TimelineLine
from rgcore.domain.ids import Kind, PersonId
from rgcore.domain.items import HasId
from rgcore.domain.text import Text
from rgcore.render.speech import Speech

Places = dict[str, str]
"""What stands in the places of a sentence; an empty string means nothing to say."""

Filling = Callable[[Speech, TimelineLine], Places]

ItemT = TypeVar("ItemT", bound=HasId)

LONGEST_QUOTE: Final = 120
"""Characters of people's own words that a line quotes. A default of ours."""


def touched(items: tuple[ItemT, ...], line: TimelineLine) -> ItemT | None:
    """Return the item of these that a line is about; `None` if it is not there.

    Args:
        items: Items of one kind.
        line: The line.
    """
    return next((item for item in items if item.id in line.touched), None)


def people(speech: Speech, line: TimelineLine) -> tuple[PersonId, ...]:
    """Return the people a line is about, the client first.

    Args:
        speech: Knows the group.
        line: The line.
    """
    group = speech.view.group
    known = {group.known_as(PersonId(item)) for item in line.touched}
    found = [PersonId(p) for p in group.ids(Kind.PERSON) if p in known]
    return tuple(sorted(found, key=lambda person: person != group.client))


def called(speech: Speech, named: tuple[PersonId, ...]) -> Places:
    """Return `name` for one person and `names` for several, so that verbs agree.

    Args:
        speech: Says the names.
        named: The people.
    """
    return {"name" if len(named) == 1 else "names": speech.names(named)}


def those(speech: Speech, line: TimelineLine) -> Places:
    """Return `name` or `names` of the people a line is about.

    Args:
        speech: Says the names.
        line: The line.
    """
    return called(speech, people(speech, line))


def quote(speech: Speech, text: Text | None) -> str:
    """Return people's own words where they are short enough to quote.

    Args:
        speech: Says the words.
        text: The words.
    """
    said = speech.words(text)
    return said if len(said) <= LONGEST_QUOTE else ""


def day_after(speech: Speech, day: date | None, line: TimelineLine) -> str:
    """Return a day if it lies after the day of a line.

    Args:
        speech: Says it.
        day: The day, if there is one.
        line: The line.
    """
    return speech.day(day) if day is not None and day > line.on else ""
