"""`POST /v1/sync`: the one entry for operations and changes, shared by HTTP, the demo and the checker.

handle(session, member=…, device_id=…, request=…, clock=…, ids=…) -> reply      one transaction, committed here
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from server_stub.core import cursor as cursors
from server_stub.core import epoch as epochs
from server_stub.core import feed, ledger, ops, turn
from server_stub.core.catalog import load_catalog
from server_stub.core.entry import head_of
from server_stub.core.limits import Limits
from server_stub.core.moment import Clock, stamp
from server_stub.core.outcome import Outcome, refused
from server_stub.core.people import load_person, mandates_of
from server_stub.core.problems import Problem
from server_stub.core.shape import has_envelope, is_count
from server_stub.core.work import Work
from server_stub.core.workflow import Actor
from server_stub.store import tables as t
from server_stub.store.engine import disk_is_full, writing

Ids = Callable[[], str]
OnFault = Callable[[Exception], None]

PROTOCOL: Final = 1
MAX_OPS: Final = 50
MAX_CHANGES: Final = 500
_LIMITS: Final = Limits()
_PORTAL: Final = select(t.portal)
# Where rows are locked (not SQLite, which has one writer), requests with operations follow one another.
_PORTAL_LOCKED: Final = _PORTAL.with_for_update()


@dataclass(frozen=True)
class Result:
    """One operation's answer; `entry_id` says whose live head goes with it."""

    op_id: str
    stored: Mapping[str, Any]
    replay: bool
    entry_id: str | None


def handle(  # noqa: PLR0913 - all that one request needs from outside
    session: Session,
    *,
    member: str,
    device_id: str,
    request: Mapping[str, Any],
    clock: Clock,
    ids: Ids,
    on_fault: OnFault | None = None,
    noted: epochs.Noted | None = None,
    limits: Limits = _LIMITS,
) -> dict[str, Any]:
    """Carry out a sync request of `member` on `device_id` (from the token) and commit.

    `on_fault` takes an unforeseen error in one operation, which then answers `busy`; without it the error is raised.
    `noted` is what the side file said before (core/epoch.py); a database behind it begins a new epoch.

    Raises:
        Problem: what concerns the request as a whole; nothing was done then.
    """
    given = _read_request(request)
    db = writing(session) if given.ops else session.connection()
    try:
        reply = _answer(
            db, given, member=member, device_id=device_id, clock=clock, on_fault=on_fault, noted=noted, limits=limits
        )
    except _RestoredError as error:
        session.rollback()
        epoch = epochs.renew(writing(session), error.epoch, noted=noted, ids=ids)
        session.commit()
        raise NewEpochProblem("epoch-changed", "the portal was restored", extra={"epoch": epoch}) from None
    except OperationalError as error:
        session.rollback()
        if disk_is_full(error):
            raise Problem("storage-full", "there is no room left for this") from error
        raise
    except BaseException:
        session.rollback()
        raise
    session.commit()
    return reply


class NewEpochProblem(Problem):
    """`epoch-changed`, as answered to the request at which the database was found to be an older one."""


class _RestoredError(Exception):
    """The database went back in time: it was restored from a backup, or is a copy that went its own way."""

    def __init__(self, epoch: str) -> None:
        super().__init__(epoch)
        self.epoch = epoch


@dataclass(frozen=True)
class _Request:
    epoch: str | None
    actor: str
    cursor: str | None
    limit: int
    ops: Sequence[dict[str, Any]]


def _read_request(request: Mapping[str, Any]) -> _Request:
    protocol, given_ops, limit = request.get("protocol"), request.get("ops"), request.get("limit", MAX_CHANGES)
    if not is_count(protocol):
        raise _wrong("protocol: a number is needed")
    if protocol != PROTOCOL:
        raise Problem("client-too-old", f"this portal speaks protocol {PROTOCOL}")
    for name in ("epoch", "cursor"):
        if name not in request or not (request[name] is None or isinstance(request[name], str)):
            raise _wrong(f"{name}: text or null is needed")
    if not isinstance(request.get("actor"), str) or not isinstance(request.get("device_id"), str):
        raise _wrong("actor and device_id: text is needed")
    if not is_count(limit) or limit == 0:
        raise _wrong("limit: a positive number is needed")
    if "waiting" in request and not is_count(request["waiting"]):
        raise _wrong("waiting: a number is needed")
    if not isinstance(given_ops, list) or not all(has_envelope(op) for op in given_ops):
        raise _wrong("ops: a list of operations with op_id, device_seq and type is needed")
    if len(given_ops) > MAX_OPS:
        raise Problem("too-large", f"at most {MAX_OPS} operations in one request")
    if request.get("epoch") is None and given_ops:
        raise _wrong("operations need the portal's epoch")
    return _Request(request.get("epoch"), request["actor"], request.get("cursor"), min(limit, MAX_CHANGES), given_ops)


