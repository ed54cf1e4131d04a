"""What the head of the board decides of people: who holds which step for a time, and who is on the board as what."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.application.freezing import Tools, stamp
from desktop.application.ports import Announce, Store
from desktop.application.records import Changes
from desktop.application.rules import board_of, rules_of
from desktop.domain import operation
from desktop.domain.board import Delegation, Grant
from desktop.domain.errors import NotAllowed, NotFound, Rule
from desktop.domain.ids import MemberId
from desktop.domain.office import may_change, may_delegate


class Office:
    """Every call queues one operation; nothing changes here before the portal has agreed. NotAllowed, NotFound."""

    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def delegate(
        self, to: MemberId, step: str, *, sections: frozenset[str] | None, start: str, end: str, reason: str = ""
    ) -> str:
        """Give a step away from `start` until `end` (ISO 8601 UTC, portal time); the delegation's id."""
        made = self._tools.new_id()
        with self._store.write() as work:
            rules = rules_of(work)
            me = rules.actor.member
            given = Delegation(made, me.id, to, step, sections, start, end)
            refused = may_delegate(rules.profile, me, given, board_of(work).get(to), now=rules.now)
            if refused is not None:
                raise NotAllowed(refused)
            work.queue.add(
                operation.delegate(stamp(work, self._tools), given, reason=reason), at=self._tools.clock.now()
            )
        self._announce(Changes(board=True))
        return made

    def revoke(self, delegation_id: str, *, reason: str = "") -> None:
        """Take back what one has given, before its end."""
        with self._store.write() as work:
            me = rules_of(work).actor.member
            given = next((found for found in work.board.delegations(None) if found.id == delegation_id), None)
            if given is None:
                raise NotFound(Rule("not-found"))
            if given.giver != me.id:
                raise NotAllowed(Rule("not-yours"))
            revoked = replace(given, revoked=True)
            work.queue.add(
                operation.delegate(stamp(work, self._tools), revoked, reason=reason), at=self._tools.clock.now()
            )
        self._announce(Changes(board=True))

    def change(self, member_id: MemberId, *, grants: Sequence[Grant], active: bool = True) -> None:
        """The roles a member shall hold, and whether they work here at all."""
        with self._store.write() as work:
            rules = rules_of(work)
            members = board_of(work)
            member = members.get(member_id)
            if member is None:
                raise NotFound(Rule("not-found"))
            changed = replace(member, grants=tuple(grants), active=active)
            refused = may_change(rules.profile, me=rules.actor.member, changed=changed, members=tuple(members.values()))
            if refused is not None:
                raise NotAllowed(refused)
            work.queue.add(operation.board(stamp(work, self._tools), changed), at=self._tools.clock.now())
        self._announce(Changes(board=True))
