"""What an institution answers."""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from rgcore.domain.findings import Decision
from rgcore.domain.ids import GroupId, PersonId, TeamId
from rgcore.domain.journal import Entry
from rgcore.store import Due, EntryHeader


@frozen(kw_only=True)
class Recorded:
    """What was recorded.

    Attributes:
        group: The group.
        seq: How many changes it has now.
        entries: The entries that were added; none if all were recorded before.
        decision: What the method said of them; nothing in it blocks.
    """

    group: GroupId
    seq: int
    entries: tuple[Entry, ...]
    decision: Decision


@frozen(kw_only=True)
class Imported:
    """What came of importing a group.

    Attributes:
        group: The group.
        client: Whose group it is, by their id here.
        seq: How many changes it has now.
        imported: Whether it came in now; false if the same file was imported before.
    """

    group: GroupId
    client: PersonId
    seq: int
    imported: bool


@frozen(kw_only=True)
class Status:
    """How an institution's store stands, for monitoring. Counts and dates only.

    Attributes:
        groups: How many groups there are.
        entries: How many changes were recorded.
        last_recorded_at: When the last was, in UTC; `None` if there is none.
        stale: How many rows of the index `reindex` would compute anew.
        method: Digest of today's method.
    """

    groups: int
    entries: int
    last_recorded_at: datetime | None
    stale: int
    method: str


@frozen(kw_only=True)
class DueList:
    """A team's groups that ask for attention on a day.

    Attributes:
        team: The team.
        on: The day.
        groups: The longest open first; rows of another method before them.
    """

    team: TeamId
    on: date
    groups: tuple[Due, ...]


@frozen(kw_only=True)
class EntryHeaders:
    """What stands in clear of a stretch of entries.

    Attributes:
        headers: In the order of recording.
        cursor: Where to go on: pass it as `after`.
    """

    headers: tuple[EntryHeader, ...]
    cursor: int
