"""A draft may have been put together by the machine and wait to be read."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT = 'entry_id, kind, lang, fields, attachments, base_rid, dirty, "conflict", merged_from, updated'
_COLUMNS = """
        entry_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        lang TEXT NOT NULL,
        fields BLOB NOT NULL,
        attachments BLOB NOT NULL,
        base_rid TEXT,
        dirty BOOLEAN NOT NULL,
        "conflict" TEXT,
        merged_from TEXT,
        updated TEXT NOT NULL,"""
_KEY = "CONSTRAINT pk_draft PRIMARY KEY (entry_id)"


def upgrade() -> None:
    _set_aside()
    op.execute(f"CREATE TABLE draft ({_COLUMNS} merged BOOLEAN NOT NULL, {_KEY})")
    op.execute(f"INSERT INTO draft ({_KEPT}, merged) SELECT {_KEPT}, 0 FROM draft_before")  # noqa: S608  constants
    op.execute("DROP TABLE draft_before")


def downgrade() -> None:
    _set_aside()
    op.execute(f"CREATE TABLE draft ({_COLUMNS} {_KEY})")
    op.execute(f"INSERT INTO draft ({_KEPT}) SELECT {_KEPT} FROM draft_before")  # noqa: S608  constants
    op.execute("DROP TABLE draft_before")


def _set_aside() -> None:
    """A column added by ALTER TABLE would stand behind the key, and the file would not be what the tables say."""
    op.execute("ALTER TABLE draft RENAME TO draft_before")
