"""Vietnamese typography: curled quotation marks, the dash, no break between a number and its unit.

What is code, an address, HTML or a sign of Markdown stays as it is.
"""

import re

from desktop.editor.text.highlight import IN_TABLE, PLAIN, Dialect, read_line, state_after
from desktop.editor.text.rows import is_divider

NO_BREAK = "\u00a0"
_OPENING = set(" \t\n\u00a0([{–—-/|>*_“‘")
_UNITS = (
    "km²", "km2", "km", "m²", "m2", "m³", "m3", "m", "cm", "mm", "ha", "kg", "tấn", "tạ", "lít", "kWh", "kW", "MW", "GB", "MB", "°C",
    "đồng", "triệu", "tỷ", "tỉ", "nghìn", "ngàn", "USD", "VNĐ", "VND",
)  # fmt: skip
_UNIT = re.compile(rf"(?<=\d) (?=(?:{'|'.join(re.escape(unit) for unit in _UNITS)})(?!\w))")
_DASH = re.compile(r"(?<=[^\s|]) (?:--?|—) (?=[^\s|])|(?<=[^\W\d_])--(?=[^\W\d_])")
_LONE_HYPHEN = re.compile(r"[\w)”’%.,;:!?…] --?$")
_QUOTED = re.compile(r"\"")
_KEPT = frozenset({"mark", "code", "html"})


def typed(before: str, sign: str) -> str | None:
    """What `sign`, typed behind `before` on its line, becomes: a quotation mark curls, a hyphen alone becomes a dash.

    The answer replaces the sign and, for a blank that follows a lone hyphen, the hyphen too; None: it stays.
    """
    if _protected(before):
        return None
    if sign == '"':
        return "“" if not before or before[-1] in _OPENING else "”"
    if sign == " " and _LONE_HYPHEN.search(before):
        return "– "
    return None


def typeset(text: str, dialect: Dialect = "prose") -> str:
    """All of `text` as it should be printed. Applied twice it changes nothing more."""
    state, made = PLAIN, []
    for line in text.split("\n"):
        made.append(line if state == IN_TABLE or is_divider(line) else _line(line, state, dialect))
        state = state_after(line, state)
    return "\n".join(made)


def _line(line: str, state: int, dialect: Dialect) -> str:
    found = read_line(line, state, dialect)
    if found.kind in {"html", "rule"}:
        return line
    kept = [(span.start, span.start + span.length) for span in found.spans if span.role in _KEPT]
    kept += [
        (span.start, span.start + span.length)
        for span in found.spans
        if span.role == "link" and line[span.start] == "<"
    ]

    def free(match: re.Match[str]) -> bool:
        return not any(start < match.end() and match.start() < end for start, end in kept)

    changes = [(match.start(), match.end(), NO_BREAK) for match in _UNIT.finditer(line) if free(match)]
    changes += [(match.start(), match.end(), " – ") for match in _DASH.finditer(line) if free(match)]
    changes += [
        (match.start(), match.end(), "“" if match.start() == 0 or line[match.start() - 1] in _OPENING else "”")
        for match in _QUOTED.finditer(line)
        if free(match)
    ]
    for start, end, piece in sorted(changes, reverse=True):
        line = line[:start] + piece + line[end:]
    return line


def _protected(before: str) -> bool:
    """Whether what is typed next stands in code, in a tag or in an address."""
    return (
        before.count("`") % 2 == 1
        or re.search(r"<[A-Za-z/][^<>]*$", before) is not None
        or re.search(r"\]\([^()]*$", before) is not None
    )
