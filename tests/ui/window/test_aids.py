"""What stands beside the text in the real window: undo over autosave, phrases of the profile, small pictures, what is remembered."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.application.records import Changes
from desktop.editor.widgets.editor_pane import EditorPane
from tests.ui.window.conftest import Open
from tests.ui.window.reach import TIMEOUT, kept, open_first, stored


def test_undo_goes_back_over_autosave_preview_and_what_comes_in(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor.editor
    before = editor.text()
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor, "mot hai ")
    kept(qtbot, opened)
    opened.bridge.announce(Changes(entries=frozenset({entry_id})))
    QTest.keyClicks(editor, "ba ")
    kept(qtbot, opened)
    # The same text from another window of this member, as it would be after a merge or an import.
    fields = dict(stored(opened, entry_id))
    fields["body"] = f"Bốn {fields['body']}"
    opened.seeded.desk.drafting.save(entry_id, fields)
    qtbot.waitUntil(lambda: editor.text().startswith("Bốn "), timeout=TIMEOUT)
    editor.grab()
    seen = []
    while editor.document().isUndoAvailable():
        editor.undo()
        seen.append(editor.text().removesuffix(before))
    assert seen[0] == "mot hai ba "
    assert "mot hai" in seen
    assert seen[-1] == ""
    assert len(seen) >= 4
    kept(qtbot, opened)
    assert stored(opened, entry_id)["body"] == before


def test_phrases_are_those_of_the_kind(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    pane = opened.window.work.editor
    names = [name for name, _ in pane._phrases]
    assert "Sáng nay, ngày…" in names
    assert "Căn cứ…" not in names
    assert pane.actions_table["snippet"].isEnabled()


def test_words_and_outline_are_read_while_one_writes(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    pane = opened.window.work.editor
    pane.editor.selectAll()
    pane.editor.insert_text("## Một\n\n" + "chữ " * 500 + "\n\n## Hai")
    qtbot.waitUntil(lambda: [item.text for item in pane.outline.items] == ["Một", "Hai"], timeout=TIMEOUT)
    labels = [label.text() for label in pane.toolbar.findChildren(QLabel)]
    assert "502 từ · đọc 2 phút" in labels


def test_a_picture_of_the_entry_is_small_in_the_source(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("ctv.vanhoa")
    entry_id = open_first(qtbot, opened, "drafts")
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    assert image.save(str(tmp_path / "anh.png"))
    opened.window.attaching.take([tmp_path / "anh.png"])
    editor = opened.window.work.editor.editor
    qtbot.waitUntil(lambda: "/_blob/" in editor.text(), timeout=TIMEOUT)
    address = editor.text()[editor.text().index("/_blob/") :][:71]
    size = QSize(120, 80)
    editor.thumbnails.of(address, size)
    qtbot.waitUntil(lambda: editor.thumbnails.of(address, size) is not None, timeout=TIMEOUT)
    picture = editor.thumbnails.of(address, size)
    assert picture is not None
    assert picture.size().boundedTo(QSize(200, 200)) == picture.size()
    assert editor.thumbnails.of("/_blob/" + "00" * 32, size) is None
    kept(qtbot, opened)
    assert stored(opened, entry_id)


def test_how_one_writes_is_remembered(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("ctv.vanhoa")
    open_first(qtbot, opened, "drafts")
    editor = opened.window.work.editor
    editor.editor.setFocus()
    QTest.keyClick(editor.editor, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor.editor, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert not editor.editor.quiet
    next_time = EditorPane()
    qtbot.addWidget(next_time)
    opened.window.choices.follow_panels(opened.window.work.document_pane, next_time)
    assert (next_time.editor.quiet, next_time.editor.zoom) == (False, 110)
