"""When each signed-in device was last heard of, and how much waited on it then.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("seen", sa.String(length=27), nullable=True))
    op.add_column("session", sa.Column("waiting", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("session") as table:
        table.drop_column("waiting")
        table.drop_column("seen")
