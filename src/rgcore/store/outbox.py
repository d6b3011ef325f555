"""The outbox: which groups have something new for which record system.

A row says from which entry on a group was not brought to a connection yet. It holds
ids and numbers only: what to bring is read from the group when it is brought, so
that nothing waits here that was corrected, withdrawn or erased meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, update

from rgcore.domain.ids import GroupId
from rgcore.store.engines import Database, Prepared
from rgcore.store.tables import OUTBOX


class Outbox:
    """Notes what is new, in the transaction that records it."""

    def __init__(
        self, database: Database, institution: str, connections: Sequence[str]
    ) -> None:
        self._institution = institution
        self._connections = tuple(connections)
        columns = OUTBOX.c
        here = (
            columns.institution_id == bindparam("institution"),
            columns.connection_id == bindparam("system"),
            columns.group_id == bindparam("group"),
        )
        later = update(OUTBOX).where(*here).values(last_seq=bindparam("last"))
        self._later = Prepared(database, later)
        self._insert = Prepared(
            database,
            insert(OUTBOX).values(
                institution_id=bindparam("institution"),
                connection_id=bindparam("system"),
                group_id=bindparam("group"),
                since_seq=bindparam("first"),
                last_seq=bindparam("last"),
            ),
        )

    def note(
        self, connection: Connection, group: GroupId, first: int, last: int
    ) -> None:
        """Note that entries are new for every connection.

        Whoever records holds the group's document, so that nobody notes another
        entry of it meanwhile.

        Args:
            connection: The transaction that records them.
            group: Whose entries.
            first: The first.
            last: The last.
        """
        for name in self._connections:
            ids = {"institution": self._institution, "system": name, "group": group}
            known = self._later.within(connection, **ids, last=last)
            if known.rowcount == 0:
                self._insert.within(connection, **ids, first=first, last=last)
