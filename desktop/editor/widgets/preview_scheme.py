"""The preview's own URL scheme: one page, its style sheets and the blobs of the entry; nothing else exists there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from zlib import crc32

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

from desktop.editor.text.live_page import LivePage

SCHEME = b"toasoan-preview"
EMPTY = LivePage("<main></main>", "", "")
PAGE = QUrl("toasoan-preview://entry/page")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# Asks for the bytes of a blob by SHA-256; the answer (None: not here) is given later, in the GUI thread.
BlobSource = Callable[[str, Callable[[bytes | None], None]], None]

_PAPER = "/paper"
_PRINT = "@media print"
_BLOB = re.compile(r"/_blob/([0-9a-f]{64})")
# SVG is left out: it is a document of its own, not a picture.
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", b"image/png"),
    (b"\xff\xd8\xff", b"image/jpeg"),
    (b"GIF8", b"image/gif"),
    (b"RIFF", b"image/webp"),
)


def register_scheme() -> None:
    """Before the QApplication is made, once; a second call does nothing."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    # Secure, and no more: not local (no file access), no CORS, bound by its content security policy.
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


@dataclass
class Served:
    """What the scheme answers with: the entry's `<main>…</main>`, byte for byte; `sheets` by path ("/main.css")."""

    shown: LivePage = EMPTY
    lang: str = "vi"
    sheets: dict[str, str] = field(default_factory=dict)

    def page(self) -> str:
        """The whole page around `<main>`."""
        links = "".join(
            f'<link rel="stylesheet" href="{_named(path, text)}">{_on_paper(path, text)}'
            for path, text in self.sheets.items()
        )
        return (
            f'<!doctype html>\n<html lang="{self.lang}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY.partition("; frame-ancestors")[0]}">'
            f"<title>preview</title>{links}</head><body>\n{self.shown.main}\n</body></html>\n"
        )

    def sheet(self, path: str) -> str | None:
        """By its path; one under `/paper` shows on the screen what is meant for print."""
        if path.startswith(_PAPER):
            found = self.sheets.get(path.removeprefix(_PAPER))
            return found and found.replace(_PRINT, "@media screen")
        return self.sheets.get(path)


def _named(path: str, text: str) -> str:
    """By what it says: Chromium takes a sheet of the same address out of its memory, whatever it was told."""
    return f"{path}?{crc32(text.encode()):08x}"


def _on_paper(path: str, text: str) -> str:
    """The same sheet for the print width: off until the page is asked for it."""
    return (
        f'<link rel="stylesheet" class="paper" media="not all" href="{_PAPER}{_named(path, text)}">'
        if _PRINT in text
        else ""
    )


class PreviewHandler(QWebEngineUrlSchemeHandler):
    """Answers GET for the page, its sheets and `/_blob/<sha256>`; everything else is not found."""

    def __init__(self, served: Served, blobs: BlobSource, parent: QObject) -> None:
        super().__init__(parent)
        self._served = served
        self._blobs = blobs

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path()
        if job.requestMethod() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif path == PAGE.path():
            _reply(job, b"text/html; charset=utf-8", self._served.page().encode())
        elif (sheet := self._served.sheet(path)) is not None:
            _reply(job, b"text/css; charset=utf-8", sheet.encode())
        elif found := _BLOB.fullmatch(path):
            self._blobs(found[1], lambda data: self._answer_blob(job, data))
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _answer_blob(self, job: QWebEngineUrlRequestJob, data: bytes | None) -> None:
        if not shiboken6.isValid(job):
            return  # the page has moved on while the blob was read
        kind = picture_type(data) if data is not None else None
        if data is None:
            said = (
                self.tr("This picture is not on this machine"),
                self.tr("“Synchronisation” shows what is still to come"),
            )
            _reply(job, b"image/svg+xml", placeholder(*said).encode())
        elif kind is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        else:
            _reply(job, kind, data)


def placeholder(*lines: str) -> str:
    """A picture of words in the place of one that is not here; as a picture it can run nothing and fetch nothing."""
    words = "".join(
        f'<text x="50%" y="{70 + 28 * number}" text-anchor="middle">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="150" font-family="sans-serif" font-size="18" fill="#5b6472">'
        f'<rect x="1" y="1" width="478" height="148" fill="#eef1f5" stroke="#9aa5b4" stroke-dasharray="6 4"/>{words}</svg>'
    )


def picture_type(data: bytes) -> bytes | None:
    """The media type of a picture that the preview may show, by its first bytes."""
    return next((kind for start, kind in _PICTURES if data.startswith(start)), None)


def _reply(job: QWebEngineUrlRequestJob, kind: bytes, data: bytes) -> None:
    headers = {
        QByteArray(b"Content-Security-Policy"): QByteArray(POLICY.encode()),
        QByteArray(b"X-Content-Type-Options"): QByteArray(b"nosniff"),
        QByteArray(b"Cache-Control"): QByteArray(b"no-store"),
    }
    job.setAdditionalResponseHeaders(headers)
    buffer = QBuffer(job)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(kind), buffer)
