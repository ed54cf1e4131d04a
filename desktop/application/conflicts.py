"""Two people wrote on the same text: both stay, a person decides. (Merging by paragraph is not here yet.)"""

from dataclasses import replace

from desktop.application.freezing import Tools, content_of
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Draft
from desktop.application.rules import Rules, rules_of
from desktop.application.shown import refresh
from desktop.domain.digest import revision_id
from desktop.domain.errors import NotAllowed, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.revision import Revision


class Conflicts:
    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def keep_mine(self, entry_id: EntryId, *, seen_rid: Rid | None) -> None:
        """My text goes on from the portal's head, with both as parents; NotAllowed if the head is not `seen_rid` any more."""
        with self._store.write() as work:
            draft, head = self._pair(work, entry_id)
            if head != seen_rid:
                raise NotAllowed(Rule("other-revision", params={"rid": head or ""}))
            mine = draft.base_rid if draft.base_rid != head else None
            kept = replace(draft, base_rid=head, merged_from=mine, conflict=None, dirty=True)
            work.drafts.put(replace(kept, updated=self._tools.clock.now()))
            self._done(work, entry_id)
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def take_theirs(self, entry_id: EntryId) -> None:
        """The portal's text stands; mine is kept as a revision in the history of this machine."""
        with self._store.write() as work:
            draft, _ = self._pair(work, entry_id)
            self._keep_text(work, rules_of(work), draft)
            work.drafts.remove(entry_id)
            self._done(work, entry_id)
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def dismiss(self, card_id: int) -> None:
        """A person has seen the card."""
        with self._store.write() as work:
            entries = [card.entry_id for card in work.cards.open() if card.id == card_id]
            work.cards.close(card_id, at=self._tools.clock.now())
            refresh(work, entries)
        self._announce(Changes(frozenset(entries), lists=True))

    def _pair(self, work: Work, entry_id: EntryId) -> tuple[Draft, Rid | None]:
        draft, entry = work.drafts.get(entry_id), work.entries.get(entry_id)
        if draft is None or draft.conflict is None or entry is None:
            raise NotAllowed(Rule("no-conflict"))
        return draft, entry.head.rid

    def _keep_text(self, work: Work, rules: Rules, draft: Draft) -> None:
        content = content_of(work, draft, rules.kind(draft.kind), self._tools.renderer)
        parents = [draft.base_rid] if draft.base_rid else []
        op_id = self._tools.new_id()
        rid = revision_id(parents=parents, content=content.hash, op_id=op_id)
        work.revisions.put(Revision(rid, draft.entry_id, draft.base_rid, content, op_id, actor=rules.actor.member.id))

    def _done(self, work: Work, entry_id: EntryId) -> None:
        for card in work.cards.of(entry_id):
            if card.outcome == "conflict":
                work.cards.close(card.id, at=self._tools.clock.now())
        refresh(work, [entry_id])
