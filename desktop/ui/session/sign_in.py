"""Signing in: asks the portal in the network lane, has the first password changed, and says clearly what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.application.messages import Sentence, sentence
from desktop.application.session import Session
from desktop.domain.errors import Bug, Offline, Problem
from desktop.ui.background.bridge import Bridge
from desktop.ui.session.forms import PasswordForm, SignInForm

SessionFor = Callable[[str], Session]


class SignIn(QStackedWidget):
    """`session_for(url)` gives the session of that portal; called in the network lane. Signals: `signed_in()`; `late` is called
    instead when the form is gone by the time the portal has let in.
    """

    signed_in = Signal()

    def __init__(
        self,
        bridge: Bridge,
        session_for: SessionFor,
        *,
        lang: str,
        portal_url: str = "",
        username: str = "",
        fixed: bool = False,
        late: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._late = late
        self._bridge = bridge
        self._session_for = session_for
        self._lang = lang
        self._given = ("", "")
        self._form = SignInForm(portal_url=portal_url, username=username, fixed=fixed, parent=self)
        self._password = PasswordForm(first=True, parent=self)
        self.addWidget(self._form)
        self.addWidget(self._password)
        self._form.submitted.connect(self._on_submitted)
        self._password.submitted.connect(self._on_new_password)

    def focus(self) -> None:
        self._form.focus()

    def use_language(self, lang: str) -> None:
        self._lang = lang
        self._form.retranslate()
        self._password.retranslate()

    def _on_submitted(self, url: str, username: str, password: str) -> None:
        self._given = (url, username)
        self._form.show_busy(busy=True)
        self._bridge.network(
            lambda: self._session_for(url).sign_in(username, password),
            lambda must_change: self._on_landed(password, must_change=must_change),
            self._on_problem,
            on_end=self._on_end,
        )

    def _on_landed(self, password: str, *, must_change: bool) -> None:
        if isValid(self):
            self._on_answer(password, must_change=must_change)
        elif not must_change:
            self._tell_late()

    def _tell_late(self) -> None:
        """Whoever closed the form meanwhile is signed in all the same."""
        if self._late is not None:
            self._late()

    def _on_answer(self, password: str, *, must_change: bool) -> None:
        self._form.show_busy(busy=False)
        self._form.forget_password()
        if must_change:
            self.setCurrentWidget(self._password)
            self._password.ask(password)
        else:
            self.signed_in.emit()

    def _on_new_password(self, old: str, new: str) -> None:
        url, username = self._given
        self._password.show_busy(busy=True)
        self._bridge.network(
            lambda: self._session_for(url).change_password(username, old=old, new=new),
            lambda _none: self._on_changed() if isValid(self) else self._tell_late(),
            self._on_problem,
            on_end=self._on_end,
        )

    def _on_changed(self) -> None:
        self._password.show_busy(busy=False)
        self.signed_in.emit()

    def _on_end(self) -> None:
        """Also after a job that died of a bug, which has neither answer."""
        if self._form.busy or self._password.busy:
            self._on_problem(Bug("the sign-in ended without an answer"))

    def _on_problem(self, problem: Problem) -> None:
        form = self._password if self.currentWidget() is self._password else self._form
        form.show_problem(self._no_answer() if type(problem) is Offline else sentence(problem, self._lang))

    def _no_answer(self) -> Sentence:
        """Signing in needs the portal: here "go on working" would be no advice."""
        return Sentence(
            self.tr("The portal does not answer"),
            self.tr("Nothing answers at this address, or this machine has no network."),
            self.tr("Check the address and the network, then try again."),
        )


class SignInDialog(QDialog):
    """The same beside the window, when a sign-in has run out; nothing is blocked."""

    def __init__(self, inner: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tòa Soạn")
        self.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addWidget(inner)
