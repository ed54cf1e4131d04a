"""Positions: Python counts characters, Qt counts UTF-16 units; they differ after a character beyond U+FFFF (an emoji)."""

_CODEC = "utf-16-le"


class Offsets:
    """The positions of one text, both ways; looks the text over once, so that many positions cost little."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._alike = text.isascii() or len(text.encode(_CODEC, "surrogatepass")) == 2 * len(text)

    def to_qt(self, at: int) -> int:
        """The position in UTF-16 units of character `at`."""
        return at if self._alike else len(self._text[:at].encode(_CODEC, "surrogatepass")) // 2

    def from_qt(self, at: int) -> int:
        """The character at UTF-16 unit `at`; inside a pair: the character itself."""
        if self._alike:
            return at
        return len(self._text.encode(_CODEC, "surrogatepass")[: 2 * at].decode(_CODEC, "ignore"))


def to_qt(text: str, at: int) -> int:
    return Offsets(text).to_qt(at)


def from_qt(text: str, at: int) -> int:
    return Offsets(text).from_qt(at)
