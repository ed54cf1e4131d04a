"""A conflict is first tried by the machine: what nobody has to decide is merged into the draft, which must then be read.

Both texts stay in the history of this machine, whatever becomes of it. Source: QĐ 2567/2007/QĐ-UBND Điều 19.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.application.freezing import Tools, content_of, same_text
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Draft
from desktop.application.rules import Rules, rules_of, standing
from desktop.application.shown import refresh
from desktop.domain.conflict import Decisions, Difference, Merged
from desktop.domain.digest import content_hash, revision_id
from desktop.domain.entry import Head
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.kind import Kind
from desktop.domain.merge import differences, merge
from desktop.domain.revision import Content, Revision

MERGED = "merged"
"""The outcome of a card that asks a person to read a merged text."""


@dataclass(frozen=True)
class ConflictView:
    """The three texts and the questions between them. `base` is None when nobody knows it: then every difference is asked.

    `merged` is what stands after the answers given so far, its `conflicts` are the questions left; `differences` is all that
    either changed, paragraph by paragraph. `head_rid` and `mine_seen` say what was looked at. `by`, `by_id` and `at` are of
    the portal's text, `base_no` and `base_at` of the base as the portal numbered and dated it, "" and 0 where not known;
    `mine_at` is this machine's time.
    """

    entry_id: EntryId
    kind: str
    base: Content | None
    mine: Content
    theirs: Content
    head_rid: Rid
    mine_seen: str
    rev_no: int
    by: str
    at: str
    merged: Merged
    differences: tuple[Difference, ...]
    by_id: str = ""
    base_no: int = 0
    base_at: str = ""
    mine_at: str = ""


class Merging:
    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def merge_all(self) -> int:
        """Merge every draft in conflict that needs nobody's decision; returns how many. Called after texts have come in."""
        with self._store.read() as work:
            contested = [draft.entry_id for draft in work.drafts.dirty() if draft.conflict is not None]
            rules = rules_of(work) if contested else None
            ready = [entry_id for entry_id in contested if rules and self._merged(work, rules, entry_id)]
        done = [entry_id for entry_id in ready if self._merge_one(entry_id)]
        if done:
            self._announce(Changes(frozenset(done), lists=True))
        return len(done)

    def _merge_one(self, entry_id: EntryId) -> bool:
        with self._store.write() as work:
            rules = rules_of(work)
            found = self._merged(work, rules, entry_id)
            draft = work.drafts.get(entry_id)
            if found is None or draft is None:
                return False
            settle(work, rules, draft, found, tools=self._tools, unread=True)
            refresh(work, [entry_id], rules=rules)
        return True

    def _merged(self, work: Work, rules: Rules, entry_id: EntryId) -> ConflictView | None:
        """The conflict, if all three texts are here and go together.

        What waits may still bring a newer text of mine. Where the member may not write, the result could go nowhere.
        """
        now = standing(work, rules, entry_id)
        if now.entry is None or not now.entry.in_scope or now.queued or now.may_write(rules, now.facts.section):
            return None
        found = look(work, rules, entry_id)
        if found is None or found.kind not in rules.bundle.kinds:
            return None
        # Without a text that both stand on nothing can be put together, unless there is nothing to: a text that met itself.
        met_itself = (found.mine.lang, found.mine.fields, found.mine.attachments) == (
            found.theirs.lang, found.theirs.fields, found.theirs.attachments,
        )  # fmt: skip
        return found if (found.base is not None or met_itself) and found.merged.clean else None


def look(work: Work, rules: Rules, entry_id: EntryId, decisions: Decisions | None = None) -> ConflictView | None:
    """The conflict of an entry, with `decisions` carried out; None when there is none or the portal's text is not here."""
    draft, entry = work.drafts.get(entry_id), work.entries.get(entry_id)
    if draft is None or draft.conflict is None or entry is None or entry.head.rid is None:
        return None
    return _between(work, rules, draft, entry.head, decisions)


def look_back(work: Work, rules: Rules, entry_id: EntryId) -> ConflictView | None:
    """The conflict that the machine settled, for whoever must read what came of it; None when nothing waits to be read."""
    draft, entry = work.drafts.get(entry_id), work.entries.get(entry_id)
    mine = work.revisions.get(draft.merged_from) if draft is not None and draft.merged and draft.merged_from else None
    if draft is None or mine is None or entry is None or draft.base_rid is None:
        return None
    content = mine.content
    before = replace(
        draft, lang=content.lang, fields=content.fields, attachments=content.attachments, base_rid=mine.base_rid
    )
    return _between(work, rules, before, replace(entry.head, rid=draft.base_rid), None)


def _between(work: Work, rules: Rules, draft: Draft, head: Head, decisions: Decisions | None) -> ConflictView | None:
    theirs = work.revisions.get(head.rid) if head.rid else None
    if theirs is None or theirs.content.kind != draft.kind:
        return None
    known = _common_base(work, draft, theirs.rid)
    base = known.content if known else Content(draft.kind, theirs.content.lang, {}, {})
    mine = _content(draft)
    kind = rules.bundle.kinds.get(draft.kind) or Kind(draft.kind, {})
    steps = work.revisions.history(draft.entry_id)
    step = next((step for step in steps if step.rid == theirs.rid), None)
    first = next((step for step in steps if known is not None and step.rid == known.rid), None)
    return ConflictView(
        entry_id=draft.entry_id,
        kind=draft.kind,
        base=known.content if known else None,
        mine=mine,
        theirs=theirs.content,
        head_rid=theirs.rid,
        mine_seen=content_hash(mine.as_json()),
        rev_no=theirs.rev_no or head.rev_no,
        by=step.actor_label if step else "",
        at=step.server_time if step else "",
        merged=merge(kind, base, mine=mine, theirs=theirs.content, decisions=decisions),
        differences=differences(kind, base, mine=mine, theirs=theirs.content),
        by_id=step.actor if step else "",
        base_no=known.rev_no if known else 0,
        base_at=first.server_time if first else "",
        mine_at=draft.updated,
    )


