"""The first window of a home that belongs to nobody yet: sign in, in either language."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.background.bridge import Bridge
from desktop.ui.grounds import set_ground
from desktop.ui.layouts import stacked
from desktop.ui.plain_label import PlainLabel
from desktop.ui.session.sign_in import SessionFor, SignIn
from desktop.ui.theme.roles import Role, set_role


class StartWindow(QWidget):
    """Signals: `signed_in()`; `language_chosen(str)`."""

    signed_in = Signal()
    language_chosen = Signal(str)

    def __init__(self, bridge: Bridge, session_for: SessionFor, *, lang: str, portal_url: str) -> None:
        super().__init__()
        self.setObjectName("start")
        self.setWindowTitle("Tòa Soạn")
        self.resize(560, 620)
        self.sign_in = SignIn(bridge, session_for, lang=lang, portal_url=portal_url, parent=self)
        self.sign_in.signed_in.connect(self.signed_in)
        self._slogan = PlainLabel(parent=self)
        self._slogan.setWordWrap(True)
        set_role(self._slogan, Role.PORTAL_NAME)
        self._lay_out()
        self.use_language(lang)
        self.sign_in.focus()

    def use_language(self, lang: str) -> None:
        self.sign_in.use_language(lang)
        self._slogan.setText(self.tr("The editorial desk of the portal. It works with no network at all."))

    def _lay_out(self) -> None:
        head = QFrame(self)
        set_ground(head, Role.NAVIGATION)
        brand = PlainLabel("Tòa Soạn", head)
        set_role(brand, Role.BRAND)
        words = QVBoxLayout(head)
        words.setContentsMargins(28, 20, 28, 20)
        words.addWidget(brand)
        words.addWidget(self._slogan)
        card = QFrame(self)
        set_role(card, Role.CARD)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.addWidget(self.sign_in)
        languages = QHBoxLayout()
        languages.addStretch(1)
        for code, name in (("vi", "Tiếng Việt"), ("en", "English")):
            button = QPushButton(name, self)
            button.setObjectName(f"start.language.{code}")
            set_role(button, Role.LINK)
            button.clicked.connect(lambda _checked=False, code=code: self.language_chosen.emit(code))
            languages.addWidget(button)
        languages.addStretch(1)
        body = QVBoxLayout()
        body.setContentsMargins(28, 24, 28, 16)
        body.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        body.addStretch(1)
        body.addLayout(languages)
        layout = stacked(self)
        layout.addWidget(head)
        layout.addLayout(body, 1)
