"""`./dev run [--day [--cuts]]`: the demo portal and a signed-in window; without a display, the editorial day offscreen."""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "build" / "run"
FIRST: Final = "ctv.vanhoa"
OFFSCREEN: Final = {
    "QT_QPA_PLATFORM": "offscreen",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu --no-sandbox --log-level=3",
    "LC_ALL": "C.UTF-8",
}
# Settings of the desktop that would change what the day sees.
_FOREIGN: Final = ("QT_", "DBUS_SESSION_BUS_ADDRESS", "TOASOAN_")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the day, or of the window."""
    parser = argparse.ArgumentParser(prog="./dev run", description=__doc__)
    parser.add_argument("--day", action="store_true", help="play the editorial day in offscreen windows")
    parser.add_argument(
        "--cuts", action="store_true", help="with --day: kill the portal before, within and after every request"
    )
    parser.add_argument("--only", metavar="000,…", help="with --day: only these regulations")
    chosen = parser.parse_args(arguments)
    if chosen.cuts and not chosen.day:
        parser.error("--cuts belongs to --day")
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell script that put us behind has told SIGINT to be ignored
        signal.signal(number, _interrupted)
    try:
        if chosen.day:
            return day(cuts=chosen.cuts, only=chosen.only)
        if not has_display(os.environ, sys.platform):
            print(
                "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty): the editorial day is played offscreen."
            )
            return day(cuts=False, only=chosen.only)
        return window()
    except KeyboardInterrupt:
        print("stopped")
        return 130


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown to somebody."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def day(*, cuts: bool, only: str | None) -> int:
    """Play it in a process of its own, whose Qt is the offscreen one from its first import."""
    command = [sys.executable, "-m", "tests.journeys.day", *(["--cuts"] if cuts else [])]
    command += ["--only", only] if only is not None else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    with _child(command, env={**kept, **OFFSCREEN}) as process:
        return process.wait()


def window() -> int:
    """A new demo portal and the window on it; both end when the window is closed."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, mode=0o700)
    database = FOLDER / "portal.sqlite"
    accounts = load(database)
    serve = [sys.executable, "-m", "server_stub.cli", "serve", "--database", str(database), "--port", "0"]
    with (
        (FOLDER / "portal.log").open("w", encoding="utf-8") as log,
        _child(serve, stdout=subprocess.PIPE, stderr=log) as portal,
    ):
        url = ready(portal)
        tell(accounts, url)
        command = [
            sys.executable,
            "-m",
            "tools.run_window",
            "--portal",
            url,
            "--homes",
            str(FOLDER / "homes"),
            "--first",
            FIRST,
        ]
        with _child(command, stdin=subprocess.PIPE, env=window_environment()) as shown:
            if shown.stdin is not None:
                shown.stdin.write(json.dumps(accounts))
                shown.stdin.close()
            return shown.wait()


def window_environment() -> dict[str, str]:
    """The environment of this machine; the web engine refuses to start as root with its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {**os.environ, "QTWEBENGINE_DISABLE_SANDBOX": "1"} if root else dict(os.environ)


def load(database: Path) -> list[dict[str, Any]]:
    """The demo in a new file; its accounts, with the passwords that are kept nowhere."""
    command = [sys.executable, "-m", "server_stub.cli", "demo", "--database", str(database), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    accounts: list[dict[str, Any]] = json.loads(done.stdout)["accounts"]
    return accounts


def ready(portal: "subprocess.Popen[str]") -> str:
    """The address, once it listens."""
    line = portal.stdout.readline() if portal.stdout is not None else ""
    word, _, url = line.strip().partition(" ")
    if word != "READY":
        raise SystemExit(f"the portal does not start; see {FOLDER / 'portal.log'}")
    return url


def tell(accounts: Sequence[Mapping[str, Any]], url: str) -> None:
    """Printed once."""
    print(f"Cổng mẫu: {url}   (dữ liệu trong {FOLDER.relative_to(ROOT)}/, dựng lại mỗi lần chạy)")
    print("Tài khoản, mật khẩu chỉ hiện một lần:")
    for account in accounts:
        note = "  (phải đổi khi đăng nhập lần đầu)" if account["must_change"] else ""
        print(f"  {account['username']:<14}{account['password']:<20}{account['label']['vi']}{note}")
    print(f"Cửa sổ mở với {FIRST}; đổi vai: trình đơn ⋯ → Đổi vai. Đóng cửa sổ hoặc Ctrl-C là dừng cả hai.", flush=True)


@contextlib.contextmanager
def _child(command: Sequence[str], **options: Any) -> Iterator["subprocess.Popen[str]"]:  # noqa: ANN401  Popen's own
    """A process that does not outlive the block."""
    process = subprocess.Popen(command, cwd=ROOT, text=True, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
