"""A real desk on a real store, filled with the demo's story as one member would have received it; the portal is away.

Times of the story are spread over the days before `TODAY`, so that a picture shows a plausible week.
"""

import hashlib
import json
import os
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import resources
from desktop.application.archive import Archive
from desktop.application.conflicts import Conflicts
from desktop.application.desk import Desk
from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.library import Library
from desktop.application.missing import Incoming
from desktop.application.notices import Notices
from desktop.application.packages import Packages
from desktop.application.ports import Announce, Store, SyncReport, Uploads
from desktop.application.records import Account, Entry, Meta, Step, SyncStatus
from desktop.application.relating import Relating
from desktop.application.session import Session
from desktop.application.shown import refresh
from desktop.application.stages import Stages
from desktop.application.transfers import Transfers
from desktop.application.waiting import Waiting
from desktop.domain.board import Actor, Member, member_from_json
from desktop.domain.digest import Json
from desktop.domain.entry import Facts, Head, Phase, Returned
from desktop.domain.errors import Offline, Problem
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.operation import command_of
from desktop.domain.profile import profile_from_json
from desktop.domain.projection import unborn
from desktop.domain.revision import Content, Revision
from desktop.domain.workflow import transition
from desktop.editor.text.images import PictureFitter
from desktop.editor.text.render import MarkdownRenderer
from desktop.store import open_store
from desktop.store.originals import OriginalFiles
from desktop.store.own_words import OwnWords
from desktop.wiring import SystemChance, SystemClock
from tests.support.offices import UTF_8

PORTAL = "http://127.0.0.1:9"
AWAY = SyncStatus(
    online=False, since="2026-11-22T01:15:00Z", last_sync="2026-11-22T01:14:00Z", waiting=0, cards=0, signed_in=True
)
PROFILE = json.loads(resources.path("profiles", "generic.json").read_text("utf-8"))


def bundle() -> dict[str, Any]:
    """The bundle a portal with the generic profile serves."""
    kinds = {
        name: json.loads(resources.path("contract", "kinds", f"{name}.json").read_text("utf-8"))
        for name in PROFILE["kinds"]
    }
    return {"profile": PROFILE, "kinds": kinds, "theme": PROFILE["theme"]}


def members() -> dict[str, Member]:
    listed = json.loads(resources.path("demo", "00-members.json").read_text("utf-8"))["members"]
    made = [member_from_json({**item, "id": f"u-{item['username']}"}) for item in listed]
    return {member.username: member for member in made}


@dataclass
class Told:
    """One entry as its operations made it."""

    facts: Facts
    content: Content | None = None
    rev_no: int = 0
    rev_of: dict[str, int] = field(default_factory=dict)
    base: Rid | None = None
    returned: Returned | None = None
    history: list[Step] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    updated: str = ""


def story() -> dict[EntryId, Told]:
    """Every entry of the demo after its last request."""
    board, profile, told = members(), profile_from_json(PROFILE), dict[EntryId, Told]()
    files = sorted(resources.path("demo").glob("[0-9]*.json"))[1:]
    for number, file in enumerate(files):
        for request in json.loads(file.read_text("utf-8"))["requests"]:
            actor = Actor(board[request["as"]])
            for place, op in enumerate(request["request"]["ops"]):
                at = f"2026-11-{8 + number:02}T{2 + place:02}:{(7 * number) % 60:02}:00Z"
                _tell(told.setdefault(op["entry_id"], Told(unborn(profile, actor))), op, actor, at=at)
    return told


def _tell(told: Told, op: Mapping[str, Any], actor: Actor, *, at: str) -> None:
    me = actor.member
    name = op.get("name", op["type"])
    if op["type"] == "put":
        told.content = Content.from_json(op["content"])
        told.rev_no += 1
        told.rev_of[op["rid"]] = told.rev_no
        told.facts = replace(told.facts, head_rid=op["rid"], section=str(told.content.fields.get("section")))
        told.revisions.append(
            Revision(op["rid"], op["entry_id"], told.base, told.content, op["op_id"], told.rev_no, me.id, at)
        )
        told.base = op["rid"]
    else:
        told.facts = transition(profile_from_json(PROFILE), told.facts, command_of(op), actor=actor)
        told.returned = Returned(op["op_id"], op["reason"], me.label["vi"]) if name == "return" else None
    rid = told.facts.head_rid
    told.history.append(
        Step(
            op["op_id"],
            op["type"],
            name,
            rid,
            told.rev_of.get(rid or "", 0),
            me.id,
            me.label["vi"],
            op.get("reason", ""),
            at,
        )
    )
    told.updated = at


