"""Find a group by a number that somebody else gave: a keyed blind index.

A number of a record system, or a handle of the host, is kept only as a keyed digest.
Whoever has the database without the key store cannot even try all numbers.
"""

from __future__ import annotations

import hmac
import unicodedata
from contextlib import suppress

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from rgcore.domain.ids import Code, GroupId
from rgcore.errors import HandleTaken, KeyStoreBehind, StoreTooOld
from rgcore.store.engines import Database
from rgcore.store.keystore import KeyStore
from rgcore.store.migrate import FORMAT
from rgcore.store.sealing import place
from rgcore.store.tables import GROUP_HANDLE

_KEY = "handles"


class Handles:
    """Numbers by which others know the groups of one institution.

    Args:
        database: Where groups lie.
        keys: Keeps the key of the index.
        institution: Whose groups.
    """

    def __init__(self, database: Database, keys: KeyStore, institution: str) -> None:
        self._database = database
        self._keys = keys
        self._institution = institution

    def keep(self, kind: Code, number: str, group: GroupId) -> None:
        """Note that a number leads to a group; twice is once.

        Args:
            kind: Whose number it is, such as `client_number` or `handle`.
            number: The number.
            group: The group.

        Raises:
            HandleTaken: It leads to another group.
            StoreTooOld: The store was not upgraded yet.
            KeyStoreBehind: The key of the index is not in the key store any more.
        """
        ids = self._ids(kind, number)
        with (
            self._database.writing() as connection,
            suppress(IntegrityError),
            connection.begin_nested(),
        ):
            connection.execute(insert(GROUP_HANDLE).values(group_id=group, **ids))
        # Whoever came first keeps it, and that may have been the same.
        if self.find(kind, number) != group:
            raise HandleTaken

    def find(self, kind: Code, number: str) -> GroupId | None:
        """Return the group to which a number leads; `None` if it leads to none.

        Args:
            kind: Whose number it is.
            number: The number.

        Raises:
            StoreTooOld: The store was not upgraded yet.
            KeyStoreBehind: The key of the index is not in the key store any more.
        """
        ids = self._ids(kind, number)
        query = select(GROUP_HANDLE.c.group_id).where(
            *(GROUP_HANDLE.c[name] == value for name, value in ids.items())
        )
        with self._database.reading() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else GroupId(found)

    def drop(self, kind: Code, number: str, group: GroupId) -> None:
        """Let a number no longer lead to a group.

        Args:
            kind: Whose number it is.
            number: The number.
            group: The group.

        Raises:
            StoreTooOld: The store was not upgraded yet.
            KeyStoreBehind: The key of the index is not in the key store any more.
        """
        wanted = {**self._ids(kind, number), "group_id": group}
        statement = delete(GROUP_HANDLE).where(
            *(GROUP_HANDLE.c[name] == value for name, value in wanted.items())
        )
        with self._database.writing() as connection:
            connection.execute(statement)

    def _ids(self, kind: Code, number: str) -> dict[str, object]:
        found = self._database.format
        if found < FORMAT:
            raise StoreTooOld(file=self._database.file, found=found, known=FORMAT)
        where = place("handle", self._institution, kind, _plain(number))
        return {
            "institution_id": self._institution,
            "kind": kind,
            "blinded": hmac.digest(self._key(), where, "sha256"),
        }

    def _key(self) -> bytes:
        key = self._keys.named(_KEY)
        if key is not None:
            return key
        if self._is_used():
            # A new key would find nothing of what is there.
            raise KeyStoreBehind
        return self._keys.make_named(_KEY)

    def _is_used(self) -> bool:
        query = select(func.count()).where(
            GROUP_HANDLE.c.institution_id == self._institution
        )
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one() > 0


def _plain(number: str) -> str:
    """Return a number as it is compared: without what people type differently."""
    return unicodedata.normalize("NFKC", number).strip().casefold()
