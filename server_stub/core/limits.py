"""How much a portal takes, all of it told in its capabilities."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes of one `PUT`, one upload, all attachments of a content, all that a member brought; days an upload waits."""

    blob_bytes: int = 64 * MIB
    file_bytes: int = 512 * MIB
    entry_file_bytes: int = 2048 * MIB
    member_file_bytes: int = 20 * 1024 * MIB
    upload_days: int = 7
