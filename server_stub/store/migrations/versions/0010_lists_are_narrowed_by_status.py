"""Lists of documents are narrowed by their status too: what is published now is noted with it.

Revision ID: 0010
Revises: 0009
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KIND, _STATUS = "legal-document", "tinh_trang"
_FACT = sa.table(
    "publication_fact", sa.column("op_id", sa.String), sa.column("name", sa.String), sa.column("value", sa.String)
)


def upgrade() -> None:
    texts = sa.text(
        "SELECT p.op_id, r.content FROM publication p JOIN revision r ON r.entry_id = p.entry_id AND r.rid = p.rid "
        "WHERE p.kind = :kind"
    )
    rows = [
        {"op_id": op_id, "name": _STATUS, "value": told}
        for op_id, content in op.get_bind().execute(texts, {"kind": _KIND})
        if isinstance(told := json.loads(content)["fields"].get(_STATUS), str) and told
    ]
    if rows:
        op.bulk_insert(_FACT, rows)


def downgrade() -> None:
    op.execute(_FACT.delete().where(_FACT.c.name == _STATUS))
