"""Changing one's own password later on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Bug, Problem
from desktop.ui.session.forms import PasswordForm
from desktop.ui.shell import Shell


class PasswordChange(PasswordForm):
    """Signals: `changed()`."""

    changed = Signal()

    def __init__(self, shell: Shell, username: str, parent: QWidget | None = None) -> None:
        super().__init__(first=False, parent=parent)
        self._shell = shell
        self._username = username
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self, old: str, new: str) -> None:
        session = self._shell.desk.session
        self.show_busy(busy=True)
        self._shell.bridge.network(
            lambda: session.change_password(self._username, old=old, new=new),
            self._on_done,
            self._on_problem,
            on_end=self._on_end,
        )

    def _on_done(self, _none: None) -> None:
        self.show_busy(busy=False)
        self.changed.emit()

    def _on_end(self) -> None:
        """Also after a job that died of a bug, which has neither answer."""
        if self.busy:
            self._on_problem(Bug("the change of the password ended without an answer"))

    def _on_problem(self, problem: Problem) -> None:
        self.show_problem(self._shell.sentence(problem))
