"""Large files from the portal: part by part into the home, gone on with after a cut, and known only when they are whole."""

from collections.abc import Callable
from typing import Final

from desktop.application.ports import Portal, Store
from desktop.domain.errors import BadContent, Rule

LARGE: Final = 4 * 1024 * 1024  # above this in parts of this size
_ATTEMPTS: Final = 2


GoOn = Callable[[int], bool]
"""Told the bytes of each part that has come; says whether the next may be asked for."""


def fetch_large(store: Store, portal: Portal, sha256: str, *, size: int, go_on: GoOn | None = None) -> bool:
    """False where `go_on` has said no. NotFound where the portal has none;
    BadContent for bytes that are wrong a second time, from the beginning: what was
    wrong is set aside, and never taken for the file.
    """
    for _ in range(_ATTEMPTS):
        with store.read() as work:
            start = work.blobs.partial(sha256)
        while start < size:
            data = portal.fetch_part(sha256, start=start, size=LARGE)
            if not data:
                break
            with store.read() as work:
                start = work.blobs.append(sha256, start=start, data=data)
            if go_on is not None and not go_on(len(data)) and start < size:
                return False
        with store.read() as work:
            is_whole = work.blobs.finish(sha256)
        if is_whole:
            with store.write() as work:
                work.blobs.add_kept(sha256, size)
                work.blobs.mark_sent(sha256)
            return True
    raise BadContent(Rule("checksum-mismatch"), "the bytes of an attachment do not have its hash")
