"""The prose dialect: Markdown as portal editors type it. Tables, footnotes, pictures as figures, a line end is a line end."""

import re

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor

from desktop.editor.text.markup import make_strict

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
