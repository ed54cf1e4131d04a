"""Text of other programs in the window: a rich paste, a file that is dropped or chosen, a picture of the clipboard."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.digest import Json
from desktop.editor.widgets.source_editor import SourceEditor
from desktop.ui.document.files_list import FileWords
from tests.support.word_files import WordFile, law
from tests.ui.window.conftest import Open, Opened
from tests.ui.window.reach import TIMEOUT, kept, open_first, stored


def writing(qtbot: QtBot, opened: Opened) -> SourceEditor:
    """The draft that is open, empty."""
    open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    editor.set_text("")
    return editor


def rich(text: str, html: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    return data


def test_a_rich_paste_becomes_markdown_and_one_undo_gives_the_plain_paste(qtbot: QtBot, open_window: Open) -> None:
    editor = writing(qtbot, open_window("ctv.vanhoa"))
    editor.insertFromMimeData(rich("đậm thường", "<p><b>đậm</b> thường</p>"))
    assert editor.text() == "đậm thường"
    qtbot.waitUntil(lambda: editor.text() == "**đậm** thường", timeout=TIMEOUT)
    editor.undo()
    assert editor.text() == "đậm thường"
    editor.undo()
    assert editor.text() == ""


def test_what_is_typed_into_a_paste_meanwhile_stays(qtbot: QtBot, open_window: Open) -> None:
    editor = writing(qtbot, open_window("ctv.vanhoa"))
    with qtbot.waitSignal(editor.pasted) as given:
        editor.insertFromMimeData(rich("đậm", "<b>đậm</b>"))
    cursor = editor.textCursor()
    cursor.setPosition(1)
    cursor.insertText("x")
    given.args[0].replace("**đậm**")
    assert editor.text() == "đxậm"


def test_text_of_old_fonts_is_read_when_it_is_pasted(qtbot: QtBot, open_window: Open) -> None:
    editor = writing(qtbot, open_window("ctv.vanhoa"))
    data = QMimeData()
    data.setText("B¸o c¸o tµi chÝnh")
    editor.insertFromMimeData(data)
    qtbot.waitUntil(lambda: editor.text() == "Báo cáo tài chính", timeout=TIMEOUT)


def test_a_picture_of_the_clipboard_is_attached(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    editor = writing(qtbot, opened)
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    data = QMimeData()
    data.setImageData(image)
    assert editor.canInsertFromMimeData(data)
    editor.insertFromMimeData(data)
    qtbot.waitUntil(lambda: "/_blob/" in editor.text(), timeout=TIMEOUT)


def word_file(folder: Path, word: WordFile, name: str = "quy-che.docx") -> Path:
    path = folder / name
    path.write_bytes(word.data())
    return path


def box_of(opened: Opened) -> QMessageBox:
    found = opened.window.findChild(QMessageBox, "import.which")
    assert found is not None
    return found


def test_a_dropped_text_is_asked_about_and_comes_in_as_one_step(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    opened = open_window("ctv.vanhoa")
    editor = writing(qtbot, opened)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(word_file(tmp_path, law())))])
    editor.insertFromMimeData(data)
    box_of(opened).buttons()[0].click()
    qtbot.waitUntil(lambda: editor.text().startswith("Chương I QUY ĐỊNH CHUNG"), timeout=60_000)
    assert "đ) nội dung thứ 5;" in editor.text()
    editor.undo()
    assert editor.text() == ""


def test_a_broken_file_is_told_and_the_draft_untouched(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    before = stored(opened, entry_id)
    path = tmp_path / "hong.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(60))
    opened.window.attaching.incoming.bring_in(path)
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=60_000)
    assert "hỏng" in opened.window.notice.text()
    assert stored(opened, entry_id) == before


def test_an_import_can_be_stopped(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    editor = writing(qtbot, opened)
    opened.window.attaching.incoming.bring_in(word_file(tmp_path, law()))
    progress = opened.window.findChild(QProgressDialog, "import.progress")
    assert progress is not None
    progress.canceled.emit()
    qtbot.waitUntil(opened.window.notice.isVisible, timeout=60_000)
    assert editor.text() == ""


def test_pictures_of_a_file_are_attached_before_its_text_names_them(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    opened = open_window("ctv.vanhoa")
    editor = writing(qtbot, opened)
    picture = QImage(12, 12, QImage.Format.Format_RGB32)
    picture.fill(0x00AA00)
    assert picture.save(str(tmp_path / "anh.png"))
    word = WordFile()
    word.document.add_picture(str(tmp_path / "anh.png"))
    opened.window.attaching.incoming.bring_in(word_file(tmp_path, word))
    qtbot.waitUntil(lambda: "/_blob/" in editor.text(), timeout=60_000)
    kept(qtbot, opened)
    document = opened.window.work.document
    assert document is not None
    assert any(str(file["sha256"]) in editor.text() for file in document.attachments)


def test_what_a_picture_shows_and_whose_it_is(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    editor = writing(qtbot, opened)
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    image.fill(0x3366FF)
    data = QMimeData()
    data.setImageData(image)
    editor.insertFromMimeData(data)
    button = shown(qtbot, opened)
    button.click()
    for name, words in (("alt", "Lễ khai trương"), ("source", "Phòng Tin"), ("licence", "CC BY 4.0")):
        field = opened.window.findChild(QLineEdit, f"file.{name}")
        assert field is not None
        field.setText(words)
    dialog = opened.window.findChild(FileWords)
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: attached(opened).get("licence") == "CC BY 4.0", timeout=TIMEOUT)
    assert (attached(opened)["alt"], attached(opened)["source"]) == ("Lễ khai trương", "Phòng Tin")
    assert "![Lễ khai trương](/_blob/" in editor.text()


def attached(opened: Opened) -> Mapping[str, Json]:
    document = opened.window.work.document
    assert document is not None
    return document.attachments[-1] if document.attachments else {}


def shown(qtbot: QtBot, opened: Opened) -> QPushButton:
    """The last file in the column beside the text, once the picture is in the entry."""

    def buttons() -> list[QPushButton]:
        found = opened.window.work.document_pane.inspector.findChildren(QPushButton)
        return [button for button in found if button.objectName().startswith("inspector.file.")]

    qtbot.waitUntil(lambda: "/_blob/" in opened.window.work.editor.editor.text() and bool(buttons()), timeout=TIMEOUT)
    return buttons()[-1]