def _wrong(detail: str) -> Problem:
    return Problem("invalid-request", detail, status=422)


def _answer(
    db: Connection, given: _Request, *, member: str, device_id: str, clock: Clock, on_fault: OnFault | None,
    noted: epochs.Noted | None, limits: Limits,
) -> dict[str, Any]:  # fmt: skip
    portal = db.execute(_PORTAL_LOCKED if given.ops else _PORTAL).one()
    if given.actor != member:
        raise Problem("actor-mismatch", "the token belongs to another member")
    if epochs.went_back(db, portal, noted):
        raise _RestoredError(portal.epoch)
    if given.epoch is not None and given.epoch != portal.epoch:
        raise Problem("epoch-changed", "the portal was restored", extra={"epoch": portal.epoch})
    seen = None if given.cursor is None else cursors.read(given.cursor, portal.secret)
    if seen is not None and epochs.has_another_past(db, portal, seen):
        raise _RestoredError(portal.epoch)
    if given.ops and ledger.is_cloned(db, given.ops, actor=member, device_id=device_id):
        raise Problem("device-cloned", "another home sends under the name of this device")
    work = replace(_begin(db, portal, member=member, now=stamp(clock())), limits=limits)
    results = _run(work, given.ops, device_id=device_id, on_fault=on_fault)
    newest = turn.finish(work, portal)
    place = feed.start(seen, epoch=portal.epoch, scope=work.scope, newest=newest)
    page = feed.read(db, place, scope=work.scope, limit=given.limit)
    return {
        "epoch": portal.epoch,
        "server_time": work.now,
        "server_seq": newest,
        "bundle_rev": portal.bundle_rev,
        "results": [_result(work, result) for result in results],
        "changes": page.changes,
        "next_cursor": cursors.write(
            replace(page.cursor, seen=(work.record_seq, work.record_head[:16])), portal.secret
        ),
        "has_more": page.more,
        "retry_after": None,
        "record_head": work.record_head if work.record_seq else None,
    }


def _begin(db: Connection, portal: Row[Any], *, member: str, now: str) -> Work:
    person = load_person(db, member)
    if person is None or not person.active:
        raise Problem("device-revoked", "the account is closed")
    return Work(
        db=db,
        catalog=load_catalog(db, portal.bundle_rev),
        actor=Actor(person, mandates_of(db, member)),
        now=now,
        record_seq=portal.record_seq,
        record_head=portal.record_head,
    )


def _run(work: Work, given: Sequence[dict[str, Any]], *, device_id: str, on_fault: OnFault | None) -> list[Result]:
    known = ledger.settled(work.db, [op["op_id"] for op in given])
    results = []
    put_off: set[str] = set()  # entries of which an operation is still to be settled: what follows waits for it
    for op in given:
        earlier = known.get(op["op_id"])
        if earlier is not None:
            results.append(_replay(work, op, earlier, same=earlier.is_of(op)))
            continue
        entry_id = str(op.get("entry_id", op["op_id"]))
        outcome = refused("busy", "busy") if entry_id in put_off else _attempt(work, op, on_fault)
        if not outcome.final:
            put_off.add(entry_id)
        else:
            known[op["op_id"]] = ledger.settle(
                work.db, op, outcome, actor=work.me.id, device_id=device_id, now=work.now
            )
        results.append(Result(op["op_id"], outcome.stored(), replay=False, entry_id=outcome.entry_id))
    return results


def _replay(work: Work, op: Mapping[str, Any], earlier: ledger.Settled, *, same: bool) -> Result:
    if same and earlier.actor == work.me.id:
        return Result(op["op_id"], earlier.outcome, replay=True, entry_id=earlier.entry_id)
    return Result(op["op_id"], refused("key_reused", "key-reused").stored(), replay=False, entry_id=None)


def _attempt(work: Work, op: Mapping[str, Any], on_fault: OnFault | None) -> Outcome:
    """Carry out one operation in its own savepoint: what is not applied leaves no trace."""
    mark = work.mark()
    savepoint = work.db.begin_nested()
    try:
        outcome = ops.apply(work, op)
    except Exception as error:
        if on_fault is None or disk_is_full(error):
            raise
        on_fault(error)
        outcome = refused("busy", "busy")
    if outcome.outcome == "applied":
        savepoint.commit()
    else:
        savepoint.rollback()
        work.go_back(mark)
    return outcome


def _result(work: Work, result: Result) -> dict[str, Any]:
    entry = None if result.entry_id is None else work.visible(result.entry_id)
    return {
        "op_id": result.op_id,
        **result.stored,
        "replay": result.replay,
        "head": None if entry is None else head_of(entry),
    }
