"""The legal dialect: every line is a block of its own and every label stays the text it is.

No lists, setext headings, rules, indented code or `_` emphasis. Only what a line begins with decides what it is:
`labels.py` reads that, `legal_outline.py` knows where an attached regulation begins.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.util import AtomicString

from desktop.domain.legal.labels import Label, LabelReader
from desktop.editor.text.legal_outline import Place, Titles, attached_titles, looks_like_title
from desktop.editor.text.markup import make_strict, without_tags

# A line without any of these holds no inline Markdown and skips Python-Markdown's inline patterns.
_INLINE = re.compile(r"[*`\[<&\\]")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*$", re.DOTALL)
_RULE_OF_TABLE = re.compile(r"[\s|:-]*-[\s|:-]*$")
_PARAGRAPHS = (
    ("can-cu", re.compile(r"\*{0,3}Căn cứ ")),
    ("gach", re.compile(r"[-–—+•]\s*[^\s_–—-]")),
    ("kem-theo", re.compile(r"\*{0,3}\((?:Ban hành )?[Kk]èm theo ")),
)
_LONG_TITLE = 220


def legal() -> Markdown:
    """A converter for the legal dialect; not to be shared between threads, `reset()` before every use."""
    md = Markdown(extensions=[TableExtension(use_align_attribute=True)], output_format="html")
    make_strict(md)
    if md.delimiters is not None:
        md.delimiters.remove("_")
    md.preprocessors.deregister("normalize_whitespace")
    md.parser = LegalParser(md)
    return md


class LegalParser(BlockParser):
    """Builds the tree straight from the lines; Python-Markdown does the inline part and the serialising."""

    def parseDocument(self, lines: Iterable[str]) -> "ElementTree[Element | None]":  # noqa: N802  Python-Markdown's name
        root = Element(self.md.doc_tag)
        self.build(root, lines, Place())
        return ElementTree(root)

    def build(self, root: Element, lines: Iterable[str], place: Place, *, after: str = "") -> None:
        """Adds what `lines` make to `root`. `after`: the line that follows, where they are but a part of a document."""
        own = [line.strip() for line in lines]
        _Builder(self, root, [*own, after.strip()] if after else own, place).build(len(own))


class _Builder:
    """One document being built: the lines, where in the law we are, and the element that grows."""

    def __init__(self, parser: BlockParser, root: Element, lines: list[str], place: Place) -> None:
        reader = LabelReader()
        self._root = root
        self._lines = lines
        self._labels = [reader.read(without_tags(line)) if line else None for line in lines]
        self._titles: Titles = attached_titles(lines, self._labels)
        self._place = place
        self._tables = TableProcessor(parser, {"use_align_attribute": True})

    def build(self, end: int) -> None:
        at = 0
        while at < end:
            at = self._block(at) if self._lines[at] else at + 1

    def _block(self, at: int) -> int:
        """Adds the block that begins on line `at`; returns the line after it."""
        line, label = self._lines[at], self._labels[at]
        if at in self._titles:
            return self._attached_title(at)
        if label is not None:
            return self._labelled(at, label)
        heading = _HEADING.match(line)
        if heading is not None:
            self._add(f"h{min(max(len(heading['marks']), 2), 4)}", heading["text"])
            return at + 1
        if "|" in line and self._is_table(at):
            return self._table(at)
        if line.lower().startswith("phụ lục") and looks_like_title(line):
            self._add("h2", line, name="phu-luc", ident=self._place.enter_annex())
            return at + 1
        self._add("p", line, name=_paragraph_class(line))
        return at + 1

    def _add(self, tag: str, text: str, *, name: str = "", ident: str = "") -> Element:
        element = SubElement(self._root, tag)
        if ident:
            element.set("id", ident)
        if name:
            element.set("class", name)
        element.text = text if _INLINE.search(text) else AtomicString(text)
        return element

    def _attached_title(self, at: int) -> int:
        """QUY CHẾ and the lines of its name: one heading, under which numbering starts anew."""
        last = self._titles[at]
        lines = [line for line in self._lines[at : last + 1] if line]
        self._add_lines("h2", lines, name="kem", ident=self._place.enter_attached())
        return last + 1

    def _add_lines(self, tag: str, lines: list[str], *, name: str, ident: str) -> None:
        element = self._add(tag, lines[0], name=name, ident=ident)
        for line in lines[1:]:
            # As the tail of the <br>, the line is still run through the inline patterns.
            SubElement(element, "br").tail = line if _INLINE.search(line) else AtomicString(line)

    def _labelled(self, at: int, label: Label) -> int:
        line = self._lines[at]
        heading = _HEADING.match(line)
        text = heading["text"] if heading else line
        if label.level in {"khoan", "diem"}:
            ident = self._place.enter_clause(label)
            self._add("p", text, name=label.level, ident=ident)
            return at + 1
        tag, ident = self._place.enter(label)
        if label.level == "dieu":
            self._article(tag, text, label=label, ident=ident)
            return at + 1
        last = self._title_end(at) if not label.rest else at
        lines = [text] + [following for following in self._lines[at + 1 : last + 1] if following]
        self._add_lines(tag, lines, name=label.level, ident=ident)
        return last + 1

    def _article(self, tag: str, text: str, *, label: Label, ident: str) -> None:
        """A Điều with a title is a heading; one that carries its sentence is a short heading and a paragraph."""
        splits = text.startswith(label.text) and LabelReader().read(label.rest) is None
        if label.rest and splits and not _is_article_title(label.rest):
            self._add(tag, label.text, name="dieu gop", ident=ident)
            self._add("p", text.removeprefix(label.text).strip())
        else:
            self._add(tag, text, name="dieu" if label.rest else "dieu gop", ident=ident)

    def _title_end(self, at: int) -> int:
        """The last line of the title under a Chương or Mục; `at` when there is none."""
        first = next((i for i in range(at + 1, len(self._lines)) if self._lines[i]), None)
        if first is None or self._labels[first] or first in self._titles or not looks_like_title(self._lines[first]):
            return at
        last = first
        if self._lines[first].isupper():
            while last + 1 < len(self._lines) and self._lines[last + 1].isupper() and not self._labels[last + 1]:
                last += 1
        return last

    def _is_table(self, at: int) -> bool:
        following = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        return "|" in following and _RULE_OF_TABLE.match(following) is not None

    def _table(self, at: int) -> int:
        end = at
        while end < len(self._lines) and "|" in self._lines[end]:
            end += 1
        block = "\n".join(self._lines[at:end])
        if not self._tables.test(self._root, block):
            self._add("p", self._lines[at])
            return at + 1
        self._tables.run(self._root, [block])
        return end


def _is_article_title(rest: str) -> bool:
    """Whether what follows "Điều N." names the article ("Phạm vi điều chỉnh") or is its text (ends as a sentence)."""
    return len(rest) <= _LONG_TITLE and not rest.rstrip('*” "').endswith((".", ";", ",", "./."))


def _paragraph_class(line: str) -> str:
    for name, pattern in _PARAGRAPHS:
        if pattern.match(line):
            return name
    return "tieu-de" if line.isupper() and looks_like_title(line) else ""
