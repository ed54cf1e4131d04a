"""Attachments whose bytes are wrong, on the disk or at the portal: told, fetched again, and never in another's way."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.application import missing, notices
from desktop.application.records import Account, Draft, Entry, Meta
from desktop.application.transfers import TransferRules, Transfers
from desktop.domain.digest import Json, revision_id
from desktop.domain.entry import Head, Phase, State
from desktop.domain.errors import BadContent, NotFound, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.revision import Content, Revision
from desktop.store import open_store
from desktop.sync import files
from desktop.sync.adopt import leave_scope
from desktop.sync.bodies import fetch_bodies, send_blobs
from tests.support.offices import CountedClock, generic_bundle, member

NOW = "2026-11-22T09:00:00.000000Z"
ENTRY = EntryId("01930000-0000-7000-8000-000000000001")
OP = "01930000-0000-7000-8000-aa0000000001"
GOOD, OTHER = b"a picture", b"another picture"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Desk:
    """A portal that has one text with two files, and gives out `files`; and a home that has heard of that text."""

    store: Any
    folder: Path
    files: dict[str, bytes] = field(default_factory=lambda: {sha(GOOD): GOOD, sha(OTHER): OTHER})
    taken: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    clock: CountedClock = field(default_factory=CountedClock)
    more_in: float | None = None

    def entries(self, _ids: Sequence[EntryId]) -> Sequence[Mapping[str, Json]]:
        head: dict[str, Json] = {
            "entry_id": ENTRY, "rid": rid(), "rev_no": 1, "state": {"step": "nhap_moi", "phase": "draft"}, "state_ver": 0,
            "published_rid": None, "seq": 1,
        }  # fmt: skip
        meta: dict[str, Json] = {
            "kind": "article",
            "lang": "vi",
            "title": "Tin",
            "authors": [],
            "owner": "u-ctv.vanhoa",
        }
        body: dict[str, Json] = {
            "entry": head, "meta": meta, "rid": rid(), "rev_no": 1, "content": TEXT.as_json(), "base_rid": None,
            "merged_from": None, "op_id": OP, "history": [],
        }  # fmt: skip
        return [body]

    def fetch_blob(self, sha256: str) -> bytes:
        self.asked.append(sha256)
        data = self.files.get(sha256)
        if data is None:
            raise NotFound(Rule("not-found"))
        if sha(data) != sha256:
            raise BadContent(Rule("checksum-mismatch"))
        return data

    def missing_blobs(self, blobs: Sequence[tuple[str, int]]) -> Sequence[str]:
        return [sha256 for sha256, _size in blobs]

    def send_blob(self, _sha256: str, data: bytes) -> None:
        self.taken.append(data)

    def fetch(self) -> int:
        found = fetch_bodies(self.store, self, lambda _changes: None)  # type: ignore[arg-type]  # all it needs
        self.fetch_again()
        return found

    def fetch_again(self) -> None:
        self.more_in = files.fetch_again(self.store, self, lambda _changes: None, clock=self.clock)  # type: ignore[arg-type]

    def send(self) -> None:
        send_blobs(self.store, self, at=NOW)  # type: ignore[arg-type]  # all it needs

    def keep(self, *files: bytes, sent: bool) -> None:
        with self.store.write() as work:
            for data in files:
                sha256 = work.blobs.add(data)
                if sent:
                    work.blobs.mark_sent(sha256)

    def spoil(self, data: bytes, instead: bytes | None) -> None:
        (file,) = self.folder.rglob(sha(data))
        file.unlink()
        if instead is not None:
            file.write_bytes(instead)

    def has(self, data: bytes) -> bool:
        with self.store.read() as work:
            return missing.is_here(work, sha(data))

    def told(self) -> list[tuple[str, str]]:
        with self.store.read() as work:
            return [(notice.rule.code, notice.rule.params["name"]) for notice in notices.told(work)]


def _file(data: bytes, name: str) -> dict[str, Json]:
    return {"sha256": sha(data), "size": len(data), "name": name, "alt": "", "role": "attachment"}


TEXT = Content("article", "vi", {"title": "Tin"}, {}, (_file(GOOD, "anh.png"), _file(OTHER, "anh2.png")))


def rid() -> Rid:
    return revision_id(parents=[], content=TEXT.hash, op_id=OP)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "home", clock=CountedClock())
    me, bundle = member("ctv.vanhoa"), generic_bundle()
    with store.write() as work:
        work.feed.put_bundle("ab" * 32, bundle)
        work.feed.set_value("bundle_rev", "ab" * 32)
        work.board.put_member(me)
        work.feed.set_account(Account("http://127.0.0.1:1", me.id, me.username, "device-1", me.label))
        work.entries.put(
            Entry(
                Head(ENTRY, rid(), 1, State("nhap_moi", Phase.DRAFT), 0, None, 1),
                Meta("article", "vi", "Tin", owner=me.id),
            )
        )
    yield Desk(store, tmp_path / "home")
    store.close()


def test_a_file_that_the_disk_has_changed_is_fetched_again(desk: Desk) -> None:
    desk.keep(GOOD, sent=True)
    desk.spoil(GOOD, b"rot")
    assert desk.fetch() == 1
    assert desk.has(GOOD)
    assert desk.has(OTHER)
    assert desk.told() == []


def test_a_file_that_the_portal_gives_out_wrongly_keeps_no_text_away(desk: Desk) -> None:
    desk.files[sha(GOOD)] = b"rot"
    assert desk.fetch() == 1
    assert not desk.has(GOOD)
    assert desk.has(OTHER)
    assert desk.told() == [("attachment-corrupt", "anh.png")]


@pytest.mark.parametrize("instead", [b"rot", None])
def test_a_file_that_cannot_be_sent_any_more_is_told_and_the_others_go(desk: Desk, instead: bytes | None) -> None:
    desk.keep(GOOD, OTHER, sent=False)
    desk.spoil(GOOD, instead)
    desk.send()
    assert desk.taken == [OTHER]
    assert desk.told() == [("attachment-damaged", sha(GOOD)[:12])]
    with desk.store.read() as work:
        assert work.blobs.unsent() == [(sha(GOOD), len(GOOD))]
    desk.keep(GOOD, sent=False)  # attached again
    desk.send()
    assert desk.taken == [OTHER, GOOD]


@pytest.mark.parametrize("instead", [None, b"a pic"])
def test_a_file_that_this_disk_has_lost_is_fetched_again_after_the_next_start(
    desk: Desk, instead: bytes | None
) -> None:
    desk.fetch()
    desk.spoil(GOOD, instead)
    desk.fetch_again()
    assert not desk.has(GOOD)
    files.look(desk.store)
    desk.fetch_again()
    assert desk.has(GOOD)


def miss(desk: Desk, *names: str) -> dict[str, str]:
    """Texts are here that name these files, one each, and the portal has them; what each SHA-256 is called."""
    called = {}
    with desk.store.write() as work:
        for number, name in enumerate(names):
            data = name.encode() * (number + 1)
            entry_id = EntryId(f"01930000-0000-7000-8000-00000000010{number}")
            content = Content("article", "vi", {"title": "Tin"}, {}, (_file(data, name),))
            of_it = revision_id(parents=[], content=content.hash, op_id=OP)
            work.revisions.put(Revision(of_it, entry_id, None, content, OP))
            head = Head(entry_id, of_it, 1, State("nhap_moi", Phase.DRAFT), 0, None, number + 2)
            work.entries.put(Entry(head, Meta("article", "vi", "Tin", owner=work.feed.account().member_id)))
            missing.note(work, sha(data), entry_id, every=0)
            desk.files[sha(data)], called[sha(data)] = data, name
    return called


def test_files_come_in_the_order_in_which_they_are_missed(desk: Desk) -> None:
    called = miss(desk, "phim.mp4", "van-ban.pdf", "anh.png", "can-ngay.mp4", "nho.png")
    with desk.store.write() as work:  # somebody here writes in that entry: it cannot go on without its file
        work.drafts.put(Draft(EntryId("01930000-0000-7000-8000-000000000103"), "article", "vi", {}, dirty=True))
    desk.fetch_again()
    assert [called[sha256] for sha256 in desk.asked] == [
        "can-ngay.mp4",
        "anh.png",
        "nho.png",
        "van-ban.pdf",
        "phim.mp4",
    ]
    assert desk.more_in is None


def test_videos_that_nobody_waits_for_come_in_the_hours_that_were_set(desk: Desk) -> None:
    called = miss(desk, "phim.mp4", "anh.png")
    hour = datetime.fromisoformat(desk.clock.now()).astimezone().hour
    rules = Transfers(desk.store, desk.clock, lambda _changes: None)
    rules.set_rules(TransferRules(videos_after_hours=True, begin=(hour + 2) % 24, end=(hour + 4) % 24))
    for _ in range(3):
        desk.fetch_again()
    assert [called[sha256] for sha256 in desk.asked] == ["anh.png"]
    rules.set_rules(TransferRules())
    desk.fetch_again()
    assert [called[sha256] for sha256 in desk.asked] == ["anh.png", "phim.mp4"]


def test_texts_pass_between_files(desk: Desk) -> None:
    called = miss(desk, *(f"anh{number}.png" for number in range(9)))
    while True:
        before = len(desk.asked)
        desk.clock.ticks += 1
        desk.fetch_again()
        assert 0 < len(desk.asked) - before < 9
        if desk.more_in is None:
            break
    assert sorted(desk.asked) == sorted(called)


def test_a_file_that_no_text_names_any_more_is_not_asked_for_again(desk: Desk) -> None:
    del desk.files[sha(GOOD)]
    desk.fetch()
    with desk.store.write() as work:
        assert list(missing.due(work)) == [sha(GOOD)]
        leave_scope(work, ENTRY)
    desk.fetch_again()
    with desk.store.read() as work:
        assert missing.due(work) == {}
