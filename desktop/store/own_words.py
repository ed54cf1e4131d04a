"""The member's own dictionary: one word a line in `HOME/words.txt`, which a person may read and write as well."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.store.blob_files import flush_folder
from desktop.store.faults import translated

NAME: Final = "words.txt"


@dataclass(frozen=True)
class OwnWords:
    """StorageProblem when the disk refuses. A file that is not UTF-8 counts as far as it can be read."""

    home: Path

    def all(self) -> frozenset[str]:
        with translated():
            try:
                text = (self.home / NAME).read_text("utf-8", errors="ignore")
            except FileNotFoundError:
                return frozenset()
        return frozenset(word for line in text.splitlines() if (word := line.strip()))

    def add(self, word: str) -> None:
        self._write(self.all() | {word.strip()})

    def forget(self, word: str) -> None:
        self._write(self.all() - {word})

    def _write(self, words: frozenset[str]) -> None:
        path = self.home / NAME
        making = path.with_name(f".{NAME}")
        with translated():
            making.write_text("".join(f"{word}\n" for word in sorted(words)), "utf-8")
            making.replace(path)
            flush_folder(self.home)
