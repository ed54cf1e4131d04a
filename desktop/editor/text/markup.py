"""What both dialects do otherwise than Python-Markdown: strict HTML in Markdown, headings h2 to h4 with ids, figures.

Anything in angle brackets that is not HTML we know stays text: "<so + tên_đơn_vị>.gov.vn" must survive.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from desktop.domain.fold import fold
from desktop.editor.text.html_text import INLINE, plain_text
from desktop.editor.text.sanitise import POLICY, clean

# Left behind by old editors: their tags go silently, as the sanitiser would have it anyway.
_LEGACY_INLINE = {"big", "font", "nobr", "strike", "tt"}
LEGACY = frozenset(_LEGACY_INLINE | {"center", "h1", "h5", "h6"})
_BLOCKS = ("blockquote", "div", "dl", "figure", "h2", "h3", "h4", "ol", "p", "pre", "table", "ul")
_VALUE = r"\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+)"


def _tag(names: Iterable[str]) -> str:
    """A pattern for an opening or closing tag of one of `names`, as strict as we want HTML in Markdown to be."""
    any_of = "|".join(sorted(names, key=lambda name: (-len(name), name)))
    return rf"<(?:(?:{any_of})(?:\s+[A-Za-z][\w:.-]*{_VALUE})*\s*/?|/(?:{any_of})\s*)>"


# Within a line only tags that do not end it; within a block of HTML all that we know.
INLINE_TAG = re.compile(_tag((POLICY.tags & INLINE) | _LEGACY_INLINE | {"br"}), re.IGNORECASE)
_NOT_A_TAG = re.compile(rf"(?!{_tag(POLICY.tags | LEGACY)})<", re.IGNORECASE)
_OPENING = re.compile(rf"<({'|'.join(_BLOCKS)})(?=[\s>])[^<>]*>", re.IGNORECASE)
_OPENING_LINE = re.compile(rf"^<(?:{'|'.join(_BLOCKS)})[\s>]", re.IGNORECASE | re.MULTILINE)
_ALIGNED = {"center": "giua", "left": "trai", "right": "phai"}
_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}
# An id that was wanted, and the one that was still free.
Given: TypeAlias = tuple[str, str]
_STASHED = re.compile("\x02[^\x03]*\x03")
_SLUG_LENGTH = 60


def without_tags(line: str) -> str:
    """`line` as the page shows it where tags that do not end it are left out."""
    return INLINE_TAG.sub("", line) if "<" in line else line


def make_strict(md: Markdown) -> None:
    """Replaces Python-Markdown's own handling of HTML by ours; no link definitions, setext headings, indented code."""
    md.preprocessors.deregister("html_block")
    md.preprocessors.register(RawBlocks(md), "raw_blocks", 20)
    md.inlinePatterns.deregister("html")
    tags = HtmlInlineProcessor(f"({INLINE_TAG.pattern})", md)
    tags.compiled_re = re.compile(tags.pattern, re.IGNORECASE)
    md.inlinePatterns.register(tags, "html", 90)
    for name in ("setextheader", "code", "reference"):
        md.parser.blockprocessors.deregister(name)
    md.treeprocessors.register(Finish(md), "finish", -10)
    if md.delimiters is not None:
        md.delimiters.add("*", "strong,em", smart=True)  # "2*3*4" is no emphasis


class RawBlocks(Preprocessor):
    """Lines from an opening block tag at the line start to its closing tag are one piece of HTML (merged cells)."""

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        for block in split_raw(lines):
            found += ["", self.md.htmlStash.store(block.text), ""] if block.raw else [block.text]
        return found


@dataclass(frozen=True)
class Block:
    """One line of a source, or (`raw`) the lines of one block of HTML, with everything that is no tag escaped."""

    text: str
    raw: bool


def split_raw(lines: Sequence[str]) -> Iterator[Block]:
    """A source taken apart into its lines and its blocks of HTML."""
    at = 0
    for start, end, made in raw_ranges(lines):
        for line in lines[at:start]:
            yield Block(line, raw=False)
        yield Block(made, raw=True)
        at = end + 1
    for line in lines[at:]:
        yield Block(line, raw=False)