def _visible(told: Told, me: Member) -> bool:
    """As `docs/wire.md` says who sees an entry."""
    if told.facts.owner == me.id or told.facts.published_rid:
        return True
    roles = {role for step in PROFILE["workflow"]["steps"][1:] for role in step["roles"]}
    return any(grant.role in roles and grant.covers(told.facts.section) for grant in me.grants)


def fill(store: Store, username: str) -> None:
    """Put the story into a store as this member's sync would have."""
    served, board = bundle(), members()
    me = board[username]
    rev = hashlib.sha256(json.dumps(served, sort_keys=True).encode()).hexdigest()
    with store.write() as work:
        work.feed.put_bundle(rev, served)
        for key, value in {
            "bundle_rev": rev,
            "server_time": "2026-11-22T01:14:00Z",
            "epoch": "e",
            "device_id": "d",
        }.items():
            work.feed.set_value(key, value)
        for member in board.values():
            work.board.put_member(member)
        work.feed.set_account(Account(PORTAL, me.id, me.username, "d", me.label))
        for seq, (entry_id, told) in enumerate(story().items(), 1):
            if _visible(told, me):
                for revision in told.revisions:
                    work.revisions.put(revision)
                work.entries.put(_entry(entry_id, told, seq))
                work.revisions.set_history(entry_id, told.history)
                refresh(work, [entry_id])


def _entry(entry_id: EntryId, told: Told, seq: int) -> Entry:
    facts, fields = told.facts, told.content.fields if told.content else {}
    head = Head(entry_id, facts.head_rid, told.rev_no, facts.state, facts.state_ver, facts.published_rid, seq)
    meta = Meta(
        kind=told.content.kind if told.content else "article", lang="vi", title=str(fields.get("title", "")),
        section=facts.section, owner=facts.owner, submitter=facts.submitter, authors=tuple(sorted(facts.authors)),
        urgent=bool(fields.get("urgent")), key=str(fields.get("so_hieu", "")), returned=told.returned, updated=told.updated,
    )  # fmt: skip
    return Entry(
        head,
        meta,
        body_rid=facts.head_rid,
        last_published_rid=facts.last_published_rid,
        ever_submitted=facts.ever_submitted,
    )


def many(store: Store, count: int, *, seed: int = 1) -> None:
    """`count` published articles more, for lists that must stay quick."""
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    sections = [section["id"] for section in PROFILE["sections"] if "article" in section["kinds"]]
    with store.write() as work:
        account = work.feed.account()
        me = account.member_id if account else MemberId("u")
        for number in range(count):
            entry_id = EntryId(f"00000000-0000-7000-8000-{number:012x}")
            fields: dict[str, Json] = {
                "title": f"Tin số {number} về cải cách hành chính ở cơ sở",
                "section": chance.choice(sections),
                "body": "Nội dung.",
            }
            content = Content("article", "vi", fields, {"body": "<p>Nội dung.</p>"})
            rid = Rid(hashlib.sha256(str(number).encode()).hexdigest())
            told = Told(
                replace(
                    unborn(profile_from_json(PROFILE), Actor(Member(me, "x", {}))),
                    head_rid=rid, published_rid=rid, section=str(fields["section"]),
                ),
                content, 1, {rid: 1}, updated=f"2026-{1 + number % 11:02}-{1 + number % 28:02}T03:00:00Z",
            )  # fmt: skip
            told.facts = replace(told.facts, state=replace(told.facts.state, step="dang_tai", phase=Phase.PUBLISHED))
            work.revisions.put(Revision(rid, entry_id, None, content, f"op-{number}", 1, me, told.updated))
            work.entries.put(_entry(entry_id, told, 1000 + number))
            refresh(work, [entry_id])


