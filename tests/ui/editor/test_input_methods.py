"""Input methods as Vietnamese keyboards use them (Telex, VNI, dead keys, UniKey): what is composed is never disturbed."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.editor.text.outline import read
from desktop.editor.widgets import quiet_markup
from desktop.editor.widgets.editor_pane import EditorPane
from desktop.editor.widgets.source_editor import SourceEditor

TABLE = "| Thủ tục | Số ngày |\n|---|--:|\n| Khai | 1 |"
# Where the caret stands: in each kind of line that quiet markup gives a look of its own.
PLACES = {
    "paragraph": ("chữ **đậm** ‸ và *nghiêng*\n\nhai", "prose"),
    "heading": ("## Một ‸cửa\n\nhai", "prose"),
    "item": ("- mục **một** ‸\n- hai", "prose"),
    "quotation": ("> trích ‸\n\nhai", "prose"),
    "cell": (TABLE.replace("Khai", "Khai ‸") + "\n\nhai", "prose"),
    "law": ("Điều 5. Phạm vi ‸\n\n1. Một", "legal"),
    "picture": ("x\n\n![ảnh ‸](/_blob/" + "ab" * 32 + ")\n\nhai", "prose"),
}
# The preedit after each key; the word stands when the next blank is typed.
TELEX = {
    "vieetj": ["v", "vi", "vie", "viê", "viêt", "việt"],
    "dduwowngf": ["d", "đ", "đu", "đư", "đưo", "đươ", "đươn", "đương", "đường"],
}
VNI = {
    "vie6t5": ["v", "vi", "vie", "viê", "viêt", "việt"],
    "d9u7o7ng2": ["d", "đ", "đu", "đư", "đưo", "đươ", "đươn", "đương", "đường"],
}


@pytest.fixture
def pane(qtbot: QtBot) -> EditorPane:
    made = EditorPane()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.set_phrases([("Căn cứ…", "Căn cứ …;")])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.editor.setFocus()
    return made


def stand(pane: EditorPane, place: str) -> str:
    """Loads a place and puts the caret there; the text without the caret's sign."""
    marked, dialect = PLACES[place]
    text = marked.replace("‸", "")
    pane.editor.set_text(text)
    pane.editor.set_dialect("legal" if dialect == "legal" else "prose")
    cursor = pane.editor.textCursor()
    cursor.setPosition(marked.index("‸"))
    pane.editor.setTextCursor(cursor)
    pane.editor.grab()
    return text


def compose(editor: SourceEditor, preedit: str, commit: str = "", *, back: int = 0) -> None:
    """As an input method sends it, its letters underlined; `back`: letters before the caret that the commit replaces."""
    line = QTextCharFormat()
    line.setFontUnderline(True)
    attributes = [
        QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, len(preedit), 1, None),
        QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.TextFormat, 0, len(preedit), line),
    ]
    event = QInputMethodEvent(preedit, attributes if preedit else [])
    if commit or back:
        event.setCommitString(commit, -back, back)
    QApplication.sendEvent(editor, event)


def press(editor: SourceEditor, key: Qt.Key, text: str = "") -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def disturb(pane: EditorPane) -> None:
    """Everything that may happen by itself in the middle of a word."""
    editor = pane.editor
    editor.grab()
    editor._settling._timer.timeout.emit()
    editor._settled.timeout.emit()
    editor.markup._go_on()
    editor.set_zoom(110)
    editor.set_zoom(100)
    editor.set_colours(editor.colours)
    editor.thumbnails._take("ab" * 32, QSize(10, 10), QImage(10, 10, QImage.Format.Format_RGB32))
    pane.show_reading(read(editor.text(), "prose"))
    for name in ("bold", "bullets", "typography", "row-add", "footnote", "no-break", "snippet"):
        pane.actions_table[name].trigger()
    editor.grab()


def undisturbed(editor: SourceEditor, preedit: str) -> None:
    layout = editor.textCursor().block().layout()
    at = layout.preeditAreaPosition()
    assert layout.preeditAreaText() == preedit
    assert at == editor.textCursor().positionInBlock()
    composed = [one for one in layout.formats() if one.start == at and one.length == len(preedit)]
    assert any(one.format.fontUnderline() for one in composed)


