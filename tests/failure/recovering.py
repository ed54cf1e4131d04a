"""A damaged home opened as the window opens it: recovered where it must be, and what became of each text and operation."""

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2

from desktop.application import notices
from desktop.domain.errors import StorageProblem
from desktop.store.opening import DATABASE
from desktop.store.recovery import CODES
from tests.failure.damage import use
from tests.failure.scripts import Stage
from tests.failure.seat import Place, Seat
from tests.failure.soundness import faults_of_file

# What a person or the portal would read, by what names it; `place` and `attempts` are the queue's own business.
_TEXTS: Final = {
    "draft": "SELECT entry_id, kind, lang, fields, attachments FROM draft",
    "operation": "SELECT op_id, device_seq, type, entry_id, payload FROM operation",
    "revision": "SELECT rid, entry_id, op_id, content FROM revision",
}
_SEQ: Final = "SELECT value FROM counter WHERE name = 'device_seq'"


@dataclass(frozen=True)
class Recovered:
    """`told`: the person was told that the home was recovered. Each text counts as kept, flagged (with a card), gone or silent:

    changed or gone without a word.
    """

    told: bool
    texts: Mapping[str, Counter[str]] = field(default_factory=dict)

    def count(self, what: str) -> int:
        return sum(found[what] for found in self.texts.values())


def texts_of(home: Path) -> dict[str, dict[str, tuple[object, ...]]]:
    with closing(pysqlite3.dbapi2.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as connection:
        return {name: {row[0]: row[1:] for row in connection.execute(query)} for name, query in _TEXTS.items()}


def last_number(home: Path) -> int:
    with closing(pysqlite3.dbapi2.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as connection:
        return int((connection.execute(_SEQ).fetchone() or (0,))[0])


def recover_and_use(place: Place, before: Mapping[str, Mapping[str, tuple[object, ...]]]) -> Recovered:
    """Open and use the home; once more when damage was met only then. Whatever is raised after that comes up."""
    try:
        return _use(place, before)
    except StorageProblem:
        return _use(place, before)


def _use(place: Place, before: Mapping[str, Mapping[str, tuple[object, ...]]]) -> Recovered:
    with place.opened(recovering=True) as seat:
        use(seat)
        told, flagged = _told(seat), _flagged(seat)
    if told:
        wrong = faults_of_file(place.home / DATABASE)
        assert wrong == [], wrong
    after = texts_of(place.home)
    found = {
        name: Counter(_fate(name, key, row, after, flagged, told=told) for key, row in before[name].items())
        for name in before
    }
    return Recovered(told, found)


def _told(seat: Seat) -> bool:
    with seat.store.read() as work:
        return any(notice.rule.code in CODES for notice in notices.told(work))


def _flagged(seat: Seat) -> set[str]:
    with seat.store.read() as work:
        return {card.entry_id for card in work.cards.open()}


def _fate(
    name: str, key: str, row: tuple[object, ...], after: Mapping[str, Mapping[str, tuple[object, ...]]],
    flagged: set[str], *, told: bool,
) -> str:  # fmt: skip
    now = after[name].get(key)
    if now == row:
        return "kept"
    entry_id = key if name == "draft" else str(row[{"operation": 2, "revision": 0}[name]])
    if told and entry_id in flagged:
        return "flagged"
    if told and now is None:
        return "kept as revision" if name == "draft" and _is_revision(row, after) else "gone"
    return "silent"


def _is_revision(row: tuple[object, ...], after: Mapping[str, Mapping[str, tuple[object, ...]]]) -> bool:
    """Whether the text of a draft that is no more stands as a revision."""
    fields = json.loads(row[2]) if isinstance(row[2], bytes) else None
    contents = (item[2] for item in after["revision"].values())
    return any(json.loads(content)["fields"] == fields for content in contents if isinstance(content, bytes))


def broken(stage: Stage, home: Path) -> Place:
    """A page of the tables' own list in the middle of the file overwritten."""
    place = stage.set_up(home)
    data = bytearray((home / DATABASE).read_bytes())
    data[40:4096] = bytes(4056)
    (home / DATABASE).write_bytes(data)
    return place
