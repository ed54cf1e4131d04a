"""A member of the board in front of their own window: what each step of the day is, in keys and clicks."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QListView

from tests.journeys.day.patient import Patient
from tests.journeys.day.story import Article, Regulation
from tests.journeys.eyes import wait_until

CHOICES: Final = frozenset({"section", "loai_van_ban", "tinh_trang"})
BODY: Final = "editor.text"


class Member(Patient):
    """Everything returns when it shows."""

    def sign_in(self, url: str, username: str, password: str, *, new: str = "") -> None:
        """Through the sign-in form; `new` where the first password must be changed."""
        self.front()
        self.write("sign-in.portal", url)
        self.write("sign-in.username", username)
        self.write("sign-in.password", password)
        self.insist("sign-in", "password.new" if new else "nav.drafts")
        if new:
            self.write("password.new", new)
            self.write("password.again", new)
            self.insist("password", "nav.drafts")

    # --- writing

    def begin(self, kind: str) -> None:
        """Ctrl+N and the kind."""
        self.front()
        self.take("Ctrl+N", ("compose.menu", f"compose.{kind}"))
        wait_until(lambda: self.look("field.title") and not self.words("field.title"), what="an empty page")

    def write_article(self, article: Article) -> None:
        """Every character by key; one syllable through the input method."""
        self.write("field.title", article.title)
        self.write("field.summary", article.summary)
        self.choose("field.section", article.section)
        self.write("field.source.name", article.source)
        self.click(BODY)
        self.type(article.body)

    def enter_regulation(self, regulation: Regulation) -> None:
        """Metadata by key, the whole text from the clipboard."""
        self.write("field.title", regulation.title)
        self.click(BODY)
        self.paste(regulation.text)
        self.fill(regulation.facts)

    def fill(self, facts: Mapping[str, str]) -> None:
        """Field name → words as a person writes them."""
        for name, words in facts.items():
            if name in CHOICES:
                self.choose(f"field.{name}", words)
            else:
                self.write(f"field.{name}", words)

    def replace(self, old: str, new: str) -> None:
        """Find words in the text and type others over them."""
        self.click(BODY)
        self.press("Ctrl+F")
        self.type(old)
        self.press("Return")
        self.press("Escape")
        self.type(new)

    # --- deciding

    def open(self, box: str, title: str) -> None:
        """A row of a box; syncs until it is there."""
        self.go_to(box)
        self.refresh_until(lambda: self.row(title), what=f"{title!r} in {box}")
        self.click_row(title)
        self.refresh_until(lambda: self.is_open(title), what=f"{title!r} to be open")

    def go_to(self, box: str) -> None:
        """Another box; the list is the new one when this returns."""
        self.front()
        if self.see_as(QAbstractButton, f"nav.{box}").isChecked():
            return
        changed: list[bool] = []
        rows = self.window.findChild(QListView, "list.rows")  # hidden while the list is empty
        assert isinstance(rows, QListView), "the window has no list"
        model = rows.model()
        connection = model.modelReset.connect(lambda: changed.append(True))
        self.click(f"nav.{box}")
        wait_until(lambda: changed, what=f"the list of {box}")
        model.modelReset.disconnect(connection)

    def is_open(self, title: str) -> bool:
        """Whether that entry stands in the work area, with its text."""
        read = title == self.words("reading.title") and self.look("card.checks") is not None
        return read or title == self.words("field.title")

    def forward(self) -> None:
        """Ctrl+Enter: send, verify or publish, whatever this member's step is."""
        self.refresh_until(lambda: self.may("forward"), what="the way forward to be free")
        self.click("button.forward")

    def send_back(self, reason: str) -> None:
        """Return with a reason."""
        self.press("Ctrl+Backspace")
        self.see("ask.reason")
        self.type(reason)
        self.press("Ctrl+Return")
