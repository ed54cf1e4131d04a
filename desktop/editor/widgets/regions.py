"""A part of a document as text for a pure command, and what the command made of it as one step that can be undone."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop.editor.text.commands import Edited, Selection
from desktop.editor.text.lists import is_item
from desktop.editor.widgets.offsets import Offsets

_MOST = 1000


@dataclass(frozen=True)
class Region:
    """`text` begins at `start` of the document, in Qt's units; `selection` counts within `text`, in characters."""

    start: int
    text: str
    selection: Selection


def whole(editor: QPlainTextEdit) -> Region:
    """All of the document as it stands (some input methods type loose marks)."""
    return _region(editor.textCursor(), 0, raw_text(editor))


def raw_text(editor: QPlainTextEdit) -> str:
    """The text of `whole` alone, for whoever asks at every key."""
    raw = editor.document().toRawText()  # toPlainText() would turn no-break spaces into spaces
    return raw.replace("\u2029", "\n").replace("\u2028", "\n")


def paragraph(editor: QPlainTextEdit) -> Region:
    """The lines around the caret without an empty one between them: a table."""
    return _lines(editor.textCursor(), lambda _above, line: bool(line.text().strip()))


def list_around(editor: QPlainTextEdit) -> Region:
    """The items around the caret, with empty lines between them."""

    def belongs(above: QTextBlock, line: QTextBlock) -> bool:
        return bool(line.text().strip()) or is_item(above.text()) or above.text().startswith(" ")

    return _lines(editor.textCursor(), belongs)


def apply(editor: QPlainTextEdit, region: Region, edited: Edited) -> None:
    """Changes only what differs, so that undo, caret and formats keep their place."""
    old, new = region.text, edited.text
    before = _common_start(old, new)
    after = _common_start(old[before:][::-1], new[before:][::-1])
    offsets, cursor = Offsets(old), editor.textCursor()
    if old != new:
        cursor.beginEditBlock()
        cursor.setPosition(region.start + offsets.to_qt(before))
        cursor.setPosition(region.start + offsets.to_qt(len(old) - after), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new[before : len(new) - after])
        cursor.endEditBlock()
    offsets = Offsets(new)
    cursor.setPosition(region.start + offsets.to_qt(edited.selection.start))
    cursor.setPosition(region.start + offsets.to_qt(edited.selection.end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def _lines(cursor: QTextCursor, belongs: Callable[[QTextBlock, QTextBlock], bool]) -> Region:
    """`belongs(above, line)`: whether `line` goes on with the line above it."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    for _ in range(_MOST):
        above = first.previous()
        if not above.isValid() or not first.text().strip() or not belongs(above.previous(), above):
            break
        first = above
    for _ in range(_MOST):
        if not last.next().isValid() or not belongs(last, last.next()):
            break
        last = last.next()
    lines, block = [], first
    while block.isValid() and block.blockNumber() <= last.blockNumber():
        lines.append(block.text())
        block = block.next()
    return _region(cursor, first.position(), "\n".join(lines))


def _region(cursor: QTextCursor, start: int, text: str) -> Region:
    offsets = Offsets(text)
    selected = (offsets.from_qt(cursor.selectionStart() - start), offsets.from_qt(cursor.selectionEnd() - start))
    return Region(start, text, Selection(*selected))


def _common_start(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
