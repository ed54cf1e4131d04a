"""Canonical JSON (RFC 8785, restricted), content hashes and revision ids.

The portal never repairs what it receives: text that is not canonical is refused, or two sides
would compute two hashes for one text.  Source: docs/wire.md, "Content, hash, rid".
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

MAX_INTEGER: Final = 2**53 - 1
MAX_DEPTH: Final = 64
_KEY: Final = re.compile(r"[a-z0-9_.-]+\Z")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")


class NotCanonicalError(ValueError):
    """A value that has no canonical form; `pointer` is a JSON pointer, `code` names the reason."""

    def __init__(self, pointer: str, code: str) -> None:
        super().__init__(f"{code} at {pointer or '/'}")
        self.pointer = pointer
        self.code = code


def canonical(value: object) -> bytes:
    """The canonical bytes of `value`.

    Raises:
        NotCanonicalError: a float, a wide integer, a key outside `[a-z0-9_.-]+`, text that is not NFC or
            holds control characters or lone surrogates, or nesting deeper than 64.
    """
    _check(value, "", 0)
    return _dump(value).encode()


def sorted_json(value: object) -> bytes:
    """RFC 8785 bytes of a document of our own (bundle, record row): any ASCII key, no check of its text."""
    return _dump(value).encode()


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def content_hash(content: object) -> str:
    """The hash of a content; raises NotCanonicalError as `canonical` does."""
    return digest(canonical(content))


def revision_id(parents: Sequence[str], hash_of_content: str, *, op_id: str) -> str:
    """The rid of a revision: parents are `[]`, `[base]` or `[base, merged_from]`."""
    return digest(canonical(["v1", list(parents), hash_of_content, op_id]))


def fingerprint(op: dict[str, object]) -> str:
    """What makes an operation the same one again: all of it but the client's clock.

    Also defined for operations with no canonical form, so that their refusal can be replayed.
    """
    rest = {key: value for key, value in op.items() if key != "client_time"}
    return digest(_dump(rest).encode("utf-8", "surrogatepass"))


def is_hash(value: object) -> bool:
    """Whether `value` is 64 lower-case hex digits."""
    return isinstance(value, str) and _HEX.match(value) is not None


def text_fault(text: str) -> str | None:
    """The reason why `text` is not canonical, or None."""
    if _SURROGATE.search(text):
        return "surrogate"
    if _CONTROL.search(text):
        return "control-character"
    if not unicodedata.is_normalized("NFC", text):
        return "not-nfc"
    return None


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check(value: object, pointer: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonicalError(pointer, "too-deep")
    if value is None or value is True or value is False:
        return
    if isinstance(value, str):
        if not value.isascii() or not value.isprintable():
            fault = text_fault(value)
            if fault is not None:
                raise NotCanonicalError(pointer, fault)
    elif isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonicalError(pointer, "integer-range")
    elif isinstance(value, dict | list):
        _check_members(value, pointer, depth + 1)
    else:
        raise NotCanonicalError(pointer, "float" if isinstance(value, float) else "type")


def _check_members(value: dict[object, object] | list[object], pointer: str, depth: int) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, f"{pointer}/{index}", depth)
        return
    for key, item in value.items():
        if not isinstance(key, str) or not _KEY.match(key):
            raise NotCanonicalError(pointer, "key")
        _check(item, f"{pointer}/{key}", depth)
