"""How presenters get their words: a callable shaped like Qt's `translate`, so that Qt Linguist finds the strings."""

from collections.abc import Mapping
from typing import Protocol


class Translate(Protocol):
    """`text` in English → the words of the language in use; `n` chooses the plural form and fills %n."""

    def __call__(self, context: str, text: str, comment: str | None = None, n: int = -1, /) -> str: ...


def untranslated(_context: str, text: str, _comment: str | None = None, n: int = -1, /) -> str:
    """The English source itself; for tests and for a window without translations."""
    return text.replace("%n", str(n))


def label(words: Mapping[str, str], lang: str) -> str:
    """A label of the portal profile in `lang`, else in Vietnamese, else in whatever there is."""
    return words.get(lang) or words.get("vi") or next(iter(words.values()), "")


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  the name that Qt Linguist looks for
    """Marks `text` for translation where it is written; whoever shows it calls `translate` with the same context."""
    return text