def committed_formats(editor: SourceEditor) -> list[tuple[int, int, int]]:
    """The formats of the caret's block as they are over the letters that stand, without what is composed."""
    layout = editor.textCursor().block().layout()
    at, size = layout.preeditAreaPosition(), len(layout.preeditAreaText())
    weights = {}
    for one in layout.formats():
        for place in range(one.start, one.start + one.length):
            if size and at <= place < at + size:
                continue
            weights[place - (size if size and place >= at + size else 0)] = one.format.fontWeight()
    return [(place, weights[place], 0) for place in sorted(weights)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("keys", [*TELEX.values(), *VNI.values()], ids=[*TELEX, *VNI])
def test_a_word_is_composed_in_any_line(pane: EditorPane, place: str, keys: Sequence[str]) -> None:
    editor, text = pane.editor, stand(pane, place)
    at = editor.textCursor().position()
    told: list[str] = []
    editor.text_settled.connect(told.append)
    before = committed_formats(editor)
    for preedit in keys:
        compose(editor, preedit)
        undisturbed(editor, preedit)
        assert committed_formats(editor) == before
    disturb(pane)
    undisturbed(editor, keys[-1])
    assert committed_formats(editor) == before
    assert (editor.text(), told) == (text, [])
    compose(editor, "", keys[-1] + " ")
    assert editor.text() == text[:at] + keys[-1] + " " + text[at:]
    editor.undo()
    assert editor.text() == text


def test_the_signs_of_the_line_show_while_one_composes_in_it(pane: EditorPane) -> None:
    stand(pane, "paragraph")
    editor = pane.editor
    compose(editor, "vi")
    editor.grab()
    assert not editor.markup.laid(editor.textCursor().block()).quiet
    assert editor.markup.laid(editor.document().lastBlock()).quiet


def test_the_caret_is_where_the_input_method_thinks(pane: EditorPane) -> None:
    """Candidates are shown at the caret, and methods that replace what stands read the text around it."""
    text = stand(pane, "item")
    editor = pane.editor
    line = text.split("\n")[0]
    assert editor.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) == line
    assert editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) == len(line)
    rect = editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert rect.toRect() == editor.cursorRect()


@pytest.mark.parametrize("place", PLACES)
def test_a_method_that_replaces_what_stands(pane: EditorPane, place: str) -> None:
    """ibus-bamboo without preedit: each key commits letters and takes back some before the caret."""
    editor, text = pane.editor, stand(pane, place)
    at = editor.textCursor().position()
    for commit, back in (("v", 0), ("i", 0), ("e", 0), ("ê", 1), ("t", 0), ("ệt", 2)):
        compose(editor, "", commit, back=back)
        editor.grab()
    assert editor.text() == text[:at] + "việt" + text[at:]


@pytest.mark.parametrize("place", PLACES)
def test_unikey_deletes_and_types_anew(pane: EditorPane, place: str) -> None:
    """UniKey on Windows: backspaces as keys, then the letter as text."""
    editor, text = pane.editor, stand(pane, place)
    at = editor.textCursor().position()
    for letter in "vie":
        press(editor, Qt.Key.Key_unknown, letter)
    for gone, letters in ((1, "ê"), (0, "t"), (2, "ệt"), (0, " ")):
        for _ in range(gone):
            press(editor, Qt.Key.Key_Backspace)
        for letter in letters:
            press(editor, Qt.Key.Key_Space if letter == " " else Qt.Key.Key_unknown, letter)
        editor.grab()
    assert editor.text() == text[:at] + "việt " + text[at:]


def test_a_dead_key_waits_for_its_letter(pane: EditorPane) -> None:
    editor, text = pane.editor, stand(pane, "paragraph")
    at = editor.textCursor().position()
    compose(editor, "´")
    disturb(pane)
    undisturbed(editor, "´")
    compose(editor, "", "á")
    assert editor.text() == text[:at] + "á" + text[at:]
    compose(editor, "~")
    compose(editor, "")  # given up by Escape
    assert editor.text() == text[:at] + "á" + text[at:]


def test_what_is_committed_is_not_typeset(pane: EditorPane) -> None:
    """A method that commits a quotation mark means that one."""
    editor = pane.editor
    editor.set_text("nói ")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    compose(editor, "", '"')
    assert editor.text() == 'nói "'


def test_loading_another_text_ends_what_was_composed(pane: EditorPane) -> None:
    stand(pane, "paragraph")
    compose(pane.editor, "vi")
    pane.editor.set_text("khác")
    compose(pane.editor, "")
    assert pane.editor.text() == "khác"
    assert not pane.editor.composing


def test_formats_stay_on_a_slow_machine(pane: EditorPane, monkeypatch: pytest.MonkeyPatch) -> None:
    """However short a slice, the line that is written in is formatted in the same moment."""
    monkeypatch.setattr(quiet_markup, "SLICE", -1.0)
    stand(pane, "law")
    before = committed_formats(pane.editor)
    assert before
    compose(pane.editor, "v")
    assert committed_formats(pane.editor) == before
    undisturbed(pane.editor, "v")
