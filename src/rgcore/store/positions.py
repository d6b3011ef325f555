"""The place of each entry among all entries of an institution.

Whoever reads on from a position must never miss an entry that was given a lower
one and committed later. On SQLite there is one writer at a time, so the next
position is the highest and one. On PostgreSQL positions come from a sequence, and a
writer that draws one shows, by a lock that nobody waits for, from where on it has
not finished; readers stay below the lowest of those marks. A number of a transaction
would do as well until a backup is put back into another server, where those begin
again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from sqlalchemy import Connection, bindparam, func, select, text

from rgcore.store.engines import Database, Prepared
from rgcore.store.tables import JOURNAL


class Positions(Protocol):
    """Gives positions and tells up to which all are known."""

    def take(self, connection: Connection, count: int) -> Sequence[int]:
        """Return so many new positions, ascending.

        Args:
            connection: The transaction that will write entries at them.
            count: How many.
        """

    def settled(self) -> int | None:
        """Return up to which position nothing can come in any more.

        `None` says that there is no such end: all that can be read may be read.
        """


class SqlitePositions:
    """Positions under SQLite's one write lock."""

    def __init__(self, database: Database, institution: str) -> None:
        last = select(func.coalesce(func.max(JOURNAL.c.position), 0)).where(
            JOURNAL.c.institution_id == bindparam("institution")
        )
        self._institution = institution
        self._last = Prepared(database, last)

    def take(self, connection: Connection, count: int) -> Sequence[int]:
        """Return the positions behind the last."""
        found = self._last.within(connection, institution=self._institution)
        last = int(found.fetchone()[0])
        return range(last + 1, last + 1 + count)

    def settled(self) -> int | None:
        """Return `None`: who writes has the lock, and is not read before it commits."""
        return None


class PostgresqlPositions:
    """Positions from a sequence, with a mark of each writer that has not finished."""

    def __init__(self, database: Database) -> None:
        self._take = Prepared(database, text(_TAKE))
        self._highest = Prepared(database, text(_HIGHEST))
        self._lowest_mark = Prepared(database, text(_LOWEST_MARK))

    def take(self, connection: Connection, count: int) -> Sequence[int]:
        """Return positions, after leaving a mark below them until the end."""
        found = self._take.within(connection, count=count)
        return sorted(int(row[0]) for row in found.fetchall())

    def settled(self) -> int | None:
        """Return the highest position below every mark.

        The order matters: a writer whose mark is not seen yet draws its position
        after the highest was read, and lies above it.
        """
        highest = int(self._highest.one()[0])
        (mark,) = self._lowest_mark.one()
        return highest if mark is None else min(highest, int(mark))


def positions_of(database: Database, institution: str) -> Positions:
    """Return what gives positions in a database.

    Args:
        database: Where the journal lies.
        institution: Whose entries are counted.
    """
    if database.engine.dialect.name == "postgresql":
        return PostgresqlPositions(database)
    return SqlitePositions(database, institution)


# `last_value` is the last position drawn, and the first to come as long as none was.
_HIGHEST: Final = """
SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM journal_position_seq
"""

# 21063 (0x5247) in the upper 16 of 64 bits tells our marks from the advisory locks of
# other programs. `OFFSET 0` keeps the planner from drawing before the mark is there.
_TAKE: Final = """
SELECT nextval('journal_position_seq')
FROM (
    SELECT pg_advisory_xact_lock_shared(
        (21063::bigint << 48)
        | (last_value - CASE WHEN is_called THEN 0 ELSE 1 END)
    )
    FROM journal_position_seq OFFSET 0
) AS mark, generate_series(1, CAST(:count AS integer))
"""

_LOWEST_MARK: Final = """
SELECT min(key & ((1::bigint << 48) - 1))
FROM (
    SELECT (classid::bigint << 32) | objid::bigint AS key
    FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS marks
WHERE key >> 48 = 21063
"""
