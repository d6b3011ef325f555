"""The tables. In clear stand opaque ids, codes and dates only.

`institution_id` leads every key: one store may hold many institutions.
"""

from __future__ import annotations

from collections.abc import Iterator
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

# On PostgreSQL text sorts by its bytes, as it does on SQLite: one order everywhere.
_ID: Final = String(64).with_variant(String(64, collation="C"), "postgresql")
_TIME: Final = String(32).with_variant(String(32, collation="C"), "postgresql")

STORE: Final = MetaData()
KEYS: Final = MetaData()
LOG: Final = MetaData()


def _acts(*names: str) -> Iterator[Column[str]]:
    """Go through the columns that say who did something, why, and when."""
    for name in names:
        yield Column(f"{name}_by", _ID)
        yield Column(f"{name}_because", _ID)
        yield Column(f"{name}_at", _TIME)


INSTITUTION = Table(
    "institution",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("made_at", _TIME, nullable=False),
)

COMPOSITION = Table(
    "composition",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("digest", _ID, primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("first_used_at", _TIME, nullable=False),
)

DOCUMENT = Table(
    "document",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("group_id", _ID, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("skeleton", LargeBinary, nullable=False),
    Column("leaves", LargeBinary, nullable=False),
    Column("head", LargeBinary, nullable=False),
    # How new the key record was when this was sealed: an older one lacks keys.
    Column("keys_revision", Integer, nullable=False, server_default="0"),
)

JOURNAL = Table(
    "journal",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("group_id", _ID, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("change_id", _ID, nullable=False),
    Column("type", _ID, nullable=False),
    Column("recorded_at", _TIME, nullable=False),
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
    Column("institution_id", _ID, primary_key=True),
    Column("group_id", _ID, primary_key=True),
    Column("team_id", _ID, nullable=False),
    Column("attention_from", Date),
    Column("attention_until", Date),
    Column("composition", _ID, nullable=False),
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

GROUP_HANDLE = Table(
    "group_handle",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("kind", _ID, primary_key=True),
    Column("blinded", LargeBinary, primary_key=True),
    Column("group_id", _ID, nullable=False),
)
Index("group_handle_group", GROUP_HANDLE.c.institution_id, GROUP_HANDLE.c.group_id)

OUTBOX = Table(
    "outbox",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("connection_id", _ID, primary_key=True),
    Column("group_id", _ID, primary_key=True),
    # What was recorded from this entry on has not been brought to the connection.
    Column("since_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("leased_by", _ID),
    Column("leased_until", _TIME),
)
Index("outbox_lease", OUTBOX.c.institution_id, OUTBOX.c.leased_until)

ERASURE = Table(
    "erasure",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("erasure_id", _ID, primary_key=True),
    Column("group_id", _ID, nullable=False),
    Column("person_id", _ID),
    # Ids with commas between them: of whoever it is, merged ids too, once it began;
    # and of changes whose texts are redacted.
    Column("people", Text),
    Column("entries", Text),
    Column("whose", _ID, nullable=False),
    Column("ground", _ID),
    Column("own_items", _ID),
    Column("received_on", Date, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("grace_until", Date, nullable=False),
    *_acts("requested", "extended", "confirmed", "withdrawn"),
    Column("started_at", _TIME),
    Column("done_at", _TIME),
    Column("final_on", Date),
    Column("report", Text),
    # Nobody without the key store can make a row up.
    Column("seal", LargeBinary, nullable=False),
)
Index("erasure_group", ERASURE.c.institution_id, ERASURE.c.group_id)

ERASURE_HOLD = Table(
    "erasure_hold",
    STORE,
    Column("institution_id", _ID, primary_key=True),
    Column("hold_id", _ID, primary_key=True),
    Column("group_id", _ID, nullable=False),
    Column("person_id", _ID),
    Column("kind", _ID, nullable=False),
    *_acts("made", "lifted"),
    Column("until", Date),
    Column("seal", LargeBinary, nullable=False),
)
Index("erasure_hold_group", ERASURE_HOLD.c.institution_id, ERASURE_HOLD.c.group_id)

RING_CHECK = Table(
    "ring_check",
    KEYS,
    Column("institution_id", _ID, primary_key=True),
    Column("ring_key", _ID, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

NAMED_KEY = Table(
    "named_key",
    KEYS,
    Column("institution_id", _ID, primary_key=True),
    Column("name", _ID, primary_key=True),
    Column("ring_key", _ID, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

KEY_RECORD = Table(
    "key_record",
    KEYS,
    Column("institution_id", _ID, primary_key=True),
    Column("group_id", _ID, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("ring_key", _ID, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

ACCESS_LINE = Table(
    "access_line",
    LOG,
    Column("institution_id", _ID, primary_key=True),
    Column("line_id", _ID, primary_key=True),
    Column("at", _TIME, nullable=False),
    Column("event", _ID, nullable=False),
    Column("outcome", _ID, nullable=False),
    Column("reader", _ID, nullable=False),
    Column("purpose", _ID, nullable=False),
    Column("on_behalf_of", _ID),
    Column("group_id", _ID),
)
Index("access_line_group", ACCESS_LINE.c.institution_id, ACCESS_LINE.c.group_id)
