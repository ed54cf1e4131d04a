"""An old portal's archive on disk as records: a catalogue (CSV) or a folder of texts, each with the files that belong to it."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import resources
from desktop.domain.archive import FILES, Names, columns_of, fields_of
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.domain.kind import Kind, faults


@dataclass(frozen=True)
class Reading:
    """`text` of bytes in whatever character set; `facts`: what a text says of itself, by field, where no catalogue does."""

    text: Callable[[bytes], str]
    facts: Callable[[str], Mapping[str, str]]


TEXTS: Final = frozenset({".txt", ".md"})
_LONGEST_CELL: Final = 16 * 1024 * 1024
_SNIFFED: Final = 64 * 1024


@dataclass(frozen=True)
class Record:
    """One document of the archive. `place` is the line or file it came from; `absent` are files that are named and not there."""

    place: str
    fields: dict[str, Json]
    files: tuple[Path, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """`unused`: the columns of the catalogue that are no field of the kind."""

    records: Sequence[Record]
    unused: tuple[str, ...] = ()


def read_archive(path: Path, kind: Kind, reading: Reading) -> Source:
    """All records of a catalogue, or of a folder (by its only catalogue, else by its texts). BadContent names what cannot be read."""
    if not path.exists():
        raise BadContent(Rule("archive-nothing", params={"place": str(path)}))
    if path.is_file():
        return _catalogue(path, kind, reading)
    catalogues = sorted(path.glob("*.csv"))
    if len(catalogues) > 1:
        raise BadContent(Rule("archive-catalogues", params={"files": ", ".join(item.name for item in catalogues)}))
    source = _catalogue(catalogues[0], kind, reading) if catalogues else Source(tuple(_texts(path, kind, reading)))
    if not source.records:
        raise BadContent(Rule("archive-nothing", params={"place": str(path)}))
    return source


def _catalogue(path: Path, kind: Kind, reading: Reading) -> Source:
    lines = _decoded(path, reading).splitlines(keepends=True)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(lines, delimiter=_delimiter("".join(lines[:20])[:_SNIFFED]))
    try:
        header = next(reader, [])
        columns = columns_of(header, kind, names())
        if not any(columns):
            raise BadContent(Rule("archive-columns", params={"file": path.name, "columns": ", ".join(header)}))
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadContent(Rule("unreadable-file", params={"file": path.name}), str(error)) from error
    records = [
        _record(f"{path.name}:{line}", list(zip(columns, row, strict=False)), path.parent, kind, reading)
        for line, row in rows
    ]
    unused = tuple(name for name, column in zip(header, columns, strict=True) if column is None)
    return Source(records, unused)


def _record(place: str, cells: Sequence[tuple[str | None, str]], folder: Path, kind: Kind, reading: Reading) -> Record:
    named = [part.strip() for name, cell in cells if name == FILES for part in cell.replace("|", ";").split(";")]
    present = [(name, _inside(folder, name)) for name in named if name]
    fields = fields_of([(name, cell) for name, cell in cells if name and name != FILES], kind, names())
    files = [path for _, path in present if path is not None]
    body = next((path for path in files if path.suffix.lower() in TEXTS), None)
    if body is not None and "body" not in fields and kind.field("body") is not None:
        fields["body"] = _decoded(body, reading)
        files.remove(body)
    return Record(place, fields, tuple(files), tuple(name for name, path in present if path is None))


def _inside(folder: Path, name: str) -> Path | None:
    """The file that a catalogue names, if it is one of the archive's own; a catalogue may not reach for other files."""
    path = folder / name.replace("\\", "/")
    try:
        found = path.resolve().is_relative_to(folder.resolve()) and path.is_file()
    except OSError:
        return None
    return path if found else None


def _texts(folder: Path, kind: Kind, reading: Reading) -> Iterator[Record]:
    """Each text of the folder and of those in it; files of the same name belong to it."""
    for path in sorted(item for item in folder.rglob("*") if item.suffix.lower() in TEXTS and item.is_file()):
        text = _decoded(path, reading)
        place = path.relative_to(folder).as_posix()
        said = fields_of(reading.facts(text).items(), kind, names())
        # What the kind does not allow was read wrongly: left empty, it is asked for before the text is sent on.
        said = {name: value for name, value in said.items() if not faults(kind, {name: value})}
        title = {kind.title_field: path.stem} if kind.title_field not in said else {}
        files = sorted(
            other for other in path.parent.glob(f"{_literal(path.stem)}.*") if other.suffix.lower() not in TEXTS
        )
        yield Record(place, {**said, **title, "body": text}, tuple(files))


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _decoded(path: Path, reading: Reading) -> str:
    try:
        return reading.text(path.read_bytes())
    except OSError as error:
        raise BadContent(Rule("file-unreadable", params={"file": path.name}), str(error)) from error


def _delimiter(sample: str) -> str:
    """Whichever of the usual ones the header has most of."""
    head = sample.partition("\n")[0]
    return max(",;\t", key=head.count)


@cache
def names() -> Names:
    raw = json.loads(resources.path("contract", "archive.json").read_text("utf-8"))
    return Names(raw["columns"], raw["files"], raw["nothing"])
