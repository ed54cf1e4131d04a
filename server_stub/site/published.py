"""The live publications: every query of the site, over publication rows and the revisions they name, nothing else.

The newest come first, in the order of publication.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, case, func, literal, select

from server_stub.store import tables as t

_P: Final = t.publication.c
_R: Final = t.revision.c
_LIVE: Final = (
    select(_P.id, _P.entry_id, _P.kind, _P.section, _P.published, _R.content)
    .join(t.revision, (_R.entry_id == _P.entry_id) & (_R.rid == _P.rid))
    .where(_P.live_entry.is_not(None))
)
# The beginning of the searched text: the title, and of a document its number.
_HEAD: Final = 240


@dataclass(frozen=True)
class Live:
    """One entry as the public may read it; times are stamps."""

    number: int
    entry_id: str
    kind: str
    section: str | None
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
    but_kind: str | None = None,
) -> list[Live]:
    """The newest publications, of one section or kind, or not of one kind, when asked."""
    query = _LIVE
    if section is not None:
        query = query.where(_P.section == section)
    if kind is not None:
        query = query.where(_P.kind == kind)
    if but_kind is not None:
        query = query.where(_P.kind != but_kind)
    return _lives(db, query.order_by(_P.id.desc()).limit(limit).offset(offset))


def urgent(db: Connection, *, among: int, limit: int) -> list[Live]:
    """The urgent ones among the newest `among` publications."""
    recent = select(_P.id).where(_P.live_entry.is_not(None)).order_by(_P.id.desc()).limit(among).subquery()
    # Contents are canonical JSON, which has one way to write this member.
    query = _LIVE.where(_P.id.in_(select(recent.c.id)), _R.content.contains('"urgent":true'))
    return _lives(db, query.order_by(_P.id.desc()).limit(limit))


def first_published(db: Connection, entry_id: str) -> str:
    """When an entry that has been public first became so."""
    return str(db.execute(select(func.min(_P.published)).where(_P.entry_id == entry_id)).scalar_one())


def by_numbers(db: Connection, numbers: Sequence[int]) -> list[Live]:
    """These publications in this order."""
    found = {live.number: live for live in _lives(db, _LIVE.where(_P.id.in_(numbers)))}
    return [found[number] for number in numbers]


def neighbours(db: Connection, live: Live) -> tuple[Live | None, Live | None]:
    """What follows and what precedes `live` in its section."""
    same = _LIVE.where(_P.section == live.section)
    newer = _lives(db, same.where(_P.id > live.number).order_by(_P.id).limit(1))
    older = _lives(db, same.where(_P.id < live.number).order_by(_P.id.desc()).limit(1))
    return (newer[0] if newer else None), (older[0] if older else None)


def variants(db: Connection, live: Live) -> list[Live]:
    """The same text in other languages, as far as it is public."""
    original = live.content["fields"].get("variant_of") or live.entry_id
    if not isinstance(original, str):
        return []
    written = f'"variant_of":{json.dumps(original, ensure_ascii=False)}'
    named = _lives(db, _LIVE.where(_P.kind == live.kind, _R.content.contains(written, autoescape=True)))
    source = find(db, original)
    family = named if source is None else [source, *named]
    others = {item.content["lang"]: item for item in family if item.content["lang"] != live.content["lang"]}
    return [others[lang] for lang in sorted(others)]


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
    return list(db.execute(query.order_by(worth.desc(), _P.id.desc()).limit(limit)).scalars())


def _lives(db: Connection, query: Select[*tuple[Any, ...]]) -> list[Live]:
    return [_live(row) for row in db.execute(query)]


def _live(row: Row[*tuple[Any, ...]]) -> Live:
    number, entry_id, kind, section, when, content = row
    return Live(number, entry_id, kind=kind, section=section, published=when, content=json.loads(content))
