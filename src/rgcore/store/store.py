"""Write groups: document, journal, index and outbox in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from rgcore.domain.changes.base import texts
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId, PersonId
from rgcore.domain.journal import Entry
from rgcore.errors import GroupExists, KeysForgotten, StoreTooOld
from rgcore.store.chain import FIRST
from rgcore.store.engines import Database, Prepared
from rgcore.store.index import IndexRow
from rgcore.store.keystore import GroupKeys, KeyStore
from rgcore.store.leaves import SealedLeaves, pack_leaves, unpack_leaves
from rgcore.store.migrate import FORMAT
from rgcore.store.outbox import Outbox
from rgcore.store.reading import Reader
from rgcore.store.rewriting import document_anew, emptied_by, emptied_leaves
from rgcore.store.rows import (
    Kept,
    Loaded,
    Row,
    chained,
    document_row,
    journal_row,
    stamp,
)
from rgcore.store.sealing import Entropy
from rgcore.store.tables import (
    COMPOSITION,
    DOCUMENT,
    GROUP_INDEX,
    INSTITUTION,
    JOURNAL,
)

_WANTED_DOCUMENT: Final = (
    DOCUMENT.c.institution_id == bindparam("institution"),
    DOCUMENT.c.group_id == bindparam("group"),
)
_WRITTEN: Final = ("seq", "skeleton", "leaves", "head", "keys_revision")
_UPDATE_DOCUMENT: Final = (
    update(DOCUMENT)
    .where(
        *_WANTED_DOCUMENT,
        DOCUMENT.c.seq == bindparam("seen"),
        # Whoever read before an erasure has to read again.
        DOCUMENT.c.keys_revision <= bindparam("known"),
    )
    .values({name: bindparam(name) for name in _WRITTEN})
)
_INDEXED: Final = ("team_id", "attention_from", "attention_until", "composition")
_UPDATE_INDEX: Final = (
    update(GROUP_INDEX)
    .where(
        GROUP_INDEX.c.institution_id == bindparam("institution"),
        GROUP_INDEX.c.group_id == bindparam("group"),
    )
    .values({name: bindparam(name) for name in _INDEXED})
)


class LostRace(Exception):
    """Raised when somebody else recorded in this group in between."""


class Store(Reader):
    """Keeps the groups of one institution.

    Args:
        database: Where groups lie.
        keys: Keeps their keys.
        institution: Whose groups.
        entropy: Gives keys and nonces.
        connections: The record systems for which the outbox notes what is new.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyStore,
        institution: str,
        entropy: Entropy,
        connections: Sequence[str] = (),
    ) -> None:
        super().__init__(database, keys, institution, entropy)
        self._update_document = Prepared(database, _UPDATE_DOCUMENT)
        self._outbox = Outbox(database, institution, connections)
        self._insert_entry = Prepared(database, insert(JOURNAL))
        self._update_index = Prepared(database, _UPDATE_INDEX)

    @property
    def database(self) -> Database:
        """Return where its groups lie: for whoever looks after them."""
        return self._database

    def begin(self, at: datetime) -> None:
        """Make room for this institution.

        Args:
            at: Now, in UTC.
        """
        row = {"institution_id": self._institution, "made_at": stamp(at)}
        with self._database.writing() as connection:
            connection.execute(insert(INSTITUTION).values(row))

    def append(
        self,
        before: Loaded | None,
        group: ResourceGroup,
        kept: Sequence[Kept],
        index: IndexRow,
        history: Sequence[Kept] = (),
    ) -> None:
        """Write entries, document and index: all or nothing.

        With a correction among the entries, the document is sealed anew from all
        that counts, and rows whose texts are emptied keep their digests alone.

        Args:
            before: The group as it was read; `None` for a new group.
            group: The group after all entries.
            kept: The entries that come next, with their words.
            index: The group's row in the index.
            history: The journal before these entries, for corrections.

        Raises:
            LostRace: Somebody else recorded in this group in between.
            KeysForgotten: There are words for somebody whose key was forgotten. A new
                key would make what lies there unreadable as damage, not as erased.
            GroupExists: A group of this id was erased.
            StoreTooOld: The store was not upgraded yet.
        """
        self._check_format()
        keys = self._keys_for(before, group, kept)
        journal = self.sealer(group.id, "journal", keys)
        rows = [journal_row(one, journal) for one in kept]
        document = self._sealed_document(before, group, kept, history, keys)
        head = before.head if before else FIRST
        gone = emptied_by(kept)
        written = document | {"keys_revision": keys.revision}
        with self._database.writing() as connection:
            self._reached("begin")
            rows, head = self._chained(connection, rows, keys, head)
            self._write_document(connection, before, group, written | {"head": head})
            self._reached("document")
            for row in rows:
                self._insert_entry.within(connection, **row)
            for one in (*history, *kept):
                if one.entry.change.id in gone:
                    self._empty(connection, group.id, one.entry)
            self._reached("journal")
            self._write_index(connection, group.id, index, new=before is None)
            self._reached("index")
            self._outbox.note(connection, group.id, rows[0]["seq"], rows[-1]["seq"])
            self._reached("outbox")
        self._reached("commit")
        if gone:
            self._database.scrub()

    def _keys_for(
        self, before: Loaded | None, group: ResourceGroup, kept: Sequence[Kept]
    ) -> GroupKeys:
        """Return keys that cover everybody who has words in entries."""
        people = {
            text.subject
            for one in kept
            for _, text in texts(one.entry.change)
            if text.id in one.words
        }
        if before and any(_is_forgotten(before, person) for person in people):
            raise KeysForgotten
        known = before.keys if before else self._keys.read(group.id)
        if known is not None and known.is_erased:
            raise GroupExists
        return self._keys.with_subjects(group.id, known, sorted(people))

    def _sealed_document(
        self,
        before: Loaded | None,
        group: ResourceGroup,
        kept: Sequence[Kept],
        history: Sequence[Kept],
        keys: GroupKeys,
    ) -> Row:
        """Return a document's columns: anew after a correction, else what is new."""
        sealer = self.sealer(group.id, "document", keys)
        if any(isinstance(one.entry.change, Correction) for one in kept):
            return document_anew([*history, *kept], group, sealer, _unread(before))
        return document_row(before, group, kept, sealer)

    def _reached(self, point: str) -> None:
        """Do nothing: tests of a crash stop the process here.

        Args:
            point: What was done last.
        """

    def _check_format(self) -> None:
        found = self._database.format
        if found < FORMAT:
            raise StoreTooOld(file=self._database.file, found=found, known=FORMAT)

    def replace(self, group: GroupId, document: Row, index: IndexRow) -> bool:
        """Write a document and a row of the index anew, whatever lies there.

        Args:
            group: The group.
            document: The document's columns.
            index: The group's row in the index.

        Returns:
            Whether it was written: not if the group went on since its journal was read,
            or its keys did.

        Raises:
            StoreTooOld: The store was not upgraded yet.
        """
        self._check_format()
        ids = {"institution_id": self._institution, "group_id": group}
        with suppress(LostRace), self._database.writing() as connection:
            for table in (DOCUMENT, GROUP_INDEX):
                connection.execute(
                    delete(table).where(
                        table.c.institution_id == self._institution,
                        table.c.group_id == group,
                    )
                )
            # Only now: whoever was recording has the document until they are done.
            if connection.execute(self._last_seq(group)).scalar() != document["seq"]:
                raise LostRace
            keys = self._keys.read(group)
            if keys is None or keys.revision != document["keys_revision"]:
                # Somebody was erased meanwhile, or had words for the first time.
                raise LostRace
            connection.execute(insert(DOCUMENT).values(document | ids))
            self._write_index(connection, group, index, new=True)
            return True
        return False

    def _last_seq(self, group: GroupId) -> Any:
        return select(func.max(JOURNAL.c.seq)).where(
            JOURNAL.c.institution_id == self._institution,
            JOURNAL.c.group_id == group,
        )

    def reindex(self, group: GroupId, seq: int, index: IndexRow) -> bool:
        """Write a group's row of the index anew, unless the group went on meanwhile.

        Args:
            group: The group.
            seq: How many changes it had when the row was computed.
            index: The row.

        Returns:
            Whether it was written.
        """
        # Held to the end: whoever records meanwhile writes the row after us.
        query = (
            select(DOCUMENT.c.seq)
            .where(
                DOCUMENT.c.institution_id == self._institution,
                DOCUMENT.c.group_id == group,
            )
            .with_for_update()
        )
        with self._database.writing() as connection:
            if connection.execute(query).scalar_one_or_none() != seq:
                return False
            self._write_index(connection, group, index, new=False)
        return True

    def keep_composition(self, digest: str, snapshot: object, at: datetime) -> None:
        """Keep a composition's data, once.

        Args:
            digest: Its name.
            snapshot: Its data.
            at: Now, in UTC.

        Raises:
            StoreTooOld: The store was not upgraded yet.
        """
        self._check_format()
        row = {
            "institution_id": self._institution,
            "digest": digest,
            "snapshot": json.dumps(snapshot, ensure_ascii=False, sort_keys=True),
            "first_used_at": stamp(at),
        }
        # Somebody else may keep the same at the same time: then it is there.
        with (
            self._database.writing() as connection,
            suppress(IntegrityError),
            connection.begin_nested(),
        ):
            connection.execute(insert(COMPOSITION).values(row))

    def _write_document(
        self,
        connection: Connection,
        before: Loaded | None,
        group: ResourceGroup,
        row: Row,
    ) -> None:
        if before is None:
            ids = {"institution_id": self._institution, "group_id": group.id}
            try:
                connection.execute(insert(DOCUMENT).values(row | ids))
            except IntegrityError:
                raise LostRace from None
            return
        done = self._update_document.within(
            connection,
            institution=self._institution,
            group=group.id,
            seen=before.group.seq,
            known=before.keys.revision,
            **row,
        )
        if done.rowcount != 1:
            raise LostRace

    def _chained(
        self, connection: Connection, rows: Sequence[Row], keys: GroupKeys, head: bytes
    ) -> tuple[list[Row], bytes]:
        positions = self._positions.take(connection, len(rows))
        return chained(rows, keys, head, positions)

    def _empty(self, connection: Connection, group: GroupId, entry: Entry) -> None:
        """Empty the leaves of a row of the journal; its digests and link stay."""
        here = (
            JOURNAL.c.institution_id == self._institution,
            JOURNAL.c.group_id == group,
            JOURNAL.c.seq == entry.seq,
        )
        leaves = connection.execute(select(JOURNAL.c.leaves).where(*here)).scalar_one()
        empty = pack_leaves(emptied_leaves(unpack_leaves(leaves)))
        connection.execute(update(JOURNAL).where(*here).values(leaves=empty))

    def _write_index(
        self, connection: Connection, group: GroupId, row: IndexRow, *, new: bool
    ) -> None:
        values = {
            "team_id": row.team,
            "attention_from": row.attention_from,
            "attention_until": row.attention_until,
            "composition": row.composition,
        }
        if new:
            ids = {"institution_id": self._institution, "group_id": group}
            connection.execute(insert(GROUP_INDEX).values(values | ids))
            return
        self._update_index.within(
            connection, institution=self._institution, group=group, **values
        )


def _unread(loaded: Loaded | None) -> SealedLeaves:
    """Return the leaves that nobody can open any more."""
    leaves = loaded.leaves.items() if loaded else ()
    return {
        person: leaf
        for person, leaf in leaves
        if loaded and person not in loaded.keys.subjects
    }


def _is_forgotten(loaded: Loaded, person: PersonId) -> bool:
    return person in loaded.leaves and person not in loaded.keys.subjects
