"""The epochs that ended: a side file that names one is a stale file, not a newer database.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_epoch",
        sa.Column("epoch", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_ended_epoch")),
    )


def downgrade() -> None:
    op.drop_table("ended_epoch")
