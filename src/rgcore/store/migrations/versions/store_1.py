"""Format 1 of the store. Frozen: later formats add migrations of their own."""

import sqlalchemy as sa
from alembic import op

revision = "store_1"
down_revision = None
branch_labels = ("store",)
depends_on = None

# On PostgreSQL text sorts by its bytes, as it does on SQLite.
_ID = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
_TIME = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables of format 1."""
    op.create_table(
        "institution",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("made_at", _TIME, nullable=False),
    )
    op.create_table(
        "composition",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("digest", _ID, primary_key=True),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("first_used_at", _TIME, nullable=False),
    )
    op.create_table(
        "document",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("skeleton", sa.LargeBinary, nullable=False),
        sa.Column("leaves", sa.LargeBinary, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
    )
    _journal()
    _index()


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("change_id", _ID, nullable=False),
        sa.Column("type", _ID, nullable=False),
        sa.Column("recorded_at", _TIME, nullable=False),
        sa.Column("skeleton", sa.LargeBinary, nullable=False),
        sa.Column("leaves", sa.LargeBinary, nullable=False),
        sa.Column("digests", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint(
            "institution_id", "group_id", "change_id", name="journal_change_once"
        ),
        sa.UniqueConstraint("institution_id", "position", name="journal_position"),
    )


def _index() -> None:
    op.create_table(
        "group_index",
        sa.Column("institution_id", _ID, primary_key=True),
        sa.Column("group_id", _ID, primary_key=True),
        sa.Column("team_id", _ID, nullable=False),
        sa.Column("attention_from", sa.Date),
        sa.Column("attention_until", sa.Date),
        sa.Column("composition", _ID, nullable=False),
    )
    op.create_index(
        "group_index_attention",
        "group_index",
        [
            "institution_id",
            "team_id",
            "attention_from",
            "attention_until",
            "composition",
            "group_id",
        ],
    )
    op.create_index(
        "group_index_composition",
        "group_index",
        ["institution_id", "team_id", "composition"],
    )
