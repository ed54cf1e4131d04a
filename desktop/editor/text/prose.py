"""The prose dialect: Markdown as portal editors type it. Tables, footnotes, pictures as figures, a line end is a line end."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from desktop.editor.text.markup import make_strict

# Text without any of these holds no inline Markdown and need not be searched for it, pattern by pattern.
_INLINE = re.compile(r"[*_`\[<&\\\n]")
_ITEM = re.compile(r" {0,3}(?:[-*+]|1\.)\s+\S")
_ANY_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S")


def prose() -> Markdown:
    """A converter for the prose dialect; not to be shared between threads, `reset()` before every use."""
    md = Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="Về chỗ dẫn chú thích {}", SEPARATOR="-"),
            SaneListExtension(),
        ],
        output_format="html",
    )
    make_strict(md)
    md.preprocessors.register(ListsAfterText(md), "lists_after_text", 10)
    md.treeprocessors.register(PlainText(md), "plain_text", 25)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "line_end", 5)
    return md


class ListsAfterText(Preprocessor):
    """A list may begin right under a line of text, as people type it; Python-Markdown wants an empty line there."""

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        before = ""
        for line in lines:
            if before.strip() and _ITEM.match(line) and not _ANY_ITEM.match(before) and not before[:1].isspace():
                found.append("")
            found.append(line)
            before = line
        return found


class PlainText(Treeprocessor):
    """Marks text without inline Markdown as finished, before the inline patterns look at it."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)
