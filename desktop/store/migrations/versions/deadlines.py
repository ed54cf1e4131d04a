"""A row of the list tells by when its entry must be public; it is filled in as soon as the entry is touched."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE shown ADD COLUMN due TEXT DEFAULT '' NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE shown DROP COLUMN due")
