"""The bytes of blobs leave the database for files; resumable uploads have a table.

The files are written before the transaction that drops the column ends: a move that breaks is made anew, from the start.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import context, op

from server_stub.store.files import Files, FilesNeededError

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_blob = sa.table("blob", sa.column("sha256", sa.String), sa.column("data", sa.LargeBinary))


def upgrade() -> None:
    db = op.get_bind()
    for sha256 in _digests(db):
        data = db.execute(sa.select(_blob.c.data).where(_blob.c.sha256 == sha256)).scalar_one()
        _files().write(sha256, [data])
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.drop_column("blob", "data")  # not by batch: other tables refer to the rows
    if db.dialect.name != "sqlite":  # whose integers are wide enough
        op.alter_column("blob", "size", existing_type=sa.Integer(), type_=wide, existing_nullable=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.String(length=80), nullable=False),
        sa.Column("idem_key", sa.Text(), nullable=True),
        sa.Column("size", wide, nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("touched", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_upload_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("member_id", "idem_key", name=op.f("uq_upload_member_id_idem_key")),
    )
    op.create_index(op.f("ix_upload_touched"), "upload", ["touched"])


def downgrade() -> None:
    op.drop_table("upload")
    db = op.get_bind()
    op.add_column("blob", sa.Column("data", sa.LargeBinary(), nullable=True))
    for sha256 in _digests(db):
        data = b"".join(_files().read(sha256))
        db.execute(sa.update(_blob).where(_blob.c.sha256 == sha256).values(data=data))


def _digests(db: sa.Connection) -> list[str]:
    return list(db.execute(sa.select(_blob.c.sha256)).scalars())


def _files() -> Files:
    """Where the bytes go; asked for only when there are some."""
    files: Files | None = context.config.attributes["files"]
    if files is None:
        raise FilesNeededError("the database holds blobs, and nobody said where files go")
    return files
