"""The group as frozen pydantic models, field for field as in ``values``."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Person(_Frozen):
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


class Agreement(_Frozen):
    """Who does what for a goal, and by when."""

    id: str
    subject: str
    status: str
    due_on: date
    words: str


class Goal(_Frozen):
    """A goal in the client's words, with its agreements."""

    id: str
    subject: str
    domain: str
    status: str
    set_on: date
    words: str
    help: str
    agreements: tuple[Agreement, ...]


class AgendaItem(_Frozen):
    """One item on a meeting's agenda."""

    id: str
    subject: str
    duration: int
    words: str


class Minute(_Frozen):
    """One paragraph of a meeting's minutes."""

    id: str
    subject: str
    words: str


class Meeting(_Frozen):
    """A meeting that was held."""

    id: str
    held_on: date
    place: str
    present: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    minutes: tuple[Minute, ...]


class Step(_Frozen):
    """A step of the method that was done."""

    id: str
    subject: str
    code: str
    done_on: date
    done_by: str
    words: str


class Measure(_Frozen):
    """A measure or a success."""

    id: str
    subject: str
    kind: str
    on: date
    score: int | None
    words: str


class Group(_Frozen):
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
