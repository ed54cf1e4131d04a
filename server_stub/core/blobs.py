"""Attachments by the digest of their bytes: kept once, checked on arrival, served as what their first bytes say."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from server_stub.core.canonical import digest
from server_stub.core.problems import Problem
from server_stub.core.reading import Reader
from server_stub.store import tables as t
from server_stub.store.engine import writing

MAX_BLOB: Final = 64 * 1024 * 1024
OPAQUE: Final = "application/octet-stream"
_SIGNS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def media_type(data: bytes) -> str:
    """The type that the first bytes show; nothing a browser would run."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in _SIGNS if data.startswith(sign)), OPAQUE)


def store_blob(session: Session, sha256: str, *, data: bytes, member_id: str, now: str) -> bool:
    """Keep the bytes and commit; whether they are new here.

    Raises:
        Problem: `checksum-mismatch` when the bytes have another digest.
    """
    if digest(data) != sha256:
        raise Problem("checksum-mismatch", "the bytes have another SHA-256")
    db = writing(session)
    new = db.execute(select(t.blob.c.size).where(t.blob.c.sha256 == sha256)).first() is None
    if new:
        row = {"sha256": sha256, "size": len(data), "media_type": media_type(data), "data": data, "created": now}
        db.execute(insert(t.blob), row)
    note_having(db, [sha256], member_id=member_id)
    session.commit()
    return new


def note_having(db: Connection, digests: Collection[str], *, member_id: str) -> None:
    """Write down that the member has these (stored) blobs."""
    had = t.blob_upload.c
    known = {
        row.sha256
        for row in db.execute(select(had.sha256).where(had.member_id == member_id, had.sha256.in_(sorted(digests))))
    }
    new = [{"sha256": sha256, "member_id": member_id} for sha256 in sorted(set(digests) - known)]
    if new:
        db.execute(insert(t.blob_upload), new)


def which_are_here(reader: Reader, digests: Collection[str]) -> set[str]:
    """Those that are stored and that the member may read; of the others the bytes must come.

    What is said to be here need not be sent, so it counts as the member's own from now on; the caller commits.
    """
    rows = reader.db.execute(select(t.blob.c.sha256).where(t.blob.c.sha256.in_(sorted(digests))))
    found = {row.sha256 for row in rows if reader.may_read_blob(row.sha256)}
    note_having(reader.db, found, member_id=reader.scope.member)
    return found
