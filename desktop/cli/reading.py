"""What comes in from outside, on the command line: old text to Unicode, files to Markdown. Needs no home."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop.application.messages import sentence
from desktop.cli.parser import Arguments
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.wiring import import_file, read_text

_CATALOGUES = (".csv", ".tsv")


class Remarked(Protocol):
    """A comment of the margin."""

    @property
    def author(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def about(self) -> str: ...


def old_text(given: Arguments) -> tuple[dict[str, Json], str]:
    """`toasoan text FILE`: the text in Unicode, and what was found in it."""
    made = read_text(_bytes(given.path))
    detected: list[Json] = [
        {
            "charset": one.charset, "by": one.by, "start": one.start, "end": one.end, "doubtful": one.doubtful, "was": one.was,
        }
        for one in made.detected
    ]  # fmt: skip
    return {"text": made.text, "detected": detected}, made.text


def import_text(given: Arguments) -> tuple[dict[str, Json], str]:
    """`toasoan import FILE`: Markdown; what a person should know of it goes to standard error."""
    made = import_file(given.path, given.dialect)
    notes = [(note, sentence(Rule(note.code, params=note.params), given.lang)) for note in made.notes]
    if not given.json:
        for _, said in notes:
            print(f"{said.title}: {said}", file=sys.stderr)
    if given.pictures is not None:
        given.pictures.mkdir(parents=True, exist_ok=True)
        for picture in made.pictures:
            (given.pictures / f"{picture.sha256}{Path(picture.name).suffix}").write_bytes(picture.data)
    data: dict[str, Json] = {
        "markdown": made.markdown,
        "pictures": [{"sha256": one.sha256, "name": one.name, "size": len(one.data), "alt": one.alt} for one in made.pictures],
        "comments": [{"author": one.author, "text": one.text, "about": one.about} for one in made.remarks],
        "notes": [{"code": one.code, "title": said.title, "what": said.what, "todo": said.todo} for one, said in notes],
    }  # fmt: skip
    return data, "\n\n".join([made.markdown, *_listed(made.remarks)])


def _listed(remarks: Sequence[Remarked]) -> Iterator[str]:
    """Comments of the margin after the text: they are nobody's text yet."""
    if remarks:
        yield "\n".join(f"> **{one.author}** («{one.about}»): {' '.join(one.text.split())}" for one in remarks)


def is_one_text(given: Arguments) -> bool:
    """Whether `toasoan import` is given one document, not the catalogue or the folder of an archive."""
    return given.path.is_file() and given.path.suffix.lower() not in _CATALOGUES


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BadContent(Rule("file-unreadable", params={"file": str(path)}), str(error)) from error
