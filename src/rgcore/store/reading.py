"""Read groups: documents, journals and the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    Column,
    bindparam,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from rgcore.domain.ids import ChangeId, GroupId, TeamId, TextId
from rgcore.domain.journal import fold_all
from rgcore.domain.text import Read
from rgcore.errors import (
    KeysForgotten,
    KeyStoreBehind,
    StoreDamaged,
    StoreUnavailable,
)
from rgcore.serial.packed import unpack_entry, unpack_group
from rgcore.store.engines import Database, Prepared
from rgcore.store.index import Due, IndexRow, due_of, open_query, stale_query
from rgcore.store.keystore import GroupKeys, KeyStore
from rgcore.store.leaves import Sealer, unpack_leaves
from rgcore.store.migrate import FORMAT
from rgcore.store.positions import positions_of
from rgcore.store.rows import EntryHeader, Kept, Loaded, entry_header
from rgcore.store.sealing import Entropy
from rgcore.store.tables import (
    COMPOSITION,
    DOCUMENT,
    GROUP_INDEX,
    INSTITUTION,
    JOURNAL,
)

_READ_COLUMNS: Final = (
    DOCUMENT.c.seq,
    DOCUMENT.c.skeleton,
    DOCUMENT.c.leaves,
    DOCUMENT.c.head,
)
_LAID: Final = tuple(DOCUMENT.c)
_LAID_IN_FORMAT_1: Final = tuple(c for c in _LAID if c.name != "keys_revision")
_SELECT_COMPOSITION: Final = select(COMPOSITION.c.digest).where(
    COMPOSITION.c.institution_id == bindparam("institution"),
    COMPOSITION.c.digest == bindparam("digest"),
)


class Reader:
    """Reads the groups of one institution.

    Args:
        database: Where groups lie.
        keys: Keeps their keys.
        institution: Whose groups.
        entropy: Gives nonces to what seals and opens.
    """

    def __init__(
        self, database: Database, keys: KeyStore, institution: str, entropy: Entropy
    ) -> None:
        self._database = database
        self._keys = keys
        self._institution = institution
        self._entropy = entropy
        self._positions = positions_of(database, institution)
        self._document = Prepared(database, _document_query(database.format))
        self._composition = Prepared(database, _SELECT_COMPOSITION)

    @property
    def institution(self) -> str:
        """Return whose groups these are."""
        return self._institution

    @property
    def key_store(self) -> KeyStore:
        """Return what keeps the keys of its groups."""
        return self._keys

    @property
    def format(self) -> int:
        """Return the format of the store; an older one can be read, not written."""
        return self._database.format

    def is_known(self) -> bool:
        """Tell whether the store was made for this institution."""
        query = select(INSTITUTION.c.institution_id).where(
            INSTITUTION.c.institution_id == self._institution
        )
        with self._database.reading() as connection:
            return connection.execute(query).one_or_none() is not None

    def load(self, group: GroupId) -> Loaded | None:
        """Return a group; `None` if there is none, or if it was erased.

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
        if keys.is_erased:
            return None
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

    def keys(self, group: GroupId) -> GroupKeys | None:
        """Return the keys of a group; `None` if there are none."""
        return self._keys.read(group)

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

    def history(self, loaded: Loaded) -> tuple[Kept, ...]:
        """Return the journal that a group as it was read adds up from.

        Args:
            loaded: The group.

        Raises:
            StoreDamaged: The journal does not add up to it, or was altered.
        """
        known = loaded.group.seq
        found = tuple(
            self.opened(row, loaded.keys)
            for row in self.journal(loaded.group.id)
            # Somebody else may have recorded more since the group was read.
            if not isinstance(row["seq"], int) or row["seq"] <= known
        )
        if fold_all(one.entry for one in found) != loaded.group:
            raise StoreDamaged(what="journal")
        return found

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

    def counts(self) -> tuple[int, int, str | None]:
        """Return how many groups and entries there are, and when the last was made."""
        groups = select(func.count()).where(
            DOCUMENT.c.institution_id == self._institution,
            # That of a group that was erased is empty.
            func.length(DOCUMENT.c.skeleton) > 0,
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
        found = {row["group_id"]: due_of(row, composition) for row in rows}
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
        return [entry_header(row) for row in self._rows(query)]

    def knows_composition(self, digest: str) -> bool:
        """Tell whether a composition's data are kept.

        Args:
            digest: Its name.
        """
        row = self._composition.one(institution=self._institution, digest=digest)
        return row is not None

    def composition(self, digest: str) -> Any:
        """Return a composition's data; `None` if there is none that can be read.

        Args:
            digest: Its name.
        """
        query = select(COMPOSITION.c.snapshot).where(
            COMPOSITION.c.institution_id == self._institution,
            COMPOSITION.c.digest == digest,
        )
        with self._database.reading() as connection:
            found = connection.execute(query).scalar_one_or_none()
        try:
            return None if found is None else json.loads(found)
        except ValueError:
            return None

    def _rows(self, query: Any) -> list[Mapping[str, Any]]:
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _document_query(found: int) -> Any:
    # Format 1 did not say how new the keys were.
    revision = DOCUMENT.c.keys_revision if found >= FORMAT else literal(0)
    return select(*_READ_COLUMNS, revision).where(
        DOCUMENT.c.institution_id == bindparam("institution"),
        DOCUMENT.c.group_id == bindparam("group"),
    )


def _as_they_lie(columns: Iterable[Column[Any]]) -> Any:
    return select(*(type_coerce(c, NullType()).label(c.name) for c in columns))
