"""RTF of the clipboard → HTML that says as much: paragraphs, bold, italic, fonts, tables, and the labels of lists as text.

Enough for what WordPad and old mail programs copy; a file in RTF goes through LibreOffice when it is there.
"""

import html
import re
from dataclasses import dataclass, field, replace

_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<hex>[0-9a-f]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])"
    rb"|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
_DESTINATIONS = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable listoverridetable "
    b"themedata colorschememapping latentstyles datastore xmlnstbl rsidtbl generator fldinst bkmkstart bkmkend nonshppict".split()
)
_SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}
_WORDS = {
    b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"line": "\n", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_FONT = re.compile(rb"\{?\\f([0-9]+)[^;{}]*?(?:\{[^{}]*\}[^;{}]*?)*\s([^\\;{}]+);")
_CODEPAGE = re.compile(rb"\\ansicpg([0-9]+)")
_KNOWN_PAGES = {b"1258": "cp1258", b"1252": "cp1252", b"65001": "utf-8"}
_DEEPEST = 500
_MOST = 20_000_000


@dataclass(frozen=True)
class _State:
    bold: bool = False
    italic: bool = False
    font: bytes = b""
    skip: bool = False
    unicode_length: int = 1


@dataclass
class _Reading:
    """The document so far: runs of the paragraph, cells of the row, and the HTML that is done."""

    fonts: dict[bytes, str]
    codepage: str
    done: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    swallow: int = 0

    def text(self, text: str, state: _State) -> None:
        if state.skip or not text:
            return
        made = html.escape(text, quote=False).replace("\n", "<br>")
        made = f"<b>{made}</b>" if state.bold else made
        made = f"<i>{made}</i>" if state.italic else made
        font = self.fonts.get(state.font, "")
        self.runs.append(f'<font face="{html.escape(font)}">{made}</font>' if font else made)

    def paragraph(self) -> None:
        if self.rows and not self.cells:
            self._table()
        self.done.append(f"<p>{''.join(self.runs)}</p>")
        self.runs = []

    def cell(self) -> None:
        self.cells.append(f"<td>{''.join(self.runs)}</td>")
        self.runs = []

    def row(self) -> None:
        self.rows.append(f"<tr>{''.join(self.cells)}</tr>")
        self.cells = []

    def finish(self) -> str:
        if self.rows:
            self._table()
        if self.runs:
            self.paragraph()
        return "".join(self.done)

    def _table(self) -> None:
        self.done.append(f"<table>{''.join(self.rows)}</table>")
        self.rows = []


def html_of(data: bytes) -> str:
    """Never fails: what is no RTF gives what can be read of it."""
    data = data[:_MOST]
    page = _CODEPAGE.search(data)
    fonts = {number: name.decode("cp1252", "replace").strip() for number, name in _FONT.findall(data[:200_000])}
    reading = _Reading(fonts, _KNOWN_PAGES.get(page[1] if page else b"1252", "cp1252"))
    stack: list[_State] = []
    state = _State()
    for token in _TOKEN.finditer(data):
        if token["brace"] == b"{" and len(stack) < _DEEPEST:
            stack.append(state)
        elif token["brace"] == b"}":
            state = stack.pop() if stack else state
        elif token["word"]:
            state = _word(reading, state, token["word"].lower(), token["number"])
        elif token["sign"] == b"*":
            state = replace(state, skip=True)
        else:
            _letters(reading, state, token)
    return reading.finish()


def _letters(reading: _Reading, state: _State, token: "re.Match[bytes]") -> None:
    if token["hex"]:
        if reading.swallow:
            reading.swallow -= 1
            return
        byte = bytes([int(token["hex"], 16)])
        reading.text(byte.decode(reading.codepage, "ignore") or chr(byte[0]), state)
    elif token["sign"]:
        reading.text(_SIGNS.get(token["sign"], ""), state)
    elif token["text"]:
        text = token["text"].decode(reading.codepage, "replace")
        gone, reading.swallow = min(reading.swallow, len(text)), max(0, reading.swallow - len(text))
        reading.text(text[gone:], state)


def _word(reading: _Reading, state: _State, word: bytes, number: bytes | None) -> _State:
    on = number != b"0"
    match word:
        case b"b":
            return replace(state, bold=on)
        case b"i":
            return replace(state, italic=on)
        case b"f":
            return replace(state, font=number or b"")
        case b"plain":
            return replace(state, bold=False, italic=False)
        case b"uc":
            return replace(state, unicode_length=int(number or 1))
        case b"u":
            reading.text(chr(int(number or 0) % 0x10000), state)
            reading.swallow = state.unicode_length
        case _ if word in _DESTINATIONS:
            return replace(state, skip=True)
        case _ if not state.skip:
            _placed(reading, state, word)
    return state


def _placed(reading: _Reading, state: _State, word: bytes) -> None:
    if word in {b"par", b"sect"}:
        reading.paragraph()
    elif word == b"cell":
        reading.cell()
    elif word == b"row":
        reading.row()
    elif word in _WORDS:
        reading.text(_WORDS[word], state)
