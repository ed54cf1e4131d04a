"""Positions: Python counts characters, Qt counts UTF-16 units; they differ after a character beyond U+FFFF (an emoji)."""


def to_qt(text: str, at: int) -> int:
    """The position in UTF-16 units of character `at` of `text`."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def from_qt(text: str, at: int) -> int:
    """The character of `text` at UTF-16 unit `at`; inside a pair: the character itself."""
    return (
        at if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")[: 2 * at].decode("utf-16-le", "ignore"))
    )
