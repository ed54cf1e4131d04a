"""What the database knows of an upload: whose, how large, of what name and digest, and what became of it.

The bytes that have come are a file (store/parts.py). States: receiving -> checking -> ready | rejected; or expired.
"""

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from server_stub.core.canonical import is_hash
from server_stub.core.file_types import clean_name, refusal_of_name
from server_stub.core.limits import Limits, words_of
from server_stub.core.moment import later
from server_stub.core.outcome import Rule
from server_stub.core.problems import Problem
from server_stub.store import tables as t

MAX_METADATA: Final = 8 * 1024
OPEN: Final = ("receiving", "checking")
_ENDED: Final = ("rejected", "expired")


@dataclass(frozen=True)
class Announced:
    """What a new upload says of itself; `metadata` is the header, word for word."""

    size: int
    metadata: str = ""
    key: str | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str | None:
        return self.named.get("sha256")


@dataclass(frozen=True)
class Upload:
    id: str
    member_id: str
    size: int
    metadata: str
    sha256: str | None
    state: str
    rule: Mapping[str, Any] | None
    expires: str

    @property
    def name(self) -> str:
        return clean_name(read_metadata(self.metadata).get("filename", ""))


def read_metadata(header: str) -> dict[str, str]:
    """`Upload-Metadata`: `name base64, name base64`.

    Raises:
        Problem: `invalid-request`.
    """
    found: dict[str, str] = {}
    if len(header) > MAX_METADATA:
        raise Problem("invalid-request", f"Upload-Metadata: at most {MAX_METADATA} letters")
    for pair in filter(None, (item.strip() for item in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            text = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError):
            raise Problem("invalid-request", "Upload-Metadata: a value is not base64 of UTF-8") from None
        if name in found:
            raise Problem("invalid-request", "Upload-Metadata: a name stands there twice")
        found[name] = text
    if not is_hash(found.get("sha256", "0" * 64)):
        raise Problem("invalid-request", "Upload-Metadata: sha256 is 64 hex digits")
    return found


def begin(db: Connection, new: Announced, *, member_id: str, upload_id: str, limits: Limits, now: str) -> str:
    """Write down a new upload, or find the one that the same key began; its id. The caller commits.

    Raises:
        Problem: `too-large`, `file-refused`, or `invalid-request` for a key that began another upload.
    """
    # One member's uploads begin one after another: two at once never pass the same quota or key.
    db.execute(select(t.member.c.id).where(t.member.c.id == member_id).with_for_update())
    expire(db, limits=limits, now=now)
    if new.key is not None:
        mine = (t.upload.c.member_id == member_id, t.upload.c.idem_key == new.key)
        known = db.execute(select(t.upload).where(*mine)).one_or_none()
        if known is not None and known.state not in _ENDED:
            if (known.size, known.described) != (new.size, new.metadata):
                raise Problem("invalid-request", "this Idempotency-Key began another upload", status=422)
            return str(known.id)
        db.execute(update(t.upload).where(*mine).values(idem_key=None))
    if new.size > limits.file_bytes:
        raise Problem("too-large", f"at most {limits.file_bytes} bytes in one upload")
    rule = refusal_of_name(clean_name(new.named.get("filename", "")))
    if rule is not None:
        raise Problem("file-refused", "files of that name are not taken", extra={"rule": rule.wire()})
    check_room(db, new.size, member_id=member_id, limits=limits)
    db.execute(
        insert(t.upload).values(
            id=upload_id, member_id=member_id, idem_key=new.key, size=new.size, described=new.metadata,
            sha256=new.sha256, state="receiving", rule=None, touched=now,
        )
    )  # fmt: skip
    return upload_id


def check_room(db: Connection, size: int, *, member_id: str, limits: Limits) -> None:
    """Whether the member may bring so many bytes more.

    Raises:
        Problem: `too-large`, with the rule `member-files`.
    """
    had, blob, open_one = t.blob_upload.c, t.blob.c, t.upload.c
    kept = select(func.coalesce(func.sum(blob.size), 0)).join(t.blob_upload, had.sha256 == blob.sha256)
    coming = select(func.coalesce(func.sum(open_one.size), 0)).where(
        open_one.member_id == member_id, open_one.state.in_(OPEN)
    )
    used = int(db.execute(kept.where(had.member_id == member_id)).scalar_one()) + int(db.execute(coming).scalar_one())
    if used + size > limits.member_file_bytes:
        rule = Rule("member-files", params={"limit": words_of(limits.member_file_bytes)})
        raise Problem("too-large", "the member's room for files is used up", extra={"rule": rule.wire()})


def find(db: Connection, upload_id: str, *, member_id: str | None, limits: Limits, now: str) -> Upload:
    """A member's upload (None: anybody's).

    Raises:
        Problem: `not-found` for what is another's too, `upload-expired`.
    """
    row = db.execute(select(t.upload).where(t.upload.c.id == upload_id)).one_or_none()
    if row is None or member_id not in (None, row.member_id):
        raise Problem("not-found", "no such upload")
    found = _upload(row, limits)
    if found.state == "expired" or (found.state == "receiving" and found.expires <= now):
        raise Problem("upload-expired", "the upload waited too long")
    return found


def touch(db: Connection, upload_id: str, *, now: str, state: str | None = None) -> None:
    """Something came, or the upload goes on to `state`."""
    change: dict[str, Any] = {"touched": now} if state is None else {"touched": now, "state": state}
    db.execute(update(t.upload).where(t.upload.c.id == upload_id, t.upload.c.state == "receiving").values(change))


def settle(db: Connection, upload_id: str, *, rule: Rule | None, now: str) -> None:
    """The check has ended; a refused upload no longer holds its key."""
    change: dict[str, Any] = {"state": "ready", "touched": now}
    if rule is not None:
        change |= {"state": "rejected", "rule": json.dumps(rule.wire(), ensure_ascii=False), "idem_key": None}
    db.execute(update(t.upload).where(t.upload.c.id == upload_id).values(change))


def forget(db: Connection, upload_id: str) -> None:
    db.execute(delete(t.upload).where(t.upload.c.id == upload_id))


def states(db: Connection, upload_ids: Collection[str]) -> dict[str, str]:
    """The state of each; `gone` for what is not known."""
    row = t.upload.c
    known = {found.id: found.state for found in db.execute(select(row.id, row.state).where(row.id.in_(upload_ids)))}
    return {upload_id: known.get(upload_id, "gone") for upload_id in upload_ids}


def expired(db: Connection) -> list[str]:
    """Uploads whose bytes may go."""
    return [row.id for row in db.execute(select(t.upload.c.id).where(t.upload.c.state == "expired"))]


def expire(db: Connection, *, limits: Limits, now: str) -> None:
    """Close what waited too long; forget what was closed or settled as long ago again."""
    row, days = t.upload.c, -limits.upload_days
    db.execute(delete(t.upload).where(row.touched <= later(now, days=2 * days), row.state != "checking"))
    too_old = update(t.upload).where(row.touched <= later(now, days=days), row.state == "receiving")
    db.execute(too_old.values(state="expired", idem_key=None))


def _upload(row: Row[Any], limits: Limits) -> Upload:
    return Upload(
        id=row.id,
        member_id=row.member_id,
        size=row.size,
        metadata=row.described,
        sha256=row.sha256,
        state=row.state,
        rule=None if row.rule is None else json.loads(row.rule),
        expires=later(row.touched, days=limits.upload_days),
    )