def settle(work: Work, rules: Rules, draft: Draft, found: ConflictView, *, tools: Tools, unread: bool) -> None:
    """The merged text is the draft, on the portal's head; a text that says what theirs says needs no draft.

    `unread`: nobody has seen the result yet. It must be read where it is not what the person here had written.
    """
    at = tools.clock.now()
    mine = keep_text(work, rules, draft, tools)
    merged = found.merged
    made = replace(
        draft,
        lang=merged.lang,
        fields=merged.fields,
        attachments=merged.attachments,
        base_rid=found.head_rid,
        merged_from=mine,
        conflict=None,
        dirty=True,
        updated=at,
    )
    close_cards(work, draft.entry_id, at=at)
    if same_text(made, found.theirs) and made.lang == found.theirs.lang:
        work.drafts.remove(draft.entry_id)
        return
    unread = unread and not (same_text(made, found.mine) and made.lang == found.mine.lang)
    work.drafts.put(replace(made, merged=unread))
    if unread:
        pointers = tuple(f"/{name}" for name in merged.fields if merged.fields[name] != found.mine.fields.get(name))
        rule = Rule("merged-unread", params={"by": found.by})
        work.cards.add(draft.entry_id, op_id=None, name="put", outcome=MERGED, rule=rule, pointers=pointers, at=at)


def on_screen(work: Work, rules: Rules, draft: Draft, seen_rid: Rid, *, at: str) -> Draft:
    """`draft` to be written by a screen whose text stands on `seen_rid`.

    What was merged or settled meanwhile was not seen there: what is typed goes on from what was, and meets the other text again.
    """
    if draft.conflict is not None or work.revisions.get(seen_rid) is None:
        return draft
    if _stands_on(work, draft, seen_rid, me=rules.actor.member.id):
        return draft
    close_cards(work, draft.entry_id, at=at)
    return replace(draft, base_rid=seen_rid, merged_from=None, merged=False)


def _stands_on(work: Work, draft: Draft, seen_rid: Rid, *, me: MemberId) -> bool:
    """Whether only texts of one parent frozen here lie between the two: put, or taken back, while the screen stood open."""
    if draft.base_rid == seen_rid:
        return True
    frozen = draft.merged_from is None and seen_rid in _one_parent_each(work, draft.base_rid, me=me)
    return frozen or any(rid == draft.base_rid for rid in _one_parent_each(work, seen_rid, me=me))


def _one_parent_each(work: Work, rid: Rid | None, *, me: MemberId) -> Iterator[Rid]:
    """What `rid` was made from, and that in turn, up to the first text that was put together from two or came from elsewhere.

    Only a text frozen here says who wrote it: what somebody else wrote was on no screen, however short the way to it.
    """
    while (text := work.revisions.get(rid) if rid else None) and (rid := text.base_rid):
        if text.actor != me or revision_id(parents=[rid], content=text.content.hash, op_id=text.op_id) != text.rid:
            return
        yield rid


def close_cards(work: Work, entry_id: EntryId, *, at: str) -> None:
    """The question of a conflict, or of a merged text, has been answered."""
    for card in work.cards.of(entry_id):
        if card.outcome in {"conflict", MERGED}:
            work.cards.close(card.id, at=at)


def keep_text(work: Work, rules: Rules, draft: Draft, tools: Tools) -> Rid:
    """What stands in `draft` as a revision of this machine; the one it was frozen into, if that says the same."""
    for known in work.revisions.of(draft.entry_id):
        if known.base_rid == draft.base_rid and known.content.lang == draft.lang and same_text(draft, known.content):
            return known.rid
    content = content_of(work, draft, rules.kind(draft.kind), tools.renderer)
    parents = [draft.base_rid] if draft.base_rid else []
    op_id = tools.new_id()
    rid = revision_id(parents=parents, content=content.hash, op_id=op_id)
    actor = rules.actor.member.id
    work.revisions.put(Revision(rid, draft.entry_id, draft.base_rid, content, op_id, actor=actor))
    return rid


def _common_base(work: Work, draft: Draft, head: Rid) -> Revision | None:
    """The newest text that both stand on: one of the portal's own, as its history tells that of `head`.

    A text that was frozen here and refused is not what theirs came from, nor is one that a restored portal has forgotten.
    """
    steps = [step.rid for step in work.revisions.history(draft.entry_id)]
    theirs = steps[: steps.index(head) + 1] if head in steps else []
    rid = draft.base_rid
    while rid is not None:
        text = work.revisions.get(rid)
        if rid in theirs or text is None:
            return text
        rid = text.base_rid
    return None


def _content(draft: Draft) -> Content:
    html: Mapping[str, str] = {}
    return Content(draft.kind, draft.lang, draft.fields, html, draft.attachments)
