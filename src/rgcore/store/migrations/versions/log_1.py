"""Format 1 of the access log. Frozen: later formats add migrations of their own."""

import sqlalchemy as sa
from alembic import op

revision = "log_1"
down_revision = None
branch_labels = ("log",)
depends_on = None


def upgrade() -> None:
    """Make the tables of format 1."""
    op.create_table(
        "access_line",
        sa.Column("institution_id", sa.String(64), primary_key=True),
        sa.Column("line_id", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(64), nullable=False),
        sa.Column("on_behalf_of", sa.String(64)),
        sa.Column("group_id", sa.String(64)),
    )
    op.create_index("access_line_group", "access_line", ["institution_id", "group_id"])
