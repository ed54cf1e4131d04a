"""What a file is, by its bytes, and whether a portal takes it (resources/contract/files.json, docs/wire.md).

judge(name, head) -> (media type, refusal)
"""

import codecs
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server_stub.core.outcome import Rule
from server_stub.resources import read_json

HEAD: Final = 64 * 1024
"""How many first bytes are looked at."""
OPAQUE: Final = "application/octet-stream"
TEXT: Final = "text/plain"
IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
MAX_NAME: Final = 255
_BLANK: Final = "\t\n\r\f"
_PROGRAM_OR_PAGE: Final = ("<", "#!", "%!")


@dataclass(frozen=True)
class FileType:
    """`signs`: any one list of (offset, bytes) that fits as a whole."""

    id: str
    endings: tuple[str, ...]
    signs: tuple[tuple[tuple[int, bytes], ...], ...]


def _read_types() -> tuple[FileType, ...]:
    return tuple(
        FileType(
            item["id"],
            tuple(item["endings"]),
            tuple(tuple((offset, bytes.fromhex(sign)) for offset, sign in signs) for signs in item["signs"]),
        )
        for item in read_json("contract", "files.json")["types"]
    )


TYPES: Final[Sequence[FileType]] = _read_types()


def media_type(head: bytes) -> str:
    """The type that the first bytes show; OPAQUE for what no portal takes."""
    for known in TYPES:
        if any(all(head[at : at + len(sign)] == sign for at, sign in signs) for signs in known.signs):
            return known.id
    return TEXT if _is_plain_text(head[:HEAD]) else OPAQUE


def judge(name: str, head: bytes) -> tuple[str, Rule | None]:
    """The type, and why such a file is not taken under that name; a name without an ending says nothing."""
    found, ending = media_type(head), ending_of(name)
    if found == OPAQUE:
        return found, Rule("file-type", params={"found": f".{ending}" if ending else "?"})
    if ending and ending not in next(known.endings for known in TYPES if known.id == found):
        return found, Rule("file-name", params={"name": name, "found": found})
    return found, None


def refusal_of_name(name: str) -> Rule | None:
    """Why no file of that name is taken, whatever it holds."""
    ending = ending_of(name)
    if not ending or any(ending in known.endings for known in TYPES):
        return None
    return Rule("file-type", params={"found": f".{ending}"})


def ending_of(name: str) -> str:
    """`Quyết định.PDF` → `pdf`; empty when there is none."""
    return name.rpartition(".")[2].strip().casefold() if "." in name else ""


def clean_name(given: str) -> str:
    """A name as it may be shown: one line, NFC, no path."""
    bare = "".join(char for char in given if unicodedata.category(char)[0] != "C")
    return unicodedata.normalize("NFC", bare.replace("\\", "/").rpartition("/")[2]).strip()[-MAX_NAME:]


def _is_plain_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    shown = all(char >= " " and char != "\x7f" for char in text if char not in _BLANK)
    return shown and not text.lstrip().startswith(_PROGRAM_OR_PAGE)
