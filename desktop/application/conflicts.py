"""Two people wrote on the same text: both stay, a person decides what the machine could not, and reads what it could."""

from dataclasses import replace

from desktop.application.freezing import Tools
from desktop.application.merging import MERGED, ConflictView, close_cards, keep_text, look, look_back, settle
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Draft
from desktop.application.rules import rules_of
from desktop.application.shown import refresh
from desktop.domain.conflict import Decision, Decisions
from desktop.domain.errors import NotAllowed, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.text import tidy


class Conflicts:
    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def view(self, entry_id: EntryId, choices: Decisions | None = None) -> ConflictView:
        """The three texts, what differs, and the text that `choices` would make (`merged`) with the questions left.

        NotAllowed without a conflict (no-conflict), or while the portal's text is not here (body-missing).
        """
        with self._store.read() as work:
            self._pair(work, entry_id)
            found = look(work, rules_of(work), entry_id, _tidied(choices or {}))
        if found is None:
            raise NotAllowed(Rule("body-missing"))
        return found

    def merged(self, entry_id: EntryId) -> ConflictView:
        """What the machine put together and nobody has read: the three texts as they were. NotAllowed (no-conflict) if none."""
        with self._store.read() as work:
            found = look_back(work, rules_of(work), entry_id)
        if found is None:
            raise NotAllowed(Rule("no-conflict"))
        return found

    def resolve(self, entry_id: EntryId, *, seen_rid: Rid | None, seen_mine: str, choices: Decisions) -> None:
        """What was answered and what needed no answer is the draft, on the portal's head, with both texts as parents.

        `seen_rid` and `seen_mine` are the view's `head_rid` and `mine_seen`: NotAllowed (other-revision) when either text has
        changed since, and (conflict) while a question is open.
        """
        with self._store.write() as work:
            draft, head = self._pair(work, entry_id)
            rules = rules_of(work)
            found = look(work, rules, entry_id, _tidied(choices))
            if found is None or head != seen_rid or found.mine_seen != seen_mine:
                raise NotAllowed(Rule("other-revision", params={"rid": head or ""}))
            if not found.merged.clean:
                raise NotAllowed(Rule("conflict"))
            settle(work, rules, draft, found, tools=self._tools, unread=False)
            refresh(work, [entry_id], rules=rules)
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def confirm(self, entry_id: EntryId, *, seen_at: str) -> None:
        """A person has read the merged text that was saved at `seen_at` (`Document.saved_at`); NotAllowed for any other."""
        with self._store.write() as work:
            draft = work.drafts.get(entry_id)
            if draft is None or not draft.merged or draft.updated != seen_at:
                raise NotAllowed(Rule("other-revision", params={"rid": ""}))
            self._read(work, entry_id)
            refresh(work, [entry_id])
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def keep_mine(self, entry_id: EntryId, *, seen_rid: Rid | None) -> None:
        """My text goes on from the portal's head, with both as parents; NotAllowed if the head is not `seen_rid` any more."""
        with self._store.write() as work:
            draft, head = self._pair(work, entry_id)
            if head != seen_rid:
                raise NotAllowed(Rule("other-revision", params={"rid": head or ""}))
            mine = draft.base_rid if draft.base_rid != head else None
            at = self._tools.clock.now()
            kept = replace(draft, base_rid=head, merged_from=mine, conflict=None, dirty=True, merged=False)
            work.drafts.put(replace(kept, updated=at))
            close_cards(work, entry_id, at=at)
            refresh(work, [entry_id])
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def take_theirs(self, entry_id: EntryId) -> None:
        """The portal's text stands; mine is kept as a revision in the history of this machine."""
        with self._store.write() as work:
            draft, _ = self._pair(work, entry_id)
            keep_text(work, rules_of(work), draft, self._tools)
            work.drafts.remove(entry_id)
            close_cards(work, entry_id, at=self._tools.clock.now())
            refresh(work, [entry_id])
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def dismiss(self, card_id: int) -> None:
        """A person has seen the card; that of a merged text says that the text has been read."""
        with self._store.write() as work:
            cards = [card for card in work.cards.open() if card.id == card_id]
            work.cards.close(card_id, at=self._tools.clock.now())
            for card in cards:
                if card.outcome == MERGED:
                    self._read(work, card.entry_id)
            entries = [card.entry_id for card in cards]
            refresh(work, entries)
        self._announce(Changes(frozenset(entries), lists=True))

    def _read(self, work: Work, entry_id: EntryId) -> None:
        draft = work.drafts.get(entry_id)
        if draft is not None and draft.merged:
            work.drafts.put(replace(draft, merged=False))
        if draft is not None and draft.conflict is None:
            close_cards(work, entry_id, at=self._tools.clock.now())

    def _pair(self, work: Work, entry_id: EntryId) -> tuple[Draft, Rid | None]:
        draft, entry = work.drafts.get(entry_id), work.entries.get(entry_id)
        if draft is None or draft.conflict is None or entry is None:
            raise NotAllowed(Rule("no-conflict"))
        return draft, entry.head.rid


def _tidied(choices: Decisions) -> Decisions:
    """What a person typed, as texts are kept here."""
    return {pointer: Decision(choice.side, tidy(choice.value)) for pointer, choice in choices.items()}
