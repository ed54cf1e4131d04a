"""DOC, RTF and ODT through LibreOffice, when it is installed: a process of its own, with a profile that is thrown away."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.domain.errors import BadContent, Rule

_PATIENCE = 180  # seconds
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
# No macro runs, nothing is fetched from anywhere, whatever the document asks for.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
)
_ITEM = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_ITEMS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
"""


def program() -> str | None:
    """Where LibreOffice is on this machine; None without it."""
    named = os.environ.get("TOASOAN_SOFFICE")
    if named is not None:
        return named if Path(named).is_file() else None
    return shutil.which("soffice") or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(data: bytes, ending: str, *, told: Callable[[str, int], None]) -> bytes:
    """The document as DOCX. BadContent `import-needs-office` without LibreOffice, `import-broken` if it cannot read it."""
    soffice = program()
    if soffice is None:
        raise BadContent(Rule("import-needs-office", params={"kind": ending.upper()}))
    told("office", 0)
    with tempfile.TemporaryDirectory(prefix="toasoan-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"van-ban.{ending}"
        source.write_bytes(data)
        profile = Path(folder) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(
            _ITEMS.format("".join(_ITEM.format(*one) for one in _SETTINGS)), "utf-8"
        )
        _run(list(_command(soffice, profile, source)))
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise BadContent(Rule("import-broken"), "LibreOffice made nothing of it")
        return made.read_bytes()


def _command(soffice: str, profile: Path, source: Path) -> Iterator[str]:
    yield from (soffice, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
    yield f"-env:UserInstallation={profile.as_uri()}"
    yield from ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source))


def _run(command: list[str]) -> None:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    try:
        subprocess.run(  # noqa: S603  a fixed program with a file of our own naming
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_PATIENCE,
            check=False, creationflags=flags,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BadContent(Rule("import-too-long")) from error
    except OSError as error:
        raise BadContent(Rule("import-needs-office", params={"kind": ""}), str(error)) from error
