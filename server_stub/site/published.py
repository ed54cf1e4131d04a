"""The live publications: every query of the site, over publication rows and the revisions they name, nothing else.

The newest come first: in the order in which entries were published for the first time.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, case, func, literal, select, tuple_

from server_stub.store import tables as t

_P: Final = t.publication.c
_R: Final = t.revision.c
_LIVE: Final = (
    select(_P.id, _P.entry_id, _P.kind, _P.section, _P.first_published, _P.published, _R.content)
    .join(t.revision, (_R.entry_id == _P.entry_id) & (_R.rid == _P.rid))
    .where(_P.live_entry.is_not(None))
)
_F: Final = t.publication_fact.c
_NEWEST_FIRST: Final = (_P.first_published.desc(), _P.id.desc())
# The beginning of the searched text: the title, and of a document its number.
_HEAD: Final = 240
_RELATING: Final = 100  # a law rests under thousands of documents: its page names the newest


@dataclass(frozen=True)
class Live:
    """One entry as the public may read it; times are stamps."""

    number: int
    entry_id: str
    kind: str
    section: str | None
    first_published: str
    published: str
    content: Mapping[str, Any]


def find(db: Connection, entry_id: str) -> Live | None:
    """The live publication of an entry, None for whatever is not public."""
    row = db.execute(_LIVE.where(_P.live_entry == entry_id)).one_or_none()
    return None if row is None else _live(row)


def latest(
    db: Connection,
    *,
    limit: int,
    offset: int = 0,
    section: str | None = None,
    kind: str | None = None,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> list[Live]:
    """The newest publications, of one section or kind, when asked; `chosen`: values of their filters."""
    query = _LIVE
    if section is not None:
        query = query.where(_P.section == section)
    if kind is not None:
        query = query.where(_P.kind == kind)
    for name, value in chosen.items():
        query = query.where(_P.op_id.in_(select(_F.op_id).where(_F.value == value, _F.name == name)))
    return _lives(db, query.order_by(*_NEWEST_FIRST).limit(limit).offset(offset))


def urgent(db: Connection, *, among: int, limit: int) -> list[Live]:
    """The urgent ones among the newest `among` publications."""
    newest = select(_P.id, _P.urgent).where(_P.live_entry.is_not(None)).order_by(*_NEWEST_FIRST).limit(among)
    found = [row.id for row in db.execute(newest) if row.urgent]
    return by_numbers(db, found[:limit]) if found else []


def by_numbers(db: Connection, numbers: Sequence[int]) -> list[Live]:
    """These publications in this order."""
    found = {live.number: live for live in _lives(db, _LIVE.where(_P.id.in_(numbers)))}
    return [found[number] for number in numbers]


def neighbours(db: Connection, live: Live) -> tuple[Live | None, Live | None]:
    """What follows and what precedes `live` in its section."""
    same, place = _LIVE.where(_P.section == live.section), tuple_(_P.first_published, _P.id)
    here = (live.first_published, live.number)
    newer = _lives(db, same.where(place > here).order_by(_P.first_published, _P.id).limit(1))
    older = _lives(db, same.where(place < here).order_by(*_NEWEST_FIRST).limit(1))
    return (newer[0] if newer else None), (older[0] if older else None)


def variants(db: Connection, live: Live) -> list[Live]:
    """The same text in other languages, as far as it is public."""
    original = live.content["fields"].get("variant_of") or live.entry_id
    if not isinstance(original, str):
        return []
    named = _lives(db, _LIVE.where(_P.variant_of == original, _P.kind == live.kind))
    source = find(db, original)
    family = named if source is None else [source, *named]
    others = {item.content["lang"]: item for item in family if item.content["lang"] != live.content["lang"]}
    return [others[lang] for lang in sorted(others)]


def relating_to(db: Connection, entry_id: str, *, limit: int = _RELATING) -> list[tuple[Live, str]]:
    """The live publications whose text relates to this entry, each with `field.act`; the newest first."""
    query = _LIVE.add_columns(_F.name).join(t.publication_fact, _F.op_id == _P.op_id)
    rows = db.execute(query.where(_F.value == entry_id, _F.name.like("%.%")).order_by(*_NEWEST_FIRST).limit(limit))
    return [(_live(row[:-1]), row[-1]) for row in rows]


def matching(db: Connection, words: Sequence[str], *, limit: int) -> list[int]:
    """Numbers of the publications that hold every one of these folded words, best first."""
    if not words:
        return []
    # Vietnamese words are short and written apart: a beginning of one is another word. (`san` is not `sang`.)
    text = literal(" ") + _P.folded + literal(" ")
    head = func.substr(text, 1, _HEAD)
    phrase, each = f"% {' '.join(words)} %", [f"% {word} %" for word in words]
    worth = case(
        (head.like(phrase), 3),
        (and_(*(head.like(one) for one in each)), 2),
        (text.like(phrase), 1),
        else_=0,
    )
    query = select(_P.id).where(_P.live_entry.is_not(None), *(text.like(one) for one in each))
    return list(db.execute(query.order_by(worth.desc(), *_NEWEST_FIRST).limit(limit)).scalars())


def _lives(db: Connection, query: Select[*tuple[Any, ...]]) -> list[Live]:
    return [_live(row) for row in db.execute(query)]


def _live(row: Sequence[Any]) -> Live:
    number, entry_id, kind, section, first, latest_time, content = row
    return Live(
        number, entry_id, kind=kind, section=section, first_published=first, published=latest_time,
        content=json.loads(content),
    )  # fmt: skip