@dataclass
class AwayExchange:
    """The portal does not answer; what waits is counted in the store."""

    store: Store
    shown: SyncStatus = AWAY
    runs: int = 0
    answer: Callable[[], SyncReport] | None = None

    def run(self) -> SyncReport:
        self.runs += 1
        if self.answer is not None:
            return self.answer()
        raise Offline

    def status(self) -> SyncStatus:
        with self.store.read() as work:
            return replace(self.shown, waiting=work.queue.count(), cards=len(work.cards.open()))


@dataclass
class StillPace:
    """Never due by itself; counts what it is told."""

    told: list[str] = field(default_factory=list)
    due: float | None = None

    def wait(self) -> float | None:
        return self.due

    def gesture(self) -> None:
        self.told.append("gesture")

    def network_changed(self) -> None:
        self.told.append("network")

    def asked(self) -> None:
        self.told.append("asked")
        self.due = 0.0

    def succeeded(self, *, again_in: float | None = None) -> None:
        self.told.append("succeeded")
        self.due = again_in

    def failed(self, *, retry_after: float | None = None) -> None:
        del retry_after
        self.told.append("failed")
        self.due = None

    def stopped(self) -> None:
        self.told.append("stopped")
        self.due = None


@dataclass
class ToldLine:
    """Answers in a quarter of a second, or fails as it is told; waits for `goes` before it does."""

    fails: Problem | None = None
    goes: threading.Event = field(default_factory=threading.Event)

    def address(self) -> str:
        return PORTAL

    def proxy(self) -> str:
        return "system"

    def check(self) -> float:
        self.goes.wait(10)
        if self.fails is not None:
            raise self.fails
        return 0.25


@dataclass
class NoPortal:
    """Every request fails as without a network."""

    @property
    def uploads(self) -> Uploads:
        raise Offline

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def away(*_given: object, **_named: object) -> None:
            raise Offline

        return away


@dataclass
class SessionVault:
    secure: bool = True
    secrets: dict[str, str] = field(default_factory=dict)

    def read(self, name: str) -> str | None:
        return self.secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def remove(self, name: str) -> None:
        self.secrets.pop(name, None)


class MemoryWords:
    """The member's own dictionary without a disk."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    def all(self) -> frozenset[str]:
        return frozenset(self._words)

    def add(self, word: str) -> None:
        self._words.add(word)

    def forget(self, word: str) -> None:
        self._words.discard(word)


@dataclass
class Seeded:
    """A desk, its store, and the fakes at its edges."""

    desk: Desk
    store: Store
    exchange: AwayExchange
    pace: StillPace
    line: ToldLine


def seeded(
    home: Path | None, username: str, announce: Announce, *, secure: bool = True, originals: Path | None = None
) -> Iterator[Seeded]:
    """The desk of `username` with the story in it; `home` None keeps it in memory, but pictures as they came in `originals`."""
    clock = SystemClock()
    store = open_store(home, clock=clock)
    fill(store, username)
    tools = Tools(clock, SystemChance(random.SystemRandom()), MarkdownRenderer(), PictureFitter())
    line = ToldLine()
    exchange, pace, vault = AwayExchange(store), StillPace(), SessionVault(secure)
    desk = Desk(
        drafting=Drafting(store, tools, announce),
        stages=Stages(store, tools, announce),
        library=Library(store),
        session=Session(store, NoPortal(), vault, tools, portal_url=PORTAL, device_name="test", announce=announce),
        conflicts=Conflicts(store, tools, announce),
        notices=Notices(store, announce),
        waiting=Waiting(store, tools, announce),
        packages=Packages(store, tools, announce),
        exchange=exchange,
        pace=pace,
        transfers=Transfers(store, clock, announce),
        incoming=Incoming(store, clock, announce),
        archive=Archive(store, tools, announce, UTF_8),
        words=OwnWords(home) if home else MemoryWords(),
        originals=OriginalFiles(home or originals or Path(os.devnull)),
        relating=Relating(store),
        administered=NoPortal(),
        line=line,
    )
    yield Seeded(desk, store, exchange, pace, line)
    store.close()
