"""Plays the demo's story with the client's own use cases, one home in memory per member, and keeps what each home sends.

What the portal would answer is written into every home from the client's own projection: the story holds no refusal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.ports import Store, Work
from desktop.application.records import Account, Changes, Entry, Meta
from desktop.application.rules import Standing, rules_of, standing
from desktop.application.shown import refresh
from desktop.application.stages import Stages
from desktop.domain.board import member_from_json
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Returned
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.operation import Operation
from desktop.domain.revision import Content, Revision
from desktop.editor.text.render import MarkdownRenderer
from desktop.store.opening import open_store
from tools.demo.material import Act, Piece

START = 1_793_581_200_000  # 2026-11-02 01:00 UTC, in ms
STEP = 97_000
BATCH = 50


class StoryClock:
    """Every look at the clock is 97 seconds later than the one before."""

    def __init__(self) -> None:
        self._at = START

    def now(self) -> str:
        return _iso(self.milliseconds())

    def milliseconds(self) -> int:
        self._at += STEP
        return self._at

    def monotonic(self) -> float:
        return self._at / 1000


class StoryChance:
    """Bytes that a seed and a counter give."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def bytes(self, count: int) -> bytes:
        self._count += 1
        return sha256(f"{self._seed}/{self._count}".encode()).digest()[:count]

    def uniform(self, low: float, high: float) -> float:
        return (low + high) / 2


def _iso(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


@dataclass(frozen=True)
class Home:
    """One member's home in memory."""

    username: str
    device_id: str
    store: Store
    drafting: Drafting
    stages: Stages


class Recorder:
    """`requests` grows as the story is played: `{"as": username, "request": …}` (`docs/day.md`)."""

    def __init__(self, members: Sequence[Mapping[str, Json]], bundle: Mapping[str, Json]) -> None:
        self.requests: list[dict[str, Json]] = []
        self._clock = StoryClock()
        self._seq = 0
        self._homes = {str(member["username"]): self._home(member, members, bundle) for member in members}

    def play(self, piece: Piece) -> EntryId:
        """Write the piece in its author's home, send it, and carry out the acts of its story one after the other."""
        home = self._homes[piece.author]
        section = piece.fields.get("section")
        entry_id = home.drafting.create(
            piece.kind, lang=piece.lang, section=section if isinstance(section, str) else None
        )
        home.drafting.save(entry_id, piece.fields)
        for act in piece.acts:
            self._act(piece, entry_id, act)
        if not piece.acts:
            home.drafting.freeze_idle([entry_id])
            self._send(home, entry_id, Act("put"))
        return entry_id

    def _act(self, piece: Piece, entry_id: EntryId, act: Act) -> None:
        home = self._homes[act.by or piece.author]
        home.stages.give(entry_id, act.name, reason=act.reason)
        self._send(home, entry_id, act)

    def _send(self, home: Home, entry_id: EntryId, act: Act) -> None:
        """Record what waits in `home` as one request and let every home hear of its effect."""
        with home.store.write() as work:
            now = standing(work, rules_of(work), entry_id)
            operations = [item.operation for item in work.queue.waiting(BATCH)]
            for operation in operations:
                work.queue.settle(
                    operation.op_id, outcome="applied", answer={"outcome": "applied"}, at=self._clock.now()
                )
            work.drafts.remove(entry_id)
        self.requests.append(
            {
                "as": home.username,
                "request": {
                    "protocol": 1,
                    "device_id": home.device_id,
                    "ops": [dict(operation.payload) for operation in operations],
                },
            }
        )
        self._seq += 1
        for other in self._homes.values():
            with other.store.write() as work:
                _hear(work, now, operations, _Told(home.username, act, self._seq))

    def _home(
        self, member: Mapping[str, Json], members: Sequence[Mapping[str, Json]], bundle: Mapping[str, Json]
    ) -> Home:
        username = str(member["username"])
        tools = Tools(self._clock, StoryChance(username), MarkdownRenderer())
        store, device_id = open_store(None, clock=self._clock), tools.new_id()
        with store.write() as work:
            for other in members:
                work.board.put_member(member_from_json({**other, "id": f"u-{other['username']}"}))
            work.feed.set_account(Account("demo", MemberId(f"u-{username}"), username, device_id))
            work.feed.put_bundle("demo", bundle)
            work.feed.set_value("bundle_rev", "demo")
            work.feed.set_value("server_time", self._clock.now())
        return Home(username, device_id, store, Drafting(store, tools, _nobody), Stages(store, tools, _nobody))


@dataclass(frozen=True)
class _Told:
    by: str
    act: Act
    seq: int


def _nobody(changes: Changes) -> None:
    del changes


def _hear(work: Work, now: Standing, operations: Sequence[Operation], told: _Told) -> None:
    """Write the portal's view after `operations`, as a sync would."""
    facts, seq = now.facts, told.seq
    entry_id = operations[0].entry_id
    known = work.entries.get(entry_id)
    rev_no = known.head.rev_no if known else 0
    for operation in operations:
        content = operation.payload.get("content")
        if operation.rid is not None and isinstance(content, dict):
            rev_no += 1
            base = operation.payload.get("base_rid")
            if work.revisions.get(operation.rid) is None:
                text = Content.from_json(content)
                work.revisions.put(
                    Revision(operation.rid, entry_id, Rid(str(base)) if base else None, text, operation.op_id, rev_no)
                )
    head = work.revisions.get(facts.head_rid) if facts.head_rid else None
    if head is None:
        raise AssertionError("an entry of the story has a text")
    meta = Meta(
        head.content.kind, head.content.lang, str(head.content.fields.get("title", "")),
        section=facts.section, owner=facts.owner, submitter=facts.submitter, authors=tuple(sorted(facts.authors)),
        returned=Returned(operations[-1].op_id, told.act.reason, told.by) if told.act.name == "return" else None,
    )  # fmt: skip
    shown = Head(entry_id, facts.head_rid, rev_no, facts.state, facts.state_ver, facts.published_rid, seq)
    entry = Entry(shown, meta, body_rid=facts.head_rid, last_published_rid=facts.last_published_rid)
    work.entries.put(replace(entry, ever_submitted=facts.ever_submitted))
    refresh(work, [entry_id])
