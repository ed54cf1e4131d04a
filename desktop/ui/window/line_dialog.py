"""The way out to the portal: what is set, and a button that tries it now. Each reason of a failure has its own sentence."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Problem
from desktop.ui.background.bridge import Job
from desktop.ui.plain_label import PlainLabel
from desktop.ui.shell import Shell
from desktop.ui.theme.roles import Role, set_role

_WIDTH = 520


class LineDialog(QDialog):
    """Nothing waits for the test: it can be given up, and is with the window."""

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._job: Job | None = None
        self.setObjectName("line")
        self.setMinimumWidth(_WIDTH)
        self.setWindowTitle(self.tr("Network"))
        self._portal, self._proxy = _label(self, "line.portal"), _label(self, "line.proxy")
        self._hint, self._said = _label(self, "line.hint"), _label(self, "line.said")
        set_role(self._hint, Role.MUTED)
        self._test, self._stop = QPushButton(self.tr("Test the line"), self), QPushButton(self.tr("Give up"), self)
        self._test.setObjectName("line.test")
        set_role(self._test, Role.PRIMARY)
        self._stop.setObjectName("line.stop")
        for button in (self._test, self._stop):
            button.setAccessibleName(button.text())
        self._lay_out()
        self._test.clicked.connect(lambda _on=False: self.test())
        self._stop.clicked.connect(lambda _on=False: self._give_up())
        self.finished.connect(lambda _result: self._drop())
        self._hint.setText(
            self.tr("Set on the command line (toasoan network --proxy …) or by the administrator for all machines.")
        )
        self._show_running(running=False)
        line = shell.desk.line
        self._portal.setText(self.tr("Portal: {address}").format(address=line.address()))
        shell.bridge.pure(line.proxy, self._on_proxy, self._on_problem)

    def test(self) -> None:
        """Ask the portal once, in the pool: a sync under way is not disturbed."""
        self._said.setText(self.tr("Asking the portal…"))
        self._show_running(running=True)
        self._job = self._shell.bridge.pure(self._shell.desk.line.check, self._on_answer, self._on_problem)

    def _on_proxy(self, proxy: str) -> None:
        if isValid(self):
            named = {"system": self.tr("as the system says"), "none": self.tr("none")}
            self._proxy.setText(self.tr("Proxy: {proxy}").format(proxy=named.get(proxy, proxy)))

    def _on_answer(self, seconds: float) -> None:
        if isValid(self):
            told = self.tr("The portal answered after {time} ms. The line is in order.")
            self._end(told.format(time=max(1, round(seconds * 1000))))

    def _on_problem(self, problem: Problem) -> None:
        if isValid(self):
            said = self._shell.sentence(problem)
            self._end("\n".join(part for part in (f"{said.title}.", said.what, said.todo) if part))

    def _end(self, words: str) -> None:
        self._job = None
        self._said.setText(words)
        self._said.setAccessibleName(words)
        self._show_running(running=False)
        self.adjustSize()

    def _give_up(self) -> None:
        self._drop()
        self._said.setText(self.tr("Given up; nothing was changed."))
        self._show_running(running=False)

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show_running(self, *, running: bool) -> None:
        self._test.setEnabled(not running)
        self._stop.setVisible(running)
        (self._stop if running else self._test).setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for label in (self._portal, self._proxy, self._hint, self._said):
            layout.addWidget(label)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self._stop, self._test):
            buttons.addWidget(button)
        layout.addLayout(buttons)


def _label(parent: QWidget, name: str) -> QLabel:
    label = PlainLabel(parent=parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
