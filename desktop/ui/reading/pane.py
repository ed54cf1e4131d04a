"""A text that is read, not written: as on the portal, against what is published, or its source; and the decision about it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.application.records import Document
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind
from desktop.domain.relations import relation_field
from desktop.domain.revision import Content
from desktop.editor.text.pages import Pages
from desktop.editor.widgets.preview_view import PreviewView
from desktop.ui.action_button import ActionButton
from desktop.ui.actions import ActionTable
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.more_button import MoreButton
from desktop.ui.plain_label import PlainLabel
from desktop.ui.presenters.checks import checks
from desktop.ui.presenters.compare import compared
from desktop.ui.presenters.deadline import deadline_checks
from desktop.ui.presenters.gestures import Offer
from desktop.ui.presenters.header import Stage as Step
from desktop.ui.presenters.header import is_absent, title, told_stages
from desktop.ui.presenters.history import events, remarks
from desktop.ui.presenters.parity import parity
from desktop.ui.presenters.related import related_lines
from desktop.ui.preview_frame import PreviewFrame
from desktop.ui.reading.side_cards import SideCards
from desktop.ui.segments import Segments
from desktop.ui.shell import Bearings, Shell
from desktop.ui.stage_steps import Stage, StageSteps
from desktop.ui.theme.roles import Role, set_role

VIEWS = ("as-portal", "compare", "as-source")
_SIDE_GESTURES = ("return", "edit", "recall", "revise", "restore")
_NARROW = 760
_MORE = ("copy", "translate", "versions", "unpublish", "discard")


@dataclass(frozen=True)
class _Rendered:
    main: str
    compared: str


class ReadingPane(QWidget):
    """Signals: `view_changed(str)`."""

    view_changed = Signal(str)

    def __init__(self, shell: Shell, table: ActionTable, preview: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._document: Document | None = None
        self._rendered = _Rendered("<main></main>", "")
        self._view = "as-portal"
        self._last: tuple[Bearings, Pages, bool] | None = None
        self._read: tuple[EntryId, Content] | None = None
        self.setObjectName("reading")
        set_ground(self, Role.WORK)
        self._title = PlainLabel(parent=self)
        self._title.setObjectName("reading.title")
        self._title.setWordWrap(True)
        set_role(self._title, Role.TITLE)
        self._steps = StageSteps(self)
        self._steps.setObjectName("reading.steps")
        self._segments = Segments(VIEWS, self)
        self._segments.chosen.connect(self.show_view)
        self._preview = preview
        self._page = PreviewFrame(table, preview, self)
        self._source = QPlainTextEdit(self)
        self._source.setObjectName("reading.source")
        self._source.setReadOnly(True)
        set_role(self._source, Role.SOURCE)
        self._side = SideCards(self)
        self._pages = QStackedWidget(self)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar = QGridLayout()
        self._told = PlainLabel(parent=self)
        self._told.setObjectName("reading.told")
        self._told.setWordWrap(True)
        set_role(self._told, Role.MUTED)
        self._buttons = {name: ActionButton(table[name], self) for name in _SIDE_GESTURES}
        self._more = MoreButton("reading", [table[name] for name in _MORE], self)
        self._forward = ActionButton(table["forward"], self, role=Role.PRIMARY, show_key=True)
        for button in (*self._buttons.values(), self._forward):
            button.hide()  # until a document offers it
        self._lay_out()
        self.retranslate()

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def view(self) -> str:
        return self._view

    def show_document(self, document: Document, bearings: Bearings, *, pages: Pages, mine: bool) -> None:
        """`mine`: the awaited step waits for this member."""
        other = self._document is None or self._document.entry_id != document.entry_id
        self._document, self._last = document, (bearings, pages, mine)
        if self._read is not None and self._read[0] != document.entry_id:
            self._read = None
        before = self._read[1] if self._read else document.published
        shell, kind = self._shell, bearings.kinds.get(document.kind)
        self._title.setText(title(document, kind, shell.translate))
        told = told_stages(
            document,
            bearings.profile,
            bearings.people,
            lang=shell.lang,
            mine=mine,
            now=shell.now(),
            translate=shell.translate,
        )
        self._steps.set_stages([_stage(step) for step in told])
        self._show_side(document, bearings)
        published = before is not None and before != document.content
        self._segments.allow(
            "compare", allowed=published, why="" if published else self.tr("Nothing else is published")
        )
        if other:
            self._side.verticalScrollBar().setValue(0)
            self._view = "compare" if published and mine else "as-portal"
        elif self._view == "compare" and not published:
            self._view = "as-portal"
        self.retranslate()
        self._render(document, pages, before, keep=not other)
        body = next((field.name for field in kind.fields if field.dialect), "body") if kind else "body"
        self._source.setPlainText(str(document.fields.get(body) or ""))
        self.show_view(self._view)

    def compare_with(self, read: Content) -> None:
        """Against another text than what is published: what this person had read when they decided."""
        if self._document is None or self._last is None:
            return
        self._read = (self._document.entry_id, read)
        self.show_document(self._document, self._last[0], pages=self._last[1], mine=self._last[2])
        self.show_view("compare")

    def show_offer(self, offer: Offer | None, *, editable: bool, online: bool) -> None:
        """Which decisions there are. `editable`: the text may be corrected here."""
        for name, button in self._buttons.items():
            button.setVisible(editable if name == "edit" else offer is not None and offer.named(name) is not None)
        primary = offer.primary if offer else None
        if self._document is not None and is_absent(self._document):
            primary = None
        self._forward.setVisible(primary is not None)
        told = self._sentence(primary.why if primary else "", online=online, deciding=primary is not None)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def show_view(self, name: str) -> None:
        """as-portal, compare or as-source."""
        self._view = name
        self._segments.choose(name)
        if name == "as-source":
            self._pages.setCurrentWidget(self._source)
        else:
            self._pages.setCurrentWidget(self._page)
            self._show_page(keep=True)
        self.view_changed.emit(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the views stand under the title, the sentence above the buttons, and the column gives way."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._words.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._side.use_width(narrow=narrow)
        self._bar.removeWidget(self._told)
        if narrow:
            self._bar.addWidget(self._told, 0, 0, 1, 3)
        else:
            self._bar.addWidget(self._told, 1, 1)

    def focus_text(self) -> None:
        """To what is read."""
        (self._source if self._view == "as-source" else self._preview).setFocus()

    def retranslate(self) -> None:
        self._segments.name_all(
            {
                "as-portal": self.tr("As on the portal"),
                "compare": self.tr("Against what I read") if self._read else self.tr("Against what is published"),
                "as-source": self.tr("Source"),
            }
        )
        self._source.setAccessibleName(self.tr("Source text"))
        self._more.retranslate()

    def _sentence(self, why: str, *, online: bool, deciding: bool) -> str:
        if why:
            return why
        if online or not deciding or self._document is None:
            return ""
        if self._document.rev_no:
            text = self.tr(
                "Offline: the decision is kept here and carried out once there is a network, if revision {number} is still the newest."
            )
            return text.format(number=self._document.rev_no)
        return self.tr("Offline: the decision is kept here and carried out once there is a network.")

    def _show_side(self, document: Document, bearings: Bearings) -> None:
        shell, kind = self._shell, bearings.kinds.get(document.kind)
        if is_absent(document):
            self._side.show_checks(())
        elif kind is not None:
            last = document.facts.state.step == bearings.profile.steps[-1].id
            found = checks(
                kind, bearings.profile, document.fields, document.attachments,
                gate="publish" if last else "approve", lang=shell.lang, translate=shell.translate,
            )  # fmt: skip
            found += deadline_checks(
                bearings.profile, document, document.fields, lang=shell.lang, now=shell.now(), translate=shell.translate
            )
            self._side.show_checks(found + parity(kind, document, document.fields, shell.translate))
        self._side.show_remarks(remarks(document, bearings.people, shell.lang))
        self._side.show_files(document.attachments)
        self._read_related(document, kind)
        history = events(
            document.history,
            bearings.profile,
            bearings.people,
            lang=shell.lang,
            now=shell.now(),
            translate=shell.translate,
        )
        self._side.show_history(history)

    def _read_related(self, document: Document, kind: Kind | None) -> None:
        if kind is None or relation_field(kind) is None:
            self._side.show_related(())
            return
        shell, entry_id, today = self._shell, document.entry_id, self._shell.now().moment.date()

        def look() -> list[tuple[str, str]]:
            return related_lines(kind, shell.desk.relating.of(entry_id, today=today), shell.lang)

        shell.bridge.store(look, self._side.show_related, slot="reading.related")

    def _render(self, document: Document, pages: Pages, before: Content | None, *, keep: bool) -> None:
        def render() -> _Rendered:
            if document.dirty or document.content is None:
                main = pages.typed(
                    document.kind, document.lang, fields=document.fields, attachments=document.attachments
                )
            else:
                main = pages.stored(document.content)
            return _Rendered(main, compared(pages.stored(before), main) if before else "")

        def take(rendered: _Rendered) -> None:
            self._rendered = rendered
            self._show_page(keep=keep)

        self._shell.bridge.page(render, take, slot="reading")

    def _show_page(self, *, keep: bool) -> None:
        page = self._rendered.compared if self._view == "compare" else self._rendered.main
        lang = self._document.lang if self._document else "vi"
        self._preview.show_main(page or self._rendered.main, scroll_keep=keep, lang=lang)

    def _lay_out(self) -> None:
        top = QWidget(self)
        set_ground(top, Role.TOP)
        self._words.setSpacing(10)
        self._words.addWidget(self._title, 1)
        self._words.addWidget(self._segments, 0, Qt.AlignmentFlag.AlignLeft)
        head = QVBoxLayout(top)
        head.setContentsMargins(20, 14, 20, 10)
        head.setSpacing(6)
        head.addLayout(self._words)
        head.addWidget(self._steps)
        self._pages.addWidget(self._page)
        self._pages.addWidget(self._source)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self._side)
        bar = QWidget(self)
        set_ground(bar, Role.ACTION_BAR)
        self._bar.setContentsMargins(20, 12, 20, 12)
        self._bar.setHorizontalSpacing(10)
        self._bar.setVerticalSpacing(8)
        bar.setLayout(self._bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in self._buttons.values():
            buttons.addWidget(button)
        buttons.addWidget(self._more)
        self._bar.addLayout(buttons, 1, 0)
        self._bar.addWidget(self._told, 1, 1)
        self._bar.addWidget(self._forward, 1, 2)
        self._bar.setColumnStretch(1, 1)
        layout = stacked(self)
        layout.addWidget(top)
        layout.addLayout(middle, 1)
        layout.addWidget(bar)


def _stage(step: Step) -> Stage:
    return Stage(step.label, step.stand.value, step.told)
