"""What the client does with the outcome of each operation it sent. The caller of `apply_result` holds the transaction.

No text a person wrote is dropped here: it is a revision, the draft again, or the side of a conflict with a card.
"""

from dataclasses import replace

from desktop.application.ports import Store, Work
from desktop.application.records import Changes, Draft, Place, Queued
from desktop.application.shown import refresh
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId, Rid, follows
from desktop.domain.operation import Operation, Stamp, comment
from desktop.domain.revision import Content, Revision
from desktop.sync import put_off
from desktop.sync.adopt import adopt_head, leave_scope, newborn
from desktop.sync.put_off import LATER
from desktop.sync.wire import Result

# `key_reused`: the portal has another operation under this id, so this one had no effect: its text may be frozen anew.
REFUSED = frozenset(
    {"stale_revision", "invalid_state", "forbidden", "invalid", "gone", "expired", "unsupported", "key_reused"}
)
_BUILT_ON = frozenset({"put", "command"})  # each on those before it; anything else stands by itself
FINAL = REFUSED | {"applied", "conflict"}
# The card's rule when the portal gives none.
_RULES = {"key_reused": "key-reused", "rid_mismatch": "rid-mismatch", "conflict": "conflict", "gone": "gone"}
WITHDRAWN = "withdrawn"
SET_ASIDE = "set-aside"  # a text of this member's own that only the earlier texts of the entry have now
_RELEASED = "released_by"  # the version of this program that has offered again what was held


def apply_result(work: Work, operation: Operation, result: Result, *, at: str) -> None:
    """Carry out one outcome; `at` is this machine's time (ISO 8601 UTC)."""
    if result.outcome in FINAL:
        work.queue.settle(operation.op_id, outcome=result.outcome, answer=result.raw, at=at)
        put_off.settle(work, operation, at=at)
    elif result.outcome in LATER and operation.type != "side":
        put_off.count(work, operation, result.outcome, result.rule or Rule("busy"), at=at)
    if operation.type == "side":
        return  # nothing waits for it, and its text stands here
    stood = work.entries.get(operation.entry_id)
    _adopt(work, operation, result)
    if result.outcome == "applied":
        _keep_revision(work, operation, result)
    elif result.outcome == "conflict":
        _card(work, operation, result, at=at)
        _take_back(work, operation, at=at, conflict=result.head.rid if result.head else None)
    elif result.outcome in REFUSED:
        _card(work, operation, result, at=at)
        if operation.type in _BUILT_ON:
            _take_back(work, operation, at=at, conflict=None)
        if operation.name == "return" and result.outcome == "invalid_state":
            _keep_reason(work, operation, otherwise=stood.head.rid if stood else None, at=at)
    elif result.outcome == "missing_blob" and result.rule is not None:
        work.blobs.mark_unsent(result.rule.params.get("sha256", ""))  # it may be there and not in this member's reach
    elif result.outcome not in LATER:
        work.queue.hold(operation.op_id)
        _card(work, operation, result, at=at)


def hold(work: Work, operation: Operation, rule: Rule, *, at: str) -> None:
    """The portal will not even read this operation: it stays here with a card, and the others go on.

    A side draft is given up: its text stands here, and it is about no entry that could have a card.
    """
    if operation.type == "side":
        work.queue.withdraw(operation.op_id, at=at)
        return
    work.queue.hold(operation.op_id)
    work.cards.add(
        operation.entry_id, op_id=operation.op_id, name=operation.name, outcome="held", rule=rule, pointers=(), at=at
    )


def release_held(store: Store, version: str, *, at: str) -> Changes | None:
    """What was held is offered once more to the portal by each version of this program; None if that has been done.

    The portal, or what this program makes of its answer, may have been mended since. Its cards are closed: the next answer counts.
    """
    with store.read() as work:
        if work.feed.value(_RELEASED) == version:
            return None
    with store.write() as work:
        held = {item.operation.op_id: item.operation for item in work.queue.all() if item.place is Place.HELD}
        for op_id in held:
            work.queue.release(op_id)
        for card in work.cards.open():
            if card.op_id in held:
                work.cards.close(card.id, at=at)
        work.feed.set_value(_RELEASED, version)
        touched = frozenset(operation.entry_id for operation in held.values())
        refresh(work, touched)
    return Changes(touched, lists=bool(touched))


def _adopt(work: Work, operation: Operation, result: Result) -> None:
    """The live head becomes the portal's view, whatever the outcome."""
    if result.outcome == "gone":
        leave_scope(work, operation.entry_id)  # unknown there, or none of this member's any more
    if result.head is None:
        return
    account = work.feed.account()
    born = newborn(operation, owner=account.member_id if account else None) if result.outcome == "applied" else None
    adopt_head(work, result.head, born=born)


def _keep_revision(work: Work, operation: Operation, result: Result) -> None:
    rid, content = operation.rid, content_of(operation)
    if rid is None or content is None:
        return
    known = work.revisions.get(rid)
    made = known or Revision(rid, operation.entry_id, _base(operation), content, operation.op_id)
    number = result.head.rev_no if result.head is not None and result.head.rid == rid else made.rev_no
    if known is None or known.rev_no != number:
        work.revisions.put(replace(made, rev_no=number))
    if result.head is not None:
        adopt_head(work, result.head)  # now that its text is here


