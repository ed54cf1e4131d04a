"""What a publication is found by besides its words: relations to other entries, values that lists are narrowed by.

The type of a document was told before: what is published now is noted with it.

Revision ID: 0008
Revises: 0007
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KIND, _TYPE = "legal-document", "loai_van_ban"


def upgrade() -> None:
    fact = op.create_table(
        "publication_fact",
        sa.Column("op_id", sa.String(80), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["op_id"], ["publication.op_id"], name="fk_publication_fact_op_id_publication"),
    )
    op.create_index("ix_publication_fact_op_id", "publication_fact", ["op_id"])
    op.create_index("ix_publication_fact_value_name", "publication_fact", ["value", "name"])
    texts = sa.text(
        "SELECT p.op_id, r.content FROM publication p JOIN revision r ON r.entry_id = p.entry_id AND r.rid = p.rid "
        "WHERE p.kind = :kind"
    )
    rows = [
        {"op_id": op_id, "name": _TYPE, "value": told}
        for op_id, content in op.get_bind().execute(texts, {"kind": _KIND})
        if isinstance(told := json.loads(content)["fields"].get(_TYPE), str) and told
    ]
    if rows:
        op.bulk_insert(fact, rows)


def downgrade() -> None:
    op.drop_table("publication_fact")
