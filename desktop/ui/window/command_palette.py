"""Ctrl+Shift+P: every action and every place by name, marks and đ optional; what is not allowed says why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.fold import fold
from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.roles import Role, set_role

Index = QModelIndex | QPersistentModelIndex
_WIDTH, _HEIGHT = 560, 360
_COMMAND = Qt.ItemDataRole.UserRole
_SIDE, _ABOVE = 10, 5
_PASS_ON = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


@dataclass(frozen=True)
class Command:
    """One line: what it says, its key, why it may not be done now (empty: it may), and what it does."""

    text: str
    key: str
    why: str
    run: Callable[[], None]


class CommandDelegate(QStyledItemDelegate):
    """A line: what it does, its key at the right end; under it, why it may not be done now."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 2 if _command_of(index).why else 1
        return QSize(200, lines * option.fontMetrics.lineSpacing() + 2 * _ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, command = tokens_of(QApplication.instance()), _command_of(index)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.select))
        room = QRect(option.rect).adjusted(_SIDE, _ABOVE, -_SIDE, -_ABOVE)
        line = QRect(room.topLeft(), QSize(room.width(), option.fontMetrics.lineSpacing()))
        painter.setFont(QFont(option.font))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), command.key)
        if command.why:
            under = line.translated(0, line.height())
            why = option.fontMetrics.elidedText(command.why, Qt.TextElideMode.ElideRight, under.width())
            painter.drawText(under, int(Qt.AlignmentFlag.AlignVCenter), why)
        else:
            painter.setPen(QColor(tokens.ink))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), command.text)
        painter.restore()


class CommandPalette(QFrame):
    """Laid over the window; Escape or a click elsewhere closes it. Signals: `left()`."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._before: QWidget | None = None
        self._commands: Sequence[Command] = ()
        self.setObjectName("palette")
        set_role(self, Role.CARD)
        self._line = QLineEdit(self)
        self._line.setObjectName("palette.search")
        self._list = QListWidget(self)
        self._list.setObjectName("palette.list")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(CommandDelegate(self._list))
        set_role(self._list, Role.ROWS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self._line.textChanged.connect(self._fill)
        self._line.editingFinished.connect(self._on_left)
        self._list.itemClicked.connect(lambda _item: self._run())
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._line.setPlaceholderText(self.tr("What would you like to do?"))
        self._line.setAccessibleName(self.tr("Find a command"))
        self._list.setAccessibleName(self.tr("Commands"))

    def open(self, commands: Sequence[Command]) -> None:
        self._commands = commands
        self._line.clear()
        self._fill("")
        if not self.isVisible():
            self._before = self._window.focusWidget()
        area = self._window.rect()
        width = min(_WIDTH, area.width() - 40)
        self.setGeometry((area.width() - width) // 2, 80, width, min(_HEIGHT, area.height() - 120))
        self.show()
        self.raise_()
        self._line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run()
        elif event.key() in _PASS_ON:
            self._step(1 if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -1)
        else:
            super().keyPressEvent(event)

    def _fill(self, text: str) -> None:
        words = fold(text).split()
        self._list.clear()
        for command in self._commands:
            if all(word in fold(command.text) for word in words):
                item = QListWidgetItem(command.text)
                item.setData(_COMMAND, command)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, command.why or command.key)
                item.setToolTip(command.why)
                if command.why:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                self._list.addItem(item)
        self._step(0)

    def _step(self, step: int) -> None:
        """To the next line that may be done."""
        rows = [row for row in range(self._list.count()) if self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled]
        if not rows:
            return
        now = self._list.currentRow()
        place = rows.index(now) + step if now in rows else 0
        self._list.setCurrentRow(rows[max(0, min(place, len(rows) - 1))])

    def _run(self) -> None:
        item = self._list.currentItem()
        if self._list.currentRow() < 0 or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        command = item.data(_COMMAND)
        self._close()
        if isinstance(command, Command):
            command.run()

    def _close(self) -> None:
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()
        self.left.emit()

    def _on_left(self) -> None:
        if self.isVisible() and not self._line.hasFocus() and not self._list.underMouse():
            self.hide()


def _command_of(index: Index) -> Command:
    found = index.data(_COMMAND)
    return found if isinstance(found, Command) else Command("", "", "", lambda: None)
