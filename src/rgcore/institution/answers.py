"""What an institution answers."""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from rgcore.domain.changes.settings import Difference
from rgcore.domain.findings import Decision
from rgcore.domain.ids import GroupId, PersonId, TeamId
from rgcore.domain.journal import Entry
from rgcore.store import Due, EntryHeader, Fault


@frozen(kw_only=True)
class Behind:
    """A group that goes by another composition than that of today.

    Attributes:
        group: The group.
        composition: The composition that it is pinned to, by its digest.
        differences: How today's differs from it, part by part.
        lost: Rules of it whose functions nobody brings any more; they are silent.
    """

    group: GroupId
    composition: str
    differences: tuple[Difference, ...]
    lost: tuple[str, ...]


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
        format: The format of the store; an older one can be read, not written.
    """

    groups: int
    entries: int
    last_recorded_at: datetime | None
    stale: int
    method: str
    format: int


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


@frozen(kw_only=True)
class Examined:
    """What was found in the store, and how far one can see.

    Attributes:
        groups: How many groups were looked at.
        faults: Everything that is not as it was recorded.
        has_anchors: Whether the configuration names a file with anchors.
        last_anchor: When one of these groups was last anchored, in UTC; `None` if none
            of them ever was.
        rows_after: How many rows stand behind the last anchor of their group. They
            could be cut off, together with the document, and nobody would see it.
    """

    groups: int
    faults: tuple[Fault, ...]
    has_anchors: bool
    last_anchor: datetime | None
    rows_after: int


@frozen(kw_only=True)
class Anchored:
    """What was anchored and what was not.

    Attributes:
        groups: The groups whose journal went on and is anchored now.
        faults: Why others were not: an anchor would make a forgery look right.
    """

    groups: tuple[GroupId, ...]
    faults: tuple[Fault, ...]
