"""Pictures as they came, `HOME/originals/<sha256 of the picture made of it>.<ending>`: what they tell (EXIF, GPS) stays on this machine.

They are no attachments: no table names them, so that nothing that sends, packs or publishes can come upon them.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.application.records import KeptOriginal
from desktop.domain.errors import BadContent, NotFound, Rule
from desktop.store.blob_files import write_whole
from desktop.store.faults import translated

NAME: Final = "originals"
_ENDING: Final = re.compile("[a-z0-9]{1,5}")


@dataclass(frozen=True)
class OriginalFiles:
    """The application's port `Originals`."""

    home: Path

    def keep(self, sha256: str, source: bytes | Path, *, name: str) -> bool:
        """Copy what came; False, and nothing is copied, where it is what was attached, byte for byte."""
        try:
            if _digest(source) == sha256:
                return False
            data = source if isinstance(source, bytes) else source.read_bytes()
        except OSError as error:
            raise BadContent(Rule("file-unreadable", params={"file": name}), str(error)) from error
        ending = name.rpartition(".")[2].lower()
        with translated():
            write_whole(self._root / f"{sha256}.{ending if _ENDING.fullmatch(ending) else 'bin'}", data)
        return True

    def find(self, sha256: str) -> KeptOriginal | None:
        with translated():
            found = next(iter(sorted(self._root.glob(f"{sha256}.*"))), None)
            return KeptOriginal(found, found.stat().st_size) if found else None

    def give(self, sha256: str, target: Path) -> None:
        """A copy for a person to do with as they like; NotFound where there is none."""
        found = self.find(sha256)
        if found is None:
            raise NotFound(Rule("gone"))
        with translated():
            shutil.copyfile(found.path, target)

    def drop(self, sha256: str) -> None:
        with translated():
            for path in self._root.glob(f"{sha256}.*"):
                path.unlink()

    @property
    def _root(self) -> Path:
        return self.home / NAME


def _digest(source: bytes | Path) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
