"""Pictures of an entry for its preview and its source: read from this home in the store lane, answered in the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.errors import Problem
from desktop.editor.widgets.thumbnails import PictureSource
from desktop.ui.shell import Shell

Answer = Callable[[bytes | None], None]


def blob_source(shell: Shell) -> Callable[[str, Answer], None]:
    """What the preview's scheme asks for the bytes of a SHA-256."""

    def ask(sha256: str, answer: Answer) -> None:
        def none(problem: Problem) -> None:
            del problem
            answer(None)

        library = shell.desk.library
        shell.bridge.store(lambda: library.blob(sha256), answer, none)

    return ask


def picture_source(shell: Shell) -> PictureSource:
    """Small pictures for the source; a large photo is scaled down aside while it is decoded."""
    blobs = blob_source(shell)

    def ask(sha256: str, size: QSize, answer: Callable[[QImage | None], None]) -> None:
        def decode(data: bytes | None) -> None:
            if data is None:
                answer(None)
            else:
                shell.bridge.aside(lambda: _decoded(data, size), answer)

        blobs(sha256, decode)

    return ask


def _decoded(data: bytes, size: QSize) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if reader.size().isValid():
        reader.setScaledSize(reader.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image
