"""`python -m tests.journeys.typist HOME [MODE | URL USERNAME PASSWORD]`: writes into the draft without end, telling what it sees.

Modes: `type` keys, `paste` rich blocks, `import` files with a picture. Lines: `START <json text of the editor>`, then
`K <count> <monotonic ns>` after each key or block that stands there, `S <count>` when the window says that everything is
saved. With a URL it signs in and begins the draft instead, and says `READY`.
"""

import base64
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from desktop.bootstrap import Office, Options
from desktop.editor.widgets.source_editor import SourceEditor
from desktop.ui.window.main_window import MainWindow
from tests.journeys.day.member import BODY, Member
from tests.journeys.eyes import breathe
from tests.journeys.seats import application, leave

TITLE: Final = "Bản nháp đang gõ thì mất điện"
KEY_MS: Final = 8
BLOCK_MS: Final = 60
_BLOCK: Final = re.compile(r"Đoạn (?:\*\*)?([0-9]+)(?:\*\*)? nước\.")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(/_blob/([0-9a-f]{64})\)")


def keys() -> Iterator[str]:
    """What is typed, the same every time: numbered words, so that a hole cannot hide."""
    number = 0
    while True:
        number += 1
        yield from f"chữ {number} nước, "


def typed(count: int) -> str:
    """The first `count` keys."""
    return "".join(key for key, _ in zip(keys(), range(count), strict=False))


def blocks(text: str) -> list[int] | None:
    """The numbers of the blocks that `text` is made of, pictures apart; None for anything else in it."""
    rest = _BLOCK.sub("", _PICTURE.sub("", text))
    return None if rest.strip() else [int(number) for number in _BLOCK.findall(text)]


def pictures(text: str) -> set[str]:
    """The SHA-256 of every picture that `text` names."""
    return set(_PICTURE.findall(text))


def main(arguments: list[str]) -> int:
    """Never ends by itself while it types: it is killed."""
    app = application()
    beginning = len(arguments) > len(["home", "mode"])
    options = Options(Path(arguments[0]), portal=arguments[1] if beginning else "", lang="vi")
    office = Office(app, options)
    assert office.open(options)
    writer = Member(lambda: office.window if office.window and office.window.isVisible() else None)
    if beginning:
        _begin(writer, *arguments[1:4])
        office.close()
        leave(app)
        return 0
    _go_on(writer, _WAYS[arguments[1]](writer, Path(arguments[0])))
    return 0


def _begin(writer: Member, url: str, username: str, password: str) -> None:
    writer.sign_in(url, username, password)
    writer.begin("article")
    writer.write("field.title", TITLE)
    writer.until_saved()
    _tell("READY")


def _go_on(writer: Member, steps: Iterator[int]) -> None:
    writer.go_to("drafts")
    writer.refresh_until(lambda: writer.row(TITLE), what="the draft")
    writer.click_row(TITLE)
    writer.refresh_until(lambda: writer.is_open(TITLE), what="the draft to be open")
    _tell(f"START {json.dumps(writer.words(BODY))}")
    writer.click(BODY)
    writer.press("Ctrl+A")
    saved = 0
    for count in steps:
        _tell(f"K {count} {time.monotonic_ns()}")
        breathe(KEY_MS)
        if saved != count and writer.note().startswith("✓"):
            saved = count
            _tell(f"S {count}")


def _typing(writer: Member, _home: Path) -> Iterator[int]:
    for count, key in enumerate(keys(), 1):
        writer.type(key)
        yield count


def _pasting(writer: Member, _home: Path) -> Iterator[int]:
    count = 0
    while count := count + 1:
        data = QMimeData()
        data.setHtml(f"<p>Đoạn <b>{count}</b> nước.</p>")
        data.setText(f"Đoạn {count} nước.")
        QGuiApplication.clipboard().setMimeData(data)
        writer.press("Ctrl+V")
        yield count
        breathe(BLOCK_MS)


def _importing(writer: Member, home: Path) -> Iterator[int]:
    writer.press("Delete")
    editor, count = writer.look(BODY), 0
    assert isinstance(editor, SourceEditor)
    window = editor.window()
    assert isinstance(window, MainWindow)
    while count := count + 1:
        path = home.with_name(f"doan-{count}.html")
        path.write_text(f"<html><body><p>Đoạn <b>{count}</b> nước.</p><p>{_picture(count)}</p></body></html>", "utf-8")
        window.attaching.incoming.bring_in(path)
        while f"**{count}**" not in editor.text():
            breathe(KEY_MS)
        yield count


def _picture(number: int) -> str:
    """Of its own in each file."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (number % 256, number // 256, int(time.monotonic_ns() % 256))).save(out, "PNG")
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}">'


_WAYS: Final[dict[str, Callable[[Member, Path], Iterator[int]]]] = {
    "type": _typing, "paste": _pasting, "import": _importing,
}  # fmt: skip


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
