"""The `put` operation: one more immutable revision of an entry, or the first of a new one.

A put never changes state or `state_ver`.  Source: docs/wire.md, "For a `put`".
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import insert

from server_stub.core import history, record
from server_stub.core.blobs import which_are_here
from server_stub.core.canonical import NotCanonicalError, canonical, digest, revision_id
from server_stub.core.entry import Entry
from server_stub.core.limits import words_of
from server_stub.core.outcome import Outcome, Rule, applied, invalid, refused
from server_stub.core.reading import Reader
from server_stub.core.relations import check_relations
from server_stub.core.validate import MAX_CONTENT, blobs_of, check_content, shape_faults
from server_stub.core.work import Work
from server_stub.core.workflow import may_write
from server_stub.store import tables as t

_INSERT: Final = insert(t.revision)


def apply_put(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Judge and carry out a put."""
    content = op["content"]
    try:
        text = canonical(content)
    except NotCanonicalError as error:
        return invalid("invalid-content", ((f"/content{error.pointer}", error.code),))
    refusal = _refusal_of_text(op, text)
    if refusal is not None:
        return refusal
    if sum(item["size"] for item in content["attachments"]) > work.limits.entry_file_bytes:
        limit = words_of(work.limits.entry_file_bytes)
        return invalid("entry-files", (("/content/attachments", "size"),), limit=limit)
    entry = work.entry(op["entry_id"])
    refusal = (
        _refusal_of_place(work, op, entry)
        or check_content(work.catalog, content)
        or check_relations(work, op["entry_id"], content)
    )
    if refusal is not None:
        return refusal
    entry = _born(work, op, text) if entry is None else _grown(work, op, entry, text)
    _write(work, op, entry, text)
    return applied(entry.id, op["rid"])


def _refusal_of_text(op: Mapping[str, Any], text: bytes) -> Outcome | None:
    """What the operation alone tells: its size, its shape, its rid."""
    if len(text) > MAX_CONTENT:
        return invalid("too-large", (("/content", "size"),))
    faults = shape_faults(op["content"])
    if faults:
        return invalid("invalid-content", faults)
    parents = [rid for rid in (op["base_rid"], op["merged_from"]) if rid is not None]
    if op["base_rid"] is None and parents:
        return invalid("invalid-content", (("/merged_from", "base"),))
    if revision_id(parents, digest(text), op_id=op["op_id"]) != op["rid"]:
        return Outcome("rid_mismatch", Rule("rid-mismatch"))
    return None


def _refusal_of_place(work: Work, op: Mapping[str, Any], entry: Entry | None) -> Outcome | None:
    """What the entry's state and the actor's rights tell."""
    section = _section(op["content"])
    if entry is None:
        if op["base_rid"] is not None:
            return refused("gone", "gone")
        return may_write(work.catalog.profile, None, work.actor, section=section, now=work.now)
    if not work.scope.sees(entry):
        return refused("gone", "gone")
    refusal = may_write(work.catalog.profile, entry, work.actor, section=section, now=work.now)
    if refusal is None and op["base_rid"] != entry.head_rid:
        refusal = Outcome("conflict", Rule("conflict", params={"rid": entry.head_rid}), entry_id=entry.id)
    if refusal is None and op["content"]["kind"] != entry.kind:
        refusal = invalid("invalid-content", (("/kind", "const"),))
    return None if refusal is None else replace(refusal, entry_id=entry.id)


def _born(work: Work, op: Mapping[str, Any], text: bytes) -> Entry:
    content, me = op["content"], work.me.id
    section = _section(content)
    number = 0 if op["auto"] else 1
    entry = Entry(
        id=op["entry_id"], kind=content["kind"], section=section, owner=me, assignee=None, submitter=None,
        head_rid=op["rid"], rev_count=number, step=work.catalog.profile.first.id, phase="draft", state_ver=0,
        published_rid=None, last_published=None, entered_rid=None, ever_submitted=False, returned=None,
        claimed_by=None, claimed_at=None, authors=(me,), authors_submitted=(),
        sections_ever=() if section is None else (section,), assignees_ever=(),
        facts=_facts(work, op, text, number), created=work.now, updated=work.now, seq=0,
    )  # fmt: skip
    work.add_entry(entry)
    return entry


def _grown(work: Work, op: Mapping[str, Any], entry: Entry, text: bytes) -> Entry:
    section, me = _section(op["content"]), work.me.id
    number = entry.rev_count + (0 if op["auto"] else 1)
    ever = entry.sections_ever
    entry = replace(
        entry,
        section=section,
        head_rid=op["rid"],
        rev_count=number,
        authors=entry.authors if me in entry.authors else (*entry.authors, me),
        sections_ever=ever if section is None or section in ever else (*ever, section),
        facts=_facts(work, op, text, number),
        updated=work.now,
    )
    work.change_entry(entry)
    return entry


def _facts(work: Work, op: Mapping[str, Any], text: bytes, number: int) -> dict[str, Any]:
    """What lists show without the content."""
    content, fields = op["content"], op["content"]["fields"]
    key = work.catalog.kinds[content["kind"]].key
    return {
        "lang": content["lang"],
        "title": fields.get("title", ""),
        "author": work.me.id,
        "urgent": fields.get("urgent", False),
        "key": fields.get(key) if key else None,
        "summary": fields.get("summary", ""),
        "size": len(text),
        "rev_no": None if op["auto"] else number,
    }


def _write(work: Work, op: Mapping[str, Any], entry: Entry, text: bytes) -> None:
    number = entry.facts["rev_no"]
    work.db.execute(
        _INSERT,
        {
            "entry_id": entry.id, "rid": op["rid"], "rev_no": number, "content": text.decode(),
            "base_rid": op["base_rid"], "merged_from": op["merged_from"], "op_id": op["op_id"], "author": work.me.id,
            "auto": op["auto"], "render_rev": op["render_rev"], "server_time": work.now,
        },
    )  # fmt: skip
    blobs = blobs_of(op["content"])
    if blobs:
        which_are_here(Reader(work.db, work.scope), blobs)
        work.db.execute(
            insert(t.blob_use), [{"sha256": sha256, "entry_id": entry.id, "rid": op["rid"]} for sha256 in blobs]
        )
    history.append(work, op, rid=op["rid"], rev_no=number)
    record.append(work, op, kind="put", target=entry.id, rid=op["rid"])


def _section(content: Mapping[str, Any]) -> str | None:
    section = content["fields"].get("section")
    return section if isinstance(section, str) else None
