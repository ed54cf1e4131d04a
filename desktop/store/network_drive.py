"""Whether a home would lie on a network drive: SQLite's log needs memory that only programs of one machine share.

Source: https://sqlite.org/wal.html ("WAL does not work over a network filesystem").
"""

import ctypes
import re
import sys
from pathlib import Path
from typing import Final

from desktop.domain.errors import NetworkDrive

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset({
    "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.onedriver", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs", "fuse.google-drive-ocamlfuse", "fuse.glusterfs", "gfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "webdav",
})  # fmt: skip
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE: Final = 4  # of Windows' GetDriveType


def refuse_network_drive(home: Path, *, mounts: Path = _MOUNTS) -> None:
    """NetworkDrive if `home`, which need not exist, would lie on one; where it cannot be found out nothing is said."""
    kind = _kind_on_windows(home) if sys.platform == "win32" else _kind(home, mounts)
    if kind is not None:
        raise NetworkDrive(f"{home} lies on a network drive ({kind})", folder=str(home), kind=kind)


def _kind(home: Path, mounts: Path) -> str | None:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    place = home.resolve()
    over: list[tuple[int, str]] = []
    for line in lines:
        before, _, after = line.partition(" - ")
        mounted = Path(_ESCAPED.sub(lambda found: chr(int(found.group(1), 8)), before.split(" ")[4]))
        if place.is_relative_to(mounted):
            over.append((len(mounted.parts), after.split(" ")[0]))
    # Of two at the same place the later one hides the earlier.
    kind = max(reversed(over), key=lambda found: found[0], default=(0, ""))[1]
    return kind if kind in _NETWORK else None


if sys.platform == "win32":

    def _kind_on_windows(home: Path) -> str | None:
        drive = home.resolve().drive
        remote = drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE
        return "network" if remote else None

else:

    def _kind_on_windows(home: Path) -> str | None:
        raise NotImplementedError(home)
