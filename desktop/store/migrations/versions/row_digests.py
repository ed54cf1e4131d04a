"""Texts, working copies and what is queued carry a digest: SQLite itself does not notice a byte that the disk has changed."""

import hashlib

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = {
    "draft": (
        """
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
        merged BOOLEAN NOT NULL,""",
        "CONSTRAINT pk_draft PRIMARY KEY (entry_id)",
        'entry_id, kind, lang, fields, attachments, base_rid, dirty, "conflict", merged_from, updated, merged',
        'entry_id, kind, lang, fields, attachments, base_rid, dirty, "conflict", merged_from, updated, merged',
    ),
    "operation": (
        """
        local_no INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL,
        device_seq INTEGER NOT NULL,
        type TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        payload BLOB NOT NULL,
        attempts INTEGER NOT NULL,
        place TEXT NOT NULL,
        queued_at TEXT NOT NULL,""",
        "CONSTRAINT uq_operation_op_id UNIQUE (op_id), CONSTRAINT uq_operation_device_seq UNIQUE (device_seq)",
        "local_no, op_id, device_seq, type, entry_id, payload, attempts, place, queued_at",
        "op_id, device_seq, type, entry_id, payload",
    ),
    "revision": (
        """
        no INTEGER NOT NULL,
        rid TEXT NOT NULL,
        entry_id TEXT NOT NULL,
        base_rid TEXT,
        op_id TEXT NOT NULL,
        rev_no INTEGER NOT NULL,
        actor TEXT NOT NULL,
        server_time TEXT NOT NULL,
        content BLOB NOT NULL,
        signature BLOB,""",
        "CONSTRAINT pk_revision PRIMARY KEY (no), CONSTRAINT uq_revision_rid UNIQUE (rid)",
        "no, rid, entry_id, base_rid, op_id, rev_no, actor, server_time, content, signature",
        "rid, entry_id, base_rid, op_id, content",
    ),
}
_INDEXED = ("operation", "revision")


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    if driver is None:
        raise RuntimeError("no connection")
    driver.create_function("row_digest", -1, _digest)
    for table, (columns, keys, kept, covered) in _TABLES.items():
        _set_aside(table)
        op.execute(f"CREATE TABLE {table} ({columns} digest BLOB NOT NULL, {keys})")
        op.execute(
            f"INSERT INTO {table} ({kept}, digest) SELECT {kept}, row_digest({covered}) FROM {table}_before"  # noqa: S608
        )
        _take_place(table)


def downgrade() -> None:
    for table, (columns, keys, kept, _covered) in _TABLES.items():
        _set_aside(table)
        op.execute(f"CREATE TABLE {table} ({columns} {keys})")
        op.execute(f"INSERT INTO {table} ({kept}) SELECT {kept} FROM {table}_before")  # noqa: S608  constants
        _take_place(table)


def _set_aside(table: str) -> None:
    """The old way of renaming: what refers to the table refers to its name, and so to what takes its place."""
    if table in _INDEXED:
        op.execute(f"DROP INDEX ix_{table}_entry_id")
    op.execute("PRAGMA legacy_alter_table=ON")
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    op.execute("PRAGMA legacy_alter_table=OFF")


def _take_place(table: str) -> None:
    if table == "operation":  # its numbers go on where they were, also from an empty queue
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'operation'")
        op.execute("UPDATE sqlite_sequence SET name = 'operation' WHERE name = 'operation_before'")
    op.execute(f"DROP TABLE {table}_before")
    if table in _INDEXED:
        op.execute(f"CREATE INDEX ix_{table}_entry_id ON {table} (entry_id)")


def _digest(*values: object) -> bytes:
    """As `desktop.store.codec.digest` was when this was written."""
    found = hashlib.blake2b(digest_size=16)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode()
        found.update(b"%s %d " % (type(value).__name__.encode(), len(data)))
        found.update(data)
    return found.digest()
