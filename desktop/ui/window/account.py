"""Who works here, in the window: signing in again, changing the password, signing out, and the word about the keyring."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.application.records import Account
from desktop.ui.actions import ActionTable
from desktop.ui.notices import Notice
from desktop.ui.session.password_change import PasswordChange
from desktop.ui.session.sign_in import SignIn, SignInDialog
from desktop.ui.shell import Shell


class AccountActions(QObject):
    """Signals: `signed_in()`, `signed_out()`."""

    signed_in = Signal()
    signed_out = Signal()

    def __init__(self, shell: Shell, table: ActionTable, *, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._window = window
        self._notice = notice
        self._dialog: SignInDialog | None = None
        self._saying: Callable[[], None] = self.say_keyring
        table.on("sign-in", self.ask)
        table.on("password", self.ask_password)
        table.on("sign-out", self.sign_out)
        notice.pressed.connect(self.ask)

    def say_needed(self) -> None:
        """The portal does not know this sign-in any more: everything works, nothing is sent."""
        self._saying = self.say_needed
        self._notice.say(
            self.tr("Your sign-in has run out. You can go on writing; nothing is sent until you sign in again."),
            button=self.tr("Sign in…"),
        )

    def say_keyring(self) -> None:
        """Once, where there is no secure place for secrets. Source: QĐ 2567/2007/QĐ-UBND Điều 11."""
        if not self._shell.desk.session.secure:
            self._saying = self.say_keyring
            text = self.tr("This machine has no secure keyring: the sign-in lasts until the window is closed.")
            self._notice.say(text)

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
        self._shell.bridge.network(self._shell.desk.session.sign_out, self._on_signed_out)

    def _open_sign_in(self, account: Account | None) -> None:
        session = self._shell.desk.session
        form = SignIn(
            self._shell.bridge,
            lambda _url: session,
            lang=self._shell.lang,
            portal_url=account.portal_url if account else "",
            username=account.username if account else "",
            fixed=account is not None,
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
        self.say_keyring()
        self.signed_in.emit()

    def _on_signed_out(self, _none: None) -> None:
        self.say_needed()
        self.signed_out.emit()
