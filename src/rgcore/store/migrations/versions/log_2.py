"""Format 2 of the access log: the same as format 1.

One number for all three databases of an installation says what belongs together.
"""

revision = "log_2"
down_revision = "log_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing."""
