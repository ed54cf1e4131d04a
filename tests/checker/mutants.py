"""Protocol bugs to be seeded into the product, each as one patch; the checker must notice every one of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from desktop.application.ports import Store, Work
from desktop.application.records import Changes
from desktop.domain.digest import Json
from desktop.domain.errors import Bug
from desktop.domain.ids import EntryId, OpId, uuid7
from desktop.domain.operation import Operation, Stamp, command_of
from desktop.domain.operation import command as make_command
from desktop.sync import adopt, apply, apply_changes, apply_results, bodies, cycle
from desktop.sync.apply import apply_reply
from desktop.sync.apply_results import apply_result
from desktop.sync.plan import Plan, make_plan
from desktop.sync.wire import Reply, Result
from server_stub.core import command, ledger, sync, workflow
from server_stub.core.scope import Scope
from server_stub.core.workflow import decide
from tests.checker.network import Line

Patch = Callable[[pytest.MonkeyPatch], None]


def no_ledger(patch: pytest.MonkeyPatch) -> None:
    """The portal forgets what it has carried out."""

    def forgotten(_db: object, _op_ids: object) -> dict[str, ledger.Settled]:
        return {}

    def unwritten(_db: object, op: Mapping[str, Any], outcome: Any, **more: Any) -> ledger.Settled:  # noqa: ANN401
        return ledger.Settled(more["actor"], "", outcome.stored(), op.get("entry_id"), op["device_seq"])

    patch.setattr(ledger, "settled", forgotten)
    patch.setattr(ledger, "settle", unwritten)


def new_key_on_retry(patch: pytest.MonkeyPatch) -> None:
    """A command gets another id each time it is sent."""
    honest = Line.sync
    sent: dict[str, int] = {}

    def rekeyed(line: Line, request: Mapping[str, Json]) -> Mapping[str, Json]:
        given: dict[str, str] = {}
        ops: list[Json] = []
        for op in request["ops"] if isinstance(request["ops"], list) else []:
            assert isinstance(op, dict)
            old = str(op["op_id"])
            sent[old] = sent.get(old, -1) + 1
            fresh = uuid7(milliseconds=sent[old], random=old.encode()[-10:])
            given[fresh if op["type"] == "command" and sent[old] else old] = old
            ops.append({**op, "op_id": fresh if op["type"] == "command" and sent[old] else old})
        reply = dict(honest(line, {**request, "ops": ops}))
        results = reply["results"]
        assert isinstance(results, list)
        reply["results"] = [{**r, "op_id": given[str(r["op_id"])]} for r in results if isinstance(r, dict)]
        return reply

    patch.setattr(Line, "sync", rekeyed)


def feed_overwrites_drafts(patch: pytest.MonkeyPatch) -> None:
    """A new head throws away what a person has typed."""

    def dropped(work: Work, entry_id: EntryId, *, current_too: bool = False) -> None:
        draft, known = work.drafts.get(entry_id), work.entries.get(entry_id)
        if draft and known and (current_too or draft.base_rid != known.head.rid) and not work.queue.of(entry_id):
            work.drafts.remove(entry_id)

    for module in (apply, adopt, bodies):
        patch.setattr(module, "drop_clean_draft", dropped)


def cursor_before_rows(patch: pytest.MonkeyPatch) -> None:
    """The place in the feed is noted in a transaction of its own, before what was read is."""
    honest = apply_reply

    def split(store: Store, plan: Plan, reply: Reply, **more: Any) -> Changes | None:  # noqa: ANN401
        with store.write() as work:
            work.feed.set_value("cursor", reply.next_cursor)
        return honest(store, replace(plan, cursor=reply.next_cursor), reply, **more)

    patch.setattr(cycle, "apply_reply", split)


def approval_aimed_anew(patch: pytest.MonkeyPatch) -> None:
    """An approval of an older text is given again, for the text that stands."""
    honest = apply_result

    def insistent(work: Work, operation: Operation, result: Result, *, at: str) -> None:
        honest(work, operation, result, at=at)
        head = result.head
        if (
            operation.name == "approve"
            and result.outcome == "stale_revision"
            and head is not None
            and head.rid is not None
        ):
            stamp = Stamp(OpId(uuid7(milliseconds=1, random=operation.op_id.encode()[-10:])), work.queue.next_seq(), at)
            again = replace(command_of(operation.payload), on_rid=head.rid, on_state_ver=head.state_ver)
            work.queue.add(make_command(stamp, operation.entry_id, again), at=at)

    patch.setattr(apply, "apply_result", insistent)


def portal_approves_any_text(patch: pytest.MonkeyPatch) -> None:
    """The portal does not compare the text that was read with the one that stands."""
    patch.setattr(workflow, "_check_revision", lambda *_: None)


def portal_ignores_epochs(patch: pytest.MonkeyPatch) -> None:
    """After a restore, operations of the time before are carried out."""
    honest = sync._read_request

    def blind(request: Mapping[str, Any]) -> Any:  # noqa: ANN401
        return replace(honest(request), epoch=None)

    patch.setattr(sync, "_read_request", blind)


def refused_text_is_dropped(patch: pytest.MonkeyPatch) -> None:
    """A refused put leaves nothing to go on with."""
    patch.setattr(apply_results, "_restore_text", lambda *_, **__: None)


def refusals_without_cards(patch: pytest.MonkeyPatch) -> None:
    """Nobody is told of a refusal."""
    patch.setattr(apply_results, "_card", lambda *_, **__: None)


def out_of_scope_ignored(patch: pytest.MonkeyPatch) -> None:
    """What left a member's sight stays on the screen."""
    patch.setattr(apply_changes, "leave_scope", lambda *_: None)


