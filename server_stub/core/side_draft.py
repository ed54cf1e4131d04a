"""The `side` operation: a text that its writer could not settle yet, kept for that member alone.

It is no edit: no state, no rid, no reader but its writer's own devices. Source: docs/wire.md, "Side drafts".
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from server_stub.core import record
from server_stub.core.canonical import NotCanonicalError, canonical
from server_stub.core.outcome import Outcome, applied, invalid
from server_stub.core.validate import MAX_CONTENT, shape_faults
from server_stub.core.work import Work
from server_stub.store import tables as t


def apply_side(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Keep, replace or (content null) forget a side draft of the actor."""
    text: str | None = None
    if op["content"] is not None:
        try:
            data = canonical(op["content"])
        except NotCanonicalError as error:
            return invalid("invalid-content", ((f"/content{error.pointer}", error.code),))
        if len(data) > MAX_CONTENT:
            return invalid("too-large", (("/content", "size"),))
        faults = shape_faults(op["content"])
        if faults:
            return invalid("invalid-content", faults)
        text = data.decode()
    known = work.db.execute(select(t.side_draft.c.member_id).where(t.side_draft.c.id == op["side_id"])).first()
    if known is not None and known.member_id != work.me.id:
        return invalid("invalid-content", (("/side_id", "unique"),))
    values = {"entry_id": op["entry_id"], "base_rid": op["base_rid"], "content": text, "server_time": work.now}
    if known is None:
        work.db.execute(insert(t.side_draft).values(id=op["side_id"], member_id=work.me.id, **values))
    else:
        work.db.execute(update(t.side_draft).where(t.side_draft.c.id == op["side_id"]).values(**values))
    work.touch("side_draft", op["side_id"])
    record.append(work, op, kind="side", target=op["side_id"])
    return applied(None)
