"""The portal's view of one entry becomes ours; what a person has typed or queued is never touched by it."""

from dataclasses import replace

from desktop.application.ports import Work
from desktop.application.records import Entry, Meta
from desktop.domain.entry import Head, Phase
from desktop.domain.ids import EntryId, MemberId
from desktop.domain.operation import Operation

_SUBMITTED = frozenset({Phase.WAITING, Phase.PUBLISHED, Phase.UNPUBLISHED})


def adopt_entry(work: Work, head: Head, meta: Meta) -> None:
    """All that the feed tells of an entry: it is in scope, and this is its state."""
    known = work.entries.get(head.entry_id)
    _store(work, replace(known, meta=meta, in_scope=True) if known else Entry(head, meta), head)


def adopt_head(work: Work, head: Head, *, born: Meta | None = None) -> None:
    """The live head of an answer. `born` describes an entry that this very answer has made; its feed line follows."""
    known = work.entries.get(head.entry_id)
    if known is not None:
        _store(work, known, head)
    elif born is not None:
        _store(work, Entry(head, born), head)


def adopt_text(work: Work, head: Head) -> None:
    """The text of a head that is known already is here now."""
    known = work.entries.get(head.entry_id)
    if known is not None and head.rid is not None and work.revisions.has(head.rid):
        work.entries.put(replace(known, body_rid=head.rid))


def leave_scope(work: Work, entry_id: EntryId) -> None:
    known = work.entries.get(entry_id)
    if known is not None:
        work.entries.put(replace(known, in_scope=False))
        drop_clean_draft(work, entry_id, current_too=True)


def bury(work: Work, entry_id: EntryId, *, seq: int) -> None:
    """A discarded entry: its state changes, nothing is removed. `seq`: of the change that told it, which names no head.

    A restored portal counts anew: what was heard of the entry before must not look newer than what is told from now on.
    """
    known = work.entries.get(entry_id)
    if known is not None:
        state = replace(known.head.state, phase=Phase.DISCARDED)
        work.entries.put(replace(known, head=replace(known.head, state=state, seq=seq)))
        drop_clean_draft(work, entry_id)


def drop_clean_draft(work: Work, entry_id: EntryId, *, current_too: bool = False) -> None:
    """A working copy that says nothing new makes way for the head when it stands on an older text, or in any case."""
    draft, known = work.drafts.get(entry_id), work.entries.get(entry_id)
    if draft is None or known is None or draft.dirty or draft.conflict is not None or draft.base_rid is None:
        return
    if (current_too or draft.base_rid != known.head.rid) and not work.queue.of(entry_id):
        work.drafts.remove(entry_id)


def newborn(operation: Operation, *, owner: MemberId | None) -> Meta | None:
    """What is known of an entry from the put that made it, until the feed tells the rest; None for other operations."""
    content = operation.payload.get("content")
    if operation.type != "put" or not isinstance(content, dict):
        return None
    fields = content.get("fields")
    told = fields if isinstance(fields, dict) else {}
    section = told.get("section")
    return Meta(
        kind=str(content.get("kind")),
        lang=str(content.get("lang")),
        title=str(told.get("title") or ""),
        section=section if isinstance(section, str) else None,
        owner=owner,
        authors=(owner,) if owner is not None else (),
    )


def _store(work: Work, entry: Entry, head: Head) -> None:
    has_text = head.rid is not None and work.revisions.has(head.rid)
    work.entries.put(
        replace(
            entry,
            head=head,
            body_rid=head.rid if has_text else entry.body_rid,
            last_published_rid=head.published_rid or entry.last_published_rid,
            ever_submitted=entry.ever_submitted or head.state.phase in _SUBMITTED or entry.meta.submitter is not None,
        )
    )
