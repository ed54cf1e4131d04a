"""The repositories of `tests/support/plain_store.py`, method by method those of `desktop.application.ports`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.application.records import Account, Applied, Card, Draft, Entry, Place, Queued, Settled, Step
from desktop.domain.board import Delegation, Member
from desktop.domain.digest import Json, canonical
from desktop.domain.errors import Bug, Rule
from desktop.domain.ids import EntryId, MemberId, OpId, Rid
from desktop.domain.operation import Operation
from desktop.domain.revision import Revision
from tests.support.plain_lists import ListRows

__all__ = [
    "AnswerRows", "BlobRows", "BoardRows", "CardRows", "DraftRows", "EntryRows", "FeedRows", "ListRows", "QueueRows", "RevisionRows",
]  # fmt: skip


class Rows:
    """`tables` for reading; `_changing` for writing, which a reader's transaction refuses."""

    def __init__(self, tables: Any, *, writing: bool) -> None:  # noqa: ANN401  plain_store.Tables, which imports this
        self._tables = tables
        self._writing = writing

    @property
    def _changing(self) -> Any:  # noqa: ANN401  as above
        if not self._writing:
            raise Bug("a reader writes")
        return self._tables


class EntryRows(Rows):
    def get(self, entry_id: EntryId) -> Entry | None:
        found: Entry | None = self._tables.entries.get(entry_id)
        return found

    def put(self, entry: Entry) -> None:
        self._changing.entries[entry.head.entry_id] = entry

    def without_body(self, limit: int) -> Sequence[EntryId]:
        lacking = [
            (entry.head.seq, entry_id)
            for entry_id, entry in self._tables.entries.items()
            if entry.in_scope and entry.head.rid is not None and entry.body_rid != entry.head.rid
        ]
        return [entry_id for _, entry_id in sorted(lacking, reverse=True)[:limit]]

    def index(self) -> Mapping[EntryId, tuple[Rid | None, int]]:
        return {key: (entry.head.rid, entry.head.state_ver) for key, entry in self._tables.entries.items()}


class RevisionRows(Rows):
    def get(self, rid: Rid) -> Revision | None:
        found: Revision | None = self._tables.revisions.get(rid)
        return found

    def has(self, rid: Rid) -> bool:
        return rid in self._tables.revisions

    def put(self, revision: Revision) -> None:
        canonical(revision.content.as_json())
        known = self._tables.revisions.get(revision.rid)
        if known is not None:
            if known.content.as_json() != revision.content.as_json() or known.entry_id != revision.entry_id:
                raise Bug(f"revision {revision.rid} already stands with another text")
            revision = replace(
                known,
                rev_no=revision.rev_no or known.rev_no,
                actor=revision.actor or known.actor,
                server_time=revision.server_time or known.server_time,
            )
        self._changing.revisions[revision.rid] = revision

    def of(self, entry_id: EntryId) -> Sequence[Revision]:
        found = [text for text in self._tables.revisions.values() if text.entry_id == entry_id]
        return sorted(found, key=lambda text: (text.rev_no == 0, text.rev_no))

    def history(self, entry_id: EntryId) -> Sequence[Step]:
        return list(self._tables.histories.get(entry_id, ()))

    def set_history(self, entry_id: EntryId, steps: Sequence[Step]) -> None:
        self._changing.histories[entry_id] = tuple(steps)


class DraftRows(Rows):
    def get(self, entry_id: EntryId) -> Draft | None:
        found: Draft | None = self._tables.drafts.get(entry_id)
        return found

    def put(self, draft: Draft) -> None:
        canonical([dict(draft.fields), [dict(item) for item in draft.attachments]])
        self._changing.drafts[draft.entry_id] = draft

    def remove(self, entry_id: EntryId) -> None:
        self._changing.drafts.pop(entry_id, None)

    def dirty(self) -> Sequence[Draft]:
        found = [draft for draft in self._tables.drafts.values() if draft.dirty]
        return sorted(found, key=lambda draft: (draft.updated, draft.entry_id))


