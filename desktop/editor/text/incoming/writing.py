"""HTML → our Markdown: what the two dialects can say, and nothing that would be read as something else.

markdownify does the plain elements. Ours are tables (a block of HTML where cells are merged), footnotes, labels, and escapes.
"""

import html as entities
import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdownify import MarkdownConverter

from desktop.domain.errors import BadContent, Rule
from desktop.domain.text import tidy_text
from desktop.editor.text.incoming.blocks import arranged
from desktop.editor.text.incoming.fences import bare
from desktop.editor.text.incoming.result import Dialect

_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"]+$", re.IGNORECASE)
_BLOB = re.compile(r"/_blob/[0-9a-f]{64}$")
_NOTE = re.compile(r"#(?:foot|end)note-(?P<id>[\w-]+)$")
_NOTE_BACK = re.compile(r"#(?:foot|end)note-ref-")
_NOTE_ID = re.compile(r"(?:foot|end)note-(?P<id>[\w-]+)$")
_INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "s": "s", "sub": "sub", "sup": "sup", "u": "u"}
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre")
_TABLE = "\ue00a{}\ue00b"
_PLACED = re.compile("\ue00a([0-9]+)\ue00b")
_MOST_CELLS = 200_000


def markdown(soup: BeautifulSoup, dialect: Dialect) -> str:
    """The Markdown of a cleaned tree; pictures must stand as /_blob/… already. BadContent for what is nested beyond sense."""
    try:
        tables = _taken_out(soup, dialect)
        text = _Writer(dialect).convert_soup(soup)
    except RecursionError as error:
        raise BadContent(Rule("import-broken"), "nested too deep") from error
    text = _PLACED.sub(lambda found: tables[int(found[1])], text)
    return tidy_text(arranged(text, dialect))