def everything_in_scope(patch: pytest.MonkeyPatch) -> None:
    """The portal shows everybody everything."""
    patch.setattr(Scope, "sees", lambda *_: True)


def anybody_may(patch: pytest.MonkeyPatch) -> None:
    """The portal trusts the client with the rights."""
    patch.setattr(workflow, "_check_right", lambda *_, **__: workflow.Holding(None))


def texts_never_fetched(patch: pytest.MonkeyPatch) -> None:
    """A failed fetch of texts is taken for done."""
    patch.setattr(cycle, "fetch_bodies", lambda *_, **_more: 0)


def sending_is_not_noted(patch: pytest.MonkeyPatch) -> None:
    """What was sent may still be taken back as if it were not."""
    honest = make_plan

    def unnoted(work: Work, *given: Any, **more: Any) -> Plan:  # noqa: ANN401
        work.queue.mark_sent = _nothing  # type: ignore[method-assign, assignment]  # of this transaction's queue
        return honest(work, *given, **more)

    patch.setattr(cycle, "make_plan", unnoted)


def _nothing(_op_ids: Sequence[OpId]) -> None:
    pass


def half_a_batch_stays(patch: pytest.MonkeyPatch) -> None:
    """Each outcome is settled in a transaction of its own, and the rest is believed to follow."""
    honest = apply_reply

    def split(store: Store, plan: Plan, reply: Reply, **more: Any) -> Changes | None:  # noqa: ANN401
        with store.write() as work:
            for result in reply.results:
                if result.outcome in apply_results.FINAL:
                    with suppress(Bug):
                        work.queue.settle(result.op_id, outcome=result.outcome, answer=result.raw, at="")
        left = replace(plan, ops=()), replace(reply, results=())
        return honest(store, *left, **more)

    patch.setattr(cycle, "apply_reply", split)


def versions_stand_still(patch: pytest.MonkeyPatch) -> None:
    """The portal carries a command out and forgets to raise the version of the state."""
    honest = decide

    def still(*given: Any, **more: Any) -> Any:  # noqa: ANN401
        verdict = honest(*given, **more)
        if isinstance(verdict, workflow.Allowed):
            after = replace(verdict.after, state_ver=verdict.after.state_ver - 1)
            return replace(verdict, after=after)
        return verdict

    patch.setattr(command, "decide", still)


# Each with the fault that brings it out, where the ordinary mixture would take its time.
MUTANTS: Mapping[Patch, str] = {
    no_ledger: "lost-reply",
    new_key_on_retry: "lost-reply",
    feed_overwrites_drafts: "",
    cursor_before_rows: "crash-while-applying",
    approval_aimed_anew: "",
    portal_approves_any_text: "",
    portal_ignores_epochs: "restore",
    refused_text_is_dropped: "",
    refusals_without_cards: "",
    out_of_scope_ignored: "",
    everything_in_scope: "",
    anybody_may: "forge",
    texts_never_fetched: "",
    sending_is_not_noted: "lost-reply",
    half_a_batch_stays: "",
    versions_stand_still: "",
}
