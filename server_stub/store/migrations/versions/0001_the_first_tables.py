"""The first tables: one function each, dropped in the opposite order."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_blob()
    _create_bundle()
    _create_feed()
    _create_ledger()
    _create_login_failure()
    _create_member()
    _create_portal()
    _create_record()
    _create_blob_upload()
    _create_delegation()
    _create_entry()
    _create_personal()
    _create_session()
    _create_blob_use()
    _create_comment()
    _create_history()
    _create_publication()
    _create_revision()
    _create_token()


def downgrade() -> None:
    for table in (
        "token",
        "revision",
        "publication",
        "history",
        "comment",
        "blob_use",
        "session",
        "personal",
        "entry",
        "delegation",
        "blob_upload",
        "record",
        "portal",
        "member",
        "login_failure",
        "ledger",
        "feed",
        "bundle",
        "blob",
    ):
        op.drop_table(table)


def _create_blob() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )


def _create_bundle() -> None:
    op.create_table(
        "bundle",
        sa.Column("rev", sa.String(length=64), nullable=False),
        sa.Column("in_force_from", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("installed", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("rev", name=op.f("pk_bundle")),
    )


def _create_feed() -> None:
    op.create_table(
        "feed",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("kind", "target", name=op.f("pk_feed")),
        sa.UniqueConstraint("seq", name=op.f("uq_feed_seq")),
    )


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=True),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("device_seq", sa.Integer(), nullable=False),
        sa.Column("server_time", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("actor", "op_id", name=op.f("pk_ledger")),
    )
    op.create_index("ix_ledger_op_id", "ledger", ["op_id"])


def _create_login_failure() -> None:
    op.create_table(
        "login_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
    )
    op.create_index("ix_login_failure_account_at", "login_failure", ["account", "at"])


def _create_member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_initial", sa.Boolean(), nullable=False),
        sa.Column("created", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("username", name=op.f("uq_member_username")),
    )


def _create_portal() -> None:
    op.create_table(
        "portal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(length=80), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("bundle_rev", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("record_seq", sa.Integer(), nullable=False),
        sa.Column("record_head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal")),
    )


def _create_record() -> None:
    op.create_table(
        "record",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("reason_salt", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_record")),
        sa.UniqueConstraint("hash", name=op.f("uq_record_hash")),
    )


def _create_blob_upload() -> None:
    op.create_table(
        "blob_upload",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_blob_upload_member_id_member")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_blob_upload_sha256_blob")),
        sa.PrimaryKeyConstraint("sha256", "member_id", name=op.f("pk_blob_upload")),
    )


def _create_delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("from_member", sa.String(length=80), nullable=False),
        sa.Column("to_member", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("sections", sa.Text(), nullable=True),
        sa.Column("start", sa.String(length=27), nullable=False),
        sa.Column("end", sa.String(length=27), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["from_member"], ["member.id"], name=op.f("fk_delegation_from_member_member")),
        sa.ForeignKeyConstraint(["to_member"], ["member.id"], name=op.f("fk_delegation_to_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )


def _create_entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("section", sa.String(length=80), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("assignee", sa.String(length=80), nullable=True),
        sa.Column("submitter", sa.String(length=80), nullable=True),
        sa.Column("head_rid", sa.String(length=64), nullable=False),
        sa.Column("rev_count", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("state_ver", sa.Integer(), nullable=False),
        sa.Column("published_rid", sa.String(length=64), nullable=True),
        sa.Column("last_published", sa.String(length=64), nullable=True),
        sa.Column("entered_rid", sa.String(length=64), nullable=True),
        sa.Column("ever_submitted", sa.Boolean(), nullable=False),
        sa.Column("returned", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.String(length=80), nullable=True),
        sa.Column("claimed_at", sa.String(length=27), nullable=True),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("authors_submitted", sa.Text(), nullable=False),
        sa.Column("sections_ever", sa.Text(), nullable=False),
        sa.Column("assignees_ever", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=27), nullable=False),
        sa.Column("updated", sa.String(length=27), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee"], ["member.id"], name=op.f("fk_entry_assignee_member")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_entry_owner_member")),
        sa.ForeignKeyConstraint(["submitter"], ["member.id"], name=op.f("fk_entry_submitter_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )


def _create_personal() -> None:
    op.create_table(
        "personal",
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("server_time", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_personal_owner_member")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_personal")),
    )
    op.create_index("ix_personal_entry_id", "personal", ["entry_id"])


def _create_session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("device_name", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=27), nullable=False),
        sa.Column("expires", sa.String(length=27), nullable=False),
        sa.Column("revoked", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_session_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index("ix_session_member_id", "session", ["member_id"])


def _create_blob_use() -> None:
    op.create_table(
        "blob_use",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("rid", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_blob_use_entry_id_entry")),
        sa.PrimaryKeyConstraint("sha256", "entry_id", "rid", name=op.f("pk_blob_use")),
    )


def _create_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("on_rid", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("server_time", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["member.id"], name=op.f("fk_comment_author_member")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_comment_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_entry_id", "comment", ["entry_id"])


def _create_history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=True),
        sa.Column("rid", sa.String(length=64), nullable=True),
        sa.Column("rev_no", sa.Integer(), nullable=True),
        sa.Column("state_from", sa.Text(), nullable=True),
        sa.Column("state_to", sa.Text(), nullable=True),
        sa.Column("step", sa.String(length=80), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("server_time", sa.String(length=27), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["member.id"], name=op.f("fk_history_actor_member")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_history_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_entry_id", "history", ["entry_id"])


def _create_publication() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("rid", sa.String(length=64), nullable=False),
        sa.Column("live_entry", sa.String(length=80), nullable=True),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("section", sa.String(length=80), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("published", sa.String(length=27), nullable=False),
        sa.Column("withdrawn", sa.String(length=27), nullable=True),
        sa.Column("withdrawn_op", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_publication_entry_id_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("live_entry", name=op.f("uq_publication_live_entry")),
        sa.UniqueConstraint("op_id", name=op.f("uq_publication_op_id")),
    )
    op.create_index("ix_publication_entry_id", "publication", ["entry_id"])


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("rid", sa.String(length=64), nullable=False),
        sa.Column("rev_no", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("base_rid", sa.String(length=64), nullable=True),
        sa.Column("merged_from", sa.String(length=64), nullable=True),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("auto", sa.Boolean(), nullable=False),
        sa.Column("render_rev", sa.Integer(), nullable=False),
        sa.Column("server_time", sa.String(length=27), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["author"], ["member.id"], name=op.f("fk_revision_author_member")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_revision_entry_id_entry")),
        sa.PrimaryKeyConstraint("entry_id", "rid", name=op.f("pk_revision")),
    )


def _create_token() -> None:
    op.create_table(
        "token",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=80), nullable=False),
        sa.Column("use", sa.String(length=8), nullable=False),
        sa.Column("created", sa.String(length=27), nullable=False),
        sa.Column("expires", sa.String(length=27), nullable=False),
        sa.Column("rotated_by", sa.String(length=80), nullable=True),
        sa.Column("rotated_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_token_session_id_session")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_token")),
    )
    op.create_index("ix_token_session_id", "token", ["session_id"])
