"""The shape of a sync request and of each type of operation (docs/wire.md), checked before any meaning is.

Returns (pointer, code) pairs; unknown members are left alone, so that an older portal reads a newer client.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from server_stub.core.canonical import MAX_INTEGER, is_hash, text_fault
from server_stub.core.moment import read

Check = Callable[[object], bool]
Faults = tuple[tuple[str, str], ...]

MAX_TEXT: Final = 20_000
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_NAME: Final = re.compile(r"[a-z0-9_.-]{1,80}\Z")


def is_uuid(value: object) -> bool:
    return isinstance(value, str) and _UUID.match(value) is not None


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_INTEGER


def is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT and text_fault(value) is None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.match(value) is not None


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(read(value))
    except ValueError:
        return False


def _is_sections(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(_is_name(item) for item in value))


def _is_roles(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict) and _is_name(item.get("role")) and _is_sections(item.get("sections", ()))
        for item in value
    )


def _is_label(value: object) -> bool:
    return (
        isinstance(value, dict) and bool(value.get("vi")) and all(_is_name(k) and is_text(v) for k, v in value.items())
    )


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


_ENVELOPE: Final[Mapping[str, Check]] = {"op_id": is_uuid, "device_seq": is_count, "type": _is_name}

# Members that must be there, by type of operation.
_REQUIRED: Final[Mapping[str, Mapping[str, Check]]] = {
    "put": {
        "entry_id": is_uuid, "base_rid": _or_null(is_hash), "merged_from": _or_null(is_hash), "rid": is_hash,
        "content": _is_object, "render_rev": is_count, "auto": _is_flag,
    },
    "command": {"entry_id": is_uuid, "name": _is_name, "on_state_ver": is_count},
    "comment": {"comment_id": is_uuid, "entry_id": is_uuid, "on_rid": is_hash, "text": is_text},
    "assign": {"entry_id": is_uuid, "assignee": _or_null(_is_name)},
    "claim": {"entry_id": is_uuid, "release": _is_flag},
    "delegation": {
        "delegation_id": is_uuid, "to": _is_name, "step": _is_name, "sections": _is_sections, "start": _is_time,
        "end": _is_time, "reason": is_text, "revoke": _is_flag,
    },
    "board": {"member_id": _is_name, "roles": _is_roles, "label": _is_label, "active": _is_flag},
    "personal": {"entry_id": is_uuid, "record_id": is_uuid, "salt": is_text, "fields": _is_object},
    "side": {
        "side_id": is_uuid, "entry_id": is_uuid, "base_rid": _or_null(is_hash), "content": _or_null(_is_object),
    },
}  # fmt: skip

# Members that may be there.
_OPTIONAL: Final[Mapping[str, Mapping[str, Check]]] = {
    "command": {
        "on_rid": is_hash, "step": _is_name, "reason": is_text, "not_before": _is_time, "delegation": is_uuid,
        "about": is_hash,
    },
    "comment": {"anchor": is_text},
}  # fmt: skip

_CARRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "submit": ("on_rid",),
    "unpublish": ("on_rid",),
    "approve": ("on_rid", "step"),
    "schedule": ("on_rid", "step", "not_before"),
}

TYPES: Final = frozenset(_REQUIRED)


def op_faults(op: Mapping[str, Any]) -> Faults:
    """What is wrong with the shape of an operation of a known type."""
    found: list[tuple[str, str]] = []
    for name, check in {**_ENVELOPE, **_REQUIRED[op["type"]]}.items():
        if name not in op:
            found.append((f"/{name}", "required"))
        elif not check(op[name]):
            found.append((f"/{name}", "format"))
    for name, check in _OPTIONAL.get(op["type"], {}).items():
        if op.get(name) is not None and not check(op[name]):
            found.append((f"/{name}", "format"))
    if op["type"] == "command":
        carried = _CARRIED.get(str(op.get("name")), ())
        found += [(f"/{name}", "required") for name in carried if op.get(name) is None]
    return tuple(found)


def has_envelope(op: object) -> bool:
    """Whether an operation can be answered at all: it has an id, a type and a number."""
    return isinstance(op, dict) and all(name in op and check(op[name]) for name, check in _ENVELOPE.items())
