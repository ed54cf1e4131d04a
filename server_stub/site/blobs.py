"""Files of published entries: only those that a live publication names, and only as what their bytes are."""

import json
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import Connection, select

from server_stub.core.file_types import IMAGES
from server_stub.core.fold import fold
from server_stub.site.headings import line
from server_stub.store import tables as t


@dataclass(frozen=True)
class PublicFile:
    """The name under which the publication offers the bytes; `media_type` is what they showed when they came."""

    name: str
    size: int
    media_type: str

    @property
    def disposition(self) -> str:
        """Pictures are shown, everything else is saved (RFC 6266)."""
        how = "inline" if self.media_type in IMAGES else "attachment"
        stem, dot, ending = self.name.rpartition(".")
        plain = fold(stem if dot else self.name).replace(" ", "-") or "tep"
        plain += f".{fold(ending).replace(' ', '')}" if dot else ""
        return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(self.name, safe='')}"


def public_file(db: Connection, sha256: str) -> PublicFile | None:
    """The file with that digest, when some live publication has it; None otherwise, whatever the reason."""
    use, pub, rev = t.blob_use.c, t.publication.c, t.revision.c
    row = db.execute(
        select(t.blob.c.size, t.blob.c.media_type, rev.content)
        .select_from(t.blob_use)
        .join(t.publication, (pub.live_entry == use.entry_id) & (pub.rid == use.rid))
        .join(t.revision, (rev.entry_id == use.entry_id) & (rev.rid == use.rid))
        .join(t.blob, t.blob.c.sha256 == use.sha256)
        .where(use.sha256 == sha256)
        .order_by(pub.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    size, media_type, content = row
    named = (file for file in json.loads(content)["attachments"] if file["sha256"] == sha256)
    return PublicFile(line(next(named).get("name", "")) or sha256, size, media_type)
