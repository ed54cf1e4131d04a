"""Blobs elsewhere by URL (`s3://bucket/portal`, or whatever fsspec speaks): one object per digest.

An object is there as a whole or not at all: that is the store's own promise.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fsspec

from server_stub.store.files import PIECE


class BucketFiles:
    """`options` go to the file system (keys, endpoint); without them it asks its environment, as its tools do."""

    def __init__(self, url: str, **options: Any) -> None:  # noqa: ANN401 - the library's own
        self._disk, root = fsspec.core.url_to_fs(url, use_listings_cache=False, **options)
        self._root = str(root).rstrip("/")

    def make_place(self) -> None:
        """Make the bucket, where it is not there yet."""
        self._disk.makedirs(self._root.partition("/")[0], exist_ok=True)

    def write(self, sha256: str, pieces: Iterable[bytes]) -> None:
        if self.size(sha256) is None:
            with self._disk.open(self._place(sha256), "wb") as file:
                for piece in pieces:
                    file.write(piece)

    def take(self, sha256: str, source: Path) -> None:
        if self.size(sha256) is None:
            self._disk.put_file(str(source), self._place(sha256))

    def size(self, sha256: str) -> int | None:
        try:
            return int(self._disk.size(self._place(sha256)))
        except FileNotFoundError:
            return None

    def read(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        whole = self.size(sha256)
        if whole is None:
            raise FileNotFoundError(sha256)
        stop = whole if end is None else min(end, whole)

        def pieces() -> Iterator[bytes]:
            with self._disk.open(self._place(sha256), "rb", block_size=8 * PIECE) as file:
                file.seek(start)
                left = stop - start
                while left > 0 and (piece := file.read(min(PIECE, left))):
                    left -= len(piece)
                    yield piece

        return pieces()

    def _place(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"