class QueueRows(Rows):
    def next_seq(self) -> int:
        number: int = self._changing.next_number("device_seq")
        return number

    def add(self, operation: Operation, *, at: str) -> None:
        canonical(dict(operation.payload))
        tables = self._changing
        taken = any(item.operation.device_seq == operation.device_seq for item in tables.queue.values())
        if taken or operation.op_id in tables.queue:
            raise Bug("an operation's id and number are used once")
        tables.queue[operation.op_id] = Queued(operation, tables.next_number("local_no"), queued_at=at)

    def of(self, entry_id: EntryId) -> Sequence[Queued]:
        return [item for item in self._tables.queue.values() if item.operation.entry_id == entry_id]

    def waiting(self, limit: int) -> Sequence[Queued]:
        found, stopped = [], set()
        for item in self._tables.queue.values():
            if item.place is not Place.WAITING:
                stopped.add(item.operation.entry_id)
            if item.operation.entry_id not in stopped:
                found.append(item)
        return found[:limit]

    def all(self) -> Sequence[Queued]:
        return list(self._tables.queue.values())

    def count(self) -> int:
        return len(self._tables.queue)

    def mark_sent(self, op_ids: Sequence[OpId]) -> None:
        for op_id in op_ids:
            self._change(op_id, attempts=self._one(op_id).attempts + 1)

    def hold(self, op_id: OpId) -> None:
        self._change(op_id, place=Place.HELD)

    def release(self, op_id: OpId) -> None:
        self._change(op_id, place=Place.WAITING)

    def settle(self, op_id: OpId, *, outcome: str, answer: Mapping[str, Json], at: str) -> None:
        found = self._one(op_id)
        told = Settled(found.operation, outcome, at, found.queued_at)
        self._changing.answers[op_id] = (found.local_no, told)
        self._changing.settled[op_id] = (found.operation.entry_id, outcome, json.dumps(dict(answer)))
        if outcome == "applied":
            self._changing.confirmed[op_id] = found
        del self._changing.queue[op_id]

    def settled(self, op_id: OpId) -> Mapping[str, Json] | None:
        found = self._tables.settled.get(op_id)
        answer: dict[str, Json] | None = None if found is None else json.loads(found[2])
        return answer

    def withdraw(self, op_id: OpId, *, at: str) -> None:
        self.settle(op_id, outcome="withdrawn", answer={"outcome": "withdrawn"}, at=at)

    def applied(self) -> Sequence[Applied]:
        found = sorted(self._tables.confirmed.values(), key=lambda item: item.local_no)
        made = [item.operation for item in found]
        return [
            Applied(each.op_id, each.entry_id, each.type, each.name, each.rid, str(each.payload.get("comment_id", "")))
            for each in made
        ]

    def offer_again(self, op_id: OpId) -> None:
        tables = self._changing
        if op_id not in tables.confirmed:
            raise Bug(f"operation {op_id} was not confirmed")
        del tables.settled[op_id], tables.answers[op_id]
        again = replace(tables.confirmed.pop(op_id), attempts=0, place=Place.WAITING)
        items = sorted([*tables.queue.values(), again], key=lambda item: item.local_no)
        tables.queue = {item.operation.op_id: item for item in items}

    def _one(self, op_id: OpId) -> Queued:
        found: Queued | None = self._tables.queue.get(op_id)
        if found is None:
            raise Bug(f"operation {op_id} is not queued")
        return found

    def _change(self, op_id: OpId, **changed: Any) -> None:  # noqa: ANN401  members of Queued
        self._changing.queue[op_id] = replace(self._one(op_id), **changed)


class AnswerRows(Rows):
    def latest(self, limit: int) -> Sequence[Settled]:
        told = sorted(self._tables.answers.values(), key=lambda pair: pair[0], reverse=True)
        return [item for _, item in told[:limit]]

    def to(self, op_id: OpId) -> Settled | None:
        found = self._tables.answers.get(op_id)
        return found[1] if found else None


class CardRows(Rows):
    """A closed card stays, with its time instead of itself alone."""

    def add(
        self,
        entry_id: EntryId,
        *,
        op_id: OpId | None,
        name: str,
        outcome: str,
        rule: Rule,
        pointers: Sequence[str],
        at: str,
    ) -> None:
        number = self._changing.next_number("card")
        self._changing.cards[number] = (Card(number, entry_id, op_id, name, outcome, rule, at, tuple(pointers)), None)

    def of(self, entry_id: EntryId) -> Sequence[Card]:
        return [card for card in self.open() if card.entry_id == entry_id]

    def open(self) -> Sequence[Card]:
        return [card for card, closed in self._tables.cards.values() if closed is None]

    def close(self, card_id: int, *, at: str) -> None:
        card, closed = self._tables.cards.get(card_id, (None, None))
        if card is not None and closed is None:
            self._changing.cards[card_id] = (card, at)


