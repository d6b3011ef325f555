"""The access log: one committed line for each view, before the answer leaves.

A line holds opaque ids and codes only. It has its own file and a short
transaction of its own; a crash may leave one line too many and never one too few.
"""

from __future__ import annotations

from datetime import datetime

from attrs import frozen
from sqlalchemy import insert, select

from rgcore.domain.actor import Actor
from rgcore.domain.ids import Code, GroupId, PersonId
from rgcore.store.engines import Database, Prepared
from rgcore.store.tables import ACCESS_LINE


@frozen(kw_only=True)
class Line:
    """One line of the access log.

    Attributes:
        id: Opaque.
        at: When, in UTC.
        event: What was asked for: `view`, `attention`, `export` of what the reader
            may see, `export_whole`, `import`.
        outcome: `shown` or `refused`; for an import, `allowed` or `refused`.
        reader: Who.
        purpose: Why.
        on_behalf_of: For whom, if somebody else.
        group: Which group; `None` for a list of groups.
    """

    id: str
    at: datetime
    event: Code
    outcome: Code
    reader: PersonId
    purpose: Code
    on_behalf_of: PersonId | None = None
    group: GroupId | None = None

    @classmethod
    def of(
        cls,
        actor: Actor,
        *,
        id_: str,
        event: str,
        outcome: str,
        at: datetime,
        group: GroupId | None,
    ) -> Line:
        """Return the line of what somebody asked for."""
        return cls(
            id=id_,
            at=at,
            event=Code(event),
            outcome=Code(outcome),
            reader=actor.who,
            purpose=actor.purpose,
            on_behalf_of=actor.on_behalf_of,
            group=group,
        )


class AccessLog:
    """Writes and reads the access log of one institution."""

    def __init__(self, database: Database, institution: str) -> None:
        self._database = database
        self._institution = institution
        self._insert = Prepared(database, insert(ACCESS_LINE))

    def write(self, line: Line) -> None:
        """Write a line and commit it before returning.

        Raises:
            LogUnavailable: It could not be written; then nothing may be shown.
        """
        self._insert.run(
            institution_id=self._institution,
            line_id=line.id,
            at=line.at.isoformat(timespec="microseconds"),
            event=line.event,
            outcome=line.outcome,
            reader=line.reader,
            purpose=line.purpose,
            on_behalf_of=line.on_behalf_of,
            group_id=line.group,
        )

    def lines(self, group: GroupId | None = None) -> list[Line]:
        """Return lines in the order of time; of one group if it is given."""
        query = select(ACCESS_LINE).where(
            ACCESS_LINE.c.institution_id == self._institution
        )
        if group is not None:
            query = query.where(ACCESS_LINE.c.group_id == group)
        with self._database.reading() as connection:
            rows = connection.execute(
                query.order_by(ACCESS_LINE.c.at, ACCESS_LINE.c.line_id)
            )
            return [
                Line(
                    id=row.line_id,
                    at=datetime.fromisoformat(row.at),
                    event=row.event,
                    outcome=row.outcome,
                    reader=row.reader,
                    purpose=row.purpose,
                    on_behalf_of=row.on_behalf_of,
                    group=row.group_id,
                )
                for row in rows
            ]
