"""What rgcore does in the races: with ``rgcore_content`` all that knows rgcore's API.

Each function takes an empty folder for its files, prepares everything, and returns a
callable without parameters. Only the call is timed, thousands of times in a row, so:

* prepare as a host would: one ``Institution`` opened from SQLite files in the folder
  (WAL, synchronous=NORMAL, as every side has it);
* the group holds what ``shape.plain_group()`` holds: the same eight members, six
  goals with eighteen agreements, eight meetings, thirty steps, ten measures, and
  words of the same length;
* a call leaves the group as large as it was, or every call is slower than the last.
  Where it cannot, a ``Side`` is returned whose ``reset`` takes back what was added.

A function that raises ``NotImplementedError`` is left out of the report, with its
message as a note.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Select, Table, bindparam, insert, select

import rgcore
from benchmarks import shape
from benchmarks.harness import Call, Side
from benchmarks.peers.sqlite import open_engine
from benchmarks.rgcore_content import STAFF, changes, review
from rgcore import Actor, Institution, Words
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, GroupId, PersonId, TextId
from rgcore.domain.text import Said
from rgcore.serial.packed import (
    Leaf,
    pack_group,
    pack_words,
    unpack_group,
    unpack_words,
)
from rgcore.store import KeyRing, Loaded, Store
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import unpack_leaves
from rgcore.store.sealing import place, unseal
from rgcore.store.tables import ACCESS_LINE, DOCUMENT, KEY_RECORD

_GROUP = GroupId(shape.GROUP)
_FILES = (".db", ".keys.db", ".log.db")
_INDEX = "team_id, attention_from, attention_until, composition"


def view_of_one_group(folder: Path) -> Call:
    """Return "open a view of one group" (P1).

    The call is ``institution.view(group_id, actor)`` with everything that belongs to
    it: document row, key record, unseal, decode, access decided, one access-log line
    committed, the ``View`` built. It returns the ``View``.
    """
    institution, actor = _with_one_group(folder)
    return lambda: institution.view(_GROUP, actor)


def reading_of_one_group(folder: Path) -> Call:
    """Return "read one group" without decision or log line (P1, reading alone).

    The call is what ``view`` does in the store: document row, key record, unseal,
    decode, down to the ``ResourceGroup`` with its words at hand.
    """
    store = _with_one_group(folder)[0]._store

    def read() -> object:
        loaded = _loaded(store)
        return loaded.group, store.words(loaded)

    return read


def floor_of_view(folder: Path) -> Call:
    """Return the I/O of a view by hand, on rgcore's own rows (P1, the exact floor).

    Two rows and one committed log line by SQLAlchemy Core, the seals opened, msgspec
    into rgcore's classes: nothing is decided and no view is built. The peers' floor
    does the same with a group that holds less.
    """
    institution, actor = _with_one_group(folder)
    store = institution._store
    documents, keys, log = (open_engine(folder / f"rgcore{end}") for end in _FILES)
    select_document, select_keys = _selects()
    wanted = {"institution": shape.INSTITUTION, "group": _GROUP}
    insert_line = insert(ACCESS_LINE)
    decode_keys = msgspec.msgpack.Decoder(GroupKeys).decode
    decode_group = msgspec.msgpack.Decoder(ResourceGroup).decode
    ring = KeyRing.read(folder / "rgcore.keyring")
    master = ring.keys[ring.current]

    def read_and_log() -> object:
        with documents.connect() as connection:
            row = connection.execute(select_document, wanted).one()
        with keys.connect() as connection:
            record = connection.execute(select_keys, wanted).one()
        where = place("keys", shape.INSTITUTION, _GROUP, record.revision)
        opened = decode_keys(unseal(master, record.sealed, where, "key record"))
        sealer = store.sealer(_GROUP, "document", opened)
        group = decode_group(sealer.open_skeleton(row.skeleton, row.seq))
        words = sealer.open_words(unpack_leaves(row.leaves))
        with log.begin() as connection:
            connection.execute(insert_line, _line(institution.new_id(), actor))
        return group, words

    return read_and_log


def record_of_one_change(folder: Path) -> Side:
    """Return "record one change" (P2).

    The call is ``institution.record(group_id, (change,), actor, words=…)``: load,
    decide, apply, seal, journal with chain, index, one commit. The change is as near
    as rgcore has it to the peers' own: how ``shape.CHANGED_GOAL`` goes, one code and
    the other in turn, with words as long as theirs.

    rgcore forgets nothing, so each call adds an entry, a happening and a text. After
    each call, untimed, the rows are put back as they were.
    """
    institution, actor = _with_one_group(folder)
    numbers = count()
    said = next(g["words"] for g in shape.plain_group()["goals"] if _is_changed(g))

    def record() -> object:
        number, words = next(numbers), Words()
        change = review(f"measured-{number}", words, said, is_on_track=number % 2 == 0)
        return institution.record(_GROUP, (change,), actor, words=words)

    record()  # The first writes the composition and compiles what SQLAlchemy keeps.
    return Side("rgcore: record", record, reset=_putting_back(institution))


def decode_of_a_stored_group(folder: Path) -> Call:
    """Return "decode a stored group" (P9).

    From the unsealed bytes of skeleton and leaves to the ``ResourceGroup`` and its
    words, by rgcore's own function: no database, no AES.
    """
    skeleton, leaves = _stored(folder)

    def decode() -> object:
        words: dict[TextId, Said] = {}
        for leaf in leaves:
            words.update(unpack_words(leaf))
        return unpack_group(skeleton), words

    return decode


def floor_of_decode(folder: Path) -> Call:
    """Return msgspec alone on rgcore's own classes (P9, the exact floor).

    From the same bytes, ``msgspec.msgpack.Decoder(<rgcore's attrs class>).decode``
    and nothing else, so that the ratio shows what rgcore adds to msgspec and not that
    its classes have other fields than ``peers.values``.
    """
    skeleton, leaves = _stored(folder)
    decode_group = msgspec.msgpack.Decoder(ResourceGroup).decode
    decode_leaf = msgspec.msgpack.Decoder(Leaf).decode
    return lambda: (decode_group(skeleton), [decode_leaf(leaf) for leaf in leaves])


def _selects() -> tuple[Select[Any], Select[Any]]:
    """Return the selects of a document and of its keys."""
    document, record = DOCUMENT.c, KEY_RECORD.c
    return (
        _of_one_group(
            select(document.seq, document.skeleton, document.leaves), DOCUMENT
        ),
        _of_one_group(select(record.sealed, record.revision), KEY_RECORD),
    )


def _of_one_group(query: Select[Any], table: Table) -> Select[Any]:
    return query.where(
        table.c.institution_id == bindparam("institution"),
        table.c.group_id == bindparam("group"),
    )


def _line(line_id: str, actor: Actor) -> dict[str, str | None]:
    return {
        "institution_id": shape.INSTITUTION,
        "line_id": line_id,
        "at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "event": "view",
        "outcome": "shown",
        "reader": actor.who,
        "purpose": actor.purpose,
        "on_behalf_of": actor.on_behalf_of,
        "group_id": _GROUP,
    }


def _with_one_group(folder: Path) -> tuple[Institution, Actor]:
    """Return an institution that keeps the group, and its supporter."""
    toml = rgcore.create(folder, shape.INSTITUTION, staff=STAFF)
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('= "full"', '= "normal"'), encoding="utf-8")
    institution, words = rgcore.open(toml), Words()
    supporter = Actor(
        PersonId(shape.PROFESSIONAL),
        Code("care"),
        on_behalf_of=PersonId(shape.CLIENT),
        because=Code("at_the_table"),
    )
    all_changes = tuple(changes(words))
    institution.record(_GROUP, all_changes, supporter, words=words)
    return institution, supporter


def _stored(folder: Path) -> tuple[bytes, list[bytes]]:
    """Return the group as it lies in the store, its seals opened."""
    store = _with_one_group(folder)[0]._store
    loaded = _loaded(store)
    sealer = store.sealer(_GROUP, "document", loaded.keys)
    leaves = [sealer.open_leaf(loaded.leaves, person) for person in loaded.leaves]
    return pack_group(loaded.group), [pack_words(leaf) for leaf in leaves]


def _loaded(store: Store) -> Loaded:
    loaded = store.load(_GROUP)
    assert loaded is not None
    return loaded


def _putting_back(institution: Institution) -> Call:
    """Return what leaves the three tables as they are now.

    It goes over the pool's own connection: another would make SQLite drop the page
    cache of the one that is measured.
    """
    database = institution._store._database
    with database.reading() as connection:
        seq, *rest = connection.exec_driver_sql(
            "SELECT seq, skeleton, leaves, head FROM document"
        ).one()
        index = connection.exec_driver_sql(f"SELECT {_INDEX} FROM group_index").one()  # noqa: S608 - a constant

    def put_back() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM journal WHERE seq > ?", (seq,))
            connection.exec_driver_sql(
                "UPDATE document SET seq = ?, skeleton = ?, leaves = ?, head = ?",
                (seq, *rest),
            )
            connection.exec_driver_sql(
                f"UPDATE group_index SET ({_INDEX}) = (?, ?, ?, ?)",  # noqa: S608 - a constant
                tuple(index),
            )

    return put_back


def _is_changed(goal: shape.Plain) -> bool:
    return bool(goal["id"] == shape.CHANGED_GOAL)
