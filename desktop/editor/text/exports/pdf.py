"""A word processor's file as PDF: LibreOffice lays it out, in a profile of its own that is gone afterwards."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from desktop.domain.errors import NoOffice

_PROGRAMS: Final = ("soffice", "libreoffice")
_SECONDS: Final = 120


def pdf(document: bytes) -> bytes:
    """The pages of a .docx. NoOffice without LibreOffice, or where it makes nothing."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise NoOffice("no soffice on the path")
    with TemporaryDirectory(prefix="toasoan-") as name:
        folder = Path(name)
        source = folder / "van-ban.docx"
        source.write_bytes(document)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", str(folder), str(source),
        ]  # fmt: skip
        try:
            # A fixed program with files of our own; nothing of the text is on its command line.
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, timeout=_SECONDS, check=False, env={**os.environ, "HOME": name}
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoOffice(str(error)) from error
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise NoOffice(done.stderr.decode("utf-8", "replace"))
        return made.read_bytes()
