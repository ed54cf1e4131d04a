"""One spelling for a value, and the hashes over it: canonical JSON, content hash, revision id.

Canonical JSON is RFC 8785 restricted to what an entry needs (no floats), so that every machine writes the same bytes.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import Rid

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64
MAX_ENTRY_BYTES = 8 * 1024 * 1024
_KEY = re.compile(r"[a-z0-9_.-]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def canonical(value: object) -> bytes:
    """UTF-8 bytes of `value`; BadContent with a JSON pointer for anything that has no canonical form."""
    _check(value, pointer="", depth=0)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(content: object) -> str:
    """SHA-256 of the canonical content, lower-case hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def revision_id(*, parents: Sequence[str], content: str, op_id: str) -> Rid:
    """The id of a revision: `parents` is empty, [base] or [base, merged_from]; `content` is its content hash."""
    return Rid(hashlib.sha256(canonical(["v1", list(parents), content, op_id])).hexdigest())


def _check(value: object, *, pointer: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _refusal(pointer, "depth")
    if isinstance(value, str):
        _check_text(value, pointer)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, pointer=f"{pointer}/{index}", depth=depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise _refusal(pointer, "key")
            _check(item, pointer=f"{pointer}/{key}", depth=depth + 1)
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise _refusal(pointer, "integer")
    elif value is not None:
        raise _refusal(pointer, type(value).__name__)


def _check_text(value: str, pointer: str) -> None:
    if not value.isascii() and not unicodedata.is_normalized("NFC", value):
        raise _refusal(pointer, "nfc")
    if _FORBIDDEN.search(value):
        raise _refusal(pointer, "control")


def _refusal(pointer: str, reason: str) -> BadContent:
    return BadContent(Rule("invalid-content", "TCVN 6909:2001", {"pointer": pointer or "/", "reason": reason}))
