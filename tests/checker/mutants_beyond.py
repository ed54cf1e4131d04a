"""More protocol bugs to be seeded: in the use cases, in what a restored portal is told, and in the portal's judgement."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.application.drafting import Drafting
from desktop.application.ports import Store
from desktop.application.records import Changes
from desktop.application.stages import Stages
from desktop.domain.errors import Offline
from desktop.domain.ids import EntryId
from desktop.sync import apply_results, restored
from desktop.sync.cycle import Cycle
from desktop.sync.plan import Plan
from server_stub.core import entry as entries
from server_stub.core import epoch, ledger, put, sync
from server_stub.core.people import mandates_of


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """The portal lets every put stand on whatever head there is."""
    honest = put._refusal_of_place

    def blind(work: Any, op: Mapping[str, Any], entry: entries.Entry | None) -> Any:  # noqa: ANN401
        return honest(work, op if entry is None else {**op, "base_rid": entry.head_rid}, entry)

    patch.setattr(put, "_refusal_of_place", blind)


def ledger_forgets(patch: pytest.MonkeyPatch) -> None:
    """The portal forgets every other operation that it has carried out."""
    honest = ledger.settled

    def shorter(db: Any, op_ids: Any) -> Any:  # noqa: ANN401
        return {op_id: row for op_id, row in honest(db, op_ids).items() if int(op_id[-1], 16) % 2}

    patch.setattr(ledger, "settled", shorter)
    keep = ledger.settle

    def once(db: Any, op: Any, outcome: Any, **more: Any) -> Any:  # noqa: ANN401
        if honest(db, [op["op_id"]]):
            return ledger.Settled(more["actor"], "", outcome.stored(), op.get("entry_id"), op["device_seq"])
        return keep(db, op, outcome, **more)

    patch.setattr(ledger, "settle", once)


def edit_in_any_state(patch: pytest.MonkeyPatch) -> None:
    """The portal takes texts from anybody who sees the entry, wherever it stands."""
    patch.setattr(put, "may_write", lambda *_, **__: None)


def delegations_never_end(patch: pytest.MonkeyPatch) -> None:
    """The portal does not look when a delegation ends."""

    def endless(db: Any, member_id: str) -> Any:  # noqa: ANN401
        return tuple(replace(mandate, end="9999") for mandate in mandates_of(db, member_id))

    patch.setattr(sync, "mandates_of", endless)


def discard_on_error(patch: pytest.MonkeyPatch) -> None:
    """What could not be sent is taken for done."""
    honest = Cycle._exchange

    def careless(self: Cycle, plan: Plan) -> Any:  # noqa: ANN401
        try:
            return honest(self, plan)
        except Offline:
            with self._store.write() as work:
                for operation in plan.ops:
                    work.queue.settle(operation.op_id, outcome="applied", answer={}, at="")
            raise

    patch.setattr(Cycle, "_exchange", careless)


def refused_work_stays_behind(patch: pytest.MonkeyPatch) -> None:
    """What was built on a refused operation stays in the queue, and its text with it."""
    patch.setattr(apply_results, "_take_back", lambda *_, **__: None)


def screens_are_always_new(patch: pytest.MonkeyPatch) -> None:
    """A draft begins on the head that came in, whatever text its writer had before them."""
    honest = Drafting.save

    def blind(self: Drafting, entry_id: EntryId, fields: Any, **_seen: Any) -> str:  # noqa: ANN401
        return honest(self, entry_id, fields)

    patch.setattr(Drafting, "save", blind)


def commands_mean_what_stands(patch: pytest.MonkeyPatch) -> None:
    """A command is for the text and the step that stand, not for those on the screen."""
    honest = Stages.give

    def blind(self: Stages, entry_id: EntryId, name: str, *, reason: str = "", **_read: Any) -> None:  # noqa: ANN401
        honest(self, entry_id, name, reason=reason)

    patch.setattr(Stages, "give", blind)


def decisions_repeated(patch: pytest.MonkeyPatch) -> None:
    """What waits when the portal was restored is sent as if nothing had happened."""
    patch.setattr(restored, "_take_back_decisions", lambda *_, **__: set())


def lost_texts_stay_lost(patch: pytest.MonkeyPatch) -> None:
    """A restored portal is not offered what it lost."""
    patch.setattr(restored, "_lost_texts", lambda *_: [])


def forks_unnoticed(patch: pytest.MonkeyPatch) -> None:
    """Neither side notices that the portal went back without saying so."""
    patch.setattr(restored, "contradicts", lambda *_: False)
    patch.setattr(epoch, "has_another_past", lambda *_: False)


def restored_feed_goes_on(patch: pytest.MonkeyPatch) -> None:
    """After a restore the client takes the new epoch and reads on where it was."""

    def lightly(store: Store, *, at: str) -> Any:  # noqa: ANN401
        del at
        with store.write() as work:
            work.feed.set_value("epoch", None)
            work.feed.set_value("cursor", None)
        return Changes(lists=True)

    patch.setattr(restored, "begin", lightly)


BEYOND = {
    last_writer_wins: "",
    ledger_forgets: "lost-reply",
    edit_in_any_state: "",
    delegations_never_end: "",
    discard_on_error: "lost-request",
    refused_work_stays_behind: "",
    screens_are_always_new: "stale",
    commands_mean_what_stands: "stale",
    decisions_repeated: "restore",
    lost_texts_stay_lost: "restore",
    forks_unnoticed: "restore",
    restored_feed_goes_on: "restore",
}
