"""What is public: at most one live row per entry, one row per operation, written with its command.

The public site reads these rows and the revisions they name, nothing else.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select, update

from server_stub.core.entry import Entry
from server_stub.core.fold import fold
from server_stub.core.kinds import Kind, value_at
from server_stub.core.work import Work
from server_stub.store import tables as t


def publish(work: Work, op: Mapping[str, Any], entry: Entry) -> None:
    """Make the entry's `published_rid` its live revision; the row before it, if any, ends."""
    withdraw(work, op, entry)
    content = json.loads(
        work.db.execute(
            select(t.revision.c.content).where(
                t.revision.c.entry_id == entry.id, t.revision.c.rid == entry.published_rid
            )
        ).scalar_one()
    )
    kind, fields = work.catalog.kinds[entry.kind], content["fields"]
    variant_of = fields.get("variant_of")
    earliest = select(func.min(t.publication.c.published)).where(t.publication.c.entry_id == entry.id)
    work.db.execute(
        insert(t.publication).values(
            op_id=op["op_id"],
            entry_id=entry.id,
            rid=entry.published_rid,
            live_entry=entry.id,
            kind=entry.kind,
            section=fields.get("section"),
            first_published=work.db.execute(earliest).scalar_one() or work.now,
            urgent=fields.get("urgent") is True,
            lang=content["lang"],
            variant_of=variant_of if isinstance(variant_of, str) else None,
            folded=searched_text(kind, content),
            published=work.now,
        )
    )


def withdraw(work: Work, op: Mapping[str, Any], entry: Entry) -> None:
    """End the entry's live row, if it has one."""
    work.db.execute(
        update(t.publication)
        .where(t.publication.c.live_entry == entry.id)
        .values(live_entry=None, withdrawn=work.now, withdrawn_op=op["op_id"])
    )


def searched_text(kind: Kind, content: Mapping[str, Any]) -> str:
    """The folded text that the site's search compares with."""
    values = (value_at(content["fields"], path) for path in kind.searched)
    return " ".join(fold(value) for value in values if isinstance(value, str))
