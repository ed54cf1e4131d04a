"""The operations that touch an entry without a text or a stage: comment, assign, claim, personal."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from server_stub.core import history, record
from server_stub.core.canonical import NotCanonicalError, canonical, digest
from server_stub.core.entry import Entry
from server_stub.core.outcome import Outcome, applied, invalid, refused
from server_stub.core.people import load_person
from server_stub.core.work import Work
from server_stub.core.workflow import Actor, hold, is_section_editor, may_write
from server_stub.store import tables as t

_SAID: Final = select(t.comment.c.id).where(t.comment.c.id == bindparam("comment_id"))
_SAY: Final = insert(t.comment)
_KNOWN: Final = select(t.revision.c.rid).where(
    t.revision.c.entry_id == bindparam("entry_id"), t.revision.c.rid == bindparam("of_rid")
)
_KEPT: Final = select(t.personal.c.record_id).where(t.personal.c.record_id == bindparam("of_record"))


def apply_comment(work: Work, op: Mapping[str, Any]) -> Outcome:
    """A remark on one revision: append-only, possible in every state for whoever reads the entry."""
    entry = work.visible(op["entry_id"])
    if entry is None:
        return refused("gone", "gone")
    if not op["text"].strip():
        return invalid("invalid-content", (("/text", "required"),))
    if not _knows(work, entry, op["on_rid"]):
        return replace(refused("stale_revision", "other-revision", rid=entry.head_rid), entry_id=entry.id)
    if work.db.execute(_SAID, {"comment_id": op["comment_id"]}).first() is not None:
        return invalid("invalid-content", (("/comment_id", "unique"),))
    work.db.execute(
        _SAY,
        {
            "id": op["comment_id"], "entry_id": entry.id, "on_rid": op["on_rid"], "text": op["text"],
            "anchor": op.get("anchor"), "author": work.me.id, "server_time": work.now,
        },
    )  # fmt: skip
    work.touch("comment", op["comment_id"], entry_id=entry.id)
    record.append(work, op, kind="comment", target=entry.id, rid=op["on_rid"])
    return applied(entry.id)


def apply_assign(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Give the entry to a member who may enter texts in its section, or to nobody."""
    entry = work.visible(op["entry_id"])
    if entry is None:
        return refused("gone", "gone")
    profile = work.catalog.profile
    mine = work.me.id in (entry.owner, entry.assignee)
    if not mine and not is_section_editor(profile, entry, work.actor, now=work.now):
        return replace(refused("forbidden", "not-yours", clause=profile.first.clause), entry_id=entry.id)
    ever = entry.assignees_ever
    if op["assignee"] is not None:
        person = load_person(work.db, op["assignee"])
        if person is None or not person.active:
            return invalid("invalid-content", (("/assignee", "unknown"),))
        refusal = hold(profile, profile.first, Actor(person), section=entry.section, now=work.now).refusal
        if refusal is not None:
            return replace(refusal, entry_id=entry.id)
        ever = ever if person.id in ever else (*ever, person.id)
    work.change_entry(replace(entry, assignee=op["assignee"], assignees_ever=ever, updated=work.now))
    history.append(work, op)
    record.append(work, op, kind="assign", target=entry.id)
    return applied(entry.id)


def apply_claim(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Say that one is reading the entry now: a courtesy to colleagues, never a lock; the last one stands."""
    entry = work.visible(op["entry_id"])
    if entry is None:
        return refused("gone", "gone")
    if entry.phase != "waiting":
        return replace(refused("invalid_state", "phase", phase=entry.phase), entry_id=entry.id)
    profile = work.catalog.profile
    step = profile.step(entry.step)
    if step is None:
        return replace(refused("invalid_state", "step", step=entry.step), entry_id=entry.id)
    refusal = hold(profile, step, work.actor, section=entry.section, now=work.now).refusal
    if refusal is not None:
        return replace(refusal, entry_id=entry.id)
    by = None if op["release"] else work.me.id
    work.change_entry(replace(entry, claimed_by=by, claimed_at=work.now))
    work.touch("claim", entry.id, entry_id=entry.id)
    record.append(work, op, kind="claim", target=entry.id)
    return applied(entry.id)


def apply_personal(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Keep personal data apart from the content, which will hold only their hash."""
    entry = work.entry(op["entry_id"])
    if entry is not None and not work.scope.sees(entry):
        return refused("gone", "gone")
    section = None if entry is None else entry.section
    refusal = may_write(work.catalog.profile, entry, work.actor, section=section, now=work.now)
    if refusal is not None:
        return replace(refusal, entry_id=None if entry is None else entry.id)
    try:
        text = canonical(op["fields"])
    except NotCanonicalError as error:
        return invalid("invalid-content", ((f"/fields{error.pointer}", error.code),))
    if work.db.execute(_KEPT, {"of_record": op["record_id"]}).first() is not None:
        return invalid("invalid-content", (("/record_id", "unique"),))
    hashed = digest(op["salt"].encode() + text)
    work.db.execute(
        insert(t.personal).values(
            record_id=op["record_id"], entry_id=op["entry_id"], owner=work.me.id, salt=op["salt"],
            fields=json.dumps(op["fields"], ensure_ascii=False), hash=hashed, server_time=work.now,
        )
    )  # fmt: skip
    record.append(work, op, kind="personal", target=op["entry_id"])
    return applied(None if entry is None else entry.id)


def _knows(work: Work, entry: Entry, rid: str) -> bool:
    return work.db.execute(_KNOWN, {"entry_id": entry.id, "of_rid": rid}).first() is not None
