"""The last word on lines: labels and bullets out of their fences, lists kept tight, numbers kept as they were."""

import re

from desktop.domain.legal.labels import LabelReader
from desktop.editor.text.incoming.fences import FENCED, PRIVATE
from desktop.editor.text.incoming.result import Dialect

_BLANK_LINES = re.compile(r"\n{3,}")
_NUMBERED = re.compile(r"^(?P<signs>\**)(?P<number>[0-9]{1,3})\.(?=\s)")
_ITEM = re.compile(r"^\s*-\s")
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.*)$")
_TITLES = ("phan", "chuong", "muc", "dieu")
_LEVEL = "    "


def arranged(text: str, dialect: Dialect) -> str:
    """The Markdown of a document, from what the writer made of it."""
    blocks = [_unfenced(block, dialect) for block in _BLANK_LINES.sub("\n\n", text.strip("\n")).split("\n\n")]
    blocks = [block for block in blocks if block.strip()]
    blocks = _without_marks(blocks) if dialect == "legal" else _in_sequence(blocks)
    made = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        tight = dialect == "prose" and _kind(before) == _kind(block) != ""
        made += ("\n" if tight else "\n\n") + block
    return PRIVATE.sub("", made).strip("\n")


def _unfenced(block: str, dialect: Dialect) -> str:
    found = FENCED.search(block)
    if found is None:
        return block
    before, after = block[: found.start()], block[found.end() :].lstrip()
    signs = before.lstrip()
    indent = _LEVEL * int(found["level"]) if dialect == "prose" and found["kind"] == "b" else ""
    if found["kind"] == "b":
        return f"{indent}- {signs}{after}".rstrip()
    return f"{signs}{found['label']} {after}".rstrip() if found["label"] else f"{signs}{after}"


def _kind(block: str) -> str:
    """What list the last line of a block is in."""
    last = block.rpartition("\n")[2]
    return "-" if _ITEM.match(last) else "1" if _NUMBERED.match(last) else ""


def _in_sequence(blocks: list[str]) -> list[str]:
    """A number that does not follow the one above it would be counted anew in a list: it is escaped."""
    made = []
    last: int | None = None
    for block in blocks:
        found = _NUMBERED.match(block)
        if found is None:
            last = last if block.startswith(_LEVEL) else None
            made.append(f"\\{block}" if block.startswith((">", "+ ")) else block)
            continue
        number = int(found["number"])
        if last is not None and number != last + 1:
            block = f"{block[: found.end() - 1]}\\{block[found.end() - 1 :]}"  # noqa: PLW2901  the block is rewritten
            last = None
        else:
            last = number
        made.append(block)
    return made


def _without_marks(blocks: list[str]) -> list[str]:
    """A heading of law is known by its label: neither # nor ** is wanted round it."""
    reader = LabelReader()
    made = []
    for block in blocks:
        first, _, rest = block.partition("\n")
        label = reader.read(first)
        heading = _HEADING.match(first)
        if label is not None and label.level in _TITLES:
            first = (heading["text"] if heading else first).replace("**", "").strip()
        made.append(f"{first}\n{rest}" if rest else first)
    return made
