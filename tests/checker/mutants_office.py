"""Protocol bugs to be seeded where it is about remarks, the board, delegations, and texts that nobody has read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.application import drafting
from desktop.application.freezing import freeze
from desktop.domain.digest import Json
from desktop.domain.ids import uuid7
from desktop.sync import apply_results, restored
from server_stub.core import board, reading, sync, work
from server_stub.core.people import Person, load_person, mandates_of
from server_stub.core.scope import scope_of
from tests.checker.network import Line


def board_ignored_by_scope(patch: pytest.MonkeyPatch) -> None:
    """The portal goes on showing what a member's first roles reached."""
    first: dict[str, Person] = {}

    def stale(profile: Any, person: Person, mandates: Any, now: str) -> Any:  # noqa: ANN401
        return scope_of(profile, first.setdefault(person.id, person), mandates, now)

    for module in (work, reading):
        patch.setattr(module, "scope_of", stale)


def revoked_delegations_count(patch: pytest.MonkeyPatch) -> None:
    """The portal does not look whether a delegation was taken back."""

    def standing(db: Any, member_id: str) -> Any:  # noqa: ANN401
        return tuple(replace(mandate, revoked=False) for mandate in mandates_of(db, member_id))

    for module in (sync, reading, board):
        patch.setattr(module, "mandates_of", standing)


def gone_members_are_served(patch: pytest.MonkeyPatch) -> None:
    """Whoever left the board goes on as before."""

    def still(db: Any, member_id: str) -> Person | None:  # noqa: ANN401
        person = load_person(db, member_id)
        return None if person is None else replace(person, active=True)

    patch.setattr(sync, "load_person", still)


def remarks_twice(patch: pytest.MonkeyPatch) -> None:
    """A remark is another one each time it is sent."""
    honest = Line.sync
    sent: dict[str, int] = {}

    def remade(line: Line, request: Mapping[str, Json]) -> Mapping[str, Json]:
        given: dict[str, str] = {}
        ops: list[Json] = []
        for op in request["ops"] if isinstance(request["ops"], list) else []:
            assert isinstance(op, dict)
            old = new = str(op["op_id"])
            if op["type"] == "comment":
                sent[old] = sent.get(old, -1) + 1
                if sent[old]:
                    new = uuid7(milliseconds=sent[old], random=old.encode()[-10:])
                    op = {**op, "op_id": new, "comment_id": new}  # noqa: PLW2901
            given[new] = old
            ops.append(op)
        reply = dict(honest(line, {**request, "ops": ops}))
        results = reply["results"]
        assert isinstance(results, list)
        reply["results"] = [{**r, "op_id": given[str(r["op_id"])]} for r in results if isinstance(r, dict)]
        return reply

    patch.setattr(Line, "sync", remade)


def lost_remarks_stay_lost(patch: pytest.MonkeyPatch) -> None:
    """A restored portal is not told the remarks that it lost."""
    patch.setattr(restored, "_is_lost_remark", lambda *_: False)


def refused_remarks_lose_their_words(patch: pytest.MonkeyPatch) -> None:
    """The card of a refused remark does not say what it said."""
    patch.setattr(apply_results, "_with_reason", lambda rule, _operation: rule)


def merged_texts_go_unread(patch: pytest.MonkeyPatch) -> None:
    """What the machine put together is sent before anybody has read it."""
    honest = freeze

    def blind(work: Any, draft: Any, *given: Any, **more: Any) -> Any:  # noqa: ANN401
        return honest(work, replace(draft, merged=False), *given, **more)

    patch.setattr(drafting, "freeze", blind)


OFFICE = {
    board_ignored_by_scope: "board",
    revoked_delegations_count: "revoke",
    gone_members_are_served: "board",
    remarks_twice: "lost-reply",
    lost_remarks_stay_lost: "restore",
    refused_remarks_lose_their_words: "board",
    merged_texts_go_unread: "crowd",
}
