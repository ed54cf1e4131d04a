"""The three steps as gestures: each freezes the text, appends one command, and shows its effect at once.

Source: QĐ 2567/2007/QĐ-UBND Điều 19.
"""

from dataclasses import replace

from desktop.application.documents import absent_file, choices, judge
from desktop.application.freezing import Tools, freeze, stamp
from desktop.application.merging import keep_text
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Choice, Draft, Queued
from desktop.application.rules import Rules, Standing, rules_of, standing
from desktop.application.shown import current_fields, kind_id, refresh
from desktop.domain import operation
from desktop.domain.errors import NotAllowed, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.workflow import Command, Refused

_FREEZING = frozenset({"submit", "approve"})


class Stages:
    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def choices(self, entry_id: EntryId) -> tuple[Choice, ...]:
        """Every command that makes sense now, allowed or with the rule that forbids it."""
        with self._store.read() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            absent = absent_file(work, now)
            return choices(rules, now, kind_id(work, now), current_fields(work, now), absent=absent)

    def give(
        self,
        entry_id: EntryId,
        name: str,
        *,
        reason: str = "",
        read_rid: Rid | None = None,
        read_step: str | None = None,
        read_state_ver: int | None = None,
    ) -> None:
        """Carry out `name` here and queue it for the portal; NotAllowed with the rule if it may not be.

        What was read is what the person had on screen (`Document.facts`): a command for another text (`other-revision`),
        another step (`step`) or another state (`state-moved`) is refused. Who holds two steps would else pass the second
        one, which publishes, where the screen still spoke of the first. None is not checked.
        """
        with self._store.write() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            facts = now.facts
            if read_step is not None and read_step != facts.state.step:
                raise NotAllowed(Rule("step", params={"step": facts.state.step}))
            if read_state_ver is not None and read_state_ver != facts.state_ver:
                raise NotAllowed(Rule("state-moved", params={"phase": facts.state.phase.value}))
            if read_rid is not None and read_rid != facts.head_rid:
                raise NotAllowed(Rule("other-revision", params={"rid": facts.head_rid or ""}))
            if (name == "discard" and self._forget(work, rules, now)) or (
                name == "recall" and self._take_back(work, now)
            ):
                refresh(work, [entry_id], rules=rules)
            else:
                self._queue(work, rules, now, Command(name, reason=reason.strip()), entry_id)
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def _queue(self, work: Work, rules: Rules, now: Standing, command: Command, entry_id: EntryId) -> None:
        fields, absent = current_fields(work, now), absent_file(work, now)
        verdict = judge(rules, now, command, kind=kind_id(work, now), fields=fields, absent=absent)
        if isinstance(verdict, Refused):
            params = {**verdict.rule.params, "fields": ", ".join(verdict.pointers)}
            raise NotAllowed(replace(verdict.rule, params=params))
        draft = now.draft
        if draft is not None and draft.dirty and command.name in _FREEZING:
            self._freeze(work, rules, now, draft)
            now = standing(work, rules, entry_id)
        bound = _bind(command, now)
        about = now.facts.head_rid if command.name == "return" else None
        made = operation.command(stamp(work, self._tools), entry_id, bound, about=about)
        work.queue.add(made, at=self._tools.clock.now())
        refresh(work, [entry_id], rules=rules)

    def _freeze(self, work: Work, rules: Rules, now: Standing, draft: Draft) -> None:
        refused = now.may_write(rules, now.facts.section)
        if refused:
            raise NotAllowed(refused)
        freeze(work, draft, rules, self._tools)

    def _forget(self, work: Work, rules: Rules, now: Standing) -> bool:
        """A draft that never left this machine and was never frozen needs no command: it is kept as a revision only."""
        draft = now.draft
        if now.entry is not None or now.queued or draft is None:
            return False
        if draft.kind in rules.bundle.kinds:  # what cannot be rendered cannot be a revision, and must not stay for ever
            keep_text(work, rules, draft, self._tools)
        work.drafts.remove(draft.entry_id)
        for card in work.cards.of(draft.entry_id):
            work.cards.close(card.id, at=self._tools.clock.now())
        return True

    def _take_back(self, work: Work, now: Standing) -> bool:
        """A submission whose bytes were never sent is withdrawn from the queue; the frozen text stays."""
        last: Queued | None = now.queued[-1] if now.queued else None
        if last is None or last.operation.name != "submit" or last.attempts > 0:
            return False
        work.queue.withdraw(last.operation.op_id, at=self._tools.clock.now())
        return True


def _bind(command: Command, now: Standing) -> Command:
    """Bind `command` to the state and, where it speaks of a text, to the text that stands."""
    facts = now.facts
    on_rid = {"submit": facts.head_rid, "approve": facts.head_rid, "unpublish": facts.published_rid}.get(command.name)
    step = facts.state.step if command.name == "approve" else None
    return replace(command, on_state_ver=facts.state_ver, on_rid=on_rid, step=step)
