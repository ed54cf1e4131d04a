"""The two forms of signing in: who and where, and the first password that must be changed. They only collect and show."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.application.messages import Sentence
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme.roles import Role, set_role, set_tone
from desktop.ui.theme.tokens import Tone


class _Form(QWidget):
    """Lines, a message, a bar that moves while the portal is asked, and one button."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = PlainLabel(parent=self)
        self._title.setWordWrap(True)
        set_role(self._title, Role.HEADING)
        self._text = PlainLabel(parent=self)
        self._text.setWordWrap(True)
        set_role(self._text, Role.MUTED)
        self._rows = QFormLayout()
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._rows.setVerticalSpacing(6)
        self._message = PlainLabel(parent=self)
        self._message.setObjectName(f"{name}.message")
        self._message.setWordWrap(True)
        set_tone(self._message, Tone.BAD)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._button = QPushButton(self)
        self._button.setObjectName(f"{name}.submit")
        set_role(self._button, Role.PRIMARY)
        self._button.clicked.connect(lambda _checked=False: self._submit())
        self._lines: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self.show_busy(busy=False)

    def show_problem(self, said: Sentence) -> None:
        self.show_busy(busy=False)
        self._message.setText(f"{said.title}. {said}")
        self._message.show()
        self._to_secret()

    @property
    def busy(self) -> bool:
        return not self._busy.isHidden()

    def show_busy(self, *, busy: bool) -> None:
        """While the portal is asked nothing can be sent twice."""
        self._busy.setVisible(busy)
        self._message.hide()
        self._button.setEnabled(not busy)
        for line in self._lines.values():
            line.setEnabled(not busy)

    def _line(self, name: str, *, secret: bool = False) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"{self.objectName()}.{name}")
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        line.returnPressed.connect(self._submit)
        label = PlainLabel(parent=self)
        label.setBuddy(line)
        set_role(label, Role.FIELD_LABEL)
        self._rows.addRow(label, line)
        self._lines[name], self._labels[name] = line, label
        return line

    def _name_lines(self, words: dict[str, str]) -> None:
        for name, text in words.items():
            self._labels[name].setText(text)
            self._lines[name].setAccessibleName(text)

    def _to_secret(self) -> None:
        """The keyboard goes back to the password, ready to be typed over: lines that were shut off have lost it."""
        shown = [line for line in self._lines.values() if line.echoMode() is QLineEdit.EchoMode.Password]
        line = next((line for line in shown if not line.isHidden()), None)
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _submit(self) -> None:
        raise NotImplementedError

    def _lay_out(self) -> None:
        button = QHBoxLayout()
        button.addStretch(1)
        button.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addLayout(self._rows)
        layout.addWidget(self._message)
        layout.addWidget(self._busy)
        layout.addLayout(button)
        layout.addStretch(1)  # the taller form of the two gives the height


class SignInForm(_Form):
    """Signals: `submitted(str, str, str)` with portal URL, user name, password."""

    submitted = Signal(str, str, str)

    def __init__(self, *, portal_url: str, username: str, fixed: bool, parent: QWidget | None = None) -> None:
        """`fixed`: the home belongs to this portal and member already."""
        super().__init__("sign-in", parent)
        self._fixed = fixed
        self._url = self._line("portal")
        self._url.setPlaceholderText("https://…")
        self._username = self._line("username")
        self._password = self._line("password", secret=True)
        self._url.setText(portal_url)
        self._username.setText(username)
        for line in (self._url, self._username):
            line.setReadOnly(fixed)
        self.retranslate()

    def focus(self) -> None:
        """The first line that is empty."""
        empty = [line for line in (self._url, self._username, self._password) if not line.text()]
        (empty[0] if empty else self._password).setFocus()

    def forget_password(self) -> None:
        self._password.clear()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Sign in to the portal"))
        first = self.tr("The first sign-in needs the network once; afterwards everything works without it.")
        again = self.tr("Your work is on this machine. What waits is sent once you are signed in.")
        self._text.setText(again if self._fixed else first)
        self._name_lines(
            {
                "portal": self.tr("Address of the portal"),
                "username": self.tr("User name"),
                "password": self.tr("Password"),
            }
        )
        self._button.setText(self.tr("Sign in"))

    def _submit(self) -> None:
        url, username, password = self._url.text().strip(), self._username.text().strip(), self._password.text()
        if not (url and username and password):
            self.focus()
        elif self._button.isEnabled():
            if "://" not in url:
                url = f"https://{url}"
                self._url.setText(url)
            if _is_address(url):
                self.submitted.emit(url, username, password)
            else:
                self._message.setText(
                    self.tr("This is not the address of a site. It looks like https://portal.example.")
                )
                self._message.show()
                self._url.setFocus()


def _is_address(text: str) -> bool:
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    return url.isValid() and bool(url.host()) and url.scheme() in {"http", "https"}


class PasswordForm(_Form):
    """Source: QĐ 2567/2007/QĐ-UBND Điều 11.2. Signals: `submitted(str, str)` with old and new password."""

    submitted = Signal(str, str)

    def __init__(self, *, first: bool, parent: QWidget | None = None) -> None:
        """`first`: the old password was typed a moment ago and is not asked for again."""
        super().__init__("password", parent)
        self._first = first
        self._given = ""
        self._old = self._line("old", secret=True)
        self._new = self._line("new", secret=True)
        self._again = self._line("again", secret=True)
        self._rows.setRowVisible(self._old, not first)
        self.retranslate()

    def ask(self, old: str = "") -> None:
        """`old`: the password that was just accepted."""
        self._given = old
        for line in (self._old, self._new, self._again):
            line.clear()
        self.show_busy(busy=False)
        (self._new if self._first else self._old).setFocus()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Choose a new password") if self._first else self.tr("Change the password"))
        self._text.setText(
            self.tr(
                "The password you were given works once. Choose one that only you know; it is never stored on this machine."
            )
            if self._first
            else self.tr("Choose one that only you know; it is never stored on this machine.")
        )
        self._name_lines(
            {
                "old": self.tr("Present password"),
                "new": self.tr("New password"),
                "again": self.tr("New password, again"),
            }
        )
        self._button.setText(self.tr("Change password"))

    def _submit(self) -> None:
        old, new = self._given or self._old.text(), self._new.text()
        if not (old and new and self._again.text()):
            (self._new if old else self._old).setFocus()
        elif new != self._again.text():
            self._message.setText(self.tr("The two new passwords are not the same."))
            self._message.show()
        elif self._button.isEnabled():
            self.submitted.emit(old, new)
