"""The prose dialect: Markdown as portal editors type it. Tables, footnotes, pictures as figures, a line end is a line end."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import OListProcessor
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
# `first`: what a list right under a text may begin with.
_ITEM = re.compile(r"\s*(?:(?P<first>[-*+]|1\.)|[0-9]{1,3}\.)\s+\S")
_MOST_INDENT = 4
_LEVEL = " " * 4
_DEEPEST = 8


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
    numbered = md.parser.blockprocessors["olist"]
    if isinstance(numbered, OListProcessor):
        numbered.RE = re.compile(r"^[ ]{0,3}[0-9]{1,3}\.[ ]+(.*)")  # "1986. Năm ấy…" begins a sentence
        numbered.CHILD_RE = re.compile(r"^[ ]{0,3}(([0-9]{1,3}\.))[ ]+(.*)")
    md.preprocessors.register(Lists(md), "lists", 10)
    md.treeprocessors.register(PlainText(md), "plain_text", 25)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "line_end", 5)
    return md


class Lists(Preprocessor):
    """Lists as people type them: right under a line of text, inner lists indented by any number of blanks.

    Python-Markdown wants an empty line before a list and four blanks per level; this gives it both.
    """

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        indents: list[int] = []  # of the items we are in, outermost first
        for line in lines:
            before = found[-1].strip() if found else ""
            item = _ITEM.match(line)
            indent = len(line) - len(line.lstrip())
            if item and (indents or indent < _MOST_INDENT):
                indents = [open_at for open_at in indents if open_at < indent]
                if not indents and before and not _ITEM.match(found[-1]) and not found[-1].startswith(" "):
                    if item["first"] is None:  # a line that merely begins with a number goes on with its paragraph
                        found.append(line)
                        continue
                    found.append("")
                found.append(_LEVEL * min(len(indents), _DEEPEST) + line.lstrip())
                indents.append(indent)
            elif not line.strip():
                found.append(line)
            elif indents and (indent or before):
                # Goes on with the item: as its next paragraph when indented, as its next line when right under it.
                found.append(_LEVEL * min(len(indents), _DEEPEST) + line.lstrip() if indent else line)
            else:
                indents = []
                found.append(line)
        return found


class PlainText(Treeprocessor):
    """Marks text without inline Markdown as finished, before the inline patterns look at it."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)
