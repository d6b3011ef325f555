"""The register of erasures: who asked for what, who agreed, and what holds it up.

Ids, codes and dates only. Each row is sealed by a digest with the key of the group's
chain: whoever can write the database alone cannot ask for an erasure. That key outlives
an erasure, and is in every copy of the key store that knows the group.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

import attrs
from attrs import frozen
from sqlalchemy import Connection, Table, insert, select, update

from rgcore.domain.ids import ChangeId, Code, GroupId, PersonId
from rgcore.errors import KeyStoreBehind, StoreDamaged, StoreTooOld
from rgcore.store.engines import Database
from rgcore.store.keystore import KeyStore
from rgcore.store.migrate import FORMAT
from rgcore.store.rows import Row, stamp
from rgcore.store.sealing import place
from rgcore.store.store import LostRace
from rgcore.store.tables import ERASURE, ERASURE_HOLD


@frozen(kw_only=True)
class Act:
    """Somebody did something.

    Attributes:
        by: Who.
        because: Why, as a code.
        at: When, in UTC.
    """

    by: PersonId
    because: Code
    at: datetime


@frozen(kw_only=True)
class Erasure:
    """A request that somebody, a group or single texts be erased.

    Attributes:
        id: Opaque.
        group: Which group.
        person: Whose words; `None` for the whole group or for single texts.
        people: All ids by which that person was known, once it was begun.
        entries: The changes whose texts are redacted; none for a person or a group.
        whose: Who wants it: `client`, `relative` or `institution`.
        ground: The legal ground that was named, where one is needed.
        own_items: What became of what others keep for themselves, where something
            of it goes: `handed_over` or `declined`.
        received_on: The day on which the request came in.
        answer_by: The day by which whoever asked has to be told what was done.
        grace_until: The first day on which it can be carried out.
        requested: Who asked for it here.
        extended: Who took more time to answer.
        confirmed: Who agreed: another person.
        withdrawn: Who took it back.
        started_at: When it was begun; `None` again if something held it up.
        done_at: When it was finished.
        final_on: The day from which no backup of the key store has the keys.
        report: What went and what stayed: ids, codes, dates and counts, as JSON.
    """

    id: str
    group: GroupId
    person: PersonId | None = None
    people: tuple[PersonId, ...] = ()
    entries: tuple[ChangeId, ...] = ()
    whose: Code
    ground: Code | None = None
    own_items: Code | None = None
    received_on: date
    answer_by: date
    grace_until: date
    requested: Act
    extended: Act | None = None
    confirmed: Act | None = None
    withdrawn: Act | None = None
    started_at: datetime | None = None
    done_at: datetime | None = None
    final_on: date | None = None
    report: str | None = None

    @property
    def state(self) -> Code:
        """Return `done`, `withdrawn`, `started`, `confirmed` or `requested`."""
        states = {
            "done": self.done_at,
            "withdrawn": self.withdrawn,
            "started": self.started_at,
            "confirmed": self.confirmed,
        }
        found = (name for name, is_so in states.items() if is_so is not None)
        return Code(next(found, "requested"))

    @property
    def is_of_the_group(self) -> bool:
        """Tell whether the whole group goes."""
        return self.person is None and not self.entries


@frozen(kw_only=True)
class Hold:
    """Something that stands in the way of an erasure for a while.

    Attributes:
        id: Opaque.
        group: Which group.
        person: Whose words; `None` for everybody's.
        kind: Why: `legal_hold`, `complaint` or `others_interest`.
        made: Who said so.
        lifted: Who said that it is over.
        until: The first day on which it is over; `None` until somebody lifts it.
    """

    id: str
    group: GroupId
    person: PersonId | None = None
    kind: Code
    made: Act
    lifted: Act | None = None
    until: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether it stands in the way on a day.

        Args:
            day: The day.
        """
        return self.lifted is None and (self.until is None or day < self.until)


