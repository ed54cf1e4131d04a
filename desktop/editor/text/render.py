"""Markdown to the HTML that is approved and published, in two dialects, cleaned to a fixed point."""

import re
import threading
from typing import Literal

from markdown import Markdown

from desktop.domain.text import tidy_text
from desktop.editor.text.legal import legal
from desktop.editor.text.prose import prose
from desktop.editor.text.sanitise import as_text, clean

RENDER_REV = 1
_BLANK_LINES = re.compile(r"(\n\s*\n)")


class MarkdownRenderer:
    """The application's port `Renderer`. May be used from any thread: each has its own converters."""

    def __init__(self) -> None:
        self._own = threading.local()

    @property
    def rev(self) -> int:
        """Rises when the same text may give other HTML; travels in the put's envelope."""
        return RENDER_REV

    def render(self, text: str, dialect: Literal["prose", "legal"]) -> str:
        """Sanitised HTML, a fixed point of the contract's clean; "" for blank text. Never fails on any text."""
        source = tidy_text(text)
        cleaned = clean(self._convert(source, dialect))
        if cleaned.stable:
            return cleaned.html
        # Rare: show the paragraphs that do not settle as text, keep the rest.
        parts = [self._settled(part, dialect) for part in _BLANK_LINES.split(source)]
        return clean("\n".join(parts)).html

    def _settled(self, part: str, dialect: Literal["prose", "legal"]) -> str:
        cleaned = clean(self._convert(part, dialect))
        return cleaned.html if cleaned.stable else as_text(part)

    def _convert(self, source: str, dialect: Literal["prose", "legal"]) -> str:
        converter = getattr(self._own, dialect, None)
        if not isinstance(converter, Markdown):
            converter = legal() if dialect == "legal" else prose()
            setattr(self._own, dialect, converter)
        try:
            return converter.reset().convert(source)
        except RecursionError:
            # Quotes or brackets nested hundreds deep: no text of a person. The converter may be left half-way.
            delattr(self._own, dialect)
            return as_text(source)
