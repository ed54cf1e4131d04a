"""What stands beside the text while one writes: its words and outline, small pictures, the set phrases of the profile."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.editor.text.outline import read
from desktop.editor.widgets.editor_pane import EditorPane
from desktop.ui.blobs import picture_source
from desktop.ui.presenters.phrases import phrases
from desktop.ui.shell import Bearings, Shell

_PAUSE_MS = 250


class WritingAids(QObject):
    """Long texts are read in the pool; only the last answer counts."""

    def __init__(self, shell: Shell, pane: EditorPane, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._pane = pane
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._read)
        pane.editor.thumbnails.set_source(picture_source(shell))
        pane.editor.document().contentsChange.connect(self._on_contents_change)

    def show_kind(self, kind_id: str, bearings: Bearings) -> None:
        """Another entry is written, or the same under other rules."""
        self._pane.editor.thumbnails.forget_missing()
        self._pane.set_phrases(phrases(bearings.profile, kind_id, self._shell.lang))

    @Slot(int, int, int)
    def _on_contents_change(self, _at: int, removed: int, added: int) -> None:
        if (removed or added) and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _read(self) -> None:
        text, dialect = self._pane.editor.text(), self._pane.editor.markup.look.dialect
        self._shell.bridge.pure(lambda: read(text, dialect), self._pane.show_reading, slot="reading")
