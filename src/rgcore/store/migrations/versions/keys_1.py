"""Format 1 of the key store. Frozen: later formats add migrations of their own."""

import sqlalchemy as sa
from alembic import op

revision = "keys_1"
down_revision = None
branch_labels = ("keys",)
depends_on = None


def upgrade() -> None:
    """Make the tables of format 1."""
    op.create_table(
        "ring_check",
        sa.Column("institution_id", sa.String(64), primary_key=True),
        sa.Column("ring_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "key_record",
        sa.Column("institution_id", sa.String(64), primary_key=True),
        sa.Column("group_id", sa.String(64), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("ring_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
