"""Small pictures for the source: asked for once, when they come into view, kept in the size they are drawn in."""

import re
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

# Asks for a picture by SHA-256, no larger than it must be; the answer (None: not here) comes later, in the GUI thread.
PictureSource = Callable[[str, QSize, Callable[[QImage | None], None]], None]

_BLOB = re.compile(r"/_blob/([0-9a-f]{64})")
_MOST = 200


class Thumbnails(QObject):
    """Signals: `arrived()` when there is more to draw."""

    arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source: PictureSource | None = None
        self._known: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._asked: set[str] = set()

    def set_source(self, source: PictureSource) -> None:
        self._source = source

    def forget_missing(self) -> None:
        """What was not here may have come."""
        for sha256 in [name for name, picture in self._known.items() if picture is None]:
            del self._known[sha256]

    def of(self, address: str, size: QSize) -> QPixmap | None:
        """The picture at `address`, scaled to fill `size`; None while it is not known, or not here."""
        found = _BLOB.fullmatch(address)
        if found is None:
            return None
        sha256 = found[1]
        if sha256 in self._known:
            return self._known[sha256]
        if self._source is not None and sha256 not in self._asked:
            self._asked.add(sha256)
            self._source(sha256, size, lambda image: self._take(sha256, size, image))
        return None

    def _take(self, sha256: str, size: QSize, image: QImage | None) -> None:
        self._asked.discard(sha256)
        picture = None
        if image is not None and not image.isNull():
            filling, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            picture = QPixmap.fromImage(image.scaled(size, filling, smooth))
        self._known[sha256] = picture
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        self.arrived.emit()
