"""Identifiers as types of their own, so that one cannot be taken for another; UUIDv7 made on this machine."""

import hashlib
import uuid
from typing import NewType

EntryId = NewType("EntryId", str)
OpId = NewType("OpId", str)
Rid = NewType("Rid", str)
MemberId = NewType("MemberId", str)
DeviceId = NewType("DeviceId", str)


def uuid7(*, milliseconds: int, random: bytes) -> str:
    """A UUIDv7 in lower case from Unix milliseconds and ten random bytes (RFC 9562 §5.7)."""
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(random[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def follows(op_id: OpId, name: str) -> str:
    """The id of what comes of an operation by itself: made again, it is the same, so that the portal knows it again."""
    milliseconds = uuid.UUID(op_id).int >> 80
    return uuid7(milliseconds=milliseconds, random=hashlib.sha256(f"{name} of {op_id}".encode()).digest())