ItemT = TypeVar("ItemT", Erasure, Hold)
_IDS: Final[Mapping[type[Any], tuple[Table, str]]] = {
    Erasure: (ERASURE, "erasure_id"),
    Hold: (ERASURE_HOLD, "hold_id"),
}
_ACTS: Final = frozenset(
    {"requested", "extended", "confirmed", "withdrawn", "made", "lifted"}
)
_PLAIN: Final = (
    *("whose", "ground", "own_items", "received_on", "answer_by"),
    *("grace_until", "final_on", "report"),
)
_LISTS: Final = ("people", "entries")
_RENAMED: Final = {"group": "group_id", "person": "person_id"}


class Register:
    """Keeps the requests and the holds of one institution.

    Args:
        database: Where groups lie.
        keys: Keeps the keys by which rows are sealed.
        institution: Whose.
    """

    def __init__(self, database: Database, keys: KeyStore, institution: str) -> None:
        self._database = database
        self._keys = keys
        self._institution = institution

    def add(self, item: Erasure | Hold) -> None:
        """Keep a new request or hold.

        Raises:
            StoreTooOld: The store was not upgraded yet.
        """
        self._check()
        table, _ = _IDS[type(item)]
        with self._database.writing() as connection:
            connection.execute(insert(table).values(self._row(item)))

    def change(self, before: ItemT, after: ItemT) -> bool:
        """Keep a request or hold as it is now.

        Returns:
            Whether it was as it was before: not if somebody else changed it meanwhile.
        """
        self._check()
        with self._database.writing() as connection:
            return self.change_within(connection, before, after)

    def change_within(
        self, connection: Connection, before: ItemT, after: ItemT
    ) -> bool:
        """Do what `change` does in a transaction that is open."""
        old = self._row(before)
        table, name = _IDS[type(before)]
        same = (table.c[key] == old[key] for key in ("institution_id", name, "seal"))
        statement = update(table).where(*same).values(self._row(after))
        return connection.execute(statement).rowcount == 1

    def finishing(
        self, before: Erasure, after: Erasure
    ) -> Callable[[Connection], None]:
        """Return what keeps a request as it is now in the transaction that is open.

        It raises `LostRace` if somebody else changed it meanwhile: then nothing of
        that transaction is kept.

        Args:
            before: As it was.
            after: As it is now.
        """

        def finish(connection: Connection) -> None:
            if not self.change_within(connection, before, after):
                raise LostRace

        return finish

    def groups(self) -> tuple[GroupId, ...]:
        """Return the groups about which there is any request or hold."""
        self._check()
        found: set[GroupId] = set()
        with self._database.reading() as connection:
            for table in (ERASURE, ERASURE_HOLD):
                query = select(table.c.group_id).where(
                    table.c.institution_id == self._institution
                )
                found.update(connection.execute(query.distinct()).scalars())
        return tuple(sorted(found))

    def group_of(self, kind: type[Erasure | Hold], id_: str) -> GroupId | None:
        """Return the group that a request or hold is about; `None` if there is none.

        Args:
            kind: Which of the two.
            id_: Its id.
        """
        self._check()
        table, name = _IDS[kind]
        query = select(table.c.group_id).where(
            table.c.institution_id == self._institution, table.c[name] == id_
        )
        with self._database.reading() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else GroupId(found)

    def erasures(self, group: GroupId) -> tuple[Erasure, ...]:
        """Return the requests about a group, the oldest first.

        Args:
            group: The group.

        Raises:
            StoreTooOld: The store was not upgraded yet.
            StoreDamaged: One was altered.
            KeyStoreBehind: The key store does not know the group.
        """
        found = (_erasure(row) for row in self._rows(ERASURE, group))
        return tuple(sorted(found, key=lambda one: (one.requested.at, one.id)))

    def holds(self, group: GroupId) -> tuple[Hold, ...]:
        """Return the holds on a group, those that are over too, the oldest first.

        Args:
            group: The group.

        Raises:
            StoreTooOld: The store was not upgraded yet.
            StoreDamaged: One was altered.
            KeyStoreBehind: The key store does not know the group.
        """
        found = (_hold(row) for row in self._rows(ERASURE_HOLD, group))
        return tuple(sorted(found, key=lambda one: (one.made.at, one.id)))

    def _check(self) -> None:
        found = self._database.format
        if found < FORMAT:
            raise StoreTooOld(file=self._database.file, found=found, known=FORMAT)

    def _rows(self, table: Table, group: GroupId) -> Iterator[Mapping[str, Any]]:
        self._check()
        query = select(table).where(
            table.c.institution_id == self._institution, table.c.group_id == group
        )
        try:
            with self._database.reading() as connection:
                rows = [dict(row) for row in connection.execute(query).mappings()]
        except (ValueError, TypeError):
            # A date that is none. The driver's error would repeat it.
            rows = None
        if rows is None:
            raise StoreDamaged(what="erasure")
        key = self._key(group) if rows else b""
        for row in rows:
            if not hmac.compare_digest(row["seal"], _seal(key, table, row)):
                raise StoreDamaged(what="erasure")
            yield row

    def _row(self, item: Erasure | Hold) -> Row:
        table, name = _IDS[type(item)]
        row = {"institution_id": self._institution, name: item.id, **_columns(item)}
        return row | {"seal": _seal(self._key(item.group), table, row)}

    def _key(self, group: GroupId) -> bytes:
        keys = self._keys.read(group)
        if keys is None:
            raise KeyStoreBehind
        return keys.chain


