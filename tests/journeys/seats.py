"""Windows of several members side by side in one process, each on a home of its own, opened as the program opens them."""

from pathlib import Path
from typing import Self

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.bootstrap import Office, Options
from desktop.editor.widgets.preview_scheme import register_scheme
from tests.journeys.day.member import Member

SIZE = (1440, 900)


def application() -> QApplication:
    """The one QApplication of this process."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    register_scheme()
    app = QApplication(["toasoan-desktop"])
    app.setQuitOnLastWindowClosed(False)
    return app


def leave(app: QApplication) -> None:
    """Quit as the program does: the web engine lets go of its pages on the way out."""
    QTimer.singleShot(0, app.quit)
    app.exec()


class Seats:
    """`taken`: who sits where. Leaving the block closes every window as its owner would."""

    def __init__(self, homes: Path, url: str, *, theme: str = "light") -> None:
        self._app = application()
        self._homes = homes
        self._url = url
        self._theme = theme
        self._offices: dict[str, Office] = {}
        self.taken: dict[str, Member] = {}

    def home(self, username: str) -> Path:
        return self._homes / username

    def open(self, username: str) -> Member:
        """A window on that member's home; the sign-in while it belongs to nobody."""
        options = Options(self.home(username), portal=self._url, lang="vi", theme=self._theme)
        office = self._offices[username] = Office(self._app, options)
        assert office.open(options), f"the home of {username} cannot be opened"
        self.taken[username] = Member(lambda: _shown(office))
        return self.taken[username]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for office in self._offices.values():
            if office.window is not None:
                office.window.close()
            office.close()
        leave(self._app)


def _shown(office: Office) -> QWidget | None:
    window = office.window
    if window is None or not window.isVisible():
        return None
    if window.objectName() != "start" and window.size().width() < SIZE[0]:
        window.resize(*SIZE)
    return window
