"""The group as neutral frozen attrs classes, without any of rgcore's code.

The same classes hold the whole group (``shape.plain_group``) and its skeleton
(``shape.split``), where every text is the id under which a leaf has the words.
"""

from __future__ import annotations

from datetime import date

import attrs


@attrs.frozen
class Person:
    """The client or a member."""

    id: str
    subject: str
    role: str
    since: date
    name: str
    relation: str
    born: str
    contact: str
    words: str


@attrs.frozen
class Agreement:
    """Who does what for a goal, and by when."""

    id: str
    subject: str
    status: str
    due_on: date
    words: str


@attrs.frozen
class Goal:
    """A goal in the client's words, with its agreements."""

    id: str
    subject: str
    domain: str
    status: str
    set_on: date
    words: str
    help: str
    agreements: tuple[Agreement, ...]


@attrs.frozen
class AgendaItem:
    """One item on a meeting's agenda."""

    id: str
    subject: str
    duration: int
    words: str


@attrs.frozen
class Minute:
    """One paragraph of a meeting's minutes."""

    id: str
    subject: str
    words: str


@attrs.frozen
class Meeting:
    """A meeting that was held."""

    id: str
    held_on: date
    place: str
    present: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    minutes: tuple[Minute, ...]


@attrs.frozen
class Step:
    """A step of the method that was done."""

    id: str
    subject: str
    code: str
    done_on: date
    done_by: str
    words: str


@attrs.frozen
class Measure:
    """A measure or a success."""

    id: str
    subject: str
    kind: str
    on: date
    score: int | None
    words: str


@attrs.frozen
class Group:
    """The whole aggregate."""

    id: str
    institution: str
    phase: int
    started_on: date
    client: Person
    members: tuple[Person, ...]
    goals: tuple[Goal, ...]
    meetings: tuple[Meeting, ...]
    steps: tuple[Step, ...]
    measures: tuple[Measure, ...]


@attrs.frozen
class Leaf:
    """What is said by or about one person: words by text id."""

    words: dict[str, str]
