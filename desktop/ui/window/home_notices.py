"""What concerns the whole home: read and put away, or asked and answered. Until then it stands above everything."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.application.records import Notice, SyncStatus
from desktop.ui.notices import NoticeStack, Told
from desktop.ui.shell import Shell
from desktop.ui.theme.tokens import Tone


class HomeNotices(NoticeStack):
    """Signals: `agreed()`: the sync may go on."""

    agreed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("home.notices", parent)
        self._shell = shell
        self._notices: tuple[Notice, ...] = ()

    def show_status(self, status: SyncStatus) -> None:
        if status.notices != self._notices:
            self._notices = status.notices
            self.retranslate()

    def retranslate(self) -> None:
        self.show_all([self._told(notice) for notice in self._notices])

    def _told(self, notice: Notice) -> Told:
        said, code, desk = self._shell.sentence(notice.rule), notice.rule.code, self._shell.desk.notices
        text = f"{said.title}. {said}"
        if not notice.asks:
            # Red is for what waits for an answer: nothing goes on before it.
            return Told(text, ((self.tr("Seen"), self._giving(lambda: desk.dismiss(code))),), Tone.WARN)
        agree = self._giving(lambda: desk.confirm(code), self._on_agreed)
        decline = self._giving(lambda: desk.decline(code))
        return Told(text, ((self.tr("Agree"), agree), (self.tr("Do not agree"), decline)))

    def _giving(self, answer: Callable[[], None], then: Callable[[None], None] | None = None) -> Callable[[], None]:
        def give() -> None:
            self._shell.bridge.store(answer, then)

        return give

    def _on_agreed(self, _none: None) -> None:
        self.agreed.emit()
