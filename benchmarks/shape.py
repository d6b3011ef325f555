"""One resource group as plain data: the content that every side is measured with.

Eight members, six goals with eighteen agreements, eight meetings with agenda and
minutes, thirty steps and ten measures or successes: about 19 KB of JSON. Names and
words are invented, the same on every run. ``plain_group`` gives it whole;
``split`` gives it as rgcore stores it: a skeleton of ids, codes and dates, and the
words of each data subject apart.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

Plain = dict[str, Any]
Leaves = dict[str, dict[str, str]]

INSTITUTION = "example-care"
GROUP = "group-0001"
CLIENT = "person-0"
PROFESSIONAL = "professional-1"
CHANGED_GOAL = "goal-2"
STATUSES = ("running", "reached")

# What is said by or about a person; all else in an item is an id, a code or a date.
SAID = frozenset({"name", "relation", "born", "contact", "words", "help"})

_NAMES = (
    "Jikke Veldstra",
    "Bram Oosterling",
    "Fenna Duinhof",
    "Sietse Wolderink",
    "Noor el Amrani",
    "Thijs Kwakkelaar",
    "Marit Zonneveldt",
    "Anouk Brinksma",
    "Joris van der Hemel",
)
_RELATIONS = (
    "zelf",
    "moeder",
    "broer",
    "buurvrouw",
    "vriend",
    "tante",
    "oud-collega",
    "partner",
    "ervaringsdeskundige",
)
_FILLER = (
    "samen één keer per week wandelen naar het park en daarna koffie drinken bij "
    "de buren omdat rust helpt als de nacht kort was en iemand even belt over "
    "eten vrienden werk muziek de hond of een brief die nog open ligt we spreken "
    "af wie meegaat wat goed ging wat lastig blijft hoe het huis weer fijn wordt "
    "met kleine stappen ideeën een vaste dag coördinatie door zus of maat en tijd "
    "om op adem te komen zonder haast"
)
_WORDS = _FILLER.split()
_DOMAINS = ("home", "work", "contact", "health", "money", "meaning")
_FIRST_DAY = date(2024, 3, 4)


class _Author:
    """Draws filler words, dates and people from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - filler, not a secret

    def sentence(self, length: int) -> str:
        """Return words of about ``length`` characters."""
        words: list[str] = []
        while sum(map(len, words)) + len(words) < length:
            words.append(self._random.choice(_WORDS))
        return " ".join(words).capitalize() + "."

    def person(self) -> str:
        """Return the id of one of the nine data subjects."""
        return f"person-{self._random.randrange(len(_NAMES))}"


def _day(number: int) -> str:
    return (_FIRST_DAY + timedelta(days=number)).isoformat()


def _person(author: _Author, number: int) -> Plain:
    return {
        "id": f"person-{number}",
        "subject": f"person-{number}",
        "role": "client" if number == 0 else "member",
        "since": _day(7 * number),
        "name": _NAMES[number],
        "relation": _RELATIONS[number],
        "born": f"19{60 + 4 * number}-05-1{number}",
        "contact": f"06-0000{1000 + 7 * number}",
        "words": author.sentence(40),
    }


def _agreement(author: _Author, goal: int, number: int) -> Plain:
    return {
        "id": f"agreement-{goal}-{number}",
        "subject": author.person(),
        "status": "agreed",
        "due_on": _day(60 + 9 * goal + number),
        "words": author.sentence(50),
    }


def _goal(author: _Author, number: int) -> Plain:
    return {
        "id": f"goal-{number}",
        "subject": CLIENT,
        "domain": _DOMAINS[number],
        "status": STATUSES[0],
        "set_on": _day(20 + number),
        "words": author.sentence(70),
        "help": author.sentence(50),
        "agreements": [_agreement(author, number, n) for n in range(3)],
    }


def _agenda_item(author: _Author, meeting: int, number: int) -> Plain:
    return {
        "id": f"agenda-{meeting}-{number}",
        "subject": author.person(),
        "duration": 10 + 5 * number,
        "words": author.sentence(28),
    }


def _minute(author: _Author, meeting: int, number: int) -> Plain:
    return {
        "id": f"minute-{meeting}-{number}",
        "subject": author.person(),
        "words": author.sentence(85),
    }


def _meeting(author: _Author, number: int) -> Plain:
    return {
        "id": f"meeting-{number}",
        "held_on": _day(30 + 42 * number),
        "place": "home",
        "present": [f"person-{n}" for n in range(number % 3, 9, 2)],
        "agenda": [_agenda_item(author, number, n) for n in range(3)],
        "minutes": [_minute(author, number, n) for n in range(2)],
    }


def _step(author: _Author, number: int) -> Plain:
    return {
        "id": f"step-{number}",
        "subject": author.person(),
        "code": f"base.step-{number % 12}",
        "done_on": _day(5 + 11 * number),
        "done_by": PROFESSIONAL,
        "words": author.sentence(42),
    }


def _measure(author: _Author, number: int) -> Plain:
    return {
        "id": f"measure-{number}",
        "subject": author.person(),
        "kind": "success" if number % 2 else "measure",
        "on": _day(15 + 30 * number),
        "score": None if number % 2 else number,
        "words": author.sentence(50),
    }


def plain_group(seed: int = 1) -> Plain:
    """Return the whole group as dicts, lists, strings and integers."""
    author = _Author(seed)
    return {
        "id": GROUP,
        "institution": INSTITUTION,
        "phase": 4,
        "started_on": _day(0),
        "client": _person(author, 0),
        "members": [_person(author, n) for n in range(1, 9)],
        "goals": [_goal(author, n) for n in range(6)],
        "meetings": [_meeting(author, n) for n in range(8)],
        "steps": [_step(author, n) for n in range(30)],
        "measures": [_measure(author, n) for n in range(10)],
    }


def other_status(status: str) -> str:
    """Return the status that the measured change gives a goal that has this one."""
    return STATUSES[status == STATUSES[0]]


def turned(words: str) -> str:
    """Return other words of the same length: the measured change lets nothing grow."""
    return words[1:] + words[:1]


def subjects(group: Plain) -> tuple[str, ...]:
    """Return the ids of the nine people about whom something is said."""
    return (CLIENT, *(member["id"] for member in group["members"]))


def split(group: Plain) -> tuple[Plain, Leaves]:
    """Return the skeleton, and the words of each data subject by text id."""
    leaves: Leaves = {subject: {} for subject in subjects(group)}
    return _stripped(group, leaves), leaves


def _stripped(item: Plain, leaves: Leaves) -> Plain:
    return dict(_stripped_fields(item, leaves))


def _stripped_fields(item: Plain, leaves: Leaves) -> Iterator[tuple[str, object]]:
    for field, value in item.items():
        if field in SAID:
            text = f"{item['id']}.{field}"
            leaves[item["subject"]][text] = value
            yield field, text
        else:
            yield field, _stripped_value(value, leaves)


def _stripped_value(value: object, leaves: Leaves) -> object:
    if isinstance(value, dict):
        return _stripped(value, leaves)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_stripped_value(part, leaves) for part in value]
    return value