class _Writer(MarkdownConverter):
    """One conversion; the methods' names are markdownify's."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(
            heading_style="atx", bullets="-", sub_symbol="<sub>", sup_symbol="<sup>", bs4_options="html.parser",
            newline_style="backslash", strip_document="strip",
        )  # fmt: skip
        self._dialect = dialect
        self._notes: dict[str, int] = {}

    def escape(self, text: str, parent_tags: Iterable[str]) -> str:  # noqa: ARG002  markdownify's signature
        """As little as possible: people read the source. Nothing in legal texts, which are never escaped."""
        text = text.replace("\n", " ")  # where the source was wrapped
        if self._dialect == "legal":
            return text
        return _escaped(text)

    def convert_a(self, el: Tag, text: str, parent_tags: Iterable[str]) -> str:  # noqa: ARG002
        href = str(el.get("href") or "").strip()
        note = _NOTE.match(href)
        if _NOTE_BACK.match(href):
            return ""
        if note:
            return self._note(note["id"])
        label = text.strip()
        if not _LINK.match(href) or not label:
            return text
        if label == href:
            return f"<{href}>" if self._dialect == "prose" else href
        address = href.replace("(", "%28").replace(")", "%29")
        return text.replace(label, f"[{label}]({address})")

    def convert_sup(self, el: Tag, text: str, parent_tags: Iterable[str]) -> str:  # noqa: ARG002
        if el.find("a", href=_NOTE):
            return text
        return f"<sup>{text.strip()}</sup>" if text.strip() else ""

    def convert_s(self, el: Tag, text: str, parent_tags: Iterable[str]) -> str:  # noqa: ARG002
        return f"<s>{text.strip()}</s>" if text.strip() else ""

    convert_del = convert_strike = convert_s

    def convert_img(self, el: Tag, text: str, parent_tags: Iterable[str]) -> str:  # noqa: ARG002
        src = str(el.get("src") or "")
        alt = re.sub(r"[\[\]\s]+", " ", str(el.get("alt") or "")).strip()
        return f"![{alt}]({src})" if _BLOB.match(src) else ""

    def convert_br(self, el: Tag, text: str, parent_tags: Iterable[str]) -> str:  # noqa: ARG002
        return " " if "_inline" in parent_tags else "\n"

    def convert_li(self, el: Tag, text: str, parent_tags: Iterable[str]) -> str:
        note = _NOTE_ID.match(str(el.get("id") or ""))
        if note and note["id"] in self._notes:
            line = " ".join(text.split())
            mark = f"[{self._notes[note['id']]}]"
            return f"\n\n{f'[^{mark[1:-1]}]:' if self._dialect == 'prose' else mark} {line}\n\n"
        made: str = super().convert_li(el, text, parent_tags)  # type: ignore[misc]  # its stubs leave it out
        return made

    def inline(self, cell: Tag) -> str:
        """What stands in a cell, on one line."""
        made: str = self.process_tag(cell, {"td", "_inline"})  # type: ignore[attr-defined]  # its stubs leave it out
        return made

    def _note(self, ident: str) -> str:
        number = self._notes.setdefault(ident, len(self._notes) + 1)
        return f"[^{number}]" if self._dialect == "prose" else f"[{number}]"


def _escaped(text: str) -> str:
    text = re.sub(r"([*`\\])", r"\\\1", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    text = re.sub(r"\[(?=[^\]\n]*\]\()", r"\\[", text)
    return re.sub(r"<(?=/?[A-Za-z])", "&lt;", text)


def _taken_out(soup: BeautifulSoup, dialect: Dialect) -> list[str]:
    """The outermost tables as text, each replaced by a paragraph that names it."""
    found = []
    for table in soup.find_all("table"):
        if table.find_parent("table") is not None:
            continue
        cells = table.find_all(["td", "th"])
        if len(cells) == 1:  # a box round a text is no table
            cells[0].name = "div"
            table.replace_with(cells[0])
            continue
        found.append(_table(table, dialect))
        place = soup.new_tag("p")
        place.string = _TABLE.format(len(found) - 1)
        table.replace_with(place)
    return found


def _table(table: Tag, dialect: Dialect) -> str:
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [list(row.find_all(["td", "th"], recursive=False)) for row in rows]
    if sum(map(len, cells)) > _MOST_CELLS:
        raise BadContent(Rule("import-too-large", params={"limit": f"{_MOST_CELLS}"}), "cells")
    cells = [row for row in cells if row]
    if not cells:
        return ""
    if _is_plain(cells):
        return _piped(cells, dialect)
    lines = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in cells]
    return "\n".join(["<table>", *lines, "</table>"])


def _is_plain(rows: list[list[Tag]]) -> bool:
    """Whether every row has as many cells, each of one line, none merged."""
    return len({len(row) for row in rows}) == 1 and all(_is_one_line(cell) for row in rows for cell in row)


def _is_one_line(cell: Tag) -> bool:
    if _span(cell, "colspan") or _span(cell, "rowspan") or cell.find(["table", "ul", "ol", "br", "img", "pre"]):
        return False
    return len([block for block in cell.find_all(_BLOCKS) if block.get_text(strip=True)]) <= 1


def _piped(rows: list[list[Tag]], dialect: Dialect) -> str:
    writer = _Writer(dialect)
    lines = []
    for row in rows:
        texts = (" ".join(bare(writer.inline(cell)).split()) for cell in row)
        lines.append(f"| {' | '.join(_in_cell(text) for text in texts)} |")
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _in_cell(text: str) -> str:
    return text.strip("| ").replace("\\|", "|").replace("|", "\\|")


def _cell(cell: Tag) -> str:
    name = "th" if cell.name == "th" else "td"
    spans = "".join(f' {span}="{count}"' for span in ("colspan", "rowspan") if (count := _span(cell, span)))
    return f"<{name}{spans}>{_inner(cell)}</{name}>"


def _span(cell: Tag, name: str) -> int:
    """How many columns or rows, 0 for one."""
    text = str(cell.get(name) or "1")
    return int(text) if text.isdecimal() and 1 < int(text) <= 99 else 0  # noqa: PLR2004  as the contract allows


def _inner(element: Tag) -> str:
    """What stands in a cell, as HTML on one line: blocks parted by <br>, lists and inner tables as they are."""
    parts: list[str] = []
    for node in element.children:
        text = _node(node)
        is_block = isinstance(node, Tag) and node.name in {
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
        }
        if is_block and text and parts and parts[-1] != "<br>":
            parts.append("<br>")
        parts.append(text)
        if is_block and text:
            parts.append("<br>")
    return re.sub(r"(?:<br>)+$", "", "".join(parts).strip())


def _node(node: PageElement) -> str:
    if isinstance(node, NavigableString):
        return (
            entities.escape(re.sub(r"\s+", " ", bare(str(node))), quote=False) if type(node) is NavigableString else ""
        )
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "<br>"
    if node.name == "img":
        src, alt = str(node.get("src") or ""), entities.escape(str(node.get("alt") or ""))
        return f'<img src="{src}" alt="{alt}">' if _BLOB.match(src) else ""
    if node.name == "table":
        rows = [row for row in node.find_all("tr") if row.find_parent("table") is node]
        cells = ("".join(map(_cell, row.find_all(["td", "th"], recursive=False))) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    inner = _inner(node)
    if node.name in {"ul", "ol", "li"}:
        return f"<{node.name}>{inner}</{node.name}>"
    if node.name == "a" and _LINK.match(str(node.get("href") or "")):
        return f'<a href="{entities.escape(str(node["href"]))}">{inner}</a>'
    name = _INLINE.get(node.name)
    return f"<{name}>{inner}</{name}>" if name and inner else inner
