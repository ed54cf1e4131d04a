"""What is public: at most one live row per entry, one row per operation, written with its command.

The public site reads these rows and the revisions they name, nothing else.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update

from server_stub.core.entry import Entry
from server_stub.core.fold import fold
from server_stub.core.kinds import Kind, searched
from server_stub.core.relations import related
from server_stub.core.work import Work
from server_stub.store import tables as t

_CONTENT: Final = select(t.revision.c.content).where(
    t.revision.c.entry_id == bindparam("entry_id"), t.revision.c.rid == bindparam("of_rid")
)
_EARLIEST: Final = select(func.min(t.publication.c.published)).where(t.publication.c.entry_id == bindparam("entry_id"))
_NOTE: Final = insert(t.publication_fact)
_LONGEST: Final = 200
_WITHDRAW: Final = (
    update(t.publication)
    .where(t.publication.c.live_entry == bindparam("of_entry"))
    .values(live_entry=None, withdrawn=bindparam("at"), withdrawn_op=bindparam("by"))
)


def publish(work: Work, op: Mapping[str, Any], entry: Entry) -> None:
    """Make the entry's `published_rid` its live revision; the row before it, if any, ends."""
    withdraw(work, op, entry)
    text = work.db.execute(_CONTENT, {"entry_id": entry.id, "of_rid": entry.published_rid}).scalar_one()
    content = json.loads(text)
    kind, fields = work.catalog.kinds[entry.kind], content["fields"]
    variant_of = fields.get("variant_of")
    earliest = work.db.execute(_EARLIEST, {"entry_id": entry.id}).scalar_one()
    work.db.execute(
        insert(t.publication).values(
            op_id=op["op_id"],
            entry_id=entry.id,
            rid=entry.published_rid,
            live_entry=entry.id,
            kind=entry.kind,
            section=fields.get("section"),
            first_published=earliest or work.now,
            urgent=fields.get("urgent") is True,
            lang=content["lang"],
            variant_of=variant_of if isinstance(variant_of, str) else None,
            folded=searched_text(kind, content),
            published=work.now,
        )
    )
    facts = [{"op_id": op["op_id"], "name": name, "value": value} for name, value in found_by(kind, fields)]
    if facts:
        work.db.execute(_NOTE, facts)


def withdraw(work: Work, op: Mapping[str, Any], entry: Entry) -> None:
    """End the entry's live row, if it has one."""
    work.db.execute(_WITHDRAW, {"of_entry": entry.id, "at": work.now, "by": op["op_id"]})


def found_by(kind: Kind, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of everything that the site finds the publication by, besides its words."""
    chosen = ((name, fields.get(name)) for name in kind.filters)
    told = [(name, value) for name, value in chosen if isinstance(value, str) and value and len(value) <= _LONGEST]
    others = dict.fromkeys((f"{kind.relations}.{act}", other) for act, _, other in related(kind, fields) if other)
    return [*told, *others]


def searched_text(kind: Kind, content: Mapping[str, Any]) -> str:
    """The folded text that the site's search compares with."""
    return " ".join(fold(text) for text in searched(kind, content["fields"]))
