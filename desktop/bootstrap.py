"""Starts the window: Qt, fonts, theme, language, the desk of a home, and one window per home.

A second start for the same home raises the first window and exits with 0.
"""

import argparse
import gc
import getpass
import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop.application.desk import Desk
from desktop.application.messages import sentence
from desktop.application.session import Session
from desktop.domain.errors import Bug, HomeBusy, NotFound, Problem
from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.settings import default_home
from desktop.ui.background.bridge import Bridge
from desktop.ui.i18n import Languages
from desktop.ui.session.start_window import StartWindow
from desktop.ui.shell import Shell, read_bearings
from desktop.ui.theme.appearance import Appearance
from desktop.ui.window.choices import remembered
from desktop.ui.window.main_window import MainWindow, Surroundings
from desktop.ui.window.memory import Memory
from desktop.wiring import open_desk, renderer

log = logging.getLogger(__name__)

_CANNOT_START = 4
_REACH_MS = 500
# What is reckoned beside the window must not make it wait: the interpreter changes threads this often (default 5 ms). A key
# asks for it some fifty times while it is painted.
_SWITCH_S = 0.0002
_LOG_BYTES = 1_000_000


@dataclass(frozen=True)
class Options:
    """The command line. `roles`: the homes of the demo's members, by label."""

    home: Path
    portal: str = ""
    lang: str = ""
    theme: str = ""
    roles: tuple[tuple[str, Path], ...] = ()


def run(argv: Sequence[str]) -> int:
    """The window until it is closed; `argv` with the program's name first. Exit codes: 0, or 4 when a home cannot be opened."""
    options, rest = parse(argv)
    register_scheme()
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication([argv[0], *rest])
    app.setApplicationName("Tòa Soạn")
    app.setApplicationVersion(_version())
    app.setQuitOnLastWindowClosed(False)
    if raised(options.home):
        return 0
    office = Office(app, options)
    sys.excepthook = office.on_exception
    if not office.open(options):
        return 0 if raised(options.home) else _CANNOT_START  # two starts in the same moment
    write_log(options.home)
    gc.freeze()  # what is loaded by now stays: the collector, for which everything waits, need not look through it again
    code = app.exec()
    office.close()
    return code


def parse(argv: Sequence[str]) -> tuple[Options, list[str]]:
    """Our options, and what is left for Qt."""
    parser = argparse.ArgumentParser(prog="toasoan-desktop")
    parser.add_argument("--home", type=Path, help="the data folder of one member of one portal")
    parser.add_argument("--portal", default="", help="address of the portal, for a home that belongs to nobody yet")
    parser.add_argument("--lang", choices=("vi", "en"), default="")
    parser.add_argument("--theme", choices=("system", "light", "dark"), default="")
    parser.add_argument("--roles", type=Path, help="a JSON list of {label, home}: the members of a demo")
    given, rest = parser.parse_known_args(list(argv[1:]))
    home = (given.home or default_home()).resolve()
    roles = _roles(given.roles) if given.roles else ()
    return Options(home, given.portal, given.lang, given.theme, roles), rest


def server_name(home: Path) -> str:
    """The local socket of the window that holds `home`; other users of the machine have others."""
    return "toasoan-" + hashlib.sha256(f"{getpass.getuser()}:{home.resolve()}".encode()).hexdigest()[:20]


