"""The first schema of a home."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "account",
    "blob",
    "bundle",
    "card",
    "counter",
    "delegation",
    "draft",
    "feed",
    "history",
    "member",
    "operation",
    "revision",
    "settled",
    "shown",
    "unknown_change",
    "entry",
)

_STATEMENTS = (
    """
    CREATE TABLE account (
        one INTEGER NOT NULL CONSTRAINT ck_account_single CHECK (one = 1),
        portal_url TEXT NOT NULL,
        member_id TEXT NOT NULL,
        username TEXT NOT NULL,
        device_id TEXT NOT NULL,
        label BLOB NOT NULL,
        CONSTRAINT pk_account PRIMARY KEY (one)
    )
    """,
    """
    CREATE TABLE blob (
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        sent BOOLEAN NOT NULL,
        CONSTRAINT pk_blob PRIMARY KEY (sha256)
    )
    """,
    "CREATE INDEX ix_blob_unsent ON blob (sha256) WHERE NOT sent",
    """
    CREATE TABLE bundle (
        rev TEXT NOT NULL,
        body BLOB NOT NULL,
        CONSTRAINT pk_bundle PRIMARY KEY (rev)
    )
    """,
    """
    CREATE TABLE card (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        entry_id TEXT NOT NULL,
        op_id TEXT,
        name TEXT NOT NULL,
        outcome TEXT NOT NULL,
        rule BLOB NOT NULL,
        pointers BLOB NOT NULL,
        created TEXT NOT NULL,
        closed TEXT
    )
    """,
    "CREATE INDEX ix_card_open ON card (entry_id) WHERE closed IS NULL",
    """
    CREATE TABLE counter (
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        CONSTRAINT pk_counter PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE delegation (
        id TEXT NOT NULL,
        giver TEXT NOT NULL,
        holder TEXT NOT NULL,
        step TEXT NOT NULL,
        sections BLOB,
        start TEXT NOT NULL,
        "end" TEXT NOT NULL,
        revoked BOOLEAN NOT NULL,
        CONSTRAINT pk_delegation PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_delegation_holder ON delegation (holder)",
    """
    CREATE TABLE draft (
        entry_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        lang TEXT NOT NULL,
        fields BLOB NOT NULL,
        attachments BLOB NOT NULL,
        base_rid TEXT,
        dirty BOOLEAN NOT NULL,
        "conflict" TEXT,
        merged_from TEXT,
        updated TEXT NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (entry_id)
    )
    """,
    """
    CREATE TABLE feed (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_feed PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE history (
        entry_id TEXT NOT NULL,
        no INTEGER NOT NULL,
        op_id TEXT NOT NULL,
        type TEXT NOT NULL,
        name TEXT NOT NULL,
        rid TEXT,
        rev_no INTEGER NOT NULL,
        actor TEXT NOT NULL,
        actor_label TEXT NOT NULL,
        reason TEXT NOT NULL,
        server_time TEXT NOT NULL,
        CONSTRAINT pk_history PRIMARY KEY (entry_id, no)
    )
    """,
    """
    CREATE TABLE member (
        id TEXT NOT NULL,
        username TEXT NOT NULL,
        label BLOB NOT NULL,
        grants BLOB NOT NULL,
        active BOOLEAN NOT NULL,
        CONSTRAINT pk_member PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE operation (
        local_no INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL,
        device_seq INTEGER NOT NULL,
        type TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        payload BLOB NOT NULL,
        attempts INTEGER NOT NULL,
        place TEXT NOT NULL,
        queued_at TEXT NOT NULL,
        CONSTRAINT uq_operation_op_id UNIQUE (op_id),
        CONSTRAINT uq_operation_device_seq UNIQUE (device_seq)
    )
    """,
    "CREATE INDEX ix_operation_entry_id ON operation (entry_id)",
    """
    CREATE TABLE revision (
        no INTEGER NOT NULL,
        rid TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        base_rid TEXT,
        op_id TEXT NOT NULL,
        rev_no INTEGER NOT NULL,
        actor TEXT NOT NULL,
        server_time TEXT NOT NULL,
        content BLOB NOT NULL,
        signature BLOB,
        CONSTRAINT pk_revision PRIMARY KEY (no),
        CONSTRAINT uq_revision_rid UNIQUE (rid)
    )
    """,
    "CREATE INDEX ix_revision_entry_id ON revision (entry_id)",
    """
    CREATE TABLE settled (
        op_id TEXT NOT NULL,
        local_no INTEGER NOT NULL,
        device_seq INTEGER NOT NULL,
        type TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        payload BLOB NOT NULL,
        attempts INTEGER NOT NULL,
        queued_at TEXT NOT NULL,
        outcome TEXT NOT NULL,
        answer BLOB NOT NULL,
        settled_at TEXT NOT NULL,
        CONSTRAINT pk_settled PRIMARY KEY (op_id),
        CONSTRAINT uq_settled_local_no UNIQUE (local_no)
    )
    """,
    "CREATE INDEX ix_settled_entry_id ON settled (entry_id)",
    """
    CREATE TABLE shown (
        no INTEGER NOT NULL,
        entry_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        lang TEXT NOT NULL,
        title TEXT NOT NULL,
        section TEXT NOT NULL,
        "key" TEXT NOT NULL,
        step TEXT NOT NULL,
        phase TEXT NOT NULL,
        returned BOOLEAN NOT NULL,
        public BOOLEAN NOT NULL,
        owner TEXT NOT NULL,
        submitter TEXT NOT NULL,
        assignee TEXT NOT NULL,
        urgent BOOLEAN NOT NULL,
        waiting INTEGER NOT NULL,
        "conflict" BOOLEAN NOT NULL,
        card BOOLEAN NOT NULL,
        rev_no INTEGER NOT NULL,
        updated TEXT NOT NULL,
        in_scope BOOLEAN NOT NULL,
        text_hash BLOB NOT NULL,
        CONSTRAINT pk_shown PRIMARY KEY (no),
        CONSTRAINT uq_shown_entry_id UNIQUE (entry_id)
    )
    """,
    "CREATE INDEX ix_shown_card ON shown (updated, no) WHERE card = 1",
    "CREATE INDEX ix_shown_conflict ON shown (updated, no) WHERE conflict = 1",
    "CREATE INDEX ix_shown_kind ON shown (kind, updated, no)",
    "CREATE INDEX ix_shown_newest ON shown (updated, no)",
    "CREATE INDEX ix_shown_owner_public ON shown (owner, updated, no) WHERE public = 1",
    "CREATE INDEX ix_shown_phase ON shown (phase, step, updated, no)",
    "CREATE INDEX ix_shown_public ON shown (updated, no) WHERE public = 1",
    """
    CREATE TABLE unknown_change (
        no INTEGER NOT NULL,
        change BLOB NOT NULL,
        CONSTRAINT pk_unknown_change PRIMARY KEY (no)
    )
    """,
    """
    CREATE TABLE entry (
        entry_id TEXT NOT NULL,
        rid TEXT,
        rev_no INTEGER NOT NULL,
        step TEXT NOT NULL,
        phase TEXT NOT NULL,
        state_ver INTEGER NOT NULL,
        published_rid TEXT,
        seq INTEGER NOT NULL,
        meta BLOB NOT NULL,
        in_scope BOOLEAN NOT NULL,
        body_rid TEXT,
        last_published_rid TEXT,
        ever_submitted BOOLEAN NOT NULL,
        CONSTRAINT pk_entry PRIMARY KEY (entry_id),
        CONSTRAINT fk_entry_body_rid FOREIGN KEY(body_rid) REFERENCES revision (rid) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_entry_body_missing ON entry (seq) WHERE in_scope AND rid IS NOT NULL AND body_rid IS NOT rid",
    """
    CREATE VIRTUAL TABLE shown_text USING fts5(
        title, key, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2'
    )
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE shown_text")
    for table in reversed(_TABLES):
        op.execute(f"DROP TABLE {table}")
