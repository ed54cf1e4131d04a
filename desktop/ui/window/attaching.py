"""Files into an entry: asked for, dropped or pasted; read and copied into the home in the store lane."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.ids import EntryId, Rid
from desktop.ui.actions import ActionTable
from desktop.ui.shell import Shell
from desktop.ui.window.incoming import TEXTS, Incoming, encoded
from desktop.ui.work_area import WorkArea

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
_PASTED = "anh-dan.png"


class Attaching(QObject):
    """`writing` gives the entry that is being written and the revision that its screen stands on, or None.

    While the action `keep-originals` is checked a picture that is made smaller or loses its EXIF stays here as it came, too.
    """

    def __init__(
        self,
        shell: Shell,
        work: WorkArea,
        writing: Callable[[], tuple[EntryId, Rid | None] | None],
        *,
        table: ActionTable,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._keeping = table["keep-originals"]
        editor = work.editor
        self._shell = shell
        self._window = window
        self._editor = editor
        self._writing = writing
        self._form = form = work.document_pane.inspector.form
        form.files_wanted.connect(self.ask_for_field)
        form.file_dropped.connect(self.drop)
        editor.picture_requested.connect(self.ask_picture)
        editor.file_requested.connect(self.ask_file)
        editor.editor.files_dropped.connect(self._on_dropped)
        editor.editor.image_pasted.connect(self._on_image)
        self.incoming = Incoming(shell, editor, writing, window)

    def ask_file(self) -> None:
        self._ask(self.tr("Attach a file"), "")

    def ask_for_field(self, name: str) -> None:
        """Files for a field of the form."""
        self._ask(self.tr("Attach a file"), "", lambda paths: self._take_for(name, paths))

    def drop(self, sha256: str) -> None:
        """Take a file out of the entry again, where its text does not show it."""
        writing, drafting = self._writing(), self._shell.desk.drafting
        if writing is not None:
            entry_id, seen = writing
            self._shell.bridge.store(lambda: drafting.detach(entry_id, sha256, seen_rid=seen))

    def _take_for(self, name: str, paths: Sequence[Path]) -> None:
        writing, drafting = self._writing(), self._shell.desk.drafting
        if writing is None:
            return
        entry_id, seen = writing

        def show(path: Path, sha256: str) -> None:
            self._keep_as_it_came(path, path.name, sha256)
            now = self._writing()
            if now is not None and now[0] == entry_id:
                self._form.take_file(name, sha256)

        for path in paths:

            def attach(path: Path = path) -> str:
                return drafting.attach(entry_id, name=path.name, data=path, seen_rid=seen)

            self._shell.bridge.store(attach, partial(show, path))

    def ask_picture(self) -> None:
        pattern = " ".join(f"*{ending}" for ending in sorted(_PICTURES))
        self._ask(self.tr("Insert a picture"), self.tr("Pictures ({pattern})").format(pattern=pattern))

    def _on_dropped(self, paths: Sequence[Path]) -> None:
        """Texts may be meant to be read; everything else is attached."""
        texts = [path for path in paths if path.suffix.lower() in TEXTS]
        others = [path for path in paths if path not in texts]
        if others:
            self.take(others)
        if texts and self._writing() is not None:
            self.incoming.ask_which(texts, self.take)

    def _on_image(self, image: QImage) -> None:
        """A picture of the clipboard: a screenshot, what a browser copied."""
        writing, drafting = self._writing(), self._shell.desk.drafting
        if writing is not None:
            entry_id, seen = writing

            def attach() -> tuple[str, bytes]:
                data = encoded(image)
                return drafting.attach(entry_id, name=_PASTED, data=data, role="image", seen_rid=seen), data

            def put(attached: tuple[str, bytes]) -> None:
                self._on_picture(attached[1], _PASTED, attached[0])

            self._shell.bridge.store(attach, put)

    def take(self, paths: Sequence[Path]) -> None:
        """Attach every file; a picture also goes into the text where the caret is."""
        writing, drafting = self._writing(), self._shell.desk.drafting
        if writing is None:
            return
        entry_id, seen = writing
        for path in paths:
            picture = path.suffix.lower() in _PICTURES
            role = "image" if picture else "attachment"

            def attach(path: Path = path, role: str = role) -> str:
                return drafting.attach(entry_id, name=path.name, data=path, role=role, seen_rid=seen)

            put = self._on_picture if picture else self._keep_as_it_came
            self._shell.bridge.store(attach, partial(put, path, path.name))

    def _on_picture(self, source: bytes | Path, name: str, sha256: str) -> None:
        # The description is left empty on purpose: the checks ask for it.
        self._editor.editor.insert_picture(sha256, "")
        self._keep_as_it_came(source, name, sha256)

    def _keep_as_it_came(self, source: bytes | Path, name: str, sha256: str) -> None:
        """After the picture is in the text: a disk that refuses so much more is told, and takes nothing away."""
        originals = self._shell.desk.originals
        if self._keeping.isChecked():
            self._shell.bridge.store(lambda: originals.keep(sha256, source, name=name))

    def _ask(self, title: str, pattern: str, take: Callable[[Sequence[Path]], None] | None = None) -> None:
        if self._writing() is None:
            return
        dialog = QFileDialog(self._window, title, "", pattern)
        dialog.setObjectName("attach.dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: (take or self.take)([Path(name) for name in names]))
        dialog.open()
