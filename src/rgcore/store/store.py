"""Read and write groups: document, journal and index in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType

from rgcore.domain.changes.base import texts
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, GroupId, PersonId, TeamId, TextId
from rgcore.domain.text import Read
from rgcore.errors import (
    KeysForgotten,
    KeyStoreBehind,
    StoreTooOld,
    StoreUnavailable,
)
from rgcore.serial.packed import unpack_entry, unpack_group
from rgcore.store.chain import FIRST
from rgcore.store.engines import Database, Prepared
from rgcore.store.index import Due, IndexRow, open_query, stale_query
from rgcore.store.keystore import GroupKeys, KeyStore
from rgcore.store.leaves import Sealer, unpack_leaves
from rgcore.store.migrate import FORMAT
from rgcore.store.outbox import Outbox
from rgcore.store.positions import positions_of
from rgcore.store.rows import (
    EntryHeader,
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
_READ_COLUMNS: Final = (
    DOCUMENT.c.seq,
    DOCUMENT.c.skeleton,
    DOCUMENT.c.leaves,
    DOCUMENT.c.head,
)
_LAID: Final = tuple(DOCUMENT.c)
_LAID_IN_FORMAT_1: Final = tuple(c for c in _LAID if c.name != "keys_revision")
_WRITTEN: Final = ("seq", "skeleton", "leaves", "head", "keys_revision")
_UPDATE_DOCUMENT: Final = (
    update(DOCUMENT)
    .where(*_WANTED_DOCUMENT, DOCUMENT.c.seq == bindparam("seen"))
    .values({name: bindparam(name) for name in _WRITTEN})
)
_SELECT_COMPOSITION: Final = select(COMPOSITION.c.digest).where(
    COMPOSITION.c.institution_id == bindparam("institution"),
    COMPOSITION.c.digest == bindparam("digest"),
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


class Store:
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
        self._database = database
        self._keys = keys
        self._institution = institution
        self._entropy = entropy
        self._document = Prepared(database, _document_query(database.format))
        self._update_document = Prepared(database, _UPDATE_DOCUMENT)
        self._positions = positions_of(database, institution)
        self._outbox = Outbox(database, institution, connections)
        self._insert_entry = Prepared(database, insert(JOURNAL))
        self._update_index = Prepared(database, _UPDATE_INDEX)
        self._composition = Prepared(database, _SELECT_COMPOSITION)

    def is_known(self) -> bool:
        """Tell whether the store was made for this institution."""
        query = select(INSTITUTION.c.institution_id).where(
            INSTITUTION.c.institution_id == self._institution
        )
        with self._database.reading() as connection:
            return connection.execute(query).one_or_none() is not None

    def begin(self, at: datetime) -> None:
        """Make room for this institution.

        Args:
            at: Now, in UTC.
        """
        row = {"institution_id": self._institution, "made_at": stamp(at)}
        with self._database.writing() as connection:
            connection.execute(insert(INSTITUTION).values(row))

    def load(self, group: GroupId) -> Loaded | None:
        """Return a group; `None` if there is none.

        Raises:
            KeysForgotten: The key store has no keys for it.
            KeyStoreBehind: The key store is older than the group.
            StoreDamaged: It was altered.
        """
        row = self._document.one(institution=self._institution, group=group)
        if row is None:
            return None
        seq, skeleton, leaves, head, keys_revision = row
        keys = self._keys.read(group)
        if keys is None:
            raise KeyStoreBehind if keys_revision else KeysForgotten
        if keys.revision < keys_revision:
            raise KeyStoreBehind
        packed = self.sealer(group, "document", keys).open_skeleton(skeleton, seq)
        return Loaded(
            group=unpack_group(packed),
            leaves=unpack_leaves(leaves),
            keys=keys,
            head=head,
        )

    def words(self, loaded: Loaded) -> dict[TextId, Read]:
        """Return all words of a group that can be read."""
        sealer = self.sealer(loaded.group.id, "document", loaded.keys)
        return sealer.open_words(loaded.leaves)

    def sealer(self, group: GroupId, part: str, keys: GroupKeys) -> Sealer:
        """Return what seals and opens a group's parts."""
        return Sealer(
            institution=self._institution,
            group=group,
            part=part,
            keys=keys,
            entropy=self._entropy,
        )

    def append(
        self,
        before: Loaded | None,
        group: ResourceGroup,
        kept: Sequence[Kept],
        index: IndexRow,
    ) -> None:
        """Write entries, document and index: all or nothing.

        Args:
            before: The group as it was read; `None` for a new group.
            group: The group after all entries.
            kept: The entries that come next, with their words.
            index: The group's row in the index.

        Raises:
            LostRace: Somebody else recorded in this group in between.
            KeysForgotten: There are words for somebody whose key was forgotten. A new
                key would make what lies there unreadable as damage, not as erased.
            StoreTooOld: The store was not upgraded yet.
        """
        self._check_format()
        people = {t.subject for k in kept for _, t in texts(k.entry.change)}
        if before and any(_is_forgotten(before, person) for person in people):
            raise KeysForgotten
        keys = self._keys.with_subjects(
            group.id, before.keys if before else None, sorted(people)
        )
        journal = self.sealer(group.id, "journal", keys)
        rows = [journal_row(one, journal) for one in kept]
        sealer = self.sealer(group.id, "document", keys)
        document = document_row(before, group, kept, sealer)
        head = before.head if before else FIRST
        written = document | {"keys_revision": keys.revision}
        with self._database.writing() as connection:
            self._reached("begin")
            rows, head = self._chained(connection, rows, keys, head)
            self._write_document(connection, before, group, written | {"head": head})
            self._reached("document")
            for row in rows:
                self._insert_entry.within(connection, **row)
            self._reached("journal")
            self._write_index(connection, group.id, index, new=before is None)
            self._reached("index")
            self._outbox.note(connection, group.id, rows[0]["seq"], rows[-1]["seq"])
            self._reached("outbox")
        self._reached("commit")

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
            Whether it was written: not if the group went on since its journal was read.

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
            # Asked now: whoever records waits for the document, or came before us.
            if self._last(connection, group) != document["seq"]:
                raise LostRace
            connection.execute(insert(DOCUMENT).values(document | ids))
            self._write_index(connection, group, index, new=True)
            return True
        return False

    def _last(self, connection: Connection, group: GroupId) -> int | None:
        query = select(func.max(JOURNAL.c.seq)).where(
            JOURNAL.c.institution_id == self._institution,
            JOURNAL.c.group_id == group,
        )
        last: int | None = connection.execute(query).scalar_one()
        return last

    def reindex(self, group: GroupId, seq: int, index: IndexRow) -> bool:
        """Write a group's row of the index anew, unless the group went on meanwhile.

        Args:
            group: The group.
            seq: How many changes it had when the row was computed.
            index: The row.

        Returns:
            Whether it was written.
        """
        query = select(DOCUMENT.c.seq).where(
            DOCUMENT.c.institution_id == self._institution,
            DOCUMENT.c.group_id == group,
        )
        with self._database.writing() as connection:
            if connection.execute(query).scalar_one_or_none() != seq:
                return False
            self._write_index(connection, group, index, new=False)
        return True

    def counts(self) -> tuple[int, int, str | None]:
        """Return how many groups and entries there are, and when the last was made."""
        groups = select(func.count()).where(
            DOCUMENT.c.institution_id == self._institution
        )
        entries = select(func.count(), func.max(JOURNAL.c.recorded_at)).where(
            JOURNAL.c.institution_id == self._institution
        )
        with self._database.reading() as connection:
            count, last = connection.execute(entries).one()
            return connection.execute(groups).scalar_one(), count, last

    def stale(self, composition: str) -> tuple[GroupId, ...]:
        """Return the groups whose row of the index another method computed.

        Args:
            composition: Digest of today's method.
        """
        query = (
            select(GROUP_INDEX.c.group_id)
            .where(
                GROUP_INDEX.c.institution_id == self._institution,
                GROUP_INDEX.c.composition != composition,
            )
            .order_by(GROUP_INDEX.c.group_id)
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def knows_composition(self, digest: str) -> bool:
        """Tell whether a composition's data are kept.

        Args:
            digest: Its name.
        """
        row = self._composition.one(institution=self._institution, digest=digest)
        return row is not None

    def keep_composition(self, digest: str, snapshot: object, at: datetime) -> None:
        """Keep a composition's data, once.

        Args:
            digest: Its name.
            snapshot: Its data.
            at: Now, in UTC.
        """
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

    def entry(self, loaded: Loaded, change: ChangeId) -> Kept | None:
        """Return the entry of a change that was recorded before.

        Args:
            loaded: The group.
            change: The change's id.
        """
        query = select(JOURNAL).where(
            JOURNAL.c.institution_id == self._institution,
            JOURNAL.c.group_id == loaded.group.id,
            JOURNAL.c.change_id == change,
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else self.opened(row, loaded.keys)

    def opened(self, row: Mapping[Any, Any], keys: GroupKeys) -> Kept:
        """Return the entry of a row of the journal, with the words it brought.

        Raises:
            StoreDamaged: It was altered.
        """
        sealer = self.sealer(row["group_id"], "journal", keys)
        packed = sealer.open_skeleton(row["skeleton"], row["seq"])
        leaves = unpack_leaves(row["leaves"])
        words = {
            text: said
            for person in leaves
            for text, said in sealer.open_leaf(leaves, person).items()
        }
        return Kept(entry=unpack_entry(packed), words=words)

    def journal(self, group: GroupId) -> list[Mapping[str, Any]]:
        """Return the rows of a group's journal as they lie in the database.

        Their values are not converted: whoever altered them may have put anything
        there.
        """
        query = (
            _as_they_lie(JOURNAL.c)
            .where(
                JOURNAL.c.institution_id == self._institution,
                JOURNAL.c.group_id == group,
            )
            .order_by(JOURNAL.c.seq)
        )
        return self._rows(query)

    def links(self, group: GroupId) -> list[Mapping[str, Any]]:
        """Return number, position and link of each row of a group's journal.

        As they lie in the database, like `journal`, and without what they link.
        """
        columns = (JOURNAL.c.seq, JOURNAL.c.position, JOURNAL.c.link)
        query = (
            select(*(type_coerce(c, NullType()).label(c.name) for c in columns))
            .where(
                JOURNAL.c.institution_id == self._institution,
                JOURNAL.c.group_id == group,
            )
            .order_by(JOURNAL.c.seq)
        )
        return self._rows(query)

    def document(self, group: GroupId) -> Mapping[str, Any] | None:
        """Return the row of a group's document as it lies in the database."""
        columns = _LAID if self._database.format >= FORMAT else _LAID_IN_FORMAT_1
        query = _as_they_lie(columns).where(
            DOCUMENT.c.institution_id == self._institution,
            DOCUMENT.c.group_id == group,
        )
        return next(iter(self._rows(query)), None)

    def index_row(self, group: GroupId) -> IndexRow | None:
        """Return a group's row of the index; `None` if none can be read."""
        query = select(GROUP_INDEX).where(
            GROUP_INDEX.c.institution_id == self._institution,
            GROUP_INDEX.c.group_id == group,
        )
        try:
            row = next(iter(self._rows(query)), None)
        except (ValueError, TypeError):
            # A date that is none.
            return None
        if row is None:
            return None
        return IndexRow(
            team=row["team_id"],
            attention_from=row["attention_from"],
            attention_until=row["attention_until"],
            composition=row["composition"],
        )

    def groups(self) -> tuple[GroupId, ...]:
        """Return every group that the journal, a document or the index names."""
        found: set[GroupId] = set()
        with self._database.reading() as connection:
            for table in (JOURNAL, DOCUMENT, GROUP_INDEX):
                query = select(table.c.group_id).where(
                    table.c.institution_id == self._institution
                )
                found.update(connection.execute(query.distinct()).scalars())
        return tuple(sorted(found))

    def due(self, team: TeamId, on: date, composition: str, limit: int) -> list[Due]:
        """Return a team's groups that ask for attention.

        Args:
            team: The team.
            on: The day.
            composition: Digest of today's method; rows of another count as due.
            limit: How many at most.
        """
        stale = stale_query(self._institution, team, composition, limit)
        now = open_query(self._institution, team, on, limit)
        try:
            rows = [*self._rows(stale), *self._rows(now)]
        except (ValueError, TypeError):
            # A date that is none. The driver's error would repeat it.
            rows = None
        if rows is None:
            raise StoreUnavailable(file=self._database.file, kind="index row")
        found = {row["group_id"]: _due(row, composition) for row in rows}
        return list(found.values())[:limit]

    def entries(self, after: int, limit: int) -> list[EntryHeader]:
        """Return what stands in clear of entries, in the order of recording.

        Args:
            after: The position behind which to begin.
            limit: How many at most.
        """
        # Asked first: what is read must be newer than the end it may be read to.
        settled = self._positions.settled()
        query = (
            select(
                JOURNAL.c.position,
                JOURNAL.c.group_id,
                JOURNAL.c.seq,
                JOURNAL.c.change_id,
                JOURNAL.c.type,
                JOURNAL.c.recorded_at,
            )
            .where(
                JOURNAL.c.institution_id == self._institution,
                JOURNAL.c.position > after,
            )
            .order_by(JOURNAL.c.position)
            .limit(limit)
        )
        if settled is not None:
            query = query.where(JOURNAL.c.position <= settled)
        return [_header(row) for row in self._rows(query)]

    def keys(self, group: GroupId) -> GroupKeys | None:
        """Return the keys of a group; `None` if there are none."""
        return self._keys.read(group)

    def _rows(self, query: Any) -> list[Mapping[str, Any]]:
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

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
            **row,
        )
        if done.rowcount != 1:
            raise LostRace

    def _chained(
        self, connection: Connection, rows: Sequence[Row], keys: GroupKeys, head: bytes
    ) -> tuple[list[Row], bytes]:
        positions = self._positions.take(connection, len(rows))
        return chained(rows, keys, head, positions)

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


def _document_query(found: int) -> Any:
    # Format 1 did not say how new the keys were.
    revision = DOCUMENT.c.keys_revision if found >= FORMAT else literal(0)
    return select(*_READ_COLUMNS, revision).where(*_WANTED_DOCUMENT)


def _as_they_lie(columns: Iterable[Column[Any]]) -> Any:
    return select(*(type_coerce(c, NullType()).label(c.name) for c in columns))


def _is_forgotten(loaded: Loaded, person: PersonId) -> bool:
    return person in loaded.leaves and person not in loaded.keys.subjects


def _due(row: Mapping[Any, Any], composition: str) -> Due:
    return Due(
        group=GroupId(row["group_id"]),
        since=row["attention_from"],
        stale=row["composition"] != composition,
    )


def _header(row: Mapping[str, Any]) -> EntryHeader:
    return EntryHeader(
        position=row["position"],
        group=row["group_id"],
        seq=row["seq"],
        change=row["change_id"],
        type=row["type"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
    )
