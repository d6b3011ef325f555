"""Format 1 of the key store. Frozen: later formats add migrations of their own."""

import sqlalchemy as sa
from alembic import op

revision = "keys_1"
down_revision = None
branch_labels = ("keys",)
depends_on = None

# On PostgreSQL text sorts by its bytes, as it does on SQLite.
_ID = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of format 1."""
    op.create_table(
        "ring_check",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("ring_key", _ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "key_record",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("ring_key", _ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
