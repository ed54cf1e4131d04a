"""A member of the board in front of their own window: what each step of the day is, in keys and clicks."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QListView

from tests.journeys.day.story import Article, Regulation
from tests.journeys.eyes import Found, NotSeenError, breathe, wait_until
from tests.journeys.hands import Person

CHOICES: Final = frozenset({"section", "loai_van_ban", "tinh_trang"})
BODY: Final = "editor.text"
ONLINE: Final = "Trực tuyến"
SYNCING: Final = "Đang đồng bộ"
_GLIMPSE: Final = 0.5
_LONG: Final = 60.0
_AGAIN: Final = 0.6  # seconds between two F5 of an impatient person


class Member(Person):
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

    def insist(self, form: str, then: str) -> None:
        """Press the form's button, again whenever the form says that it did not work, until `then` shows."""
        self.click(f"{form}.submit")
        said = ""

        def through() -> bool:
            nonlocal said
            if self.look(then) is not None:
                return True
            button = self.look(f"{form}.submit")
            if self.look(f"{form}.message") is not None and button is not None and button.isEnabled():
                said = self.words(f"{form}.message")
                self.click(f"{form}.submit")
            return False

        try:
            wait_until(through, what=f"{then!r} after {form!r}", seconds=_LONG)
        except NotSeenError as error:
            raise NotSeenError(f"{error}; it said {said!r}") from None

    def refresh_until(self, condition: Callable[[], Found | None], *, what: str) -> Found:
        """F5 now and then, until `condition` holds."""
        end, pressed = time.monotonic() + _LONG, 0.0
        while True:
            found = condition()
            if found:
                return found
            now = time.monotonic()
            if now > end:
                raise NotSeenError(f"pressed F5 for {_LONG:g} s in vain for {what}; {self.words('status.network')!r}")
            if now - pressed > _AGAIN:
                pressed = now
                self.front()
                self.press("F5")
            breathe()

    def send_all(self) -> None:
        """F5, again whenever it did not work, until the portal has everything that was done here."""
        end = time.monotonic() + _LONG
        while True:
            self.front()
            self.press("F5")
            self._glimpse(self._syncing)
            wait_until(lambda: not self._syncing(), what="the sync to end")
            if self.words("status.network").startswith(ONLINE) and self.look("status.waiting") is None:
                return
            if time.monotonic() > end:
                raise NotSeenError(f"{self.words('status.waiting')!r} after {_LONG:g} s of F5")

    def _syncing(self) -> bool:
        return self.words("status.network").startswith(SYNCING)

    def _glimpse(self, condition: Callable[[], bool]) -> None:
        """Look for something that may be over before one has looked."""
        end = time.monotonic() + _GLIMPSE
        while not condition() and time.monotonic() < end:
            breathe(5)

    def until_saved(self) -> None:
        """The window says that everything typed is on disk."""
        wait_until(lambda: self.note().startswith("✓"), what="the window to say that it is saved")

    def note(self) -> str:
        """What stands beside the steps: saved when."""
        steps = self.look("document.steps") or self.look("reading.steps")
        return steps.accessibleDescription() if steps is not None else ""

    def gone_from_list(self, title: str) -> None:
        """The row leaves the box once the step is taken."""
        wait_until(lambda: self.row(title) is None, what=f"{title!r} to leave the list")

    def waits(self, count: int) -> None:
        """The status bar says how many operations wait."""
        self.read("status.waiting", str(count))

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
        return title in {self.words("reading.title"), self.words("field.title")}

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
