"""The key store: one record of wrapped keys for each group, apart from the database.

Forgetting somebody rewrites one record. An erasure is complete when the last
backup of this store that has the key expires.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import msgspec
from attrs import evolve, frozen
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from rgcore.domain.ids import GroupId, PersonId
from rgcore.errors import KeysForgotten
from rgcore.store.engines import Database, Prepared
from rgcore.store.keyring import KeyRing
from rgcore.store.keystore_wraps import CHECK, Record, Wrap, Wraps
from rgcore.store.sealing import KEY_BYTES, Entropy, seal
from rgcore.store.tables import KEY_RECORD, NAMED_KEY, RING_CHECK


@frozen(repr=False)
class GroupKeys:
    """The keys of one group.

    Attributes:
        group: Seals skeletons.
        chain: Keys the digests of the journal's chain.
        subjects: Seals the leaf of each person.
        revision: How often the record was rewritten.
    """

    group: bytes
    chain: bytes
    subjects: dict[PersonId, bytes]
    revision: int = 0

    @property
    def is_erased(self) -> bool:
        """Tell whether the whole group was erased: only its chain can be checked."""
        return not self.group

    def without(self, people: Iterable[PersonId] | None) -> GroupKeys:
        """Return what is left when keys are forgotten.

        Args:
            people: Whose; if it is `None`, of the group and everybody in it.
        """
        if people is None:
            return evolve(self, group=b"", subjects={})
        gone = frozenset(people)
        left = {who: key for who, key in self.subjects.items() if who not in gone}
        return evolve(self, subjects=left)

    def __repr__(self) -> str:
        """Show how many, never a key."""
        return f"GroupKeys({len(self.subjects)} people)"


_decode = msgspec.msgpack.Decoder(GroupKeys).decode
_encode = msgspec.msgpack.Encoder().encode


class KeyStore:
    """Keeps the wrapped keys of an institution's groups."""

    def __init__(
        self, database: Database, ring: KeyRing, institution: str, entropy: Entropy
    ) -> None:
        self._database = database
        self._institution = institution
        self._entropy = entropy
        self._wraps = Wraps(database, ring, institution, entropy)
        wanted = (KEY_RECORD.c.ring_key, KEY_RECORD.c.sealed, KEY_RECORD.c.revision)
        self._select = Prepared(
            database,
            select(*wanted).where(
                KEY_RECORD.c.institution_id == bindparam("institution"),
                KEY_RECORD.c.group_id == bindparam("group"),
            ),
        )

    @property
    def wraps(self) -> Wraps:
        """Return what wraps its records: for whoever looks after the ring."""
        return self._wraps

    def begin(self) -> None:
        """Leave a mark by which a wrong key ring is known at once."""
        ring, where = self._wraps.ring, self._wraps.where("check")
        row = {
            "institution_id": self._institution,
            "ring_key": ring.current,
            "sealed": seal(ring.keys[ring.current], CHECK, where, self._entropy),
        }
        with self._database.writing() as connection:
            connection.execute(insert(RING_CHECK).values(row))

    def check(self) -> None:
        """Make sure that the key ring belongs to this store.

        Raises:
            StoreOfAnother: The store knows no such institution.
            KeyRingWrong, KeyRingBehind: It does not, or is an older copy.
        """
        self._wraps.check()

    def read(self, group: GroupId) -> GroupKeys | None:
        """Return the keys of a group; `None` if there are none.

        Raises:
            StoreDamaged: The record was altered or belongs elsewhere. That the key
                ring is the right one was seen when the store was opened.
            KeyRingBehind: The ring lacks the key that wraps it.
        """
        found = self._wraps.opened(lambda: self._record(group))
        if found is None:
            return None
        record, plain = found
        keys = _decode(plain)
        return GroupKeys(keys.group, keys.chain, keys.subjects, record.revision)

    def with_subjects(
        self, group: GroupId, keys: GroupKeys | None, people: Iterable[PersonId]
    ) -> GroupKeys:
        """Return keys that also cover these people, kept before it returns.

        A crash right after leaves a key that nothing uses: that does no harm.

        Args:
            group: The group.
            keys: What `read` returned.
            people: Whose words will be sealed.

        Raises:
            KeysForgotten: One of them had a key, or the group had, and it was
                forgotten meanwhile. A new one would make what lies there unreadable
                as damage.
        """
        wanted_for, had = tuple(people), frozenset(keys.subjects if keys else ())
        while True:
            known = keys or self._new()
            if known.is_erased or not had.intersection(wanted_for) <= {*known.subjects}:
                raise KeysForgotten
            missing = [p for p in wanted_for if p not in known.subjects]
            if keys is not None and not missing:
                return keys
            added = {person: self._entropy(KEY_BYTES) for person in missing}
            wanted = evolve(known, subjects={**known.subjects, **added})
            if self._kept(group, wanted, new=keys is None):
                return evolve(wanted, revision=wanted.revision + 1)
            keys = self.read(group)

    def forget(
        self, group: GroupId, people: Iterable[PersonId] | None = None
    ) -> GroupKeys | None:
        """Forget keys for good: what they sealed opens with older copies alone.

        Args:
            group: The group.
            people: Whose keys; if it is `None`, the group's own and everybody's. The
                key of the chain stays, so that the journal can be checked.

        Returns:
            The keys that are left; `None` if the group never had any.
        """
        gone = None if people is None else tuple(people)
        while (keys := self.read(group)) is not None:
            left = keys.without(gone)
            if left == keys or self._kept(group, left, new=False):
                # Each time: a crash may have come between the two.
                self._database.scrub()
                return self.read(group)
        return None

    def named(self, name: str) -> bytes | None:
        """Return a key of the institution that belongs to no group; `None` if none is.

        Args:
            name: What it is for.

        Raises:
            StoreDamaged: It was altered or belongs elsewhere.
        """
        found = self._wraps.opened(lambda: self._named(name))
        return None if found is None else found[1]

    def make_named(self, name: str) -> bytes:
        """Make a key of the institution, unless somebody else did; return it.

        Args:
            name: What it is for.
        """
        key = self._entropy(KEY_BYTES)
        where = self._wraps.where("named", name)

        def keep(connection: Connection, wrap: Wrap) -> None:
            sealed = {"ring_key": wrap.name, "sealed": wrap(key, where)}
            row = {"institution_id": self._institution, "name": name, **sealed}
            with suppress(IntegrityError), connection.begin_nested():
                connection.execute(insert(NAMED_KEY).values(row))

        self._wraps.write(keep)
        return self.named(name) or key

    def _new(self) -> GroupKeys:
        return GroupKeys(self._entropy(KEY_BYTES), self._entropy(KEY_BYTES), {})

    def _record(self, group: GroupId) -> Record | None:
        row = self._select.one(institution=self._institution, group=group)
        if row is None:
            return None
        ring_key, sealed, revision = row
        return Record(ring_key, sealed, self._wraps.where(group, revision), revision)

    def _named(self, name: str) -> Record | None:
        query = select(NAMED_KEY.c.ring_key, NAMED_KEY.c.sealed).where(
            NAMED_KEY.c.institution_id == self._institution, NAMED_KEY.c.name == name
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Record(row.ring_key, row.sealed, self._wraps.where("named", name))

    def _kept(self, group: GroupId, keys: GroupKeys, *, new: bool) -> bool:
        """Write the record; tell whether nobody else did in between."""
        revision = keys.revision + 1
        where = self._wraps.where(group, revision)
        ids = {"institution_id": self._institution, "group_id": group}

        def keep(connection: Connection, wrap: Wrap) -> bool:
            sealed = wrap(_encode(keys), where)
            row = {"revision": revision, "ring_key": wrap.name, "sealed": sealed}
            if new:
                with suppress(IntegrityError), connection.begin_nested():
                    connection.execute(insert(KEY_RECORD).values(row | ids))
                    return True
                return False
            same = (
                KEY_RECORD.c.institution_id == self._institution,
                KEY_RECORD.c.group_id == group,
                KEY_RECORD.c.revision == keys.revision,
            )
            statement = update(KEY_RECORD).where(*same).values(row)
            return connection.execute(statement).rowcount == 1

        return self._wraps.write(keep)
