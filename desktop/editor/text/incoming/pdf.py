"""The text of a PDF: lines put together to paragraphs, what repeats on every page (heads, feet, numbers) left out."""

import re
from collections import Counter
from collections.abc import Callable

from desktop.domain.errors import BadContent, Rule
from desktop.domain.legal.labels import LabelReader
from desktop.editor.text.incoming.plain import from_text
from desktop.editor.text.incoming.result import Dialect, Imported, Note
from desktop.editor.text.legacy.convert import to_unicode

_MOST_PAGES = 2_000
_EDGE = 3  # lines of a page's top and bottom that may be furniture
_FULL = 0.75  # of the usual length: a line that long was broken by the margin
_DIGITS = re.compile(r"[0-9]+|\b[ivxlc]+\b")
_NUMBER = re.compile(
    r"^[\s\-–—]*(?:Trang|Page)?\s*[0-9]{1,4}(?:\s*(?:/|of|trên)\s*[0-9]{1,4})?[\s\-–—]*$", re.IGNORECASE
)
_HYPHENS = ("\ufffe", "\x02")  # how the library writes the hyphen of a divided word
_ENDS = (".", ";", ":", "?", "!", "./.", "”", '"')
_STARTS = re.compile(r"^(?:[-–—+•*]\s|[0-9]{1,3}[.)]\s|[a-zđ]\)\s|Căn cứ |Nơi nhận)")


def from_pdf(data: bytes, dialect: Dialect, *, told: Callable[[str, int], None]) -> Imported:
    """BadContent: `import-locked` with a password, `import-broken`, `import-no-text` for a scan."""
    pages = _pages(data, told)
    pages = _without_furniture(pages)
    if not any(line.strip() for page in pages for line in page):
        raise BadContent(Rule("import-no-text"))
    made = to_unicode("\n".join(_paragraphs(pages)))
    notes = tuple(
        Note("import-doubtful", {"text": made.text[one.start : one.end], "was": one.was, "charset": one.charset})
        for one in made.detected
        if one.doubtful
    )
    return Imported(from_text(made.text, dialect), notes=(Note("import-pdf"), *notes))


def _pages(data: bytes, told: Callable[[str, int], None]) -> list[list[str]]:
    # The library loads a large native part; most imports need none of it.
    import pypdfium2  # noqa: PLC0415  as the comment says

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise BadContent(Rule("import-locked" if locked else "import-broken"), str(error)) from error
    try:
        if len(document) > _MOST_PAGES:
            raise BadContent(Rule("import-too-large", params={"limit": f"{_MOST_PAGES}"}), "pages")
        found = []
        for at in range(len(document)):
            told("page", at * 100 // len(document))
            page = document[at]
            text = page.get_textpage()
            found.append([line.rstrip() for line in text.get_text_bounded().replace("\r\n", "\n").split("\n")])
            text.close()
            page.close()
        return found
    except pypdfium2.PdfiumError as error:
        raise BadContent(Rule("import-broken"), str(error)) from error
    finally:
        document.close()


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Lines at the top or bottom that stand on at least half of the pages (numbers in them aside), and page numbers."""
    pages = [[line for line in page if line.strip()] for page in pages]
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(line) for line in _edges(page)})
    often = {pattern for pattern, count in seen.items() if count >= max(3, len(pages) / 2)}
    made = []
    for page in pages:
        start, end = 0, len(page)
        while start < min(end, _EDGE) and _is_furniture(page[start], often):
            start += 1
        while end > max(start, len(page) - _EDGE) and _is_furniture(page[end - 1], often):
            end -= 1
        made.append(page[start:end])
    return made


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:]


def _pattern(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _is_furniture(line: str, often: set[str]) -> bool:
    return _NUMBER.match(line) is not None or _pattern(line) in often


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """One line per paragraph, an empty one between: a line goes on where the one before was full and ended no sentence."""
    lines = [line.strip() for page in pages for line in page]
    full = _FULL * _usual(lines)
    reader = LabelReader()
    made: list[str] = []
    last = ""
    for line in lines:
        begins = not made or _STARTS.match(line) is not None or reader.read(line) is not None
        ended = last.endswith(_ENDS) and len(last) < full
        if (
            begins
            or ended
            or len(last) < full
            or (last.endswith(_ENDS) and line[:1].isupper() and len(last) < full / _FULL)
        ):
            made += ["", line] if made else [line]
        elif last.endswith(_HYPHENS):
            made[-1] = made[-1].rstrip("".join(_HYPHENS)) + line
        else:
            made[-1] = f"{made[-1]} {line}"
        last = line
    return made


def _usual(lines: list[str]) -> float:
    """The length of a line that fills the page: that of the longer ones."""
    lengths = sorted(map(len, lines))
    return lengths[int(len(lengths) * 0.9)] if lengths else 0
