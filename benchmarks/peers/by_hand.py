"""The floors: the same reading and writing by hand, without any decision.

What a competent person writes with SQLAlchemy Core, AES-GCM and msgspec: documents
and journal in one SQLite file, key records in a second, the access log in a third;
statements built once, connections from the pool.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from benchmarks import shape
from benchmarks.harness import Side
from benchmarks.peers import sealing
from benchmarks.peers.sqlite import open_engine
from benchmarks.peers.values import Goal, Group, Leaf

_document_metadata, _key_metadata, _log_metadata = MetaData(), MetaData(), MetaData()

_documents = Table(
    "documents",
    _document_metadata,
    Column("group_id", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("skeleton", LargeBinary, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
)
_journal = Table(
    "journal",
    _document_metadata,
    Column("group_id", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("type", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("skeleton", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
)
_keys = Table(
    "keys",
    _key_metadata,
    Column("group_id", String, primary_key=True),
    Column("record", LargeBinary, nullable=False),
)
_log = Table(
    "access_log",
    _log_metadata,
    Column("id", Integer, primary_key=True),
    Column("group_id", String, nullable=False),
    Column("who", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("at", String, nullable=False),
)

_SELECT_DOCUMENT = select(
    _documents.c.version, _documents.c.skeleton, _documents.c.leaves
).where(_documents.c.group_id == bindparam("wanted"))
_SELECT_KEYS = select(_keys.c.record).where(_keys.c.group_id == bindparam("wanted"))
_INSERT_LOG = insert(_log)
_INSERT_ENTRY = insert(_journal)
_UPDATE_DOCUMENT = (
    update(_documents)
    .where(_documents.c.group_id == bindparam("wanted"))
    .where(_documents.c.version == bindparam("seen"))
    .values(
        version=bindparam("next"),
        skeleton=bindparam("skeleton"),
        leaves=bindparam("leaves"),
    )
)
_WANTED = {"wanted": shape.GROUP}

_encode = msgspec.msgpack.Encoder().encode
_decode_skeleton = msgspec.msgpack.Decoder(Group).decode
_decode_leaf = msgspec.msgpack.Decoder(Leaf).decode
_decode_sealed_leaves = msgspec.msgpack.Decoder(dict[str, bytes]).decode


@attrs.frozen
class Opened:
    """A group in memory, with what writing it again needs."""

    version: int
    group: Group
    leaves: dict[str, Leaf]
    sealed_leaves: dict[str, bytes]
    keys: sealing.Keys


class Store:
    """Three SQLite files with one sealed group."""

    def __init__(self, folder: Path) -> None:
        self._documents = open_engine(folder / "documents.sqlite")
        self._keys = open_engine(folder / "keys.sqlite")
        self._log = open_engine(folder / "log.sqlite")
        self._master = sealing.new_key()
        self._fill()

    def _fill(self) -> None:
        _document_metadata.create_all(self._documents)
        _key_metadata.create_all(self._keys)
        _log_metadata.create_all(self._log)
        plain = shape.plain_group()
        raw_keys = sealing.new_raw_keys((shape.GROUP, *shape.subjects(plain)))
        record = sealing.wrap(self._master, raw_keys, shape.GROUP)
        with self._keys.begin() as connection:
            key_row = {"group_id": shape.GROUP, "record": record}
            connection.execute(insert(_keys), key_row)
        with self._documents.begin() as connection:
            document = _sealed_document(plain, sealing.ready(raw_keys))
            connection.execute(insert(_documents), document)

    def view(self) -> Opened:
        """Read the group and commit one log line (floor of P1)."""
        opened = self.read()
        with self._log.begin() as connection:
            connection.execute(_INSERT_LOG, _log_line())
        return opened

    def read(self) -> Opened:
        """Read the group: two rows, ten seals, ten decodings."""
        with self._documents.connect() as connection:
            return self._opened(connection)

    def _opened(self, connection: Connection) -> Opened:
        row = connection.execute(_SELECT_DOCUMENT, _WANTED).one()
        keys = self._group_keys()
        sealed_leaves = _decode_sealed_leaves(row.leaves)
        return Opened(
            version=row.version,
            group=_decode_skeleton(_unseal(keys, shape.GROUP, row.skeleton)),
            leaves={
                subject: _decode_leaf(_unseal(keys, subject, sealed))
                for subject, sealed in sealed_leaves.items()
            },
            sealed_leaves=sealed_leaves,
            keys=keys,
        )

    def _group_keys(self) -> sealing.Keys:
        with self._keys.connect() as connection:
            record: bytes = connection.execute(_SELECT_KEYS, _WANTED).scalar_one()
        return sealing.unwrap(self._master, record, shape.GROUP)

    def change(self) -> None:
        """Read the group, change one goal, write it (floor of P2)."""
        with self._documents.connect() as connection:
            self._write(connection, self._opened(connection))

    def write(self, opened: Opened) -> Opened:
        """Change and write a group that was read before (stricter floor of P2)."""
        with self._documents.connect() as connection:
            return self._write(connection, opened)

    def _write(self, connection: Connection, opened: Opened) -> Opened:
        changed = _with_changed_goal(opened)
        result = connection.execute(_UPDATE_DOCUMENT, _document_row(changed))
        if result.rowcount != 1:
            message = "another writer came first"
            raise RuntimeError(message)
        connection.execute(_INSERT_ENTRY, _entry_row(changed))
        connection.commit()
        return changed


def _log_line() -> dict[str, str]:
    return {
        "group_id": shape.GROUP,
        "who": shape.PROFESSIONAL,
        "purpose": "treatment",
        "at": _now(),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _seal(keys: sealing.Keys, subject: str, content: object) -> bytes:
    return sealing.seal(keys[subject], _encode(content), _bound_to(subject))


def _unseal(keys: sealing.Keys, subject: str, sealed: bytes) -> bytes:
    return sealing.unseal(keys[subject], sealed, _bound_to(subject))


def _bound_to(subject: str) -> bytes:
    return f"{shape.INSTITUTION}|{shape.GROUP}|{subject}".encode()


def _sealed_document(plain: shape.Plain, keys: sealing.Keys) -> dict[str, Any]:
    skeleton, leaves = shape.split(plain)
    sealed = {
        subject: _seal(keys, subject, Leaf(words)) for subject, words in leaves.items()
    }
    return {
        "group_id": shape.GROUP,
        "version": 1,
        "skeleton": _seal(keys, shape.GROUP, skeleton),
        "leaves": _encode(sealed),
    }


def _with_changed_goal(opened: Opened) -> Opened:
    """Give one goal its other status and other words of the same length."""
    goals = tuple(map(_changed_if_wanted, opened.group.goals))
    leaf = _with_turned_words(opened.leaves[shape.CLIENT])
    resealed = _seal(opened.keys, shape.CLIENT, leaf)
    return attrs.evolve(
        opened,
        version=opened.version + 1,
        group=attrs.evolve(opened.group, goals=goals),
        leaves=opened.leaves | {shape.CLIENT: leaf},
        # A leaf that did not change keeps its seal: the least one can do.
        sealed_leaves=opened.sealed_leaves | {shape.CLIENT: resealed},
    )


def _changed_if_wanted(goal: Goal) -> Goal:
    if goal.id != shape.CHANGED_GOAL:
        return goal
    return attrs.evolve(goal, status=shape.other_status(goal.status))


def _with_turned_words(leaf: Leaf) -> Leaf:
    text = f"{shape.CHANGED_GOAL}.words"
    return Leaf(leaf.words | {text: shape.turned(leaf.words[text])})


def _document_row(opened: Opened) -> dict[str, Any]:
    return {
        **_WANTED,
        "seen": opened.version - 1,
        "next": opened.version,
        "skeleton": _seal(opened.keys, shape.GROUP, opened.group),
        "leaves": _encode(opened.sealed_leaves),
    }


def _entry_row(opened: Opened) -> dict[str, Any]:
    text = f"{shape.CHANGED_GOAL}.words"
    said = {text: opened.leaves[shape.CLIENT].words[text]}
    change = {"goal": shape.CHANGED_GOAL, "status": "other", "happened_on": "today"}
    return {
        "group_id": shape.GROUP,
        "seq": opened.version,
        "type": "goal_changed",
        "actor": shape.PROFESSIONAL,
        "recorded_at": _now(),
        "skeleton": _seal(opened.keys, shape.GROUP, change),
        "leaf": _seal(opened.keys, shape.CLIENT, said),
    }


def view(folder: Path) -> Side:
    """Measure reading the group and committing one log line."""
    return Side("by hand: read and log", Store(folder).view)


def reading(folder: Path) -> Side:
    """Measure reading the group alone."""
    return Side("by hand: read", Store(folder).read)


def change(folder: Path) -> Side:
    """Measure reading the group, changing one goal and writing it."""
    return Side("by hand: read, change, write", Store(folder).change)


def writing(folder: Path) -> Side:
    """Measure changing and writing a group that lies read in memory."""
    store = Store(folder)
    opened = store.read()

    def write_again() -> None:
        nonlocal opened
        opened = store.write(opened)

    return Side("by hand: write alone", write_again)
