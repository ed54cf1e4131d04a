"""`toasoan pdf`: the page of an entry, or of a file without a home, as it is published, on A4 with page numbers."""

from pathlib import Path

from desktop.application.desk import Desk
from desktop.cli.parser import Arguments
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId
from desktop.wiring import entry_as_pdf, file_as_pdf


def print_file(given: Arguments) -> tuple[dict[str, Json], str]:
    """BadContent without a file, or for one that cannot be read."""
    if given.path is None:
        raise BadContent(Rule("print-what"))
    return _written(given.output, file_as_pdf(given.path, given.dialect, lang=given.lang))


def print_entry(desk: Desk, entry_id: EntryId, given: Arguments) -> tuple[dict[str, Json], str]:
    return _written(given.output, entry_as_pdf(desk, entry_id))


def _written(path: Path, made: bytes) -> tuple[dict[str, Json], str]:
    try:
        path.write_bytes(made)
    except OSError as error:
        raise BadContent(Rule("folder-unwritable", params={"folder": str(path.parent)}), str(error)) from error
    return {"file": str(path), "size": len(made)}, str(path)
