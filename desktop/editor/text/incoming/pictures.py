"""Pictures met on the way in: made safe by `images`, named by their content, placed in the text as /_blob/…"""

import posixpath
from collections.abc import Mapping
from typing import IO, Protocol

from desktop.domain.errors import BadContent
from desktop.editor.text.images import Cleaned, cleaned
from desktop.editor.text.incoming.result import Note, Picture

_MOST_BYTES = 60 * 1024 * 1024
_MOST = 500


class _OfMammoth(Protocol):
    """What mammoth gives for a picture."""

    alt_text: str | None
    content_type: str

    def open(self) -> IO[bytes]: ...


class Pictures:
    """Collects them; the same bytes are one picture."""

    def __init__(self) -> None:
        self._found: dict[str, Picture] = {}
        self.notes: list[Note] = []

    def found(self) -> tuple[Picture, ...]:
        return tuple(self._found.values())

    def add(self, data: bytes, *, name: str = "", alt: str = "") -> str:
        """The address of a picture in the text, "" for one that cannot be taken (a note tells)."""
        if len(self._found) >= _MOST or len(data) > _MOST_BYTES:
            self.notes.append(Note("import-picture", {"reason": "too-large"}))
            return ""
        try:
            made: Cleaned = cleaned(data)
        except BadContent as refused:
            self.notes.append(Note("import-picture", {"reason": refused.rule.code}))
            return ""
        known = len(self._found) + 1
        stem = posixpath.splitext(posixpath.basename(name))[0] or f"anh-{known}"
        self._found.setdefault(made.sha256, Picture(made.sha256, f"{stem}.{made.ending}", made.data, alt))
        return f"/_blob/{made.sha256}"

    def of_mammoth(self, image: _OfMammoth) -> Mapping[str, str]:
        with image.open() as opened:
            data = opened.read(_MOST_BYTES + 1)
        return {"src": self.add(data, alt=image.alt_text or ""), "alt": image.alt_text or ""}
