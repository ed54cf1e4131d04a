"""Which operation of a device bears which number: found by an index, since every sync asks (`device-cloned`).

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NAME = "ix_ledger_actor_device_id_device_seq"


def upgrade() -> None:
    op.create_index(_NAME, "ledger", ["actor", "device_id", "device_seq"])


def downgrade() -> None:
    op.drop_index(_NAME, "ledger")
