"""The process that `exports.printed` starts: a page on standard input as JSON, its PDF on standard output.

`python -m desktop.editor.widgets.paper`.
"""

import base64
import json
import sys
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.editor.widgets.preview_view import PreviewView

_PATIENCE_MS = 120_000
_FAILED = 1


def main() -> int:
    """0 when a PDF was written, else 1."""
    page = json.load(sys.stdin)
    blobs = {sha256: base64.b64decode(data) for sha256, data in page["blobs"].items()}

    def blob(sha256: str, answer: Callable[[bytes | None], None]) -> None:
        answer(blobs.get(sha256))

    register_scheme()
    app = QApplication(sys.argv[:1])
    view = PreviewView(blob, page["sheets"])
    view.show_main(page["main"], lang=page["lang"])

    def write(made: bytes) -> None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        QTimer.singleShot(0, app, lambda: app.exit(0 if made else _FAILED))  # not under the engine that calls here

    view.main_shown.connect(lambda: view.print_pdf(write))
    QTimer.singleShot(_PATIENCE_MS, app, lambda: app.exit(_FAILED))
    view.show()
    code = app.exec()
    shiboken6.delete(view)  # Chromium's profile goes before the application
    return code


if __name__ == "__main__":
    sys.exit(main())
