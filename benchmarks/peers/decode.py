"""From stored bytes to objects: the floor and three ways that others go.

All sides decode the same content. Dates become ``datetime.date`` everywhere.
"""

from __future__ import annotations

from functools import partial

import msgspec
from cattrs.preconf.orjson import make_converter

from benchmarks import shape
from benchmarks.harness import Side
from benchmarks.peers import pydantic_models
from benchmarks.peers.values import Group, Leaf


def msgspec_msgpack() -> Side:
    """Measure msgspec, MessagePack, straight into frozen attrs classes: the floor."""
    stored = msgspec.msgpack.encode(shape.plain_group())
    decode = msgspec.msgpack.Decoder(Group).decode
    return Side("msgspec, msgpack, whole group", partial(decode, stored))


def msgspec_json() -> Side:
    """Measure the same from JSON."""
    stored = msgspec.json.encode(shape.plain_group())
    decode = msgspec.json.Decoder(Group).decode
    return Side("msgspec, JSON, whole group", partial(decode, stored))


def msgspec_in_parts() -> Side:
    """Measure msgspec on the skeleton and the nine leaves, as rgcore stores them."""
    skeleton, leaves = shape.split(shape.plain_group())
    stored = msgspec.msgpack.encode(skeleton)
    stored_leaves = [msgspec.msgpack.encode(Leaf(words)) for words in leaves.values()]
    decode = msgspec.msgpack.Decoder(Group).decode
    decode_leaf = msgspec.msgpack.Decoder(Leaf).decode

    def decode_all() -> tuple[Group, list[Leaf]]:
        return decode(stored), [decode_leaf(leaf) for leaf in stored_leaves]

    return Side("msgspec, msgpack, skeleton and nine leaves", decode_all)


def cattrs_orjson() -> Side:
    """Measure cattrs with orjson as it comes, into the same classes."""
    stored = msgspec.json.encode(shape.plain_group())
    converter = make_converter()

    def decode() -> Group:
        return converter.loads(stored, Group)

    return Side("cattrs + orjson", decode)


def pydantic() -> Side:
    """Measure pydantic v2 from JSON into frozen models of the same shape."""
    stored = msgspec.json.encode(shape.plain_group())
    decode = pydantic_models.Group.model_validate_json
    return Side("pydantic v2", partial(decode, stored))
