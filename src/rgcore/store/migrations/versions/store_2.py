"""Format 2 of the store: outbox, handles, and how new the keys of a document were.

Frozen: later formats add migrations of their own.
"""

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
