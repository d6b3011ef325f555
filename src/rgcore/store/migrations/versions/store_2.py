"""Format 2 of the store: outbox, handles, erasures, how new a document's keys were.

Frozen: later formats add migrations of their own.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "store_2"
down_revision = "store_1"
branch_labels = None
depends_on = None

# On PostgreSQL text sorts by its bytes, as it does on SQLite.
_ID = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
_TIME = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")


def upgrade() -> None:
    """Add what format 2 has and format 1 had not."""
    revision = sa.Column(
        "keys_revision", sa.Integer, nullable=False, server_default="0"
    )
    op.add_column("document", revision)
    _handles()
    _outbox()
    _erasures()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE journal_position_seq AS bigint")
        # Whoever comes from another database goes on behind its entries.
        op.execute(
            "SELECT setval('journal_position_seq', greatest(1, max(position)), "
            "max(position) IS NOT NULL) FROM journal"
        )


def _handles() -> None:
    op.create_table(
        "group_handle",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("kind", _ID, primary_key=True),
        sa.Column("blinded", sa.LargeBinary, primary_key=True),
        sa.Column("group_id", _ID, nullable=False),
    )
    op.create_index(
        "group_handle_group", "group_handle", ["institution_id", "group_id"]
    )


def _erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("erasure_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("person_id", _ID),
        sa.Column("people", sa.Text),
        sa.Column("entries", sa.Text),
        sa.Column("whose", _ID, nullable=False),
        sa.Column("ground", _ID),
        sa.Column("own_items", _ID),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("answer_by", sa.Date, nullable=False),
        sa.Column("grace_until", sa.Date, nullable=False),
        *_acts("requested", "extended", "confirmed", "withdrawn"),
        sa.Column("started_at", _TIME),
        sa.Column("done_at", _TIME),
        sa.Column("final_on", sa.Date),
        sa.Column("report", sa.Text),
        sa.Column("seal", sa.LargeBinary, nullable=False),
    )
    op.create_index("erasure_group", "erasure", ["institution_id", "group_id"])
    op.create_table(
        "erasure_hold",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("hold_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("person_id", _ID),
        sa.Column("kind", _ID, nullable=False),
        *_acts("made", "lifted"),
        sa.Column("until", sa.Date),
        sa.Column("seal", sa.LargeBinary, nullable=False),
    )
    op.create_index(
        "erasure_hold_group", "erasure_hold", ["institution_id", "group_id"]
    )


def _acts(*names: str) -> Iterator["sa.Column[str]"]:
    for name in names:
        yield sa.Column(f"{name}_by", _ID)
        yield sa.Column(f"{name}_because", _ID)
        yield sa.Column(f"{name}_at", _TIME)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("connection_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, primary_key=True),
        sa.Column("since_seq", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("leased_by", _ID),
        sa.Column("leased_until", _TIME),
    )
    op.create_index("outbox_lease", "outbox", ["institution_id", "leased_until"])
