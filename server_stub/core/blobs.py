"""Attachments by the digest of their bytes: kept once, checked on arrival, told by what their first bytes say."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from server_stub.core.canonical import digest
from server_stub.core.file_types import HEAD, judge
from server_stub.core.limits import Limits
from server_stub.core.problems import Problem
from server_stub.core.reading import HAD, Reader
from server_stub.core.uploads import check_room
from server_stub.store import tables as t
from server_stub.store.engine import writing
from server_stub.store.files import Files
from server_stub.store.upsert import insert_new

_LIMITS = Limits()
_HERE: Final = select(t.blob.c.sha256).where(t.blob.c.sha256.in_(bindparam("digests", expanding=True)))


def store_blob(
    session: Session, files: Files, sha256: str, *, data: bytes, member_id: str, now: str, limits: Limits = _LIMITS
) -> bool:
    """Keep the bytes and commit; whether they are new here.

    Raises:
        Problem: `checksum-mismatch` when the bytes have another digest, `file-refused`, `too-large`.
    """
    if digest(data) != sha256:
        raise Problem("checksum-mismatch", "the bytes have another SHA-256")
    media_type, rule = judge("", data[:HEAD])
    if rule is not None:
        raise Problem("file-refused", "this type of file is not taken", extra={"rule": rule.wire()})
    if session.execute(HAD, {"of_blob": sha256, "by": member_id}).first() is not None:
        return False
    check_room(session.connection(), len(data), member_id=member_id, limits=limits)
    session.rollback()  # writing takes long: no lock is held meanwhile
    files.write(sha256, [data])
    db = writing(session)
    new = db.execute(select(t.blob.c.size).where(t.blob.c.sha256 == sha256)).first() is None
    note_blob(db, sha256, size=len(data), media_type=media_type, member_id=member_id, now=now)
    session.commit()
    return new


def note_blob(db: Connection, sha256: str, *, size: int, media_type: str, member_id: str, now: str) -> None:
    """Write down that the bytes are kept, and that the member has them."""
    insert_new(db, t.blob, [{"sha256": sha256, "size": size, "media_type": media_type, "created": now}])
    note_having(db, [sha256], member_id=member_id)


def note_having(db: Connection, digests: Collection[str], *, member_id: str) -> None:
    """Write down that the member has these (stored) blobs."""
    insert_new(db, t.blob_upload, [{"sha256": sha256, "member_id": member_id} for sha256 in sorted(set(digests))])


def which_are_here(reader: Reader, digests: Collection[str]) -> set[str]:
    """Those that are stored and that the member may read; of the others the bytes must come.

    What is said to be here need not be sent, so it counts as the member's own from now on; the caller commits.
    """
    rows = reader.db.execute(_HERE, {"digests": sorted(digests)})
    found = {row.sha256 for row in rows if reader.may_read_blob(row.sha256)}
    note_having(reader.db, found, member_id=reader.scope.member)
    return found