def _seal(key: bytes, table: Table, row: Mapping[str, Any]) -> bytes:
    said = {c.name: row[c.name] for c in table.c if c.name != "seal"}
    # Sorted and as JSON: two rows that differ never read the same.
    whole = json.dumps(said, sort_keys=True, default=str)
    return hmac.digest(key, place(table.name, whole), "sha256")


def _columns(item: Erasure | Hold) -> Row:
    row: Row = {}
    for field in attrs.fields(type(item)):
        value = getattr(item, field.name)
        if field.name in _ACTS:
            row |= _act_columns(field.name, value)
        elif field.name in _LISTS:
            row[field.name] = ",".join(value) or None
        elif field.name != "id":
            is_time = isinstance(value, datetime)
            row[_RENAMED.get(field.name, field.name)] = (
                stamp(value) if is_time else value
            )
    return row


def _act_columns(name: str, act: Act | None) -> Row:
    return {
        f"{name}_by": act.by if act else None,
        f"{name}_because": act.because if act else None,
        f"{name}_at": stamp(act.at) if act else None,
    }


def _erasure(row: Mapping[str, Any]) -> Erasure:
    return Erasure(
        id=row["erasure_id"],
        group=row["group_id"],
        person=row["person_id"],
        people=tuple(map(PersonId, _list(row["people"]))),
        entries=tuple(map(ChangeId, _list(row["entries"]))),
        started_at=_time(row["started_at"]),
        done_at=_time(row["done_at"]),
        **{name: row[name] for name in _PLAIN},
        **_acts_of(row, ("requested", "extended", "confirmed", "withdrawn")),
    )


def _hold(row: Mapping[str, Any]) -> Hold:
    return Hold(
        id=row["hold_id"],
        group=row["group_id"],
        person=row["person_id"],
        kind=row["kind"],
        until=row["until"],
        **_acts_of(row, ("made", "lifted")),
    )


def _acts_of(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {
        name: Act(
            by=row[f"{name}_by"],
            because=row[f"{name}_because"],
            at=datetime.fromisoformat(row[f"{name}_at"]),
        )
        if row[f"{name}_at"] is not None
        else None
        for name in names
    }


def _list(stored: str | None) -> list[str]:
    return stored.split(",") if stored else []


def _time(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)
