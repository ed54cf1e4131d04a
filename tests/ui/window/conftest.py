"""A real window on a real desk filled with the demo's story; the portal is away unless a test says otherwise."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.application.ports import Store
from desktop.editor.text.render import MarkdownRenderer
from desktop.ui.background.bridge import Bridge
from desktop.ui.i18n import Languages
from desktop.ui.shell import Shell, read_bearings
from desktop.ui.theme.appearance import Appearance
from desktop.ui.window.main_window import MainWindow, Surroundings
from tests.support.seeded_desk import Seeded, seeded


@dataclass
class Opened:
    """A window and what stands behind it."""

    window: MainWindow
    seeded: Seeded
    bridge: Bridge
    home: Path

    @property
    def store(self) -> Store:
        return self.seeded.store


Open = Callable[..., Opened]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """`open_window("ctv.vanhoa", fill=…)`: shown, with its first list loaded; closed after the test."""
    stack = ExitStack()

    def opener(
        username: str, *, fill: Callable[[Seeded], None] | None = None, secure: bool = True, home: Path | None = None
    ) -> Opened:
        return stack.enter_context(_opened(qtbot, qapp, home or tmp_path / username, username, fill, secure))

    yield opener
    stack.close()


@contextmanager
def _opened(
    qtbot: QtBot,
    app: QApplication,
    home: Path,
    username: str,
    fill: Callable[[Seeded], None] | None,
    secure: bool,  # noqa: FBT001  passed on
) -> Iterator[Opened]:
    appearance, languages = (
        app.findChild(Appearance) or Appearance(app, "light"),
        app.findChild(Languages) or Languages(app),
    )
    appearance.choose("light")
    languages.install("vi")
    home.mkdir(parents=True, exist_ok=True)
    bridge = Bridge()
    with contextmanager(seeded)(None, username, bridge.announce, secure=secure, originals=home) as given:
        if fill is not None:
            fill(given)
        shell = Shell(given.desk, bridge, lang="vi")
        shell.adopt(read_bearings(given.desk))
        window = MainWindow(shell, Surroundings(home, MarkdownRenderer(), appearance, languages))
        with qtbot.waitSignal(window.list.model.loaded, timeout=10_000):
            window.show()
            window.begin()
        yield Opened(window, given, bridge, home)
        window.close()
        assert bridge.shutdown()
        window.deleteLater()
        bridge.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
