"""What the next request carries: waiting operations in the order they were made, one blocked entry never holds up others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.application.ports import Work
from desktop.application.records import Account, Queued
from desktop.domain.digest import Json
from desktop.domain.errors import Rule, SignInRefused
from desktop.domain.ids import EntryId, OpId
from desktop.domain.operation import Operation
from desktop.sync import restored, strict_json
from desktop.sync.wire import PAGE

MOST_OPS = 50
MOST_BYTES = 12 * 1024 * 1024  # of the portal's 16 MiB, leaving room for the envelope

IsDue = Callable[[OpId], bool]


@dataclass(frozen=True)
class Plan:
    """One request. `account`, `epoch` and `cursor` say which state of the home it was made from.

    `bundle_rev` are the rules that this home judges by; `left`: how many operations wait here besides.
    """

    account: Account
    epoch: str | None
    cursor: str | None
    ops: tuple[Operation, ...] = ()
    bundle_rev: str | None = None
    left: int = 0

    def request(self) -> dict[str, Json]:
        return {
            "protocol": 1,
            "epoch": self.epoch,
            "device_id": self.account.device_id,
            "actor": self.account.member_id,
            "cursor": self.cursor,
            "limit": PAGE,
            "ops": [dict(operation.payload) for operation in self.ops],
            "waiting": self.left,
        }

    def still_true(self, work: Work) -> bool:
        """False once the home belongs to another, was linked anew, or its feed moved: then the answer is not for it."""
        now = (_account(work), work.feed.value("epoch"), work.feed.value("cursor"))
        return now == (self.account, self.epoch, self.cursor)


def make_plan(work: Work, is_due: IsDue, *, most: int = MOST_OPS) -> Plan:
    """The next request of this home; SignInRefused before the first sign-in.

    While the portal's epoch is unknown nothing is sent: an answer must come first that says whom we talk to. Nor is anything
    while a restored portal has not told what it lost.
    """
    account = _account(work)
    epoch = work.feed.value("epoch")
    ops = _pick(work, is_due, most) if epoch is not None and not restored.is_due(work) else ()
    left = work.queue.count() - len(ops)
    return Plan(account, epoch, work.feed.value("cursor"), ops, work.feed.value("bundle_rev"), left)


def _account(work: Work) -> Account:
    account = work.feed.account()
    if account is None:
        raise SignInRefused(Rule("not-signed-in"))
    return account


def _pick(work: Work, is_due: IsDue, most: int) -> tuple[Operation, ...]:
    reach = most
    while True:
        waiting = work.queue.waiting(reach)
        picked = _unblocked(waiting, is_due)
        # Blocked operations at the front must not hide the free ones behind them.
        if len(picked) >= most or len(waiting) < reach:
            return _within_bytes(picked[:most])
        reach *= 2


def _unblocked(waiting: Sequence[Queued], is_due: IsDue) -> list[Operation]:
    """`waiting` without what follows an operation that is not due; the queue leaves out what follows a held one.

    Nothing of an entry follows a command in one request: should the command have to wait (for an attachment, say), the
    portal would judge what was built on it, and refuse that for good.
    """
    blocked: set[EntryId] = set()
    picked: list[Operation] = []
    for queued in waiting:
        operation = queued.operation
        if not is_due(operation.op_id):
            blocked.add(operation.entry_id)
        if operation.entry_id not in blocked:
            picked.append(operation)
            if operation.type == "command":
                blocked.add(operation.entry_id)
    return picked


def _within_bytes(operations: list[Operation]) -> tuple[Operation, ...]:
    """As many from the front as fit; at least one, so that the portal can say that it is too large."""
    total = 0
    for number, operation in enumerate(operations):
        total += len(strict_json.dumps(dict(operation.payload)))
        if total > MOST_BYTES and number > 0:
            return tuple(operations[:number])
    return tuple(operations)
