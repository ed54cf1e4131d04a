"""The letters of a Word document: runs in old fonts to Unicode, capitals that only a format draws to capitals."""

from collections.abc import Iterator, Sequence

from lxml import etree

from desktop.editor.text.incoming.result import Note
from desktop.editor.text.incoming.runs import in_unicode
from desktop.editor.text.incoming.styles import Styles
from desktop.editor.text.incoming.wordml import is_on, val, w
from desktop.editor.text.legacy.fonts import charset_of


def modernised(roots: Sequence[etree._Element], styles: Styles) -> tuple[Note, ...]:
    """Old text in the trees becomes Unicode, in place."""
    paragraphs = [list(_runs(paragraph, styles)) for root in roots for paragraph in root.iter(w("p"))]
    read = in_unicode([[(text.text or "", font) for text, font in runs] for runs in paragraphs])
    for runs, made in zip(paragraphs, read.paragraphs, strict=True):
        for (text, _), now in zip(runs, made, strict=True):
            text.text = now
    return read.notes


def _runs(paragraph: etree._Element, styles: Styles) -> Iterator[tuple[etree._Element, str]]:
    """Each piece of text with its font; a soft hyphen in a run of TCVN3 is the letter ư."""
    style = val(paragraph, "pPr", "pStyle")
    for run in paragraph.iter(w("r")):
        if next(run.iterancestors(w("p")), None) is not paragraph:
            continue  # of a text box in this paragraph
        font = styles.font(run, style)
        if charset_of(font):
            for hyphen in run.findall(w("softHyphen")):
                hyphen.tag, hyphen.text = w("t"), "\u00ad"
        yield from ((text, font) for text in run.findall(w("t")))


def upper_cased(root: etree._Element, styles: Styles) -> None:
    """Capitals are a format in Word; the text of a page has to say them itself."""
    for run in root.iter(w("r")):
        paragraph = next(run.iterancestors(w("p")), None)
        style = None if paragraph is None else val(paragraph, "pPr", "pStyle")
        chain = [*styles.chain(val(run, "rPr", "rStyle") or "-"), *styles.chain(style)]
        own = run.find(f"{w('rPr')}/{w('caps')}")
        if is_on(run, "rPr", "caps") or (own is None and any(is_on(one, "rPr", "caps") for one in chain)):
            for text in run.findall(w("t")):
                text.text = (text.text or "").upper()
