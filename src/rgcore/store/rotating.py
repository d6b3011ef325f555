"""Change the key ring while others work: a key more, all wrapped anew, a key less.

Each step leaves a ring that opens everything, so that it can be broken off anywhere.
The ring has a new key before the mark names it; the mark names it before a record is
wrapped by it; and a key leaves the ring when nothing is wrapped by it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from attrs import frozen
from sqlalchemy import Connection, Table, select, update

from rgcore.domain.ids import GroupId
from rgcore.errors import (
    InputError,
    KeyRingWrong,
    Problem,
    RingKeyInBackups,
    RingKeyInUse,
    StoreDamaged,
)
from rgcore.store.keyring_file import RingFile
from rgcore.store.keystore_wraps import CHECK, Wrap, Wraps, name_in, opens
from rgcore.store.kms import Wrapping
from rgcore.store.tables import KEY_RECORD, NAMED_KEY, RING_CHECK

Progress = Callable[[int, int], None]
"""Told after each record how many are done, and of how many."""


@frozen(kw_only=True)
class Rewrapped:
    """What came of wrapping the key store anew.

    Attributes:
        key: The name of the ring's key by which everything is wrapped now.
        records: How many records were wrapped anew.
        left: The groups whose record does not open, and was left as it is.
    """

    key: str
    records: int
    left: tuple[GroupId, ...]


class Rotation:
    """Changes the key ring of one institution.

    Args:
        wraps: What wraps its keys.
    """

    def __init__(self, wraps: Wraps) -> None:
        self._wraps = wraps
        self._ring = wraps.ring

    def add(self, at: datetime) -> str:
        """Add a key to the ring, unless it has one that is not in use yet.

        Nothing is wrapped by it before `rewrap`.

        Args:
            at: Now, in UTC.

        Returns:
            Its name.

        Raises:
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
            KeyRingNotWritten: The ring's file cannot be written.
            KeyWrapperFailed: What wraps the ring's keys did not do its work.
        """
        while True:
            self._ring.refresh()
            self._wraps.check()
            if self._ring.current != self._wraps.mark().ring_key:
                return self._ring.current
            # A key service may take its time: nobody is held up for it.
            name, content = self._ring.more(self._wraps.entropy, at)
            if self._replaced(content, lambda _: None):
                return name

    def rewrap(self, done: Progress | None = None) -> Rewrapped:
        """Wrap everything by the ring's current key that is wrapped by another.

        One record after another, while others read and write. When this is broken
        off, the next time goes on with what is left.

        Args:
            done: Told after each record.

        Raises:
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
        """
        self._move_mark()
        count, left = 0, dict[tuple[Table, str], None]()
        while waiting := [one for one in self._waiting() if one not in left]:
            for number, (table, name) in enumerate(waiting, 1):
                try:
                    count += self._rewrap(table, name)
                except StoreDamaged:
                    # What does not open stays for `verify` to name; the rest goes on.
                    left[table, name] = None
                if done is not None:
                    done(number, len(waiting))
        self._wraps.database.scrub()
        self._reached("all rewrapped")
        groups = (GroupId(name) for table, name in left if table is KEY_RECORD)
        key = self._wraps.mark().ring_key
        return Rewrapped(key=key, records=count, left=tuple(groups))

    def retire(self, name: str, *, backups_expired: bool) -> None:
        """Take a key out of the ring by which nothing is wrapped any more.

        Args:
            name: The key's name.
            backups_expired: Whether no backup of the key store is left that needs it.

        Raises:
            InputError: The ring has no key of this name.
            RingKeyInUse: Something is wrapped by it, or it is the newest.
            RingKeyInBackups: Nobody said that no backup needs it.
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
            KeyRingNotWritten: The ring's file cannot be written.
        """

        def look(connection: Connection) -> None:
            count = self._wraps.counts(connection).get(name, 0)
            if count or name == self._ring.current:
                raise RingKeyInUse(key=name, count=count)
            if not backups_expired:
                raise RingKeyInBackups(key=name)

        while True:
            self._ring.refresh()
            self._wraps.check()
            if name not in self._ring.keys:
                names = sorted(self._ring.keys)
                raise InputError([Problem("input.no_ring_key", "name", names)])
            if self._replaced(self._ring.less(name), look):
                return

    def wrap_ring(self, wrapping: Wrapping) -> None:
        """Let the keys of a plain ring lie wrapped from now on.

        Args:
            wrapping: What wraps them.

        Raises:
            KeyRingWrong, KeyRingBehind: The ring does not belong to this store.
            KeyRingNotWritten: The ring's file cannot be written.
            KeyWrapperFailed: The wrapper did not do its work.
        """
        while True:
            self._ring.refresh()
            self._wraps.check()
            content = self._ring.wrapped(wrapping)
            with self._wraps.alone():
                if self._ring.replace(content, self._reached):
                    return

    def _replaced(self, content: RingFile, look: Callable[[Connection], None]) -> bool:
        """Replace the ring's file while nobody else writes to the key store.

        Args:
            content: What shall stand in it.
            look: Raises if something stands in the way.

        Returns:
            Whether it was done: not if somebody else replaced the file meanwhile.
        """
        with self._wraps.alone() as (connection, _):
            look(connection)
            done = self._ring.replace(content, self._reached)
        if done:
            self._ring.refresh()
        return done

    def _move_mark(self) -> None:
        """Let the mark name the ring's current key: from now on it wraps what is new.

        Whoever wrote with the older key has committed by then.
        """
        moved = False
        while not moved:
            self._ring.refresh()
            self._wraps.check()
            with self._wraps.alone() as (connection, mark):
                key = self._ring.keys.get(mark.ring_key)
                # Somebody else may have replaced the ring, or moved the mark.
                moved = self._ring.is_as_read() and key is not None
                if key is not None and moved and not opens(key, mark):
                    raise KeyRingWrong(file=self._ring.file)
                if moved and mark.ring_key != self._ring.current:
                    self._write_mark(connection)
        self._reached("mark moved")

    def _write_mark(self, connection: Connection) -> None:
        ring, where = self._ring, self._wraps.where("check")
        wrap = Wrap(ring.current, ring.keys[ring.current], self._wraps.entropy)
        row = {"ring_key": wrap.name, "sealed": wrap(CHECK, where)}
        here = RING_CHECK.c.institution_id == self._wraps.institution
        connection.execute(update(RING_CHECK).where(here).values(row))

    def _waiting(self) -> Iterator[tuple[Table, str]]:
        """Go through what another key wraps than the one that the mark names."""
        current = self._wraps.mark().ring_key
        for table in (NAMED_KEY, KEY_RECORD):
            name = name_in(table)
            query = select(name).where(
                table.c.institution_id == self._wraps.institution,
                table.c.ring_key != current,
            )
            with self._wraps.database.reading() as connection:
                names = connection.execute(query.order_by(name)).scalars().all()
            yield from ((table, one) for one in names)

    def _rewrap(self, table: Table, name: str) -> int:
        """Wrap one record anew, with what it holds and with its revision.

        Whoever rewrote it meanwhile wins; it is looked at again.

        Returns:
            How many were: 1 or 0.
        """
        found = self._wraps.opened(lambda: self._wraps.record(table, name))
        if found is None:
            return 0
        record, plain = found

        def write(connection: Connection, wrap: Wrap) -> int:
            if wrap.name == record.ring_key:
                return 0
            row = {"ring_key": wrap.name, "sealed": wrap(plain, record.where)}
            same = table.c.sealed == record.sealed
            statement = (
                update(table).where(*self._wraps.here(table, name), same).values(row)
            )
            return connection.execute(statement).rowcount

        count = self._wraps.write(write)
        self._reached("record rewrapped")
        return count

    def _reached(self, point: str) -> None:
        """Do nothing: tests of a crash stop the process here.

        Args:
            point: What was done last.
        """