class BoardRows(Rows):
    def members(self) -> Sequence[Member]:
        return sorted(self._tables.members.values(), key=lambda member: member.username)

    def member(self, member_id: MemberId) -> Member | None:
        found: Member | None = self._tables.members.get(member_id)
        return found

    def put_member(self, member: Member) -> None:
        self._changing.members[member.id] = member

    def delegations(self, holder: MemberId | None) -> Sequence[Delegation]:
        found = [given for given in self._tables.delegations.values() if holder in {None, given.holder}]
        return sorted(found, key=lambda given: (given.start, given.id))

    def put_delegation(self, delegation: Delegation) -> None:
        self._changing.delegations[delegation.id] = delegation


class FeedRows(Rows):
    def value(self, key: str) -> str | None:
        found: str | None = self._tables.feed.get(key)
        return found

    def set_value(self, key: str, value: str | None) -> None:
        if value is None:
            self._changing.feed.pop(key, None)
            return
        try:
            value.encode()
        except UnicodeEncodeError as fault:
            raise Bug("no column holds this text") from fault
        self._changing.feed[key] = value

    def keep_unknown(self, change: Mapping[str, Json]) -> None:
        self._changing.unknown[self._changing.next_number("unknown")] = json.dumps(dict(change))

    def take_unknown(self) -> Sequence[Mapping[str, Json]]:
        tables = self._changing
        found = [json.loads(item) for _, item in sorted(tables.unknown.items())]
        tables.unknown = {}
        return found

    def account(self) -> Account | None:
        found: Account | None = self._tables.account.get("one")
        return found

    def set_account(self, account: Account) -> None:
        self._changing.account["one"] = account

    def bundle(self, rev: str) -> Mapping[str, Json] | None:
        found: Mapping[str, Json] | None = self._tables.bundles.get(rev)
        return found

    def put_bundle(self, rev: str, bundle: Mapping[str, Json]) -> None:
        self._changing.bundles[rev] = bundle


class BlobRows(Rows):
    """(bytes, whether the portal has them) by SHA-256."""

    def add(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self._changing.blobs[sha256] = (data, False)
        return sha256

    def copy(self, source: Path, *, most: int) -> tuple[str, int]:
        raise NotImplementedError(source, most)

    def add_kept(self, sha256: str, size: int) -> None:
        raise NotImplementedError(sha256, size)

    def part(self, sha256: str, *, start: int, size: int) -> bytes | None:
        found: tuple[bytes | None, bool] = self._tables.blobs.get(sha256, (None, False))
        return None if found[0] is None else found[0][start : start + size]

    def check(self, sha256: str) -> bool:
        return sha256 in self._tables.blobs

    def partial(self, sha256: str) -> int:
        del sha256  # files come whole here
        return 0

    def append(self, sha256: str, *, start: int, data: bytes) -> int:
        raise NotImplementedError(sha256, start, data)

    def finish(self, sha256: str) -> bool:
        raise NotImplementedError(sha256)

    def has(self, sha256: str) -> bool:
        return sha256 in self._tables.blobs

    def read(self, sha256: str) -> bytes | None:
        found: tuple[bytes | None, bool] = self._tables.blobs.get(sha256, (None, False))
        return found[0]

    def unsent(self) -> Sequence[tuple[str, int]]:
        return sorted((sha256, len(data)) for sha256, (data, sent) in self._tables.blobs.items() if not sent)

    def mark_sent(self, sha256: str) -> None:
        if sha256 in self._tables.blobs:
            self._changing.blobs[sha256] = (self._tables.blobs[sha256][0], True)

    def mark_unsent(self, sha256: str) -> None:
        if sha256 in self._tables.blobs:
            self._changing.blobs[sha256] = (self._tables.blobs[sha256][0], False)

    def mark_all_unsent(self) -> None:
        tables = self._changing
        tables.blobs = {sha256: (data, False) for sha256, (data, _) in tables.blobs.items()}
