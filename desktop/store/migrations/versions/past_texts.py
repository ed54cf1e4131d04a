"""Texts are kept as they stood when their writer paused."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE past_text (
        no INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        entry_id TEXT NOT NULL,
        at TEXT NOT NULL,
        portal_time TEXT NOT NULL,
        body BLOB NOT NULL)
        """
    )
    op.execute("CREATE INDEX ix_past_text_entry_id ON past_text (entry_id)")
    op.execute(
        """
        CREATE TABLE past_dropped (
        entry_id TEXT NOT NULL,
        count INTEGER NOT NULL,
        CONSTRAINT pk_past_dropped PRIMARY KEY (entry_id))
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE past_dropped")
    op.execute("DROP TABLE past_text")
