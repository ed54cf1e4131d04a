"""Quiet markup: gives the lines of a source their formats, the visible ones first, without an edit of the text.

Formats are given when the text changes or right before painting, never within an edit: undo and input methods see none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QRectF, QTimer, Slot
from PySide6.QtGui import QTextBlock, QTextCursor, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit

from desktop.editor.text.highlight import PLAIN, state_after
from desktop.editor.text.rows import is_divider, is_table
from desktop.editor.widgets.quiet_lines import Columns, Laid, Place, Row, lay, measure
from desktop.editor.widgets.quiet_look import Look, Piece, ranges
from desktop.editor.widgets.source_layout import SpacedLayout

SLICE = 0.004  # s: the most that one go may take; others share the same turn of the event loop
_MOST_ROWS = 400
_OUT, _IN, _SHOWN, _LOOKS = (
    1,
    2,
    4,
    8,
)  # a block's user state: the state it leaves and met, whether shown, by which look


@dataclass(frozen=True)
class _Table:
    """Lines without an empty one between them, by their numbers; `columns` None: shown as source; `real`: a table at all."""

    revision: int
    first: int
    last: int
    real: bool
    columns: Columns | None


class QuietMarkup(QObject):
    """`reveal` says whose signs are seen; only the block of the caret's, and only while the field is written in."""

    def __init__(self, editor: QPlainTextEdit, layout: SpacedLayout, look: Look) -> None:
        super().__init__(editor)
        self._editor = editor
        self._layout = layout
        self._look = look
        self._looks = 1
        self._shown: QTextCursor | None = None
        self._table: _Table | None = None
        self._next = 0  # the first block whose state is not known
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._go_on)
        layout.shape = lambda block: self.laid(block).shape
        editor.document().contentsChange.connect(self._on_contents_change)

    @property
    def look(self) -> Look:
        return self._look

    def set_look(self, look: Look) -> None:
        """Colours, size, dialect, or whether it is quiet at all: every block is formatted anew when it is next seen."""
        if look != self._look:
            self._look = look
            self.forget()

    def forget(self) -> None:
        """The room or the look has changed."""
        self._looks += 1
        self._table = None
        self._editor.viewport().update()

    def reveal(self, place: QTextCursor | None) -> None:
        """The signs of the block at `place` are seen from now on, and of no other."""
        before, self._shown = self._shown, QTextCursor(place) if place is not None else None
        if place is None or before is None or before.block() != place.block():
            self._editor.viewport().update()

    def laid(self, block: QTextBlock) -> Laid:
        """How this block looks and what room it takes."""
        text = block.text()
        state = _met(block)
        shown = self._look.quiet and self._is_shown(block)
        row = self._row(block) if self._look.quiet and state == PLAIN and "|" in text else None
        return lay(text, state, self._look, shown=shown, row=row)

    def visible(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The blocks in view and where they are in the viewport; a block is measured when the one after it is asked for."""
        block, area = self._editor.firstVisibleBlock(), self._editor.viewport().rect()
        if not block.isValid():
            return
        offset = self._editor.contentOffset()
        top = self._editor.blockBoundingGeometry(block).translated(offset).top()
        while block.isValid() and top <= area.bottom():
            if block.isVisible():
                height = self._layout.blockBoundingRect(block).height()
                yield block, QRectF(offset.x(), top, area.width(), height)
                top += self._layout.blockBoundingRect(block).height()
            block = block.next()

    def format_visible(self) -> None:
        """Right before painting: what is seen has its formats."""
        for block, _ in self.visible():
            self._format(block, edited=False)

    def _format(self, block: QTextBlock, *, edited: bool) -> None:
        """Gives `block` its formats if it has others; `edited`: Qt is about to look at the change itself."""
        state = _met(block)
        wanted = self._looks * _LOOKS + (state * _IN) + state_after(block.text(), state) * _OUT
        wanted += _SHOWN if self._look.quiet and self._is_shown(block) else 0
        if block.userState() == wanted and not edited:
            return
        block.setUserState(wanted)
        _give(block.layout(), self.laid(block).pieces)
        if not edited:
            self._layout.formatting = True
            block.document().markContentsDirty(block.position(), block.length())
            self._layout.formatting = False
            block.clearLayout()

    def _is_shown(self, block: QTextBlock) -> bool:
        return self._shown is not None and self._shown.block() == block

    @Slot(int, int, int)
    def _on_contents_change(self, at: int, _removed: int, added: int) -> None:
        document, end = self._editor.document(), perf_counter() + SLICE
        block, last = document.findBlock(at), document.findBlock(at + added)
        last = last if last.isValid() else document.lastBlock()
        before, self._table = self._table, None
        if self._idle.isActive():
            self._next = min(self._next, block.blockNumber())
        while block.isValid():
            self._format(block, edited=True)
            if block == last:
                self._mind_table(block, before)
                block = block.next()
                if not block.isValid() or _met(block) == _entered(block):
                    return  # what follows is as it was
                break
            block = block.next()
            if perf_counter() >= end:
                last.setUserState(-1)  # all the others are new, and have none
                break
        self._next = min(self._next, block.blockNumber())
        self._idle.start()

    def _mind_table(self, block: QTextBlock, before: _Table | None) -> None:
        """Where a row's width moves the columns, or a table begins or ends, its other rows are formatted anew."""
        for near in (block, block.previous(), block.next()):
            if near.isValid() and "|" in near.text():
                table = self._table_at(near)
                if before is not None and (table.first, table.last, table.columns) == (
                    before.first,
                    before.last,
                    before.columns,
                ):
                    return
                other = self._editor.document().findBlockByNumber(table.first)
                while other.isValid() and other.blockNumber() <= table.last:
                    if other != block and other.userState() >= 0:
                        other.setUserState(other.userState() % _LOOKS)
                    other = other.next()
                self._editor.viewport().update()
                return

    @Slot()
    def _go_on(self) -> None:
        """Reads on where the states are not known yet."""
        end, block, met = perf_counter() + SLICE, self._editor.document().findBlockByNumber(self._next), False
        state = _met(block) if block.isValid() else PLAIN
        while block.isValid() and perf_counter() < end:
            after = state_after(block.text(), state)
            known = block.userState()
            if known < 0 or known & (_IN | _OUT) != state * _IN + after * _OUT:
                block.setUserState(state * _IN + after * _OUT)
                met = met or known >= _LOOKS
            state, block = after, block.next()
        if block.isValid():
            self._next = block.blockNumber()
        else:
            self._next = self._editor.document().blockCount()
            self._idle.stop()
        if met:
            self._editor.viewport().update()

    def _row(self, block: QTextBlock) -> Row | None:
        table = self._table_at(block)
        if not table.real:
            return None
        if table.columns is None:
            return Row("source")
        number = block.blockNumber()
        place: Place = "head" if number == table.first else "divider" if number == table.first + 1 else "body"
        return Row(place, table.columns, last=number == table.last)

    def _table_at(self, block: QTextBlock) -> _Table:
        number, revision = block.blockNumber(), block.document().revision()
        found = self._table
        if found is None or found.revision != revision or not found.first <= number <= found.last:
            self._table = found = self._read_table(block, revision)
        return found

    def _read_table(self, block: QTextBlock, revision: int) -> _Table:
        lines, first = _paragraph(block)
        number = first.blockNumber()
        last = number + len(lines) - 1
        if not (len(lines) > 1 and is_divider(lines[1]) and is_table(lines)):
            return _Table(revision, number, last, real=False, columns=None)
        room = self._editor.viewport().width() - 2 * self._editor.document().documentMargin()
        columns = measure(lines, self._look, room) if len(lines) <= _MOST_ROWS else None
        return _Table(revision, number, last, real=True, columns=columns)


def _paragraph(block: QTextBlock) -> tuple[list[str], QTextBlock]:
    """The lines around `block` without an empty one between them, and the first of them; not further than can be shown."""
    before: list[str] = []
    first = block
    while first.previous().isValid() and first.previous().text().strip() and len(before) <= _MOST_ROWS:
        first = first.previous()
        before.append(first.text())
    lines = [*reversed(before), block.text()]
    block = block.next()
    while block.isValid() and block.text().strip() and len(lines) <= 2 * _MOST_ROWS:
        lines.append(block.text())
        block = block.next()
    return lines, first


def _met(block: QTextBlock) -> int:
    """The state that the block before leaves."""
    known = block.previous().userState() if block.previous().isValid() else PLAIN
    return known & _OUT if known >= 0 else PLAIN


def _entered(block: QTextBlock) -> int:
    """The state that this block was read with; -1: it was not."""
    return (block.userState() & _IN) // _IN if block.userState() >= 0 else -1


def _give(layout: QTextLayout, pieces: tuple[Piece, ...]) -> None:
    """Formats around what an input method composes, which keeps its own."""
    start, length = layout.preeditAreaPosition(), len(layout.preeditAreaText())
    kept = [
        one for one in layout.formats() if length and start <= one.start and one.start + one.length <= start + length
    ]
    moved = [_moved(piece, start, length) for piece in pieces] if length else pieces
    layout.setFormats([*kept, *ranges(moved)])


def _moved(piece: Piece, start: int, length: int) -> Piece:
    if piece.start >= start:
        return Piece(piece.start + length, piece.length, piece.format)
    if piece.start + piece.length > start:
        return Piece(piece.start, piece.length + length, piece.format)
    return piece
