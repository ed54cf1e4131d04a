"""An attachment opened in the program that this machine has for it: a copy in a folder of our own, only of kinds that run nothing."""

from pathlib import Path, PurePath

from PySide6.QtCore import QObject, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.domain.errors import BadContent, NotFound, Rule
from desktop.ui.shell import Shell

SAFE = frozenset(
    "pdf txt csv md jpg jpeg png gif webp tif tiff mp3 mp4 doc docx xls xlsx ppt pptx odt ods odp rtf".split()
)


class FileOpener(QObject):
    """The copies go with the window."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._folder: QTemporaryDir | None = None

    def open(self, sha256: str, name: str) -> None:
        """Tells why not: it is not on this machine, or of a kind that may run by itself."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        folder, library = Path(self._folder.path()), self._shell.desk.library

        def copy() -> Path:
            data = library.blob(sha256)
            if data is None:
                raise NotFound(Rule("file-not-here", params={"file": name}))
            return copied(folder, sha256, name=name, data=data)

        self._shell.bridge.store(copy, _show)


def copied(folder: Path, sha256: str, *, name: str, data: bytes) -> Path:
    """The copy, under a name that stays in `folder`; BadContent for a kind that is not opened from here."""
    plain = PurePath(name.replace("\\", "/")).name
    if PurePath(plain).suffix.lower().lstrip(".") not in SAFE:
        raise BadContent(Rule("file-not-opened", params={"file": name}))
    target = folder / sha256[:12] / plain
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    return target


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
