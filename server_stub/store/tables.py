"""The portal's tables (SQLAlchemy Core).

Times are text `2026-11-22T09:41:05.123456Z`; members that are read whole and never queried are JSON text.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID: Final = String(80)
HASH: Final = String(64)
TIME: Final = String(27)
GIVEN: Final = String(80).with_variant(Text(), "postgresql")  # clients name it: its length is not the database's matter
WIDE: Final = BigInteger().with_variant(Integer(), "sqlite")  # what clients count may pass 2**31

# One row: the identity of this database's time-line and the heads of its two sequences.
portal: Final = Table(
    "portal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", ID, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("bundle_rev", HASH, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("record_seq", Integer, nullable=False),
    Column("record_head", HASH, nullable=False),
)

# What this database knows to be over. A backup from before an epoch ended does not have it here.
ended_epoch: Final = Table("ended_epoch", metadata, Column("epoch", ID, primary_key=True))

bundle: Final = Table(
    "bundle",
    metadata,
    Column("rev", HASH, primary_key=True),
    Column("in_force_from", String(10), nullable=False),
    Column("body", Text, nullable=False),
    Column("installed", TIME, nullable=False),
)

member: Final = Table(
    "member",
    metadata,
    Column("id", ID, primary_key=True),
    Column("username", String(80), nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password_hash", Text, nullable=True),
    Column("password_initial", Boolean, nullable=False),
    Column("created", TIME, nullable=False),
)

delegation: Final = Table(
    "delegation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("from_member", ID, ForeignKey("member.id"), nullable=False),
    Column("to_member", ID, ForeignKey("member.id"), nullable=False),
    Column("step", String(80), nullable=False),
    Column("sections", Text, nullable=True),
    Column("start", TIME, nullable=False),
    Column("end", TIME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("op_id", ID, nullable=False),
)

entry: Final = Table(
    "entry",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(80), nullable=False),
    Column("section", String(80), nullable=True),
    Column("owner", ID, ForeignKey("member.id"), nullable=False),
    Column("assignee", ID, ForeignKey("member.id"), nullable=True),
    Column("submitter", ID, ForeignKey("member.id"), nullable=True),
    Column("head_rid", HASH, nullable=False),
    Column("rev_count", Integer, nullable=False),
    Column("step", String(80), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("state_ver", Integer, nullable=False),
    Column("published_rid", HASH, nullable=True),
    Column("last_published", HASH, nullable=True),
    Column("entered_rid", HASH, nullable=True),
    Column("ever_submitted", Boolean, nullable=False),
    Column("returned", Text, nullable=True),
    Column("claimed_by", ID, nullable=True),
    Column("claimed_at", TIME, nullable=True),
    Column("authors", Text, nullable=False),
    Column("authors_submitted", Text, nullable=False),
    Column("sections_ever", Text, nullable=False),
    Column("assignees_ever", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("created", TIME, nullable=False),
    Column("updated", TIME, nullable=False),
    Column("seq", Integer, nullable=False),
)

revision: Final = Table(
    "revision",
    metadata,
    Column("entry_id", ID, ForeignKey("entry.id"), nullable=False),
    Column("rid", HASH, nullable=False),
    Column("rev_no", Integer, nullable=True),
    Column("content", Text, nullable=True),  # null once an automatic revision's text was dropped; its rid stays
    Column("base_rid", HASH, nullable=True),
    Column("merged_from", HASH, nullable=True),
    Column("op_id", ID, nullable=False),
    Column("author", ID, ForeignKey("member.id"), nullable=False),
    Column("auto", Boolean, nullable=False),
    Column("render_rev", WIDE, nullable=False),
    Column("server_time", TIME, nullable=False),
    Column("signature", Text, nullable=True),
    PrimaryKeyConstraint("entry_id", "rid"),
)

# The operations of an entry, in order; append-only.
history: Final = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", ID, ForeignKey("entry.id"), nullable=False, index=True),
    Column("op_id", ID, nullable=False),
    Column("type", String(16), nullable=False),
    Column("name", String(16), nullable=True),
    Column("rid", HASH, nullable=True),
    Column("rev_no", Integer, nullable=True),
    Column("state_from", Text, nullable=True),
    Column("state_to", Text, nullable=True),
    Column("step", String(80), nullable=True),
    Column("actor", ID, ForeignKey("member.id"), nullable=False),
    Column("on_behalf_of", ID, nullable=True),
    Column("reason", Text, nullable=True),
    Column("server_time", TIME, nullable=False),
    Column("signature", Text, nullable=True),
)

comment: Final = Table(
    "comment",
    metadata,
    Column("id", ID, primary_key=True),
    Column("entry_id", ID, ForeignKey("entry.id"), nullable=False, index=True),
    Column("on_rid", HASH, nullable=False),
    Column("text", Text, nullable=False),
    Column("anchor", Text, nullable=True),
    Column("author", ID, ForeignKey("member.id"), nullable=False),
    Column("server_time", TIME, nullable=False),
)

# What a member could not settle yet, kept for them alone; content NULL once it is settled.
side_draft: Final = Table(
    "side_draft",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member_id", ID, ForeignKey("member.id"), nullable=False),
    Column("entry_id", ID, nullable=False),
    Column("base_rid", HASH, nullable=True),
    Column("content", Text, nullable=True),
    Column("server_time", TIME, nullable=False),
)

# Erasing a row never changes a rid: the content holds only its hash.
personal: Final = Table(
    "personal",
    metadata,
    Column("record_id", ID, primary_key=True),
    Column("entry_id", ID, nullable=False, index=True),
    Column("owner", ID, ForeignKey("member.id"), nullable=False),
    Column("salt", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("hash", HASH, nullable=False),
    Column("server_time", TIME, nullable=False),
)

ledger: Final = Table(
    "ledger",
    metadata,
    Column("actor", ID, nullable=False),
    Column("op_id", ID, nullable=False, index=True),
    Column("fingerprint", HASH, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("entry_id", ID, nullable=True),
    Column("device_id", GIVEN, nullable=False),
    Column("device_seq", WIDE, nullable=False),
    Column("server_time", TIME, nullable=False),
    PrimaryKeyConstraint("actor", "op_id"),
    Index("ix_ledger_actor_device_id_device_seq", "actor", "device_id", "device_seq"),
)

# One latest row per target; the state itself is read from the other tables.
feed: Final = Table(
    "feed",
    metadata,
    Column("seq", Integer, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("target", ID, nullable=False),
    Column("entry_id", ID, nullable=True),
    PrimaryKeyConstraint("kind", "target"),
)

record: Final = Table(
    "record",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("hash", HASH, nullable=False, unique=True),
    Column("reason_salt", Text, nullable=True),
)

# Unique per operation; `live_entry` repeats the entry's id while the row is the public one, and is null afterwards.
publication: Final = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("op_id", ID, nullable=False, unique=True),
    Column("entry_id", ID, ForeignKey("entry.id"), nullable=False, index=True),
    Column("rid", HASH, nullable=False),
    Column("live_entry", ID, nullable=True, unique=True),
    Column("kind", String(80), nullable=False),
    Column("section", String(80), nullable=True),
    Column("first_published", TIME, nullable=False),  # of the entry: a correction does not make old news new
    Column("urgent", Boolean, nullable=False),
    Column("lang", String(35).with_variant(Text(), "postgresql"), nullable=False),
    Column("variant_of", ID, nullable=True),
    Column("folded", Text, nullable=False),  # long: what follows lies on another page of the file
    Column("published", TIME, nullable=False),
    Column("withdrawn", TIME, nullable=True),
    Column("withdrawn_op", ID, nullable=True),
    Index(None, "first_published", "id"),
    Index(None, "kind", "first_published", "id"),
    Index(None, "section", "first_published", "id"),
    Index(None, "variant_of"),
)

# What a publication is found by besides its words: `field.act` and the entry that it relates to, `field` and a chosen value.
publication_fact: Final = Table(
    "publication_fact",
    metadata,
    Column("op_id", ID, ForeignKey("publication.op_id"), nullable=False, index=True),
    Column("name", String(160), nullable=False),
    Column("value", String(200), nullable=False),
    Index(None, "value", "name"),
)

# The bytes are files (store/files.py).
blob: Final = Table(
    "blob",
    metadata,
    Column("sha256", HASH, primary_key=True),
    Column("size", WIDE, nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("created", TIME, nullable=False),
)

# Who has shown to have the bytes, or was let read them: such a member may bring the blob into an entry.
blob_upload: Final = Table(
    "blob_upload",
    metadata,
    Column("sha256", HASH, ForeignKey("blob.sha256"), nullable=False),
    Column("member_id", ID, ForeignKey("member.id"), nullable=False),
    PrimaryKeyConstraint("sha256", "member_id"),
)

# Every revision that names a blob, whoever wrote it.
blob_use: Final = Table(
    "blob_use",
    metadata,
    Column("sha256", HASH, nullable=False),
    Column("entry_id", ID, ForeignKey("entry.id"), nullable=False),
    Column("rid", HASH, nullable=False),
    PrimaryKeyConstraint("sha256", "entry_id", "rid"),
)

# A resumable upload; how far it has come is the length of its file (store/parts.py). `described` is its metadata.
upload: Final = Table(
    "upload",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member_id", ID, ForeignKey("member.id"), nullable=False),
    Column("idem_key", Text, nullable=True),
    Column("size", WIDE, nullable=False),
    Column("described", Text, nullable=False),
    Column("sha256", HASH, nullable=True),
    Column("state", String(16), nullable=False),
    Column("rule", Text, nullable=True),
    Column("touched", TIME, nullable=False, index=True),
    UniqueConstraint("member_id", "idem_key"),
)

# One signed-in device of one member; tokens are stored as hashes only.
session: Final = Table(
    "session",
    metadata,
    Column("id", ID, primary_key=True),
    Column("member_id", ID, ForeignKey("member.id"), nullable=False, index=True),
    Column("device_id", GIVEN, nullable=False),
    Column("device_name", Text, nullable=False),
    Column("created", TIME, nullable=False),
    Column("expires", TIME, nullable=False),
    Column("revoked", TIME, nullable=True),
    Column("seen", TIME, nullable=True),
    Column("waiting", WIDE, nullable=True),
)

token: Final = Table(
    "token",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("session_id", ID, ForeignKey("session.id"), nullable=False, index=True),
    Column("use", String(8), nullable=False),
    Column("created", TIME, nullable=False),
    Column("expires", TIME, nullable=False),
    Column("rotated_by", GIVEN, nullable=True),
    Column("rotated_at", TIME, nullable=True),
)

login_failure: Final = Table(
    "login_failure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String(80), nullable=False),
    Column("at", TIME, nullable=False),
    Index("ix_login_failure_account_at", "account", "at"),
)

__all__ = [
    "blob", "blob_upload", "blob_use", "bundle", "comment", "delegation", "ended_epoch", "entry", "feed", "history",
    "ledger", "login_failure", "member", "metadata", "personal", "portal", "publication", "publication_fact", "record",
    "revision", "session", "side_draft", "token", "upload",
]  # fmt: skip
