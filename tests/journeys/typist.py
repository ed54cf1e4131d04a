"""`python -m tests.journeys.typist HOME [URL USERNAME PASSWORD]`: types into the draft without end, telling what it sees.

Lines: `START <json text of the editor>`, then `K <count> <monotonic ns>` after each key, `S <count>` when the window says
that everything is saved. With a URL it signs in and begins the draft instead, and says `READY`.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from desktop.bootstrap import Office, Options
from tests.journeys.day.member import BODY, Member
from tests.journeys.eyes import breathe
from tests.journeys.seats import application, leave

TITLE: Final = "Bản nháp đang gõ thì mất điện"
KEY_MS: Final = 8


def keys() -> Iterator[str]:
    """What is typed, the same every time: numbered words, so that a hole cannot hide."""
    number = 0
    while True:
        number += 1
        yield from f"chữ {number} nước, "


def typed(count: int) -> str:
    """The first `count` keys."""
    return "".join(key for key, _ in zip(keys(), range(count), strict=False))


def main(arguments: list[str]) -> int:
    """Never ends by itself while it types: it is killed."""
    app = application()
    office = Office(app, Options(Path(arguments[0]), portal=arguments[1] if len(arguments) > 1 else "", lang="vi"))
    assert office.open(Options(Path(arguments[0]), portal=arguments[1] if len(arguments) > 1 else "", lang="vi"))
    writer = Member(lambda: office.window if office.window and office.window.isVisible() else None)
    if len(arguments) > 1:
        _begin(writer, *arguments[1:4])
        office.close()
        leave(app)
        return 0
    _go_on(writer)
    return 0


def _begin(writer: Member, url: str, username: str, password: str) -> None:
    writer.sign_in(url, username, password)
    writer.begin("article")
    writer.write("field.title", TITLE)
    writer.until_saved()
    _tell("READY")


def _go_on(writer: Member) -> None:
    writer.go_to("drafts")
    writer.refresh_until(lambda: writer.row(TITLE), what="the draft")
    writer.click_row(TITLE)
    writer.refresh_until(lambda: writer.is_open(TITLE), what="the draft to be open")
    _tell(f"START {json.dumps(writer.words(BODY))}")
    writer.click(BODY)
    writer.press("Ctrl+A")
    saved = 0
    for count, key in enumerate(keys(), 1):
        writer.type(key)
        _tell(f"K {count} {time.monotonic_ns()}")
        breathe(KEY_MS)
        if saved != count and writer.note().startswith("✓"):
            saved = count
            _tell(f"S {count}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
