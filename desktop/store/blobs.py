"""Attachments by SHA-256: the bytes in files, and which of them the portal still lacks in a table."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.sqlite import insert

from desktop.store.blob_files import BlobFiles
from desktop.store.line import Line
from desktop.store.tables import blob as table

# A file that came from the portal may be out of this member's reach there by now: what is attached is asked for anew.
_ADD: Final = insert(table).on_conflict_do_update(index_elements=["sha256"], set_={"sent": False})
_KNOWN: Final = select(table.c.size).where(table.c.sha256 == bindparam("of_blob"))
_UNSENT: Final = select(table.c.sha256, table.c.size).where(text("NOT sent")).order_by(table.c.sha256)
_MARK: Final = update(table).where(table.c.sha256 == bindparam("of_blob")).values(sent=bindparam("is_sent"))
_ALL_UNSENT: Final = update(table).values(sent=False)


class BlobRows:
    """A file without its row (the transaction was rolled back) is not known here and does no harm."""

    def __init__(self, connection: Line, files: BlobFiles) -> None:
        self._connection = connection
        self._files = files

    def add(self, data: bytes) -> str:
        """Copy `data` into the home; returns its SHA-256. Durable before the transaction ends, and unsent until said otherwise."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._files.keep(sha256, data)
        self._connection.execute(_ADD, {"sha256": sha256, "size": len(data), "sent": False})
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether a whole file lies here; its bytes are not looked at."""
        known = self._connection.execute(_KNOWN, {"of_blob": sha256}).one_or_none()
        return known is not None and self._files.size(sha256) == known.size

    def read(self, sha256: str) -> bytes | None:
        """The bytes, None if they are not on this machine; StoreDamaged if the disk has changed them."""
        known = self._connection.execute(_KNOWN, {"of_blob": sha256}).one_or_none()
        return self._files.read(sha256) if known else None

    def copy(self, source: Path, *, most: int) -> tuple[str, int]:
        """(SHA-256, size) of a file that lies in the home from now on, not known until `add_kept`."""
        return self._files.copy(source, most=most)

    def add_kept(self, sha256: str, size: int) -> None:
        """Make known what `copy` brought in, unsent until said otherwise."""
        self._connection.execute(_ADD, {"sha256": sha256, "size": size, "sent": False})

    def part(self, sha256: str, *, start: int, size: int) -> bytes | None:
        return self._files.part(sha256, start=start, size=size)

    def check(self, sha256: str) -> bool:
        """Whether the whole file is here; StoreDamaged if the disk has changed it."""
        return self.has(sha256) and self._files.check(sha256)

    def partial(self, sha256: str) -> int:
        return self._files.partial(sha256)

    def append(self, sha256: str, *, start: int, data: bytes) -> int:
        return self._files.append(sha256, start=start, data=data)

    def finish(self, sha256: str) -> bool:
        """What has come in is the file, and lies here until `add_kept` makes it known; else it is set aside."""
        return self._files.finish(sha256)

    def unsent(self) -> Sequence[tuple[str, int]]:
        """(SHA-256, size in bytes) of what the portal is not known to have."""
        return [(row.sha256, row.size) for row in self._connection.execute(_UNSENT)]

    def mark_sent(self, sha256: str) -> None:
        self._connection.execute(_MARK, {"of_blob": sha256, "is_sent": True})

    def mark_unsent(self, sha256: str) -> None:
        """The portal says that it lacks this one; nothing happens if it is not here either."""
        self._connection.execute(_MARK, {"of_blob": sha256, "is_sent": False})

    def mark_all_unsent(self) -> None:
        """The portal may have lost any of them: what it has is asked anew."""
        self._connection.execute(_ALL_UNSENT)
