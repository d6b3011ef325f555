"""The tables. In clear stand opaque ids, codes and dates only.

`institution_id` leads every key: one store may hold many institutions.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

_ID: Final = 64
_TIME: Final = 32

STORE: Final = MetaData()
KEYS: Final = MetaData()
LOG: Final = MetaData()

INSTITUTION = Table(
    "institution",
    STORE,
    Column("institution_id", String(_ID), primary_key=True),
    Column("made_at", String(_TIME), nullable=False),
)

COMPOSITION = Table(
    "composition",
    STORE,
    Column("institution_id", String(_ID), primary_key=True),
    Column("digest", String(_ID), primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("first_used_at", String(_TIME), nullable=False),
)

DOCUMENT = Table(
    "document",
    STORE,
    Column("institution_id", String(_ID), primary_key=True),
    Column("group_id", String(_ID), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("skeleton", LargeBinary, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("head", LargeBinary, nullable=False),
)

JOURNAL = Table(
    "journal",
    STORE,
    Column("institution_id", String(_ID), primary_key=True),
    Column("group_id", String(_ID), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("change_id", String(_ID), nullable=False),
    Column("type", String(_ID), nullable=False),
    Column("recorded_at", String(_TIME), nullable=False),
    Column("skeleton", LargeBinary, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("digests", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
    UniqueConstraint(
        "institution_id", "group_id", "change_id", name="journal_change_once"
    ),
    UniqueConstraint("institution_id", "position", name="journal_position"),
)

GROUP_INDEX = Table(
    "group_index",
    STORE,
    Column("institution_id", String(_ID), primary_key=True),
    Column("group_id", String(_ID), primary_key=True),
    Column("team_id", String(_ID), nullable=False),
    Column("attention_from", Date),
    Column("attention_until", Date),
    Column("composition", String(_ID), nullable=False),
)
Index(
    "group_index_attention",
    GROUP_INDEX.c.institution_id,
    GROUP_INDEX.c.team_id,
    GROUP_INDEX.c.attention_from,
    GROUP_INDEX.c.attention_until,
    GROUP_INDEX.c.composition,
    GROUP_INDEX.c.group_id,
)
Index(
    "group_index_composition",
    GROUP_INDEX.c.institution_id,
    GROUP_INDEX.c.team_id,
    GROUP_INDEX.c.composition,
)

RING_CHECK = Table(
    "ring_check",
    KEYS,
    Column("institution_id", String(_ID), primary_key=True),
    Column("ring_key", String(_ID), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

KEY_RECORD = Table(
    "key_record",
    KEYS,
    Column("institution_id", String(_ID), primary_key=True),
    Column("group_id", String(_ID), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("ring_key", String(_ID), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

ACCESS_LINE = Table(
    "access_line",
    LOG,
    Column("institution_id", String(_ID), primary_key=True),
    Column("line_id", String(_ID), primary_key=True),
    Column("at", String(_TIME), nullable=False),
    Column("event", String(_ID), nullable=False),
    Column("outcome", String(_ID), nullable=False),
    Column("reader", String(_ID), nullable=False),
    Column("purpose", String(_ID), nullable=False),
    Column("on_behalf_of", String(_ID)),
    Column("group_id", String(_ID)),
)
Index("access_line_group", ACCESS_LINE.c.institution_id, ACCESS_LINE.c.group_id)
