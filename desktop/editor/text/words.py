"""Which letters of a line are words to be checked: not addresses, numbers, codes, Markdown's own, nor marked foreign language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GAP = "\ufffc"  # neither a letter nor a blank

_LEFT_OUT = re.compile(
    r"""
    `[^`]+`                                                             # code
    | <(?P<tag>[a-z]+)\b[^>]*\blang=["']?(?!vi\b)[^>]*>.*?</(?P=tag)>   # another language, marked
    | <[^<>]*>                                                          # HTML, an address, a place to fill in
    | (?<=\])\([^()\s]*(?:\s+"[^"]*")?\)                                # where a link leads
    | \[\^[^\]]+\] | ^\s*\[[^\]]+\]:\s*\S+                              # footnotes, references
    | \b(?:https?|ftp|mailto|tel):[^\s<>"“”]+ | \bwww\.[^\s<>"“”]+ | /_blob/\w+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w])\.?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:vn|com|net|org|gov|edu|info|io|html?|php|
      aspx?|pdf|docx?|xlsx?|odt|txt|jpe?g|png|zip)\b(?:/\S*)?
    | [\w./–-]*\d[\w./–-]* | \w*_\w*                                    # numbers and codes
    | (?<!\w)/?[A-ZĐƯ]{2,}[A-Za-zĐ]*(?:[-/–]/?[A-ZĐƯ]{2,}[A-Za-zĐ]*)+     # QĐ-UBND
    | \bv\.v\b | \b\w/\w\b | \w+['’]\w+ | \\.                                      # đ/c, M'Đrắk, escapes
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_¹²³¼-¾⁰-₎⅐-↉①-⓿]+")  # fractions and raised figures count as letters elsewhere


@dataclass(frozen=True)
class Word:
    """`text` as written, `start` in the line; `before` and `after`: its neighbours in lower case, "" at a stop."""

    text: str
    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def blanked(line: str) -> str:
    """`line` at its full length, with `GAP` for each character that is not prose."""
    return _LEFT_OUT.sub(lambda found: GAP * len(found[0]), line)


def words(line: str, prose: str | None = None) -> Iterator[Word]:
    """The words of `line` in order; `prose` is `blanked(line)` where it is at hand."""
    prose = blanked(line) if prose is None else prose
    found = list(_WORD.finditer(prose))
    for number, item in enumerate(found):
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        yield Word(
            item[0],
            item.start(),
            before[0].lower() if before and prose[before.end() : item.start()].isspace() else "",
            after[0].lower() if after and prose[item.end() : after.start()].isspace() else "",
        )
