"""The eventsourcing library: an aggregate replayed from 84 events, no snapshot.

As its manual writes it: an ``Aggregate`` with ``@event`` methods, the JSON
transcoder, the library's own SQLite recorder, no cache. The library leaves SQLite at
synchronous=FULL; here it gets NORMAL, as every side does.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from benchmarks import shape
from benchmarks.harness import Side

EVENTS = 84


class GroupAggregate(Aggregate):
    """The group, as the sum of its events."""

    @event("Started")
    def __init__(self, client: shape.Plain, started_on: str) -> None:
        """Start with the client and nobody else."""
        self.client = client
        self.started_on = started_on
        self.phase = 1
        self.members: list[shape.Plain] = []
        self.goals: dict[str, shape.Plain] = {}
        self.meetings: list[shape.Plain] = []
        self.steps: list[shape.Plain] = []
        self.measures: list[shape.Plain] = []

    @event("PhaseOpened")
    def open_phase(self, phase: int) -> None:
        """Open a phase."""
        self.phase = phase

    @event("MemberJoined")
    def join(self, member: shape.Plain) -> None:
        """Add a member."""
        self.members.append(member)

    @event("GoalSet")
    def set_goal(self, goal: shape.Plain) -> None:
        """Add a goal without agreements."""
        self.goals[goal["id"]] = {**goal, "agreements": []}

    @event("Agreed")
    def agree(self, goal_id: str, agreement: shape.Plain) -> None:
        """Add an agreement to a goal."""
        self.goals[goal_id]["agreements"].append(agreement)

    @event("MeetingHeld")
    def meet(self, meeting: shape.Plain) -> None:
        """Add a meeting with its agenda and minutes."""
        self.meetings.append(meeting)

    @event("StepDone")
    def do_step(self, step: shape.Plain) -> None:
        """Add a step."""
        self.steps.append(step)

    @event("Measured")
    def measure(self, measure: shape.Plain) -> None:
        """Add a measure or success."""
        self.measures.append(measure)

    @event("GoalChanged")
    def change_goal(self, goal_id: str, status: str, words: str) -> None:
        """Give a goal another status and other words."""
        self.goals[goal_id] |= {"status": status, "words": words}


class Store:
    """One SQLite file with the events of one group."""

    def __init__(self, folder: Path) -> None:
        self._application: Application[UUID] = Application(_environment(folder))
        self._set_synchronous_to_normal()
        group = _grown(shape.plain_group())
        self._application.save(group)
        self._id = group.id
        self._check_length(group.version)

    def replay(self) -> GroupAggregate:
        """Load the aggregate from its events."""
        group: GroupAggregate = self._application.repository.get(self._id)
        return group

    def save_one_more(self) -> None:
        """Load the aggregate, change one goal, save the event."""
        group = self.replay()
        goal = group.goals[shape.CHANGED_GOAL]
        status, words = shape.other_status(goal["status"]), shape.turned(goal["words"])
        group.change_goal(shape.CHANGED_GOAL, status, words)
        self._application.save(group)

    def forget_what_was_added(self) -> None:
        """Leave 84 events again, over the connection that saved the last one.

        Another connection would make SQLite drop the library's page cache.
        """
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "DELETE FROM stored_events WHERE originator_version > ?", (EVENTS,)
            )

    @property
    def _datastore(self) -> SQLiteDatastore:
        recorder = self._application.recorder
        if not isinstance(recorder, SQLiteApplicationRecorder):
            message = "the library did not take SQLite"
            raise TypeError(message)
        return recorder.datastore

    def _set_synchronous_to_normal(self) -> None:
        # The pool holds one connection, so this one is all there are.
        with self._datastore.get_connection(commit=True) as connection:
            connection.cursor().execute("PRAGMA synchronous=NORMAL")

    def _check_length(self, events: int) -> None:
        if events != EVENTS:
            message = f"the aggregate has {events} events, not {EVENTS}"
            raise ValueError(message)


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(folder / "events.sqlite"),
        "SQLITE_POOL_SIZE": "1",
        "SQLITE_MAX_OVERFLOW": "0",
    }


def _grown(plain: shape.Plain) -> GroupAggregate:
    group = GroupAggregate(plain["client"], plain["started_on"])
    for phase in range(2, plain["phase"] + 1):
        group.open_phase(phase)
    for goal in plain["goals"]:
        _add_goal(group, goal)
    _add_each(group, plain)
    return group


def _add_goal(group: GroupAggregate, goal: shape.Plain) -> None:
    group.set_goal({**goal, "agreements": []})
    for agreement in goal["agreements"]:
        group.agree(goal["id"], agreement)


def _add_each(group: GroupAggregate, plain: shape.Plain) -> None:
    for part, add in (
        ("members", group.join),
        ("meetings", group.meet),
        ("steps", group.do_step),
        ("measures", group.measure),
    ):
        for item in plain[part]:
            add(item)


def replay(folder: Path) -> Side:
    """Measure loading the aggregate from 84 events."""
    return Side("eventsourcing, 84 events, no snapshot", Store(folder).replay)


def save_one_more(folder: Path) -> Side:
    """Measure loading the aggregate and saving one more event."""
    store = Store(folder)
    return Side(
        "eventsourcing, 84 events, save one more",
        store.save_one_more,
        reset=store.forget_what_was_added,
    )