def raised(home: Path) -> bool:
    """Whether a window for `home` is open already; it has been raised then."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(home))
    if not socket.waitForConnected(_REACH_MS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_REACH_MS)
    socket.disconnectFromServer()
    return True


def write_log(home: Path) -> None:
    """Warnings and errors of this window go to a file in its home, for whoever helps; a person never sees a traceback."""
    path = home / "window.log"
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)


class Office(QObject):
    """Holds the desk of one home at a time and the window on it; changes homes in the demo."""

    def __init__(self, app: QApplication, options: Options) -> None:
        super().__init__(app)
        self._app = app
        language, theme = remembered(Memory(options.home), lang=options.lang, theme=options.theme)
        self._appearance = Appearance(app, theme)
        self._languages = Languages(app)
        self._languages.install(language)
        self._options = options
        self._stack = ExitStack()
        self._bridge: Bridge | None = None
        self._shell: Shell | None = None
        self._window: QWidget | None = None
        self._server: QLocalServer | None = None

    @property
    def window(self) -> QWidget | None:
        return self._window

    def open(self, options: Options) -> bool:
        """The window of a home: at work, or signing in when it belongs to nobody. False: told, and nothing is open."""
        self._options = options
        self._bridge = Bridge(self)
        try:
            self._show_desk(self._desk(options.portal))
        except NotFound:
            self._show_start()
        except Problem as problem:
            if not (isinstance(problem, HomeBusy) and raised(options.home)):
                self._say(problem)
            return False
        self._listen(options.home)
        return True

    def close(self) -> None:
        """Let go of the home; what was typed is written first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._bridge is not None and not self._bridge.shutdown():
            log.error("the store lane did not finish in time")
        self._stack.close()
        self._stack = ExitStack()
        if self._window is not None:
            self._window.deleteLater()
        self._window = self._shell = self._bridge = None

    def change_home(self, home: Path) -> None:
        """Another member's home in place of this one (demo only)."""
        if isinstance(self._window, MainWindow):
            self._window.closed.disconnect(self._app.quit)
            self._window.close()
        QTimer.singleShot(0, self, partial(self._reopen, home))

    def reopen_desk(self, portal: str) -> Desk:
        """The desk of this home for another portal; only while it belongs to nobody."""
        self._stack.close()
        self._stack = ExitStack()
        return self._desk(portal)

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Whatever escaped a slot: logged, and told without a traceback."""
        log.error("unexpected", exc_info=(kind, error, trace))
        if self._shell is not None:
            self._shell.tell(Bug(f"{kind.__name__}: {error}"))

    def _reopen(self, home: Path) -> None:
        self.close()
        if not self.open(replace(self._options, home=home)):
            self._app.exit(_CANNOT_START)

    def _desk(self, portal: str) -> Desk:
        bridge = self._bridge
        if bridge is None:
            raise Bug("no bridge")
        opened = open_desk(self._options.home, portal_url=portal or None, announce=bridge.announce)
        return self._stack.enter_context(opened)

    def _show_desk(self, desk: Desk) -> None:
        bearings = read_bearings(desk)
        if bearings is None:
            self._show_start(desk)
            return
        bridge = self._bridge
        if bridge is None:
            raise Bug("no bridge")
        self._shell = Shell(desk, bridge, lang=self._languages.language, parent=self)
        self._shell.adopt(bearings)
        window = MainWindow(self._shell, self._surroundings())
        window.closed.connect(self._app.quit)
        self._window = window
        window.show()
        window.begin()

    def _show_start(self, desk: Desk | None = None) -> None:
        bridge = self._bridge
        if bridge is None:
            raise Bug("no bridge")
        desks = Desks(self, desk, self._options.portal)
        window = StartWindow(bridge, desks.session, lang=self._languages.language, portal_url=self._options.portal)
        window.language_chosen.connect(self._languages.install)
        self._languages.changed.connect(window.use_language)
        window.signed_in.connect(partial(self._on_signed_in, desks))
        self._window = window
        self._app.setQuitOnLastWindowClosed(True)
        window.show()

    def _on_signed_in(self, desks: "Desks") -> None:
        self._app.setQuitOnLastWindowClosed(False)
        start = self._window
        if desks.desk is not None:
            self._show_desk(desks.desk)
        if start is not None:
            start.hide()
            start.deleteLater()

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            home=self._options.home,
            renderer=renderer(),
            appearance=self._appearance,
            languages=self._languages,
            roles=self._options.roles,
            reopen=self.change_home if self._options.roles else None,
        )

    def _listen(self, home: Path) -> None:
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(server_name(home))  # of a process that was killed; the home's lock is what counts
        if server.listen(server_name(home)):
            server.newConnection.connect(self._on_second_start)
            self._server = server

    def _on_second_start(self) -> None:
        if self._server is not None:
            self._server.nextPendingConnection().deleteLater()
        window = self._window
        if window is not None:
            if window.isMinimized():
                window.showNormal()
            window.raise_()
            window.activateWindow()

    def _say(self, problem: Problem) -> None:
        said = sentence(problem, self._languages.language)
        QMessageBox.critical(None, "Tòa Soạn", f"{said.title}\n\n{said}")


class Desks:
    """The desk of a home that belongs to nobody: opened for the address that is typed, again for another one."""

    def __init__(self, office: Office, desk: Desk | None, portal: str) -> None:
        self._office = office
        self._portal = portal
        self.desk = desk

    def session(self, portal: str) -> Session:
        """Called in the network lane. A home without an account may still change its mind about the portal."""
        if self.desk is None or portal != self._portal:
            self.desk, self._portal = self._office.reopen_desk(portal), portal
        return self.desk.session


def _roles(path: Path) -> tuple[tuple[str, Path], ...]:
    listed = json.loads(path.read_text(encoding="utf-8"))
    return tuple((str(item["label"]), Path(item["home"]).resolve()) for item in listed)


def _version() -> str:
    try:
        return version("toasoan")
    except PackageNotFoundError:
        return "0"
