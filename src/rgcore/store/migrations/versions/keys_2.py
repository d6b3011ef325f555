"""Format 2 of the key store: keys of the institution that belong to no group.

Frozen: later formats add migrations of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "keys_2"
down_revision = "keys_1"
branch_labels = None
depends_on = None

# On PostgreSQL text sorts by its bytes, as it does on SQLite.
_ID = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def upgrade() -> None:
    """Add what format 2 has and format 1 had not."""
    op.create_table(
        "named_key",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("name", _ID, primary_key=True),
        sa.Column("ring_key", _ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
