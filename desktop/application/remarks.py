"""What touches an entry without a text or a stage: a remark, whose it is, who reads it now. Queued, and shown at once where it shows."""

from desktop.application.freezing import Tools, stamp
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes
from desktop.application.rules import Rules, Standing, board_of, rules_of, standing
from desktop.application.shown import refresh
from desktop.domain import operation
from desktop.domain.errors import BadContent, NotAllowed, Rule
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.operation import Operation
from desktop.domain.text import tidy_text
from desktop.domain.workflow import may_assign, may_claim, sees

MOST_CHARACTERS = 20_000  # as the portal takes


class Remarks:
    """Every call raises NotFound for an entry that this home does not have, NotAllowed with the rule that says no."""

    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def comment(self, entry_id: EntryId, text: str, *, read_rid: Rid | None = None) -> str:
        """A remark on the text that was read, else on the one that stands; its id. BadContent for one that is too long."""
        said = tidy_text(text)
        if len(said) > MOST_CHARACTERS:
            raise BadContent(Rule("too-large", params={"limit": str(MOST_CHARACTERS)}))
        if not said.strip():
            raise NotAllowed(Rule("invalid-field", params={"pointer": "/text", "reason": "required"}))
        comment_id = self._tools.new_id()
        with self._store.write() as work:
            rules, now = _standing(work, entry_id)
            on_rid = read_rid or now.facts.head_rid
            if on_rid is None:
                raise NotAllowed(Rule("body-missing"))
            made = operation.comment(stamp(work, self._tools), entry_id, comment_id, on_rid=on_rid, text=said)
            self._queue(work, rules, made)
        self._announce(Changes(frozenset({entry_id}), lists=True))
        return comment_id

    def assign(self, entry_id: EntryId, assignee: MemberId | None) -> None:
        """Give the entry to a member who may enter in its section, or to nobody."""
        with self._store.write() as work:
            rules, now = _standing(work, entry_id)
            to = board_of(work).get(assignee) if assignee is not None else None
            if assignee is not None and to is None:
                raise NotAllowed(Rule("not-found"))
            _require(may_assign(rules.profile, now.agreed, rules.actor, to, now=rules.now))
            self._queue(work, rules, operation.assign(stamp(work, self._tools), entry_id, assignee))
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def claim(self, entry_id: EntryId, *, release: bool = False) -> None:
        """Tell the others that one reads it now, or no more: a courtesy, never a lock."""
        with self._store.write() as work:
            rules, now = _standing(work, entry_id)
            _require(may_claim(rules.profile, now.agreed, rules.actor, now=rules.now))
            self._queue(work, rules, operation.claim(stamp(work, self._tools), entry_id, release=release))
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def _queue(self, work: Work, rules: Rules, made: Operation) -> None:
        work.queue.add(made, at=self._tools.clock.now())
        refresh(work, [made.entry_id], rules=rules)


def _standing(work: Work, entry_id: EntryId) -> tuple[Rules, Standing]:
    rules = rules_of(work)
    now = standing(work, rules, entry_id)
    given_away = not sees(rules.profile, now.agreed, rules.actor, now=rules.now)
    if given_away or (now.entry is not None and not now.entry.in_scope):
        raise NotAllowed(Rule("gone"))
    if now.entry is None and not now.queued:
        raise NotAllowed(Rule("body-missing"))
    return rules, now


def _require(refused: Rule | None) -> None:
    if refused is not None:
        raise NotAllowed(refused)