def raw_ranges(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The blocks of HTML in a source: first line, last line, and the HTML with everything that is no tag escaped."""
    ends: dict[str, dict[int, int]] = {}
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at]) if lines[at].startswith("<") else None
        end = None
        if opening is not None:
            tag = opening[1].lower()
            end = ends.setdefault(tag, {} if tag in ends else _closing_lines(lines, tag)).get(at)
        html = _NOT_A_TAG.sub("&lt;", "\n".join(lines[at : end + 1])) if end is not None else ""
        if end is None or not _keeps_text(html):
            at += 1
        else:
            yield at, end, html
            at = end + 1


def may_hold_raw(text: str) -> bool:
    """Whether any line could begin a block of HTML."""
    return ("\n<" in text or text.startswith("<")) and _OPENING_LINE.search(text) is not None


@lru_cache(maxsize=64)
def _keeps_text(html: str) -> bool:
    """Whether a browser shows all the text in its order: what stands in a table outside of cells is moved before it."""
    shown, written = (re.sub(r"[\s|]+", "", plain_text(text)) for text in (clean(html).html, html))
    return shown == written


def _closing_lines(lines: Sequence[str], tag: str) -> dict[int, int]:
    """For each line that begins with `<tag`: the line that closes it again; lines never closed are left out."""
    edge = re.compile(rf"<(/?){tag}(?=[\s>])", re.IGNORECASE)
    ends: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []  # line, depth before it
    depth = 0
    for at, line in enumerate(lines):
        edges = edge.findall(line) if "<" in line else []
        if edges and edge.match(line):
            waiting.append((at, depth))
        depth += sum(-1 if closing else 1 for closing in edges)
        while waiting and depth <= waiting[-1][1]:
            ends[waiting.pop()[0]] = at
    return ends


class Finish(Treeprocessor):
    """Last touches on the tree: heading levels and ids, cell alignment as a class, a lone picture as a figure.

    `wanted`: the slug of each heading that brought no id, with the number of the root's child it stands in; `given`: their
    ids, where somebody knows more of the document than this tree.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.wanted: list[tuple[int, str]] = []
        self.given: Sequence[str] | None = None

    def run(self, root: Element) -> None:
        ids = Ids(element.get("id", "") for element in root.iter() if element.get("id"))
        self.wanted = []
        for number, child in enumerate(root):
            for element in child.iter():
                self._touch(element, number, ids)

    def _touch(self, element: Element, child: int, ids: "Ids") -> None:
        if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            element.tag = _LEVELS.get(element.tag, element.tag)
            if element.get("id") is None:
                wanted = slug(_STASHED.sub("", "".join(element.itertext())))
                self.wanted.append((child, wanted))
                own = ids.unique(wanted)
                element.set("id", own if self.given is None else self.given[len(self.wanted) - 1])
        elif element.tag in {"td", "th"} and "align" in element.attrib:
            element.set("class", _ALIGNED[element.attrib.pop("align")])
        elif element.tag == "p" and len(element) == 1 and element[0].tag == "img":
            _make_figure(element)


def _make_figure(paragraph: Element) -> None:
    image = paragraph[0]
    if (paragraph.text or "").strip() or (image.tail or "").strip():
        return
    paragraph.tag, paragraph.text, image.tail = "figure", None, None
    caption = image.attrib.pop("title", "")
    if caption:
        SubElement(paragraph, "figcaption").text = caption


class Ids:
    """Ids of one document: the second "dieu-1" becomes "dieu-1-2". `given`: what was asked for and what it got, in order."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self.given: list[Given] = []

    def unique(self, wanted: str) -> str:
        name = self._free(wanted)
        self._taken.add(name)
        self.given.append((wanted, name))
        return name

    def repeat(self, given: Sequence[Given]) -> bool:
        """Gives all of `given` again. False: today they would be other ids, and none was given."""
        for number, (wanted, name) in enumerate(given):
            if name in self._taken or (name != wanted and self._free(wanted) != name):
                self._taken.difference_update(name for _, name in given[:number])
                return False
            self._taken.add(name)
        self.given += given
        return True

    def _free(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        return name


def slug(text: str) -> str:
    """An id for a heading: folded words joined by hyphens, at most 60 characters, beginning with a letter.

    Headings that begin with a digit or with the prefix of footnote ids get `m-` in front; no letters at all: `m`.
    """
    words = re.sub("[^a-z0-9]+", "-", fold(unicodedata.normalize("NFC", html.unescape(text)))).strip("-")
    words = words[:_SLUG_LENGTH].rstrip("-")
    return words if words[:1].isalpha() and not words.startswith("fn") else f"m-{words}".rstrip("-")