def _take_back(work: Work, operation: Operation, *, at: str, conflict: Rid | None) -> None:
    """`operation` was refused: what was built on it is withdrawn, and the newest text is the draft again.

    An operation whose bytes were sent before is not withdrawn: a late copy of it may still arrive, so its own answer decides. So
    it does for whatever is built on nothing: a remark, a claim.
    """
    later = [item for item in work.queue.of(operation.entry_id) if item.operation.op_id != operation.op_id]
    unsent = [item for item in later if item.attempts == 0 and item.operation.type in _BUILT_ON]
    puts = [
        op for op in (operation, *(item.operation for item in _texts(operation, later, unsent))) if op.type == "put"
    ]
    if puts:
        _restore_text(work, puts, at=at, conflict=conflict)
    for item in unsent:
        work.queue.withdraw(item.operation.op_id, at=at)
        if item.operation.type != "put":
            _withdrawn_card(work, item.operation, at=at)


def _keep_reason(work: Work, operation: Operation, *, otherwise: Rid | None, at: str) -> None:
    """A return came too late, its words have not: they become a remark on the text that they were about.

    `otherwise` is that text for a return that does not name it. The ids follow from the return's, so that an answer applied once
    more to an older copy of this home makes the same remark.
    """
    reason, about = operation.payload.get("reason"), operation.payload.get("about")
    on_rid = Rid(about) if isinstance(about, str) else otherwise
    if not isinstance(reason, str) or not reason.strip() or on_rid is None:
        return
    stamp = Stamp(OpId(follows(operation.op_id, "comment")), work.queue.next_seq(), at)
    comment_id = follows(operation.op_id, "remark")
    made = comment(stamp, operation.entry_id, comment_id, on_rid=on_rid, text=reason)
    work.queue.add(made, at=at)


def _texts(operation: Operation, later: list[Queued], unsent: list[Queued]) -> list[Queued]:
    """The queued operations whose text must come back: all that follow a refused put, else only what is withdrawn."""
    return later if operation.type == "put" else unsent


def _restore_text(work: Work, puts: list[Operation], *, at: str, conflict: Rid | None) -> None:
    """The newest text is the draft, on the base that the first of `puts` had: the only one that the portal knows."""
    first, newest = puts[0], puts[-1]
    draft = work.drafts.get(first.entry_id)
    if draft is not None and draft.conflict is not None:
        work.drafts.put(replace(draft, conflict=conflict or draft.conflict))
        return
    if draft is not None and draft.dirty:
        grown = draft.base_rid in {put.rid for put in puts}
        work.drafts.put(replace(draft, base_rid=_base(first) if grown else draft.base_rid, conflict=conflict))
        if not grown:  # what is written stands beside what was sent: both cannot be the working copy
            rule = Rule(SET_ASIDE)
            work.cards.add(
                newest.entry_id, op_id=newest.op_id, name="put", outcome=WITHDRAWN, rule=rule, pointers=(), at=at
            )
        return
    content = content_of(newest)
    if content is not None:
        work.drafts.put(_draft(first.entry_id, content, base=_base(first), conflict=conflict, at=at))


def _draft(entry_id: EntryId, content: Content, *, base: Rid | None, conflict: Rid | None, at: str) -> Draft:
    return Draft(
        entry_id=entry_id,
        kind=content.kind,
        lang=content.lang,
        fields=content.fields,
        attachments=content.attachments,
        base_rid=base,
        dirty=True,
        conflict=conflict,
        updated=at,
    )


def _card(work: Work, operation: Operation, result: Result, *, at: str) -> None:
    rule = _with_reason(result.rule or Rule(_RULES.get(result.outcome, "unsupported")), operation)
    rule = _with_delegation(work, rule, operation)
    asked = [(card.name, card.outcome, card.rule.code) for card in work.cards.of(operation.entry_id)]
    if result.outcome == "conflict" and any(outcome == "conflict" for _, outcome, _ in asked):
        return  # one question per entry
    if (operation.name, result.outcome, rule.code) in asked and "reason" not in rule.params:
        return  # the same text refused for the same reason again
    work.cards.add(
        operation.entry_id,
        op_id=operation.op_id,
        name=operation.name,
        outcome=result.outcome,
        rule=rule,
        pointers=result.pointers,
        at=at,
    )


def _withdrawn_card(work: Work, operation: Operation, *, at: str) -> None:
    work.cards.add(
        operation.entry_id,
        op_id=operation.op_id,
        name=operation.name,
        outcome=WITHDRAWN,
        rule=_with_reason(Rule("withdrawn"), operation),
        pointers=(),
        at=at,
    )


def _with_reason(rule: Rule, operation: Operation) -> Rule:
    """What a person wrote to go with a command that was not carried out, or as a remark, is on its card: it is not lost."""
    reason = operation.payload.get("text" if operation.type == "comment" else "reason")
    return replace(rule, params={**rule.params, "reason": reason}) if isinstance(reason, str) and reason else rule


def _with_delegation(work: Work, rule: Rule, operation: Operation) -> Rule:
    """Of a delegation that was not in force on arrival: until when it was given, and by whom; of a revoked one nothing."""
    account, entry = work.feed.account(), work.entries.get(operation.entry_id)
    if rule.code != "delegation-expired" or account is None or entry is None:
        return rule
    given = [
        delegation
        for delegation in work.board.delegations(account.member_id)
        if delegation.step == entry.head.state.step and delegation.covers(entry.meta.section) and not delegation.revoked
    ]
    if not given:
        return rule
    last = max(given, key=lambda delegation: delegation.end)
    return replace(rule, params={**rule.params, "giver": last.giver, "end": last.end})


def content_of(operation: Operation) -> Content | None:
    """The text that a put carries."""
    return operation.content


def _base(operation: Operation) -> Rid | None:
    base = operation.payload.get("base_rid")
    return Rid(base) if isinstance(base, str) else None
