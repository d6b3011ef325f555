"""SQLAlchemy ORM over nine relational tables, and a journal beside them.

As a competent person maps it: relationships loaded by ``selectinload``, one short
session for each piece of work, a version counter against lost updates. Nothing is
sealed, logged or decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    selectinload,
    sessionmaker,
)

from benchmarks import shape
from benchmarks.harness import Side
from benchmarks.peers.sqlite import open_engine


class Base(DeclarativeBase):
    """The declarative base of the ten tables."""


class GroupRow(Base):
    """The group and its client."""

    __tablename__ = "groups"
    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    institution: Mapped[str]
    phase: Mapped[int]
    started_on: Mapped[date]
    client_name: Mapped[str]
    client_relation: Mapped[str]
    client_born: Mapped[str]
    client_contact: Mapped[str]
    client_words: Mapped[str]
    members: Mapped[list[MemberRow]] = relationship()
    goals: Mapped[list[GoalRow]] = relationship()
    meetings: Mapped[list[MeetingRow]] = relationship()
    steps: Mapped[list[StepRow]] = relationship()
    measures: Mapped[list[MeasureRow]] = relationship()
    # Children change without their group's row; so ``_change`` counts by itself.
    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy's form
        "version_id_col": version,
        "version_id_generator": False,
    }


class MemberRow(Base):
    """One member."""

    __tablename__ = "members"
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), index=True)
    subject: Mapped[str]
    role: Mapped[str]
    since: Mapped[date]
    name: Mapped[str]
    relation: Mapped[str]
    born: Mapped[str]
    contact: Mapped[str]
    words: Mapped[str]


class GoalRow(Base):
    """One goal."""

    __tablename__ = "goals"
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), index=True)
    subject: Mapped[str]
    domain: Mapped[str]
    status: Mapped[str]
    set_on: Mapped[date]
    words: Mapped[str]
    help: Mapped[str]
    agreements: Mapped[list[AgreementRow]] = relationship()


class AgreementRow(Base):
    """One agreement under a goal."""

    __tablename__ = "agreements"
    id: Mapped[str] = mapped_column(primary_key=True)
    goal_id: Mapped[str] = mapped_column(ForeignKey("goals.id"), index=True)
    subject: Mapped[str]
    status: Mapped[str]
    due_on: Mapped[date]
    words: Mapped[str]


class MeetingRow(Base):
    """One meeting; who was present is kept as ids in one column."""

    __tablename__ = "meetings"
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), index=True)
    held_on: Mapped[date]
    place: Mapped[str]
    present: Mapped[str]
    agenda: Mapped[list[AgendaRow]] = relationship()
    minutes: Mapped[list[MinuteRow]] = relationship()


class AgendaRow(Base):
    """One item on an agenda."""

    __tablename__ = "agenda_items"
    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), index=True)
    subject: Mapped[str]
    duration: Mapped[int]
    words: Mapped[str]


class MinuteRow(Base):
    """One paragraph of minutes."""

    __tablename__ = "minutes"
    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), index=True)
    subject: Mapped[str]
    words: Mapped[str]


class StepRow(Base):
    """One step that was done."""

    __tablename__ = "steps"
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), index=True)
    subject: Mapped[str]
    code: Mapped[str]
    done_on: Mapped[date]
    done_by: Mapped[str]
    words: Mapped[str]


class MeasureRow(Base):
    """One measure or success."""

    __tablename__ = "measures"
    id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), index=True)
    subject: Mapped[str]
    kind: Mapped[str]
    on: Mapped[date]
    score: Mapped[int | None]
    words: Mapped[str]


class JournalRow(Base):
    """One line of the journal; no part of the aggregate."""

    __tablename__ = "journal"
    seq: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str]
    type: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[datetime]
    body: Mapped[str]


_Row = TypeVar("_Row")

_SELECT_WHOLE = (
    select(GroupRow)
    .where(GroupRow.id == shape.GROUP)
    .options(
        selectinload(GroupRow.members),
        selectinload(GroupRow.goals).selectinload(GoalRow.agreements),
        selectinload(GroupRow.meetings).options(
            selectinload(MeetingRow.agenda), selectinload(MeetingRow.minutes)
        ),
        selectinload(GroupRow.steps),
        selectinload(GroupRow.measures),
    )
)
_DATES = frozenset({"since", "due_on", "set_on", "held_on", "done_on", "on"})


class Store:
    """One SQLite file with one group in nine tables."""

    def __init__(self, folder: Path) -> None:
        engine = open_engine(folder / "orm.sqlite")
        Base.metadata.create_all(engine)
        self._session: Callable[[], Session] = sessionmaker(engine)
        with self._session() as session:
            session.add(_group_row(shape.plain_group()))
            session.commit()

    def eager_load(self) -> GroupRow:
        """Load the whole aggregate."""
        with self._session() as session:
            return session.scalars(_SELECT_WHOLE).one()

    def load_change_flush(self) -> None:
        """Load the whole aggregate, change one goal, add a journal line, commit."""
        with self._session() as session:
            group = session.scalars(_SELECT_WHOLE).one()
            goal = next(g for g in group.goals if g.id == shape.CHANGED_GOAL)
            _change(session, group, goal)

    def minimal_update(self) -> None:
        """Do the same with the two rows that it takes: no children are loaded."""
        with self._session() as session:
            group = session.get_one(GroupRow, shape.GROUP)
            _change(session, group, session.get_one(GoalRow, shape.CHANGED_GOAL))


def _change(session: Session, group: GroupRow, goal: GoalRow) -> None:
    goal.status = shape.other_status(goal.status)
    goal.words = shape.turned(goal.words)
    # The goal's row alone would let two writers pass each other.
    group.version += 1
    session.add(_journal_row(goal))
    session.commit()


def _journal_row(goal: GoalRow) -> JournalRow:
    return JournalRow(
        group_id=shape.GROUP,
        type="goal_changed",
        actor=shape.PROFESSIONAL,
        recorded_at=datetime.now(UTC),
        body=f'{{"goal": "{goal.id}", "words": "{goal.words}"}}',
    )


def _group_row(plain: shape.Plain) -> GroupRow:
    said = ("name", "relation", "born", "contact", "words")
    return GroupRow(
        id=plain["id"],
        version=1,
        institution=plain["institution"],
        phase=plain["phase"],
        started_on=date.fromisoformat(plain["started_on"]),
        **{f"client_{field}": plain["client"][field] for field in said},
        members=_rows(MemberRow, plain["members"]),
        goals=[_goal_row(goal) for goal in plain["goals"]],
        meetings=[_meeting_row(meeting) for meeting in plain["meetings"]],
        steps=_rows(StepRow, plain["steps"]),
        measures=_rows(MeasureRow, plain["measures"]),
    )


def _goal_row(plain: shape.Plain) -> GoalRow:
    agreements = _rows(AgreementRow, plain["agreements"])
    return _row(GoalRow, plain | {"agreements": agreements})


def _meeting_row(plain: shape.Plain) -> MeetingRow:
    parts = {
        "present": " ".join(plain["present"]),
        "agenda": _rows(AgendaRow, plain["agenda"]),
        "minutes": _rows(MinuteRow, plain["minutes"]),
    }
    return _row(MeetingRow, plain | parts)


def _rows(kind: Callable[..., _Row], items: Iterable[shape.Plain]) -> list[_Row]:
    return [_row(kind, item) for item in items]


def _row(kind: Callable[..., _Row], item: shape.Plain) -> _Row:
    return kind(**{field: _value(field, value) for field, value in item.items()})


def _value(field: str, value: object) -> object:
    return date.fromisoformat(str(value)) if field in _DATES else value


def eager_load(folder: Path) -> Side:
    """Measure loading the aggregate with all its children."""
    return Side("ORM, eager load of the aggregate", Store(folder).eager_load)


def load_change_flush(folder: Path) -> Side:
    """Measure loading the aggregate, changing one goal and flushing."""
    return Side("ORM, load-change-flush", Store(folder).load_change_flush)


def minimal_update(folder: Path) -> Side:
    """Measure the same change without loading the children."""
    return Side("ORM, minimal update", Store(folder).minimal_update)
