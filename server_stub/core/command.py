"""The `command` operation: a person's decision about an entry, judged by the profile and carried out once."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, select

from server_stub.core import history, publication, record
from server_stub.core.blobs import which_are_here
from server_stub.core.entry import Entry
from server_stub.core.outcome import Outcome, applied, refused
from server_stub.core.reading import Reader, brought
from server_stub.core.validate import incomplete, unknown_kind
from server_stub.core.work import Work
from server_stub.core.workflow import Allowed, Order, decide
from server_stub.store import tables as t

_NEEDS_BLOBS: Final = ("submit", "approve")
_CONTENT: Final = select(t.revision.c.content).where(
    t.revision.c.entry_id == bindparam("entry_id"), t.revision.c.rid == bindparam("of_rid")
)
_LACKING: Final = select(t.blob_use.c.sha256).where(
    t.blob_use.c.entry_id == bindparam("entry_id"),
    t.blob_use.c.rid == bindparam("of_rid"),
    t.blob_use.c.entry_id.not_in(brought(t.blob_use.c.sha256)),
)


def apply_command(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Judge and carry out a command."""
    entry = work.visible(op["entry_id"])
    if entry is None:
        return refused("gone", "gone")
    order = Order(
        name=op["name"],
        on_state_ver=op["on_state_ver"],
        on_rid=op.get("on_rid"),
        step=op.get("step"),
        reason=op.get("reason") or "",
        delegation=op.get("delegation"),
    )
    verdict = decide(
        work.catalog.profile, entry, order, actor=work.actor, now=work.now,
        missing=lambda gate: incomplete(work.catalog, _content(work, entry), gate),
    )  # fmt: skip
    if isinstance(verdict, Outcome):
        return replace(verdict, entry_id=entry.id)
    goes_on = order.name in _NEEDS_BLOBS or verdict.after.phase == "published"
    if goes_on and entry.kind not in work.catalog.kinds:
        return replace(unknown_kind(entry.kind), entry_id=entry.id)
    if order.name in _NEEDS_BLOBS:
        lacking = _lacking_blobs(work, entry)
        if lacking and which_are_here(Reader(work.db, work.scope), lacking):  # what the actor named may have come since
            lacking = _lacking_blobs(work, entry)
        if lacking:
            return replace(refused("missing_blob", "blob-missing", sha256=lacking[0]), entry_id=entry.id)
    _carry_out(work, op, entry, verdict)
    return applied(entry.id, entry.head_rid)


def _carry_out(work: Work, op: Mapping[str, Any], before: Entry, verdict: Allowed) -> None:
    after = replace(verdict.after, updated=work.now)
    if op["name"] == "return":
        after = replace(after, returned={"op_id": op["op_id"], "reason": op["reason"], "by": work.me.id})
    if after.phase != before.phase or after.step != before.step:
        after = replace(after, claimed_by=None, claimed_at=None)
    work.change_entry(after)
    if before.claimed_by is not None and after.claimed_by is None:
        work.touch("claim", after.id, entry_id=after.id)
    about = before.published_rid if op["name"] == "unpublish" else before.head_rid
    if op["name"] == "restore" and after.published_rid is not None:
        about = after.published_rid
    if after.published_rid is None and before.published_rid is not None:
        publication.withdraw(work, op, before)
    elif after.phase == "published" and before.phase != "published":
        publication.publish(work, op, after)
    mandate = verdict.mandate
    history.append(
        work, op, rid=about, states=(before.state, after.state),
        on_behalf_of=None if mandate is None else mandate.giver.id,
    )  # fmt: skip
    record.append(
        work, op, kind=f"command.{op['name']}", target=after.id, rid=about, states=(before.state, after.state),
        reason=op.get("reason") or "", delegation=None if mandate is None else mandate.id,
    )  # fmt: skip


def _content(work: Work, entry: Entry) -> dict[str, Any]:
    text = work.db.execute(_CONTENT, {"entry_id": entry.id, "of_rid": entry.head_rid}).scalar_one()
    content: dict[str, Any] = json.loads(text)
    return content


def _lacking_blobs(work: Work, entry: Entry) -> list[str]:
    """Digests of attachments of the head whose bytes nobody has brought into this entry yet."""
    lacking = work.db.execute(_LACKING, {"entry_id": entry.id, "of_rid": entry.head_rid})
    return sorted(row.sha256 for row in lacking)
