"""A picture as it came: kept where that was asked for, found again in its small window, and never what is sent."""

import base64
import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.store.originals import OriginalFiles
from desktop.ui.document.files_list import FileWords
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, open_first

MAKER = "MayAnh"


def photo() -> bytes:
    """Larger than a page needs, and it tells of its camera."""
    exif = Image.Exif()
    exif[0x010F] = MAKER
    made = io.BytesIO()
    Image.effect_noise((2_400, 300), 80).convert("RGB").save(made, "JPEG", exif=exif)
    return made.getvalue()


def take(qtbot: QtBot, opened: Opened, path: Path) -> str:
    """The SHA-256 under which the picture stands in the entry, its small window open."""
    path.write_bytes(photo())
    open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    editor.set_text("")
    opened.window.attaching.take([path])
    qtbot.waitUntil(lambda: "/_blob/" in editor.text(), timeout=TIMEOUT)
    inspector = opened.window.work.document_pane.inspector
    qtbot.waitUntil(
        lambda: (
            bool(attached(opened))
            and attached(opened) in editor.text()
            and named(inspector.findChildren(QPushButton)) != []
        ),
        timeout=TIMEOUT,
    )
    named(inspector.findChildren(QPushButton))[-1].click()
    return attached(opened)


def named(buttons: list[QPushButton]) -> list[QPushButton]:
    return [button for button in buttons if button.objectName().startswith("inspector.file.")]


def attached(opened: Opened) -> str:
    document = opened.window.work.document
    return str(document.attachments[-1]["sha256"]) if document and document.attachments else ""


def pressed(qtbot: QtBot, opened: Opened, name: str) -> None:
    def there() -> QPushButton | None:
        return opened.window.findChild(QPushButton, name)

    qtbot.waitUntil(lambda: there() is not None, timeout=TIMEOUT)
    button = there()
    assert button is not None
    button.click()


def test_kept_where_that_was_asked_for_copied_out_and_deleted(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.table["keep-originals"].trigger()
    sha256 = take(qtbot, opened, tmp_path / "lễ hội.jpg")
    with opened.store.read() as work:
        published = work.blobs.read(sha256)
        unsent = [name for name, _size in work.blobs.unsent()]
    assert published is not None
    assert MAKER.encode() not in published
    pressed(qtbot, opened, "file.original.copy")
    asking = opened.window.findChild(QFileDialog, "file.original.save")
    assert asking is not None
    asking.fileSelected.emit(str(tmp_path / "ra.jpg"))
    came = (tmp_path / "lễ hội.jpg").read_bytes()
    out = tmp_path / "ra.jpg"
    qtbot.waitUntil(lambda: out.exists() and out.read_bytes() == came, timeout=TIMEOUT)
    assert unsent == [sha256]  # and nothing besides waits to go up
    kept = OriginalFiles(opened.home).find(sha256)
    assert kept is not None
    pressed(qtbot, opened, "file.original.drop")
    box = opened.window.findChild(QMessageBox, "file.original.question")
    assert box is not None
    next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole).click()
    qtbot.waitUntil(lambda: not kept.path.exists(), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: opened.window.findChild(QPushButton, "file.original.copy") is None, timeout=TIMEOUT)


def test_one_that_is_deleted_while_its_window_closes_is_gone_all_the_same(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    opened = open_window("ctv.vanhoa")
    opened.window.table["keep-originals"].trigger()
    sha256 = take(qtbot, opened, tmp_path / "a.jpg")
    pressed(qtbot, opened, "file.original.drop")
    dialog = opened.window.findChild(FileWords)
    box = opened.window.findChild(QMessageBox, "file.original.question")
    assert dialog is not None
    assert box is not None
    next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole).click()
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(opened.bridge.busy_changed, timeout=TIMEOUT):
        pass
    assert OriginalFiles(opened.home).find(sha256) is None


def test_not_kept_where_nobody_asked(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    sha256 = take(qtbot, opened, tmp_path / "a.jpg")
    assert opened.window.findChild(FileWords) is not None
    assert OriginalFiles(opened.home).find(sha256) is None


def test_a_pasted_photo_is_named_as_it_was_attached(qtbot: QtBot, open_window: Open) -> None:
    """What is fitted twice is not always the same bytes: the text names what the entry has."""
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    editor.set_text("")
    data = QMimeData()
    data.setText("ảnh")
    coded = base64.b64encode(photo()).decode()
    data.setHtml(f'<p>ảnh</p><p><img src="data:image/jpeg;base64,{coded}"></p>')
    editor.insertFromMimeData(data)
    qtbot.waitUntil(lambda: "/_blob/" in editor.text() and bool(attached(opened)), timeout=TIMEOUT)
    assert f"/_blob/{attached(opened)}" in editor.text()
