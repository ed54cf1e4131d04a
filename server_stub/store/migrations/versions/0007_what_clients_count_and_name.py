"""What clients count may pass 2**31, and what they name may be long; SQLite minds neither.

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COUNTED = (("revision", "render_rev"), ("ledger", "device_seq"))
_NAMED: Mapping[tuple[str, str], int] = {
    ("publication", "lang"): 35, ("session", "device_id"): 80, ("ledger", "device_id"): 80, ("token", "rotated_by"): 80,
}  # fmt: skip


def upgrade() -> None:
    for place in _COUNTED:
        _alter(place, of=sa.Integer(), to=sa.BigInteger())
    for place, length in _NAMED.items():
        _alter(place, of=sa.String(length), to=sa.Text())


def downgrade() -> None:
    for place in _COUNTED:
        _alter(place, of=sa.BigInteger(), to=sa.Integer())
    for place, length in _NAMED.items():
        _alter(place, of=sa.Text(), to=sa.String(length))


def _alter(place: tuple[str, str], *, of: sa.types.TypeEngine[Any], to: sa.types.TypeEngine[Any]) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column(*place, existing_type=of, type_=to)
