"""The quick door: what rgcore sealed itself, by msgspec straight into the classes.

Nothing is validated here: the seal already says that these are our own bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

import msgspec
from attrs import frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import BY_TYPE, Change
from rgcore.domain.findings import Override
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, TextId
from rgcore.domain.journal import Entry
from rgcore.domain.text import PersonName, Said
from rgcore.serial.upgrades import UPGRADES, Upgrades, upgraded


@frozen(kw_only=True, repr=False)
class Leaf:
    """Everything said by or about one person, by text id; its `repr` shows none."""

    texts: dict[TextId, str]
    names: dict[TextId, PersonName]
    dates: dict[TextId, date]


@frozen(kw_only=True)
class _Record:
    """An entry as it lies in the journal; its change is decoded by its header."""

    seq: int
    type: Code
    schema: int
    actor: Actor
    recorded_at: datetime
    composition: str
    overrides: tuple[Override, ...]
    warned: tuple[Code, ...]
    change: msgspec.Raw


_encode = msgspec.msgpack.Encoder().encode
_decode_group = msgspec.msgpack.Decoder(ResourceGroup).decode
_decode_leaf = msgspec.msgpack.Decoder(Leaf).decode
_decode_record = msgspec.msgpack.Decoder(_Record).decode


def pack_group(group: ResourceGroup) -> bytes:
    """Return a group's skeleton as bytes."""
    return _encode(group)


def unpack_group(packed: bytes) -> ResourceGroup:
    """Return the group behind a skeleton's bytes."""
    return _decode_group(packed)


def pack_words(words: Mapping[TextId, Said]) -> bytes:
    """Return one person's words as bytes."""
    leaf = Leaf(texts={}, names={}, dates={})
    for text, said in words.items():
        if isinstance(said, str):
            leaf.texts[text] = said
        elif isinstance(said, PersonName):
            leaf.names[text] = said
        else:
            leaf.dates[text] = said
    return _encode(leaf)


def unpack_words(packed: bytes) -> dict[TextId, Said]:
    """Return one person's words behind their bytes."""
    leaf = _decode_leaf(packed)
    if leaf.names or leaf.dates:
        return {**leaf.texts, **leaf.names, **leaf.dates}
    return leaf.texts  # type: ignore[return-value]


def pack_entry(entry: Entry) -> bytes:
    """Return an entry's skeleton as bytes."""
    record = _Record(
        seq=entry.seq,
        type=entry.change.TYPE,
        schema=entry.change.SCHEMA,
        actor=entry.actor,
        recorded_at=entry.recorded_at,
        composition=entry.composition,
        overrides=entry.overrides,
        warned=entry.warned,
        change=msgspec.Raw(_encode(entry.change)),
    )
    return _encode(record)


def unpack_entry(packed: bytes, upgrades: Upgrades = UPGRADES) -> Entry:
    """Return the entry behind a skeleton's bytes.

    Args:
        packed: The bytes.
        upgrades: What leads from an older schema of a change to the next.
    """
    record = _decode_record(packed)
    return Entry(
        seq=record.seq,
        change=_change(record, upgrades),
        actor=record.actor,
        recorded_at=record.recorded_at,
        composition=record.composition,
        overrides=record.overrides,
        warned=record.warned,
    )


def pack_change(change: Change) -> bytes:
    """Return a change alone as bytes, to compare it with another."""
    return _encode(change)


def _change(record: _Record, upgrades: Upgrades) -> Change:
    today = BY_TYPE[record.type].SCHEMA
    if record.schema == today:
        return _decoder(record.type)(record.change)
    fields = msgspec.msgpack.decode(record.change)
    newer = upgraded(record.type, record.schema, today, fields, upgrades)
    return _decoder(record.type)(_encode(newer))


@cache
def _decoder(type_: Code) -> Callable[[bytes | msgspec.Raw], Change]:
    return msgspec.msgpack.Decoder(BY_TYPE[type_]).decode
