"""The demo's window: signs the demo's members in by itself, in the form a person would fill in; *Đổi vai* opens another's home.

The accounts come as JSON on stdin, never on the command line.
"""

import argparse
import json
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from desktop.bootstrap import Office, Options
from desktop.editor.widgets.preview_scheme import register_scheme

_LOOK_MS: Final = 200
_LOOKS: Final = 100
Found = TypeVar("Found", bound=QWidget)


def main(arguments: Sequence[str] | None = None) -> int:
    """Until the window is closed."""
    parser = argparse.ArgumentParser(prog="python -m tools.run_window", description=__doc__)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--homes", type=Path, required=True)
    parser.add_argument("--first", required=True, help="whose window opens first")
    chosen = parser.parse_args(arguments)
    accounts = json.load(sys.stdin)
    register_scheme()
    app = QApplication(["toasoan-desktop"])
    app.setApplicationName("Tòa Soạn")
    app.setQuitOnLastWindowClosed(False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
    office = demo_office(app, chosen.portal, chosen.homes, accounts=accounts, first=chosen.first)
    sys.excepthook = office.on_exception
    if not office.open(office.first):
        return 4
    code = app.exec()
    office.close()
    return code


def demo_office(
    app: QApplication, portal: str, homes: Path, *, accounts: Iterable[Mapping[str, Any]], first: str
) -> "DemoOffice":
    """An office that knows the demo's members; `first` names whose home opens."""
    listed = list(accounts)
    roles = tuple((f"{one['label']['vi']} ({one['username']})", homes / one["username"]) for one in listed)
    options = Options(homes / first, portal=portal, lang="vi", roles=roles)
    return DemoOffice(app, options, {one["username"]: one["password"] for one in listed})


class DemoOffice(Office):
    """Fills in the sign-in form of each home once, when it opens."""

    def __init__(self, app: QApplication, options: Options, passwords: Mapping[str, str]) -> None:
        super().__init__(app, options)
        self.first = options
        self._passwords = passwords
        self._username = ""
        self._left = 0
        # It also lets Python see signals while Qt's loop runs.
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._sign_in)
        self._look.start()

    def open(self, options: Options) -> bool:
        self._username, self._left = options.home.name, _LOOKS
        return super().open(options)

    def _sign_in(self) -> None:
        window = self.window
        if not self._left or window is None:
            return
        self._left -= 1
        password = _shown(window, QLineEdit, "sign-in.password")
        if password is None:
            again = _shown(window, QAbstractButton, "session.notice.button")
            if again is not None:
                again.click()
            return
        self._left = 0
        for name, text in (("username", self._username), ("password", self._passwords[self._username])):
            line = _shown(window, QLineEdit, f"sign-in.{name}")
            if line is not None and not line.isReadOnly():
                line.setText(text)
        submit = _shown(window, QAbstractButton, "sign-in.submit")
        if submit is not None:
            submit.click()


def _shown(window: QWidget, kind: type[Found], name: str) -> Found | None:
    return next((found for found in window.findChildren(kind, name) if found.isVisible()), None)


if __name__ == "__main__":
    sys.exit(main())
