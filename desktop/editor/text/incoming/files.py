"""A file of whatever program → Markdown: what it is tells its content, never its name."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from desktop.domain.errors import BadContent, Rule
from desktop.editor.text.images import is_picture
from desktop.editor.text.incoming.archive import Package
from desktop.editor.text.incoming.docx import from_docx
from desktop.editor.text.incoming.office import to_docx
from desktop.editor.text.incoming.pasted import from_html
from desktop.editor.text.incoming.pdf import from_pdf
from desktop.editor.text.incoming.plain import from_text
from desktop.editor.text.incoming.result import Dialect, Imported, Note
from desktop.editor.text.legacy.decoding import text_of

MOST_BYTES = 100 * 1024 * 1024
_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<meta\s[^>]*charset", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_FEW = 0.01

Told: TypeAlias = Callable[[str, int], None]
"""Called with a stage ("reading", "office", "page", "writing") and how much of it is done, in per cent."""


def imported(path: Path, dialect: Dialect, *, told: Told) -> Imported:
    """The text of the file at `path`. BadContent with a rule `import-…` for everything that cannot be taken in."""
    told("reading", 0)
    data = _bytes(path)
    if data.startswith(_PDF) or _PDF in data[:1024]:
        return from_pdf(data, dialect, told=told)
    if data.startswith(_ZIP):
        return _office_zip(data, dialect, told=told)
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise BadContent(Rule("import-locked"))
        return _through_office(data, "doc", dialect, told=told)
    if data.startswith(_RTF):
        return _through_office(data, "rtf", dialect, told=told)
    if is_picture(data):
        raise BadContent(Rule("import-picture-file"))
    return _text(data, dialect)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadContent(Rule("import-too-large", params={"limit": f"{MOST_BYTES // 2**20} MiB"}))
        return path.read_bytes()
    except OSError as error:
        raise BadContent(Rule("file-unreadable", params={"file": path.name}), str(error)) from error


def _through_office(data: bytes, ending: str, dialect: Dialect, *, told: Told) -> Imported:
    made = to_docx(data, ending, told=told)
    told("writing", 0)
    return from_docx(made, dialect)


def _office_zip(data: bytes, dialect: Dialect, *, told: Told) -> Imported:
    """A DOCX as it is, an ODT through LibreOffice; BadContent for any other archive."""
    package = Package(data)
    if package.has("[Content_Types].xml"):
        if not any(name.startswith("word/") for name in package.names()):
            raise BadContent(Rule("import-kind"))
        told("writing", 0)
        return from_docx(data, dialect)
    if package.has("mimetype") and package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        return _through_office(data, "odt", dialect, told=told)
    raise BadContent(Rule("import-kind"))


def _text(data: bytes, dialect: Dialect) -> Imported:
    made = text_of(data)
    if len(_CONTROLS.findall(data[:100_000].decode("latin-1"))) > _FEW * min(len(data), 100_000) and not made.detected:
        raise BadContent(Rule("import-kind"))
    notes = tuple(
        Note("import-doubtful", {"text": made.text[one.start : one.end], "was": one.was, "charset": one.charset})
        for one in made.detected
        if one.doubtful
    )
    if _HTML.search(made.text[:4096]):
        return from_html(made.text, dialect)
    return Imported(from_text(made.text, dialect), notes=notes)
