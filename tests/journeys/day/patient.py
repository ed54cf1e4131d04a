"""Waiting as a person does: press again, look again, until it shows or patience is over."""

import time
from collections.abc import Callable
from typing import Final

from tests.journeys.eyes import Found, NotSeenError, breathe, wait_until
from tests.journeys.hands import Person

ONLINE: Final = "Trực tuyến"
SYNCING: Final = "Đang đồng bộ"
_GLIMPSE: Final = 0.5
_LONG: Final = 60.0
_AGAIN: Final = 0.6  # seconds between two F5 of an impatient person


class Patient(Person):
    """A member who waits."""

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
