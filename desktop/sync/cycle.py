"""The sync loop: implements `ports.Exchange` with injected store, portal, clock and chance; no threads but those of `begin`.

Each round: read what waits, note that it is being sent, send, and lay the whole answer into one transaction.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Self

from desktop.application import devices, notices
from desktop.application.freezing import RANDOM_BYTES
from desktop.application.ports import Announce, Chance, Clock, Portal, Store, SyncReport, Vault
from desktop.application.records import SyncStatus
from desktop.application.transfers import keep_limits
from desktop.domain.errors import (
    BadContent,
    ClientTooOld,
    NotOurPortal,
    Offline,
    PortalBusy,
    PortalRestored,
    Problem,
    Rule,
    SignInRefused,
    StorageProblem,
)
from desktop.domain.ids import OpId, uuid7
from desktop.sync import backoff, files, removals, restored, sides
from desktop.sync.apply import apply_reply
from desktop.sync.apply_changes import apply_what_is_understood_now
from desktop.sync.apply_results import hold, release_held
from desktop.sync.begun import Begin, when_wanted
from desktop.sync.bodies import fetch_bodies, send_blobs
from desktop.sync.pace import note_outage
from desktop.sync.plan import MOST_OPS, Plan, make_plan
from desktop.sync.put_off import LATER
from desktop.sync.tokens import TokenBox
from desktop.sync.uploads import Sender
from desktop.sync.wire import Bundle, Reply, bundle_from_json, reply_from_json

# The portal refuses the request that holds nothing else, without saying where.
_UNREADABLE = Rule("invalid-content", params={"pointer": "/", "reason": "invalid-request"})
# What a restored portal may have lost, and tells of where it has not.
_TOLD = frozenset({"entry", "tombstone", "comment", "delegation"})
# What says that the portal is out of reach; a full disk or an open question does not.
_AWAY = (Offline, NotOurPortal, PortalBusy)
_UNREACHABLE = (*_AWAY, PortalRestored, SignInRefused)


class Cycle:
    """One per home. `run` may be called from any thread; of two at once the second asks the first for another round."""

    def __init__(
        self,
        store: Store,
        portal: Portal,
        *,
        vault: Vault,
        clock: Clock,
        chance: Chance,
        announce: Announce,
        merge: Callable[[], int],
        version: str,
    ) -> None:
        """`version`: this program's.

        `merge` is called when all texts are in (`application.merging`); what it puts together waits to be read.
        """
        self._store = store
        self._portal = portal
        self._vault = vault
        self._clock = clock
        self._chance = chance
        self._announce = announce
        self._merge = merge
        self._version = version
        self._begin: Begin = when_wanted
        self._coming: tuple[Plan, Callable[[], Reply]] | None = None  # a page of the feed on its way
        self._sender = Sender(store, portal, clock, announce)
        self._lock = threading.Lock()  # held by the one sync that is under way
        self._asked = threading.Event()
        self._online = False
        self._since = clock.now()
        self._problem = ""
        self._last_sync = ""  # of this run; the store notes it now and then
        self._not_before: dict[OpId, float] = {}
        self._tries: dict[OpId, int] = {}
        self._most = MOST_OPS
        self._told: set[str] | None = None  # what a feed read anew has told of
        self._removed = 0
        self._is_read_anew = False
        self._has_looked = False  # for files that are missing
        self._has_caught_up = False

    def reading_ahead(self, begin: Begin) -> Self:
        """The same, fetching the next answer by `begin` while one is written."""
        self._begin = begin
        return self

    def run(self) -> SyncReport:
        """Sync until nothing is left to send or receive; EnvironmentProblem or SignInRefused ends it, with all kept."""
        report = SyncReport()
        self._asked.set()
        # Asked before the lock is tried: whoever holds it looks again after giving it back.
        while self._asked.is_set() and self._lock.acquire(blocking=False):
            try:
                self._asked.clear()
                report = self._told_once(report)
            finally:
                self._lock.release()
        return report

    def _told_once(self, report: SyncReport) -> SyncReport:
        """One sync; what ends it before its time is noted for `status`, and done about what can be."""
        try:
            return self._once_in_room(report)
        except Problem as problem:
            self._heard_nothing(problem)
            if isinstance(problem, SignInRefused) and problem.rule.code == devices.CODE:
                self._become_another_device()
            if isinstance(problem, ClientTooOld):
                with self._store.write() as work:
                    notices.tell(work, Rule(problem.code), at=self._clock.now())
            raise

    def _once_in_room(self, report: SyncReport) -> SyncReport:
        """What was fetched and found no room is told as that: what a person writes is another matter."""
        try:
            return self._once(report)
        except StorageProblem:
            self._store.require_room()
            raise

    def _become_another_device(self) -> None:
        """The portal has met a copy of this home: this one goes on under an id of its own, after a sign-in."""
        with self._store.write() as work:
            devices.take_new_device(work, self._new_id(), at=self._clock.now())
        TokenBox(self._vault).clear()

    def _new_id(self) -> str:
        return uuid7(milliseconds=self._clock.milliseconds(), random=self._chance.bytes(RANDOM_BYTES))

    def status(self) -> SyncStatus:
        with self._store.read() as work:
            waiting, cards = work.queue.count(), len(work.cards.open())
            last_sync = self._last_sync or work.feed.value("last_sync") or ""
            told = notices.told(work)
        return SyncStatus(
            online=self._online,
            since=self._since,
            last_sync=last_sync,
            waiting=waiting,
            cards=cards,
            problem=self._problem,
            running=self._lock.locked(),
            signed_in=TokenBox(self._vault).read() is not None,
            keyring=self._vault.secure,
            notices=told,
        )

    def _once(self, report: SyncReport) -> SyncReport:
        removals.refuse_while_asked(self._store)
        if not self._has_caught_up:
            self._catch_up(at=self._clock.now())
            self._has_caught_up = True
        self._removed, self._is_read_anew = 0, False
        try:
            return self._pass(report)
        except PortalRestored:
            self._announce(restored.begin(self._store, at=self._clock.now()))
            return self._pass(report)

    def _catch_up(self, *, at: str) -> None:
        """What this version of the program makes of what an earlier one left; once is enough for a running program."""
        for changes in (
            apply_what_is_understood_now(self._store, at=at),
            release_held(self._store, self._version, at=at),
        ):
            if changes is not None:
                self._announce(changes)
        limits = self._portal.limits()
        with self._store.write() as work:
            keep_limits(work, limits)

    def _pass(self, report: SyncReport) -> SyncReport:
        with self._store.read() as work:
            is_restored = restored.is_due(work)
        if is_restored:
            report = self._read_anew(report)
        report = self._rounds(report)
        if send_blobs(self._store, self._portal, at=self._clock.now()) + self._sender.send():
            self._not_before.clear()  # commands may have waited for these
            report = self._rounds(report)
        self._store.require_room()
        bodies = fetch_bodies(self._store, self._portal, self._announce, begin=self._begin)
        more_in = self._fetch_files()
        self._merge()
        changes = sides.keep(self._store, self._new_id, at=self._clock.now())
        if changes is not None:
            self._announce(changes)
        return SyncReport(
            report.sent, report.received, report.bodies + bodies, _soonest(self._sender.again_in, more_in)
        )

    def _fetch_files(self) -> float | None:
        if not self._has_looked:
            files.look(self._store)
            self._has_looked = True
        return files.fetch_again(self._store, self._portal, self._announce, clock=self._clock)

    def _read_anew(self, report: SyncReport) -> SyncReport:
        """The whole feed of a restored portal, from its beginning even where an earlier reading was cut off."""
        self._announce(restored.begin(self._store, at=self._clock.now()))
        self._told = set()
        try:
            report = self._rounds(report)
            self._announce(restored.finish(self._store, self._portal, self._told, at=self._clock.now()))
        finally:
            self._told = None
        return report

    def _rounds(self, report: SyncReport) -> SyncReport:
        self._most = MOST_OPS
        self._coming = None
        first, more = True, False
        while True:
            plan = self._next_plan()
            if not plan.ops:  # what waits here goes out all the same
                self._store.require_room()
            if not (first or more or plan.ops):
                return report
            first = False
            reply = self._exchange(plan)
            if reply is None:
                continue
            report = SyncReport(report.sent + len(plan.ops), report.received + len(reply.changes), report.bodies)
            # A feed that says "more" and stands still would keep us here for ever.
            more = reply.has_more and reply.next_cursor != plan.cursor
            if not (more or plan.ops or plan.epoch is None):
                return report  # an answer to nothing lets nothing more go out

    def _next_plan(self) -> Plan:
        with self._store.read() as work:
            plan = make_plan(work, self._is_due, most=self._most)
        if not plan.ops:
            return plan
        # Planned again where it is noted as sent: a person may have taken something back in between.
        with self._store.write() as work:
            plan = make_plan(work, self._is_due, most=self._most)
            work.queue.mark_sent([operation.op_id for operation in plan.ops])
        return plan

    def _exchange(self, plan: Plan) -> Reply | None:
        """The answer, applied; None when the request must be made anew."""
        try:
            reply = self._answer(plan)
        except BadContent as refusal:
            self._narrow(plan, refusal)
            return None
        self._heard()
        if plan.epoch not in {None, reply.epoch}:
            raise PortalRestored("the answer names another epoch")
        self._check(reply)
        bundle = self._newer_bundle(plan, reply)
        if reply.has_more and not plan.ops and reply.next_cursor != plan.cursor:
            following = replace(plan, epoch=reply.epoch, cursor=reply.next_cursor, bundle_rev=reply.bundle_rev)
            self._coming = following, self._begin(partial(self._ask, following))
        at = self._clock.now()
        changes = apply_reply(self._store, plan, reply, bundle=bundle, at=at)
        if changes is None:
            return None
        if not reply.has_more:
            self._last_sync = at
        self._postpone(reply)
        self._announce(changes)
        return reply

    def _answer(self, plan: Plan) -> Reply:
        """The one that is on its way, if it is to this very request."""
        coming, self._coming = self._coming, None
        return coming[1]() if coming is not None and coming[0] == plan else self._ask(plan)

    def _ask(self, plan: Plan) -> Reply:
        answer = self._portal.sync(plan.request())
        return reply_from_json(answer, sent=[operation.op_id for operation in plan.ops])

    def _check(self, reply: Reply) -> None:
        """Before anything of the answer is laid into the store: may it be?"""
        with self._store.read() as work:
            if restored.contradicts(work, reply):
                raise PortalRestored("the portal denies what it said before")
            self._removed += removals.removed_by(work, reply.changes)
        removals.stop_if_many(self._store, self._removed, at=self._clock.now())
        if self._told is not None:
            self._told.update(change.target for change in reply.changes if change.type in _TOLD)

    def _narrow(self, plan: Plan, refusal: BadContent) -> None:
        """The portal refuses the request as a whole: find the one operation at fault, so that the others go on."""
        if len(plan.ops) > 1:
            self._most = len(plan.ops) // 2
            return
        is_too_large = refusal.rule.code == "too-large"
        if not plan.ops or not (is_too_large or self._is_read_without(plan)):
            self._read_from_the_beginning(plan, refusal)
            return
        with self._store.write() as work:
            hold(work, plan.ops[0], refusal.rule if is_too_large else _UNREADABLE, at=self._clock.now())
        self._most = MOST_OPS

    def _is_read_without(self, plan: Plan) -> bool:
        """Whether the portal reads the same request without its operations: then the fault is theirs."""
        try:
            self._portal.sync(replace(plan, ops=()).request())
        except BadContent:
            return False
        return True

    def _read_from_the_beginning(self, plan: Plan, refusal: BadContent) -> None:
        """Not an operation is refused but the request: all that is left to change in it is the cursor, once a sync."""
        if plan.cursor is None or self._is_read_anew:
            raise refusal
        self._is_read_anew = True
        with self._store.write() as work:
            if plan.still_true(work):
                work.feed.set_value("cursor", None)
        self._most = MOST_OPS

    def _newer_bundle(self, plan: Plan, reply: Reply) -> Bundle | None:
        """The rules that the answer speaks of, if they are not this home's."""
        if reply.bundle_rev == plan.bundle_rev:
            return None
        value = self._portal.bundle(plan.bundle_rev)
        return bundle_from_json(value) if value is not None else None

    def _is_due(self, op_id: OpId) -> bool:
        return self._not_before.get(op_id, 0.0) <= self._clock.monotonic()

    def _postpone(self, reply: Reply) -> None:
        """Operations that the portal could not take now wait a while each; they never hold up another entry."""
        for result in reply.results:
            if result.outcome in LATER:
                self._tries[result.op_id] = tries = self._tries.get(result.op_id, 0) + 1
                pause = backoff.delay(tries, self._chance, wish=reply.retry_after)
                self._not_before[result.op_id] = self._clock.monotonic() + max(pause, 1.0)
            else:
                self._tries.pop(result.op_id, None)
                self._not_before.pop(result.op_id, None)

    def _heard(self) -> None:
        if not self._online:
            self._online, self._since = True, self._clock.now()
        self._problem = ""

    def _heard_nothing(self, problem: Problem) -> None:
        if self._online and isinstance(problem, _UNREACHABLE):
            self._online, self._since = False, self._clock.now()
        self._problem = problem.code
        if isinstance(problem, _AWAY):
            wish = problem.retry_after if isinstance(problem, PortalBusy) else None
            with suppress(StorageProblem), self._store.write() as work:  # the sync has failed already
                note_outage(work, retry_after=wish)


def _soonest(*waits: float | None) -> float | None:
    return min((wait for wait in waits if wait is not None), default=None)
