"""Format 1 of the access log. Frozen: later formats add migrations of their own."""

import sqlalchemy as sa
from alembic import op

revision = "log_1"
down_revision = None
branch_labels = ("log",)
depends_on = None

# On PostgreSQL text sorts by its bytes, as it does on SQLite.
_ID = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
_TIME = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of format 1."""
    op.create_table(
        "access_line",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("line_id", _ID, primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("event", _ID, nullable=False),
        sa.Column("outcome", _ID, nullable=False),
        sa.Column("reader", _ID, nullable=False),
        sa.Column("purpose", _ID, nullable=False),
        sa.Column("on_behalf_of", _ID),
        sa.Column("group_id", _ID),
    )
    op.create_index("access_line_group", "access_line", ["institution_id", "group_id"])
