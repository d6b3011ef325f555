"""Wrap what lies in the key store with a key of the ring, and open it again.

Which key of the ring wraps what is new is said by the mark in the key store, and not
by the file of the ring or by what a process remembers. Who writes a record holds the
mark until that is committed. So once the mark has moved on, nothing more is wrapped
by an older key, whatever a process has open and for how long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeVar

from attrs import frozen
from sqlalchemy import Column, ColumnElement, Connection, Table, func, select

from rgcore.errors import KeyRingBehind, KeyRingWrong, StoreDamaged, StoreOfAnother
from rgcore.store.engines import Database
from rgcore.store.keyring import KeyRing, shown
from rgcore.store.sealing import Entropy, place, seal, unseal
from rgcore.store.tables import KEY_RECORD, NAMED_KEY, RING_CHECK

CHECK: Final = b"rgcore"
"""What the mark holds: whoever can open it has the right ring."""

WHAT: Final = "key record"
TABLES: Final[tuple[Table, ...]] = (RING_CHECK, NAMED_KEY, KEY_RECORD)

_FEW: Final = 3
"""How many records say whether a key is the right one: one could be spoilt."""

T = TypeVar("T")


class Record(NamedTuple):
    """Something that is wrapped by a key of the ring.

    Attributes:
        ring_key: The key's name.
        sealed: The bytes.
        where: The place they are bound to.
        revision: How often it was rewritten.
    """

    ring_key: str
    sealed: bytes
    where: bytes
    revision: int = 0


@frozen(repr=False)
class Wrap:
    """The key that wraps what is new, within one transaction.

    Attributes:
        name: Its name.
        key: The key.
        entropy: Gives nonces.
    """

    name: str
    key: bytes
    entropy: Entropy

    def __call__(self, plain: bytes, where: bytes) -> bytes:
        """Return sealed bytes.

        Args:
            plain: What to seal.
            where: The place it is bound to.
        """
        return seal(self.key, plain, where, self.entropy)


class Wraps:
    """What wraps the keys of one institution.

    Attributes:
        database: The key store.
        ring: The institution's own keys.
        institution: Its id.
        entropy: Gives keys and nonces.
    """

    def __init__(
        self, database: Database, ring: KeyRing, institution: str, entropy: Entropy
    ) -> None:
        self.database = database
        self.ring = ring
        self.institution = institution
        self.entropy = entropy

    def where(self, *parts: str | int) -> bytes:
        """Return the place to which something in the key store is bound.

        Args:
            parts: What tells it from everything else of the institution.
        """
        return place("keys", self.institution, *parts)

    def opened(self, find: Callable[[], Record | None]) -> tuple[Record, bytes] | None:
        """Return a record and what it holds; `None` if there is none.

        Args:
            find: Reads it. It is asked again if the record was wrapped anew while the
                key was looked for, and the old key was taken out of the ring.

        Raises:
            KeyRingBehind: The ring lacks the key.
            StoreDamaged: It was altered or belongs elsewhere.
        """
        record = find()
        while record is not None:
            key = self.ring.key(record.ring_key)
            if key is not None:
                return record, unseal(key, record.sealed, record.where, WHAT)
            again = find()
            if again is not None and again.ring_key == record.ring_key:
                raise self._behind(record)
            record = again
        return None

    def write(self, act: Callable[[Connection, Wrap], T]) -> T:
        """Write to the key store, in one transaction, with the key that holds in it.

        Nothing is wrapped by a key that does not open the mark.

        Args:
            act: Writes; may be called again if nothing came of it.

        Raises:
            StoreOfAnother: The store knows no such institution.
            KeyRingBehind, KeyRingWrong: The ring does not open the mark.
        """
        tried = None
        while True:
            with self.database.writing() as connection:
                # Shared: those who write hold up nobody but who moves the mark.
                mark = self._mark(connection, shared=True)
                wrap = self._wrap(mark)
                if wrap is not None:
                    return act(connection, wrap)
            tried = self._read_ring_again(mark, tried)

    def check(self) -> None:
        """Make sure that the ring opens the mark.

        Raises:
            StoreOfAnother: The store knows no such institution.
            KeyRingBehind, KeyRingWrong: It does not.
        """
        tried = None
        while self._wrap(mark := self.mark()) is None:
            tried = self._read_ring_again(mark, tried)

    def mark(self) -> Record:
        """Return the mark.

        Raises:
            StoreOfAnother: The store knows no such institution.
        """
        with self.database.reading() as connection:
            return self._mark(connection)

    @contextmanager
    def alone(self) -> Iterator[tuple[Connection, Record]]:
        """Give a transaction, and the mark, while nobody else writes to the key store.

        Raises:
            StoreOfAnother: The store knows no such institution.
        """
        with self.database.writing() as connection:
            yield connection, self._mark(connection, shared=False)

    def counts(self, connection: Connection) -> dict[str, int]:
        """Return how many records each key of the ring wraps, the mark among them.

        Args:
            connection: An open transaction.
        """
        found: dict[str, int] = {}
        for table in TABLES:
            query = (
                select(table.c.ring_key, func.count())
                .where(table.c.institution_id == self.institution)
                .group_by(table.c.ring_key)
            )
            for name, count in connection.execute(query):
                found[name] = found.get(name, 0) + count
        return found

    def record(self, table: Table, name: str) -> Record | None:
        """Return what a key of the ring wraps; `None` if there is none.

        Args:
            table: `KEY_RECORD` or `NAMED_KEY`.
            name: The group's id, or the key's name.
        """
        query = select(table).where(*self.here(table, name))
        with self.database.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        if table is NAMED_KEY:
            where, revision = self.where("named", name), 0
        else:
            where, revision = self.where(name, row["revision"]), row["revision"]
        return Record(row["ring_key"], row["sealed"], where, revision)

    def here(self, table: Table, name: str) -> tuple[ColumnElement[bool], ...]:
        """Return where in a table something of the institution stands.

        Args:
            table: `KEY_RECORD` or `NAMED_KEY`.
            name: The group's id, or the key's name.
        """
        own = table.c.institution_id == self.institution
        return own, name_in(table) == name

    def samples(self) -> Iterator[Record]:
        """Go through a few records of each key of the ring that wraps any."""
        yield self.mark()
        for table in (NAMED_KEY, KEY_RECORD):
            own = table.c.institution_id == self.institution
            with self.database.reading() as connection:
                query = select(table.c.ring_key).where(own).distinct()
                keys = connection.execute(query).scalars().all()
                few = [
                    connection.execute(
                        select(name_in(table))
                        .where(own, table.c.ring_key == key)
                        .limit(_FEW)
                    ).scalars()
                    for key in keys
                ]
                names = [name for found in few for name in found]
            found = (self.record(table, name) for name in names)
            yield from (record for record in found if record is not None)

    def _mark(self, connection: Connection, *, shared: bool | None = None) -> Record:
        query = select(RING_CHECK.c.ring_key, RING_CHECK.c.sealed).where(
            RING_CHECK.c.institution_id == self.institution
        )
        if shared is not None:
            query = query.with_for_update(read=shared)
        row = connection.execute(query).one_or_none()
        if row is None:
            raise StoreOfAnother(file=self.database.file)
        return Record(row.ring_key, row.sealed, self.where("check"))

    def _wrap(self, mark: Record) -> Wrap | None:
        key = self.ring.keys.get(mark.ring_key)
        if key is None or not opens(key, mark):
            return None
        return Wrap(mark.ring_key, key, self.entropy)

    def _read_ring_again(self, mark: Record, tried: Record | None) -> Record:
        """Read the ring's file once for each mark, outside of any transaction."""
        if mark != tried:
            self.ring.refresh()
            return mark
        if mark.ring_key in self.ring.keys:
            raise KeyRingWrong(file=self.ring.file)
        raise self._behind(mark)

    def _behind(self, record: Record) -> KeyRingBehind:
        return KeyRingBehind(file=self.ring.file, key=shown(record.ring_key), what=WHAT)


def name_in(table: Table) -> Column[Any]:
    """Return the column that tells a row of an institution from its others.

    Args:
        table: `KEY_RECORD` or `NAMED_KEY`.
    """
    return table.c.name if table is NAMED_KEY else table.c.group_id


def opens(key: bytes, record: Record) -> bool:
    """Tell whether a key opens a record.

    Args:
        key: A key of the ring.
        record: The record.
    """
    try:
        unseal(key, record.sealed, record.where, WHAT)
    except StoreDamaged:
        return False
    return True
