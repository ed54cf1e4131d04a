"""Starting: one window per home, a home of nobody asks to sign in, a home that is held by another program is told."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Office, Options, parse, raised
from desktop.store import open_store
from desktop.store.home_lock import locked
from desktop.ui.session.start_window import StartWindow
from desktop.ui.window.main_window import MainWindow
from desktop.wiring import SystemClock
from tests.support.poll import until
from tests.support.seeded_desk import fill

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 10_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that belongs to a contributor."""
    with closing(open_store(tmp_path / "home", clock=SystemClock())) as store:
        fill(store, "ctv.vanhoa")
    return tmp_path / "home"


@pytest.fixture
def office(qapp: QApplication, home: Path) -> Iterator[Office]:
    made = Office(qapp, Options(home))
    yield made
    made.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_command_line_names_the_home_and_leaves_qt_its_own(tmp_path: Path) -> None:
    options, rest = parse(["toasoan-desktop", "--home", str(tmp_path), "--lang", "en", "-platform", "offscreen"])
    assert (options.home, options.lang, options.theme) == (tmp_path.resolve(), "en", "")
    assert rest == ["-platform", "offscreen"]


def test_the_homes_of_a_demo_are_read_from_a_file(tmp_path: Path) -> None:
    listed = tmp_path / "roles.json"
    listed.write_text('[{"label": "Trưởng ban", "home": "/x/truongban"}]', encoding="utf-8")
    assert parse(["x", "--home", str(tmp_path), "--roles", str(listed)])[0].roles == (
        ("Trưởng ban", Path("/x/truongban")),
    )


def test_a_second_start_raises_the_window_that_is_open(qtbot: QtBot, office: Office, home: Path) -> None:
    assert office.open(Options(home))
    window = office.window
    assert isinstance(window, MainWindow)
    window.showMinimized()
    assert raised(home)
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=TIMEOUT)


def test_a_second_process_for_the_same_home_ends_with_zero(qapp: QApplication, home: Path) -> None:
    del qapp  # the socket needs it
    command = [sys.executable, "-m", "desktop.main", "--home", str(home)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as first:
        until(lambda: raised(home), what="the first window", seconds=60)
        second = subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.DEVNULL)
        still = first.poll()
        first.terminate()
    assert (second.returncode, still) == (0, None)


def test_no_other_home_is_raised(office: Office, home: Path, tmp_path: Path) -> None:
    assert office.open(Options(home))
    assert not raised(tmp_path / "another")


def test_a_home_of_nobody_asks_to_sign_in(qapp: QApplication, tmp_path: Path) -> None:
    made = Office(qapp, Options(tmp_path / "new"))
    assert made.open(Options(tmp_path / "new"))
    assert isinstance(made.window, StartWindow)
    made.close()


def test_a_home_that_another_program_holds_is_told_in_words(qapp: QApplication, office: Office, home: Path) -> None:
    said: list[str] = []

    def answer() -> None:
        box = qapp.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.accept()

    with locked(home):
        QTimer.singleShot(0, answer)
        assert not office.open(Options(home))
    assert said
    assert "Traceback" not in said[0]


def test_changing_the_role_opens_the_other_members_home(
    qtbot: QtBot, office: Office, home: Path, tmp_path: Path
) -> None:
    other = tmp_path / "chief"
    with closing(open_store(other, clock=SystemClock())) as store:
        fill(store, "truongban")
    options = Options(home, roles=(("Cộng tác viên", home), ("Trưởng ban", other)))
    assert office.open(options)
    first = office.window
    office.change_home(other)
    qtbot.waitUntil(lambda: office.window is not first and isinstance(office.window, MainWindow), timeout=TIMEOUT)
    window = office.window
    assert isinstance(window, MainWindow)
    assert [item.box for item in window.navigation.items()][4] == "step:dang_tai"
