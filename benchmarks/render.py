"""The five regulations to sanitised HTML, beside Python-Markdown alone on the same text."""

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

import resources
from benchmarks.harness import Measured, benchmark, interleaved
from desktop.editor.text.render import MarkdownRenderer

ROUNDS = 15


def _texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(resources.path("texts").glob("*.txt"))]


def _alone() -> Markdown:
    return Markdown(extensions=[TableExtension(), FootnoteExtension(), SaneListExtension()], output_format="html")


@benchmark("render.full", unit="ms", better="lower", reference="Python-Markdown alone, same texts")
def full() -> Measured:
    """All five as legal documents, 133 KB: normalised, rendered, cleaned to a fixed point."""
    texts, renderer, reference = _texts(), MarkdownRenderer(), _alone()
    return interleaved(
        lambda: [renderer.render(text, "legal") for text in texts],
        lambda: [reference.reset().convert(text) for text in texts],
        rounds=ROUNDS,
    )


@benchmark("render.prose", unit="ms", better="lower", reference="Python-Markdown alone, same texts")
def prose() -> Measured:
    """The same texts through the dialect of articles."""
    texts, renderer, reference = _texts(), MarkdownRenderer(), _alone()
    return interleaved(
        lambda: [renderer.render(text, "prose") for text in texts],
        lambda: [reference.reset().convert(text) for text in texts],
        rounds=ROUNDS,
    )
