"""What the public site sorts and chooses by stands in columns of `publication`, with indexes.

The columns lie before `folded`, whose length would put what follows on another page of the file.

Revision ID: 0002
Revises: 0001
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_publication_first_published_id": ["first_published", "id"],
    "ix_publication_kind_first_published_id": ["kind", "first_published", "id"],
    "ix_publication_section_first_published_id": ["section", "first_published", "id"],
    "ix_publication_variant_of": ["variant_of"],
}
_NEW = ("first_published", "urgent", "lang", "variant_of")

_publication = sa.table(
    "publication",
    sa.column("id", sa.Integer),
    sa.column("entry_id", sa.String),
    sa.column("rid", sa.String),
    sa.column("published", sa.String),
    sa.column("first_published", sa.String),
    sa.column("urgent", sa.Boolean),
    sa.column("lang", sa.String),
    sa.column("variant_of", sa.String),
)
_revision = sa.table(
    "revision", sa.column("entry_id", sa.String), sa.column("rid", sa.String), sa.column("content", sa.Text)
)


def upgrade() -> None:
    in_order = op.get_bind().dialect.name == "sqlite"  # elsewhere a long text lies apart from its row anyway
    place: dict[str, Any] = {"insert_before": "folded"} if in_order else {}
    with op.batch_alter_table("publication", recreate="always" if in_order else "never") as batch:
        for column in (
            sa.Column("first_published", sa.String(length=27), nullable=True),
            sa.Column("urgent", sa.Boolean(), nullable=True),
            sa.Column("lang", sa.String(length=35), nullable=True),
            sa.Column("variant_of", sa.String(length=80), nullable=True),
        ):
            batch.add_column(column, **place)
    _fill()
    with op.batch_alter_table("publication") as batch:
        for name, kind in (("first_published", sa.String(27)), ("urgent", sa.Boolean()), ("lang", sa.String(35))):
            batch.alter_column(name, existing_type=kind, nullable=False)
        for name, columns in _INDEXES.items():
            batch.create_index(name, columns)


def downgrade() -> None:
    with op.batch_alter_table("publication") as batch:
        for name in _INDEXES:
            batch.drop_index(name)
        for column in _NEW:
            batch.drop_column(column)


def _fill() -> None:
    db = op.get_bind()
    rows = list(_facts(db))
    if rows:
        row = _publication.c
        filled = sa.update(_publication).where(row.id == sa.bindparam("row_id"))
        db.execute(filled.values({row[name]: sa.bindparam(f"new_{name}") for name in _NEW}), rows)


def _facts(db: sa.Connection) -> Iterator[dict[str, Any]]:
    pub, rev = _publication.c, _revision.c
    first = sa.func.min(pub.published).over(partition_by=pub.entry_id).label("first")
    found = sa.select(pub.id, first, rev.content).join(_revision, (rev.entry_id == pub.entry_id) & (rev.rid == pub.rid))
    for number, earliest, text in db.execute(found):
        content = json.loads(text)
        variant = content["fields"].get("variant_of")
        yield {
            "row_id": number,
            "new_first_published": earliest,
            "new_urgent": content["fields"].get("urgent") is True,
            "new_lang": content["lang"],
            "new_variant_of": variant if isinstance(variant, str) else None,
        }
