"""What a person does about what was found: walk through it by key, choose a proposal, replace all, keep a word as one's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from desktop.domain.errors import Rule
from desktop.domain.finding import Finding
from desktop.editor.text.proofreading import Proofreader
from desktop.editor.widgets.offsets import Offsets
from desktop.editor.widgets.underlines import Marks, Underlines

_MOST = 6


@dataclass(frozen=True)
class Place:
    """A finding and the block it stands in."""

    block: QTextBlock
    finding: Finding

    @property
    def text(self) -> str:
        return self.block.text()[self.finding.start : self.finding.end]


class Proofing(QObject):
    """Signals: `word_kept(str)`: a word for the member's own dictionary; `nothing_found()`: a walk met no finding."""

    word_kept = Signal(str)
    nothing_found = Signal()

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.underlines = Underlines(editor)
        self._reader: Proofreader | None = None
        self._explain: Callable[[Rule], str] = _code
        editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        editor.customContextMenuRequested.connect(self._on_menu)

    def set_reader(self, reader: Proofreader | None, explain: Callable[[Rule], str] | None = None) -> None:
        """Whose proposals are shown, and how a rule is put in words; None: nothing is checked."""
        self._reader = reader
        self._explain = explain or _code
        if reader is None:
            self.underlines.set_marks({})

    def set_marks(self, marks: Marks) -> None:
        self.underlines.set_marks(marks)

    def places(self) -> list[Place]:
        """Everything that is marked, in the order of the text."""
        found = []
        block = self._editor.document().firstBlock()
        while block.isValid():
            found += [Place(block, item) for item in self.underlines.of(block)]
            block = block.next()
        return found

    def at(self, place: QPoint) -> Place | None:
        """What was found under a point of the viewport."""
        return self._found_at(self._editor.cursorForPosition(place))

    def go_on(self) -> None:
        """Select what was found next after the caret, from the top again after the last, and offer what to do about it."""
        found = self._next()
        if found is None:
            self.nothing_found.emit()
            return
        self._editor.setTextCursor(self._cursor(found))
        self._editor.ensureCursorVisible()
        menu = QMenu(self._editor)
        menu.setObjectName("proofing.menu")
        self.extend(menu, found)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setActiveAction(next((action for action in menu.actions() if action.isEnabled()), menu.actions()[0]))
        menu.popup(self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft()))

    def extend(self, menu: QMenu, found: Place) -> None:
        """What can be done about `found`, at the top of `menu`."""
        before = menu.actions()[0] if menu.actions() else None
        actions = QMenu(menu)
        said = actions.addAction(self._explain(found.finding.rule))
        said.setEnabled(False)
        if not self._editor.isReadOnly():
            for fix in self._fixes(found)[:_MOST]:
                made = actions.addAction(fix.strip() or self.tr("Remove"))
                made.triggered.connect(lambda _checked=False, fix=fix: self.replace(found, fix))
            self._add_all(actions, found)
        if found.finding.rule.code == "spelling":
            kept = actions.addAction(self.tr("Add “{word}” to my dictionary").format(word=found.text))
            kept.triggered.connect(lambda _checked=False: self.word_kept.emit(found.text))
        actions.addSeparator()
        menu.insertActions(before, actions.actions()) if before else menu.addActions(actions.actions())

    def replace(self, found: Place, fix: str) -> None:
        """One step that can be undone."""
        self._editor.setTextCursor(self._cursor(found))
        self._editor.textCursor().insertText(fix)

    def replace_all(self, found: Place, fix: str) -> int:
        """The same words wherever the same rule found them, in one step; how many."""
        places = [place for place in self.places() if _alike(place, found)]
        edit = self._editor.textCursor()
        edit.beginEditBlock()
        for place in reversed(places):
            cursor = self._cursor(place)
            edit.setPosition(cursor.anchor())
            edit.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
            edit.insertText(fix)
        edit.endEditBlock()
        return len(places)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        """The menu that every text field has, and above it what can be done about the word under the mouse."""
        menu = self._editor.createStandardContextMenu(place)
        found = self.at(place)
        if found is not None:
            self.extend(menu, found)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._editor.viewport().mapToGlobal(place))

    def _add_all(self, actions: QMenu, found: Place) -> None:
        fixes = self._fixes(found)
        count = sum(_alike(place, found) for place in self.places()) if fixes else 0
        if count > 1:
            made = actions.addAction(self.tr("Replace all %n by “{fix}”", "", count).format(fix=fixes[0].strip()))
            made.triggered.connect(lambda _checked=False: self.replace_all(found, fixes[0]))

    def _fixes(self, found: Place) -> Sequence[str]:
        return self._reader.fixes(found.block.text(), found.finding) if self._reader else found.finding.fixes

    def _found_at(self, cursor: QTextCursor) -> Place | None:
        block = cursor.block()
        at = Offsets(block.text()).from_qt(cursor.positionInBlock())
        return next((Place(block, item) for item in self.underlines.of(block) if item.start <= at <= item.end), None)

    def _next(self) -> Place | None:
        caret = self._editor.textCursor().selectionEnd()
        first: Place | None = None
        for place in self.places():
            first = first or place
            cursor = self._cursor(place)
            if cursor.selectionStart() >= caret:
                return place
        return first

    def _cursor(self, found: Place) -> QTextCursor:
        offsets, start = Offsets(found.block.text()), found.block.position()
        cursor = QTextCursor(found.block)
        cursor.setPosition(start + offsets.to_qt(found.finding.start))
        cursor.setPosition(start + offsets.to_qt(found.finding.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _alike(one: Place, other: Place) -> bool:
    return one.finding.rule.code == other.finding.rule.code and one.text == other.text


def _code(rule: Rule) -> str:
    return rule.code
