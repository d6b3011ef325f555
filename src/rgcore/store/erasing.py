"""Erase for good: forget keys, and empty what they sealed wherever it can be reached.

Each step can be done again and finds nothing left to do. Keys go first: from then on
nobody who records can bring back what they sealed, since a document that was read
before cannot be written over any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Connection, Table, delete, func, select, update

from rgcore.domain.ids import GroupId, PersonId
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import SealedLeaf, SealedLeaves, pack_leaves, unpack_leaves
from rgcore.store.store import Store
from rgcore.store.tables import (
    DOCUMENT,
    GROUP_HANDLE,
    GROUP_INDEX,
    JOURNAL,
    OUTBOX,
)

_EMPTY: Final = b""
_POINTING: Final = (GROUP_INDEX, GROUP_HANDLE, OUTBOX)
"""What leads to a group, or waits to be brought elsewhere: it goes with the group."""


@frozen(kw_only=True)
class Target:
    """Whose words go.

    Attributes:
        group: Of which group.
        people: The ids of whoever it is about; `None` for the whole group.
    """

    group: GroupId
    people: frozenset[PersonId] | None

    def holds(self, person: PersonId) -> bool:
        """Tell whether the words of somebody go.

        Args:
            person: Who.
        """
        return self.people is None or person in self.people


@frozen(kw_only=True)
class Lying:
    """What there is of somebody or of a group: counts and codes only.

    Attributes:
        keys: How many keys.
        in_document: How many leaves of the document hold something.
        in_journal: How many leaves of the journal do.
        entries: How many rows of the journal have a skeleton that holds something.
        rows: How many rows the journal has.
        index: How many rows of the index there are.
        numbers: The kinds of numbers that lead to the group.
        waiting: For which record systems something waits to be brought.
    """

    keys: int
    in_document: int
    in_journal: int
    entries: int
    rows: int
    index: int
    numbers: tuple[str, ...]
    waiting: tuple[str, ...]


class Eraser:
    """Forgets and empties; whether it may is decided elsewhere.

    Args:
        store: The groups, and what keeps their keys.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.database

    def has_keys(self, target: Target) -> bool:
        """Tell whether anything of somebody or of a group can still be opened.

        Args:
            target: Whose.
        """
        keys = self._store.keys(target.group)
        return keys is not None and keys.without(target.people) != keys

    def forget(self, target: Target) -> None:
        """Forget keys; nothing that they sealed opens any more.

        Args:
            target: Whose.
        """
        self._store.key_store.forget(target.group, target.people)
        self.reached("keys")

    def empty(
        self, target: Target, finish: Callable[[Connection], None] | None = None
    ) -> None:
        """Empty everything in the database that forgotten keys sealed: all or nothing.

        Digests, links and headers of the journal stay, and so does its head.

        Args:
            target: Whose.
            finish: Writes more in the same transaction.
        """
        keys = self._store.keys(target.group)
        revision = keys.revision if keys else 0
        with self._database.writing() as connection:
            self._empty_document(connection, target, revision)
            self.reached("document")
            self._empty_journal(connection, target)
            self.reached("journal")
            if target.people is None:
                for table in _POINTING:
                    connection.execute(
                        delete(table).where(*self._here(table, target.group))
                    )
            self.reached("pointers")
            if finish is not None:
                finish(connection)
            self.reached("register")
        self.reached("commit")
        self._database.scrub()

    def is_left(self, target: Target) -> bool:
        """Tell whether anything is left that `forget` and `empty` would take away.

        Args:
            target: Whose.
        """
        lying = self.lying(target)
        of_group = (lying.entries, lying.index, lying.numbers, lying.waiting)
        left = (lying.keys, lying.in_document, lying.in_journal)
        return any((*left, *of_group) if target.people is None else left)

    def came_back(self, target: Target) -> bool:
        """Tell whether something is back that was erased, from an older copy.

        If it is a key, the leaves of the journal that it sealed are still empty; new
        words of somebody who had none before are something else.

        Args:
            target: Whose.
        """
        if target.people is None:
            return self.is_left(target)
        if self.has_keys(target):
            journal = self._store.journal(target.group)
            return not any(_held(row["leaves"], target) for row in journal)
        document = self._store.document(target.group)
        return document is not None and _held(document["leaves"], target) > 0

    def lying(self, target: Target) -> Lying:
        """Return what there is of somebody or of a group, wherever it lies.

        Args:
            target: Whose.
        """
        keys, group = self._store.keys(target.group), target.group
        document, journal = self._store.document(group), self._store.journal(group)
        return Lying(
            keys=_known(keys, target),
            in_document=_held(document["leaves"], target) if document else 0,
            in_journal=sum(_held(row["leaves"], target) for row in journal),
            entries=sum(bool(row["skeleton"]) for row in journal),
            rows=len(journal),
            index=self._count(GROUP_INDEX, group),
            numbers=self._names(GROUP_HANDLE, "kind", group),
            waiting=self._names(OUTBOX, "connection_id", group),
        )

    def reached(self, point: str) -> None:
        """Do nothing: tests of a crash stop the process here.

        Args:
            point: What was done last.
        """

    def _empty_document(
        self, connection: Connection, target: Target, revision: int
    ) -> None:
        here = self._here(DOCUMENT, target.group)
        columns = (DOCUMENT.c.seq, DOCUMENT.c.leaves, DOCUMENT.c.keys_revision)
        # Held to the end: whoever records meanwhile comes after us and reads again.
        query = select(*columns).where(*here).with_for_update()
        row = connection.execute(query).one_or_none()
        if row is None:
            return
        # An older copy of the key store, put back, does not open the group any more.
        written: dict[str, Any] = {"keys_revision": max(row.keys_revision, revision)}
        leaves = _emptied(unpack_leaves(row.leaves), target)
        for person in (target.people or frozenset()) - leaves.keys():
            # It says that there was somebody: nobody makes a key for them any more.
            leaves[person] = SealedLeaf(row.seq, _EMPTY)
        written["leaves"] = pack_leaves(leaves)
        if target.people is None:
            written["skeleton"] = _EMPTY
        connection.execute(update(DOCUMENT).where(*here).values(written))

    def _empty_journal(self, connection: Connection, target: Target) -> None:
        here = self._here(JOURNAL, target.group)
        query = select(JOURNAL.c.seq, JOURNAL.c.leaves).where(*here)
        for seq, packed in connection.execute(query).all():
            leaves = unpack_leaves(packed)
            emptied = _emptied(leaves, target)
            if emptied != leaves:
                statement = update(JOURNAL).where(*here, JOURNAL.c.seq == seq)
                connection.execute(statement.values(leaves=pack_leaves(emptied)))
        if target.people is None:
            connection.execute(update(JOURNAL).where(*here).values(skeleton=_EMPTY))

    def _here(self, table: Table, group: GroupId) -> tuple[Any, Any]:
        own = table.c.institution_id == self._store.institution
        return own, table.c.group_id == group

    def _count(self, table: Table, group: GroupId) -> int:
        query = select(func.count()).select_from(table).where(*self._here(table, group))
        with self._database.reading() as connection:
            found: int = connection.execute(query).scalar_one()
        return found

    def _names(self, table: Table, column: str, group: GroupId) -> tuple[str, ...]:
        query = select(table.c[column]).where(*self._here(table, group)).distinct()
        with self._database.reading() as connection:
            return tuple(sorted(connection.execute(query).scalars()))


def _emptied(leaves: SealedLeaves, target: Target) -> SealedLeaves:
    """Return leaves without what is in those that go; that there was one stays."""
    return {
        person: SealedLeaf(leaf.seq, _EMPTY) if target.holds(person) else leaf
        for person, leaf in leaves.items()
    }


def _held(packed: bytes, target: Target) -> int:
    leaves: Mapping[PersonId, SealedLeaf] = unpack_leaves(packed)
    return sum(bool(one.sealed) for who, one in leaves.items() if target.holds(who))


def _known(keys: GroupKeys | None, target: Target) -> int:
    if keys is None:
        return 0
    of_group = target.people is None and not keys.is_erased
    return len(keys.subjects) - len(keys.without(target.people).subjects) + of_group
