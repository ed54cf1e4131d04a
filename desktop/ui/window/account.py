"""Who works here, in the window: signing in again, changing the password, signing out, and the word about the keyring."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.application.records import Account, SyncStatus
from desktop.domain.errors import Problem
from desktop.ui.actions import ActionTable
from desktop.ui.notices import Notice
from desktop.ui.session.password_change import PasswordChange
from desktop.ui.session.sign_in import SignIn, SignInDialog
from desktop.ui.shell import Shell


class AccountActions(QObject):
    """Signals: `signed_in()`, `signed_out()`; `export_wanted()` from the word before a sign-out."""

    signed_in = Signal()
    signed_out = Signal()
    export_wanted = Signal()

    def __init__(self, shell: Shell, table: ActionTable, *, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        self._notice = notice
        self._dialog: SignInDialog | None = None
        self._saying: Callable[[], None] = self.say_keyring
        self._pressed: Callable[[], None] = self.ask
        self._waiting = 0
        self._left = False
        table.on("sign-in", self.ask)
        table.on("password", self.ask_password)
        table.on("sign-out", self.sign_out)
        notice.pressed.connect(self._on_pressed)
        self._export = notice.offer("session.notice.export", "", self.export_wanted.emit)
        self._export.hide()

    def say_needed(self) -> None:
        """The portal does not know this sign-in any more: everything works, nothing is sent."""
        self._saying, self._pressed = self.say_needed, self.ask
        ran_out = self.tr("Your sign-in has run out. You can go on writing; nothing is sent until you sign in again.")
        left = self.tr("You are signed out. You can go on writing; what waits is sent after the next sign-in.")
        self._say(left if self._left else ran_out, button=self.tr("Sign in…"))

    def say_waiting(self) -> None:
        """Before a sign-out that leaves something unsent."""
        self._saying, self._pressed = self.say_waiting, self._leave
        text = self.tr(
            "%n operation(s) still to send. Signed out, they stay on this machine until the next sign-in.",
            "",
            self._waiting,
        )
        self._say(text, button=self.tr("Sign out all the same"))
        words = self.tr("Export what is unsent…")
        self._export.setText(words)
        self._export.setAccessibleName(words)
        self._export.show()

    def _say(self, text: str, *, button: str = "") -> None:
        self._export.hide()
        self._notice.say(text, button=button)

    def say_keyring(self) -> None:
        """Once, where there is no secure place for secrets. Source: QĐ 2567/2007/QĐ-UBND Điều 11."""
        if not self._shell.desk.session.secure:
            self._saying, self._pressed = self.say_keyring, self.ask
            text = self.tr("This machine has no secure keyring: the sign-in lasts until the window is closed.")
            self._say(text)

    def retranslate(self) -> None:
        """What is being said, in the language of now."""
        if not self._notice.isHidden():
            self._saying()

    def ask(self) -> None:
        """The sign-in form of this home's member."""
        self._shell.bridge.store(self._shell.desk.session.account, self._open_sign_in)

    def ask_password(self) -> None:
        self._shell.bridge.store(self._shell.desk.session.account, self._open_password)

    def sign_out(self) -> None:
        """At once, or after a word about what was not sent yet."""
        self._shell.bridge.store(self._shell.desk.exchange.status, self._on_counted)

    def _on_counted(self, status: SyncStatus) -> None:
        self._waiting = status.waiting
        if self._waiting:
            self.say_waiting()
        else:
            self._leave()

    def _leave(self) -> None:
        # Signed out here whatever the portal answers, or does not.
        self._shell.bridge.network(self._shell.desk.session.sign_out, self._on_signed_out, self._on_signed_out)

    def _on_pressed(self) -> None:
        self._pressed()

    def _open_sign_in(self, account: Account | None) -> None:
        session = self._shell.desk.session
        form = SignIn(
            self._shell.bridge,
            lambda _url: session,
            lang=self._shell.lang,
            portal_url=account.portal_url if account else "",
            username=account.username if account else "",
            fixed=account is not None,
            late=self._on_signed_in,
        )
        form.signed_in.connect(self._on_signed_in)
        self._show(form)
        form.focus()

    def _open_password(self, account: Account | None) -> None:
        if account is not None:
            form = PasswordChange(self._shell, account.username)
            form.changed.connect(self._on_signed_in)
            self._show(form)
            form.ask()

    def _show(self, form: QWidget) -> None:
        if self._dialog is not None:
            self._dialog.destroyed.disconnect(self._on_closed)  # it goes later, when the next one is here
            self._dialog.close()
        self._dialog = SignInDialog(form, self._window)
        self._dialog.destroyed.connect(self._on_closed)
        self._dialog.show()

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_signed_in(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
        self._notice.hide()
        self._left = False
        self.say_keyring()
        self.signed_in.emit()

    def _on_signed_out(self, _answer: Problem | None) -> None:
        self._left = True
        self.say_needed()
        self.signed_out.emit()
