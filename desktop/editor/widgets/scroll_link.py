"""Source and page scroll together, by the line of the source: whichever a person moves leads, the other follows."""

from PySide6.QtCore import QObject, Slot

from desktop.editor.widgets.block_field import BlockField
from desktop.editor.widgets.preview_view import PreviewView


class ScrollLink(QObject):
    """Lives as long as both; pages without a live text are left alone."""

    def __init__(self, source: BlockField, preview: PreviewView) -> None:
        super().__init__(preview)
        self._source = source
        self._preview = preview
        self._following = False
        source.verticalScrollBar().valueChanged.connect(self._on_source_scrolled)
        preview.scrolled.connect(self._on_page_scrolled)

    @Slot()
    def _on_source_scrolled(self) -> None:
        if not self._following and self._preview.isVisible():
            self._preview.scroll_to(self._preview.live.places.element(top_line(self._source)))

    @Slot(float)
    def _on_page_scrolled(self, element: float) -> None:
        self._following = True
        show_line(self._source, self._preview.live.places.line(element))
        self._following = False


def top_line(source: BlockField) -> float:
    """The line of the source at the top of the field, with the share of it that is out of sight."""
    block = source.firstVisibleBlock()
    place = source.blockBoundingGeometry(block).translated(source.contentOffset())
    hidden = max(0.0, -place.top()) / place.height() if place.height() > 0 else 0.0
    return block.blockNumber() + min(hidden, 1.0)


def show_line(source: BlockField, line: float) -> None:
    block = source.document().findBlockByNumber(int(line))
    if block.isValid():
        source.verticalScrollBar().setValue(block.firstLineNumber() + int((line - int(line)) * block.lineCount()))
