"""What Enter and Tab do inside lists and quotes; plain functions over one line."""

import re

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|(?P<number>\d{1,3})\.)(?P<gap> +)(?P<rest>.*)")
_QUOTE = re.compile(r"(?P<mark>(?:> ?)+)(?P<rest>.*)")
STEP = "  "


def next_start(line: str) -> str | None:
    """What a new line begins with after Enter at the end of `line`: the next item of its list, its quote; "" for none.

    None: the item is empty, and Enter ends the list by emptying the line.
    """
    if found := _ITEM.fullmatch(line):
        if not found["rest"].strip():
            return None
        mark = f"{int(found['number']) + 1}." if found["number"] else found["mark"]
        return found["indent"] + mark + found["gap"]
    if found := _QUOTE.fullmatch(line):
        return found["mark"] if found["rest"].strip() else None
    return ""


def is_item(line: str) -> bool:
    """Whether Tab and Shift+Tab move this line in and out instead of moving the focus."""
    return _ITEM.fullmatch(line) is not None


def outdented(line: str) -> str:
    return line.removeprefix(STEP) if line.startswith(STEP) else line.lstrip(" ")
