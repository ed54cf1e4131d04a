"""The preview's own URL scheme: one page, its style sheets and the blobs of the entry; nothing else exists there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

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
        links = "".join(f'<link rel="stylesheet" href="{path}">' for path in self.sheets)
        return (
            f'<!doctype html>\n<html lang="{self.lang}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY.partition("; frame-ancestors")[0]}">'
            f"<title>preview</title>{links}</head><body>\n{self.shown.main}\n</body></html>\n"
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
        elif path in self._served.sheets:
            _reply(job, b"text/css; charset=utf-8", self._served.sheets[path].encode())
        elif found := _BLOB.fullmatch(path):
            self._blobs(found[1], lambda data: _answer_blob(job, data))
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)


def picture_type(data: bytes) -> bytes | None:
    """The media type of a picture that the preview may show, by its first bytes."""
    return next((kind for start, kind in _PICTURES if data.startswith(start)), None)


def _answer_blob(job: QWebEngineUrlRequestJob, data: bytes | None) -> None:
    if not shiboken6.isValid(job):
        return  # the page has moved on while the blob was read
    kind = picture_type(data) if data is not None else None
    if data is None or kind is None:
        job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
    else:
        _reply(job, kind, data)


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
