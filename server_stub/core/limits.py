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


def words_of(size: int) -> str:
    """`2 GiB`, `512 MiB`."""
    for unit, name in ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB")):
        if size >= unit:
            return f"{size / unit:.4g} {name}"
    return f"{size} B"
