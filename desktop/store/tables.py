"""The tables of a home (`docs/architecture.md`, "What is written where"); JSON stands in BLOB columns, byte for byte.

Times are ISO 8601 UTC text. What is only ever read as a whole is one JSON value; what is searched has its own column.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# What the `digest` of a row stands for, first what names the row (`desktop.store.codec.digest_of`): all that must never change
# unnoticed. SQLite keeps no checksums.
COVERED: Final = {
    "revision": ("rid", "entry_id", "base_rid", "op_id", "content"),
    "draft": (
        "entry_id", "kind", "lang", "fields", "attachments", "base_rid", "dirty", "conflict", "merged_from", "updated",
        "merged",
    ),
    "operation": ("op_id", "device_seq", "type", "entry_id", "payload"),
}  # fmt: skip

# The portal's view, as last heard.

revision = Table(
    "revision",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("rid", Text, nullable=False, unique=True),
    Column("entry_id", Text, nullable=False, index=True),
    Column("base_rid", Text),
    Column("op_id", Text, nullable=False),
    Column("rev_no", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("server_time", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("signature", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("rid", Text),
    Column("rev_no", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("state_ver", Integer, nullable=False),
    Column("published_rid", Text),
    Column("seq", Integer, nullable=False),
    Column("meta", LargeBinary, nullable=False),
    Column("in_scope", Boolean, nullable=False),
    Column("body_rid", Text, ForeignKey("revision.rid", deferrable=True, initially="DEFERRED")),
    Column("last_published_rid", Text),
    Column("ever_submitted", Boolean, nullable=False),
)
BODY_MISSING: Final = text("in_scope AND rid IS NOT NULL AND body_rid IS NOT rid")
Index("ix_entry_body_missing", entry.c.seq, sqlite_where=BODY_MISSING)

history = Table(
    "history",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("op_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("rid", Text),
    Column("rev_no", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_label", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("server_time", Text, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("id", Text, primary_key=True),
    Column("username", Text, nullable=False),
    Column("label", LargeBinary, nullable=False),
    Column("grants", LargeBinary, nullable=False),
    Column("active", Boolean, nullable=False),
)

delegation = Table(
    "delegation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("giver", Text, nullable=False),
    Column("holder", Text, nullable=False, index=True),
    Column("step", Text, nullable=False),
    Column("sections", LargeBinary),
    Column("start", Text, nullable=False),
    Column("end", Text, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

bundle = Table(
    "bundle",
    metadata,
    Column("rev", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("one", Integer, CheckConstraint("one = 1", name="single"), primary_key=True),
    Column("portal_url", Text, nullable=False),
    Column("member_id", Text, nullable=False),
    Column("username", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("label", LargeBinary, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

unknown_change = Table(
    "unknown_change",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("change", LargeBinary, nullable=False),
)

# What was made on this machine.

draft = Table(
    "draft",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("attachments", LargeBinary, nullable=False),
    Column("base_rid", Text),
    Column("dirty", Boolean, nullable=False),
    Column("conflict", Text),
    Column("merged_from", Text),
    Column("updated", Text, nullable=False),
    Column("merged", Boolean, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)

# Texts as they stood when their writer paused, the newest with the greatest number; `body` is packed. What was dropped is counted.
past_text = Table(
    "past_text",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("entry_id", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("portal_time", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_autoincrement=True,  # a number never comes to mean another text
)

past_dropped = Table(
    "past_dropped",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)

operation = Table(
    "operation",
    metadata,
    Column("local_no", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("device_seq", Integer, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("entry_id", Text, nullable=False, index=True),
    Column("payload", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    sqlite_autoincrement=True,  # a number is never used twice: it is the order in which things were done
)

settled = Table(
    "settled",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("local_no", Integer, nullable=False, unique=True),
    Column("device_seq", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("entry_id", Text, nullable=False, index=True),
    Column("payload", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("settled_at", Text, nullable=False),
)

card = Table(
    "card",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", Text, nullable=False),
    Column("op_id", Text),
    Column("name", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("rule", LargeBinary, nullable=False),
    Column("pointers", LargeBinary, nullable=False),
    Column("created", Text, nullable=False),
    Column("closed", Text),
    sqlite_autoincrement=True,  # a closed card's number must never come to mean another card
)
Index("ix_card_open", card.c.entry_id, sqlite_where=text("closed IS NULL"))

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("sent", Boolean, nullable=False),
)
Index("ix_blob_unsent", blob.c.sha256, sqlite_where=text("NOT sent"))

# The projection for lists; `no` joins a row to its text in the search index.

shown = Table(
    "shown",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("entry_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("owner", Text, nullable=False),
    Column("submitter", Text, nullable=False),
    Column("assignee", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("conflict", Boolean, nullable=False),
    Column("card", Boolean, nullable=False),
    Column("rev_no", Integer, nullable=False),
    Column("updated", Text, nullable=False),
    Column("in_scope", Boolean, nullable=False),
    Column("text_hash", LargeBinary, nullable=False),
    Column("due", Text, nullable=False, server_default=text("''")),
)
_NEWEST = (shown.c.updated, shown.c.no)
Index("ix_shown_newest", *_NEWEST)
Index("ix_shown_phase", shown.c.phase, shown.c.step, *_NEWEST)
Index("ix_shown_kind", shown.c.kind, *_NEWEST)
Index("ix_shown_owner_public", shown.c.owner, *_NEWEST, sqlite_where=text("public = 1"))
Index("ix_shown_public", *_NEWEST, sqlite_where=text("public = 1"))
Index("ix_shown_conflict", *_NEWEST, sqlite_where=text("conflict = 1"))
Index("ix_shown_card", *_NEWEST, sqlite_where=text("card = 1"))

# Folded text only; the readable text is in revisions and drafts, so the index keeps no copy of it.
SEARCH_DDL: Final = """
CREATE VIRTUAL TABLE shown_text USING fts5(
    title, key, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2'
)
""".strip()


def create_all(connection: Connection) -> None:
    """Make every table in an empty database."""
    metadata.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(SEARCH_DDL)
