"""An office for tests: real use cases on a real store in memory, with a counted clock, a seeded chance and a plain renderer."""

import hashlib
import html
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import resources
from desktop.application.archive import Archive
from desktop.application.archive_reading import Reading
from desktop.application.conflicts import Conflicts
from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.application.library import Library
from desktop.application.ports import Store
from desktop.application.records import Account, Changes, Entry, Meta
from desktop.application.relating import Relating
from desktop.application.shown import refresh
from desktop.application.stages import Stages
from desktop.domain.board import Grant, Member
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Phase, Returned, State
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.revision import Content, Revision
from desktop.store import open_store

PORTAL_TIME = "2026-11-22T09:00:00.000000Z"


@dataclass
class CountedClock:
    """Every look at the clock is one second later than the last."""

    ticks: int = 0

    def now(self) -> str:
        self.ticks += 1
        return f"2026-11-22T{self.ticks // 3600:02}:{self.ticks // 60 % 60:02}:{self.ticks % 60:02}.000000Z"

    def milliseconds(self) -> int:
        self.ticks += 1
        return 1_795_000_000_000 + self.ticks * 1000

    def monotonic(self) -> float:
        self.ticks += 1
        return float(self.ticks)


@dataclass
class SeededChance:
    seed: int = 1
    source: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.source = random.Random(self.seed)  # noqa: S311  repeatable on purpose

    def bytes(self, count: int) -> bytes:
        return self.source.randbytes(count)

    def uniform(self, low: float, high: float) -> float:
        return self.source.uniform(low, high)


@dataclass
class PlainRenderer:
    """Paragraphs only; counts how often it was asked."""

    rev: int = 1
    dialects: list[str] = field(default_factory=list)

    def render(self, text: str, dialect: Literal["prose", "legal"]) -> str:
        self.dialects.append(dialect)
        return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))


def generic_bundle() -> dict[str, Any]:
    """The bundle that a portal with the generic profile serves."""
    kinds = ("article", "legal-document")
    return {
        "profile": json.loads(resources.path("profiles", "generic.json").read_text("utf-8")),
        "kinds": {k: json.loads(resources.path("contract", "kinds", f"{k}.json").read_text("utf-8")) for k in kinds},
        "theme": {},
    }


MEMBERS = {
    "ctv.vanhoa": (("ctv", ("tin-hoat-dong", "van-ban-quy-pham")),),
    "btv.tin": (("btv", ("tin-hoat-dong",)),),
    "phoban1": (("phoban", None),),
    "truongban": (("truongban", None),),
}


def member(username: str) -> Member:
    grants = tuple(Grant(role, frozenset(s) if s else None) for role, s in MEMBERS[username])
    return Member(MemberId(f"u-{username}"), username, {"vi": username, "en": username}, grants)


UTF_8 = Reading(text=lambda data: data.decode("utf-8-sig"), facts=lambda _text: {})


@dataclass
class Office:
    """One member's machine, without a portal; `portal_says` plays what a sync would write."""

    username: str = "ctv.vanhoa"
    store: Store = field(init=False)
    announced: list[Changes] = field(default_factory=list)
    clock: CountedClock = field(default_factory=CountedClock)
    renderer: PlainRenderer = field(default_factory=PlainRenderer)
    facts: Mapping[str, str] = field(default_factory=dict)  # what every text of an archive says of itself

    def __post_init__(self) -> None:
        self.store = open_store(None, clock=self.clock)
        tools = Tools(self.clock, SeededChance(), self.renderer)
        self.drafting = Drafting(self.store, tools, self.announced.append)
        self.stages = Stages(self.store, tools, self.announced.append)
        self.conflicts = Conflicts(self.store, tools, self.announced.append)
        self.library = Library(self.store)
        self.relating = Relating(self.store)
        self.archive = Archive(self.store, tools, self.announced.append, replace(UTF_8, facts=lambda _text: self.facts))
        me, bundle = member(self.username), generic_bundle()
        rev = hashlib.sha256(json.dumps(bundle, sort_keys=True).encode()).hexdigest()
        with self.store.write() as work:
            work.feed.put_bundle(rev, bundle)
            work.feed.set_value("bundle_rev", rev)
            work.feed.set_value("server_time", PORTAL_TIME)
            work.board.put_member(me)
            work.feed.set_account(Account("http://127.0.0.1:1", me.id, me.username, "device-1", me.label))

    def article(self, **fields: Json) -> EntryId:
        """A complete article of this member, saved."""
        entry_id = self.drafting.create("article", section="tin-hoat-dong")
        full: dict[str, Json] = {
            "title": "Một cửa cho 1.268 thủ tục", "section": "tin-hoat-dong", "body": "Sáng 22/11, khai trương.",
            "source": {"name": "Văn phòng"}, **fields,
        }  # fmt: skip
        self.drafting.save(entry_id, full)
        return entry_id

    def portal_says(self, entry_id: EntryId, *, body: str, step: str, phase: Phase, state_ver: int, **more: str) -> Rid:
        """An entry as the portal tells it, its text included; returns its rid."""
        owner = MemberId(more.pop("owner", "u-ctv.vanhoa"))
        fields: dict[str, Json] = {
            "title": "Tin",
            "section": "tin-hoat-dong",
            "body": body,
            "source": {"name": "Văn phòng"},
        }
        content = Content("article", "vi", fields, {"body": self.renderer.render(body, "prose")})
        rid = Rid(hashlib.sha256(f"{entry_id}{body}".encode()).hexdigest())
        returned = Returned("op", more["reason"], "u-phoban1") if "reason" in more else None
        public = Rid(more["published"]) if "published" in more else None
        head = Head(entry_id, rid, 1, State(step, phase), state_ver, public, state_ver)
        meta = Meta("article", "vi", "Tin", "tin-hoat-dong", owner=owner, returned=returned, **_submitter(more))
        with self.store.write() as work:
            work.revisions.put(Revision(rid, entry_id, None, content, "op-portal", 1))
            work.entries.put(Entry(head, meta, body_rid=rid))
            refresh(work, [entry_id])
        return rid

    def queued(self, entry_id: EntryId) -> list[Mapping[str, Any]]:
        with self.store.read() as work:
            return [item.operation.payload for item in work.queue.of(entry_id)]


def _submitter(more: Mapping[str, str]) -> dict[str, Any]:
    return {"submitter": MemberId(more["submitter"])} if "submitter" in more else {}
