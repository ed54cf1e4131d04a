"""What comes in from outside, on the command line: old text to Unicode, files to Markdown. Needs no home."""

import sys
from pathlib import Path

from desktop.cli.parser import Arguments
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.wiring import read_text


def old_text(given: Arguments) -> tuple[dict[str, Json], str]:
    """`toasoan text FILE`: the text in Unicode, and what was found in it."""
    made = read_text(_bytes(given.path))
    detected: list[Json] = [
        {
            "charset": one.charset, "by": one.by, "start": one.start, "end": one.end, "doubtful": one.doubtful, "was": one.was,
        }
        for one in made.detected
    ]  # fmt: skip
    return {"text": made.text, "detected": detected}, made.text


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BadContent(Rule("file-unreadable", params={"file": str(path)}), str(error)) from error
