"""What the portal says, kept as it was said: entries, revisions, histories, the board, the feed."""

from dataclasses import replace

import pytest

from desktop.application.ports import Store
from desktop.application.records import Account, Entry, Meta, Step
from desktop.domain.board import Delegation, Grant, Member
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Phase, State
from desktop.domain.errors import BadContent, Bug
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.revision import Revision
from tests.contract.store.values import ME, NOW, OTHER, entry, revision

E1, E2 = EntryId("e-1"), EntryId("e-2")


def test_an_entry_comes_back_identical_and_the_latest_counts(store: Store) -> None:
    bare = Entry(Head(E2, None, 0, State("nhap_moi", Phase.WAITING), 0, None, 9), Meta("article", "vi", ""))
    with store.write() as work:
        work.entries.put(entry("e-1"))
        work.entries.put(bare)
    with store.read() as work:
        assert work.entries.get(E1) == entry("e-1")
        assert work.entries.get(E2) == bare
        assert work.entries.get(EntryId("e-3")) is None
    newer = replace(bare, in_scope=False, ever_submitted=True, meta=replace(bare.meta, title="Mới"))
    with store.write() as work:
        work.entries.put(newer)
        assert work.entries.get(E2) == newer
        assert work.entries.index() == {E1: (Rid("r1"), 2), E2: (None, 0)}


def test_what_the_portal_tells_need_not_be_canonical(store: Store) -> None:
    """The client may not lose an entry because a title is not NFC; what it sends itself is another matter."""
    told = entry("e-1")
    told = replace(told, meta=replace(told.meta, title="cafe\u0301 \ud800", summary="\r\x00"))
    with store.write() as work:
        work.entries.put(told)
        assert work.entries.get(E1) == told


def test_entries_whose_text_is_missing_newest_first(store: Store) -> None:
    with store.write() as work:
        for number, rid in enumerate(["r1", "r2"]):
            work.revisions.put(revision(rid, f"e-{number}"))
        work.entries.put(entry("complete", rid="r1", body_rid="r1", seq=9))
        work.entries.put(entry("outdated", rid="r2", body_rid="r1", seq=3))
        work.entries.put(entry("never fetched", rid="r3", seq=5))
        work.entries.put(replace(entry("out of scope", rid="r4", seq=7), in_scope=False))
        work.entries.put(entry("unborn", rid=None, seq=8))
        assert work.entries.without_body(10) == ["never fetched", "outdated"]
        assert work.entries.without_body(1) == ["never fetched"]


def test_a_revision_comes_back_identical(store: Store) -> None:
    with store.write() as work:
        work.revisions.put(revision("r1"))
        work.revisions.put(replace(revision("r2"), base_rid=Rid("r1"), rev_no=4, actor="u", server_time=NOW))
        assert work.revisions.get(Rid("r1")) == revision("r1")
        told = work.revisions.get(Rid("r2"))
        assert told == replace(revision("r2"), base_rid=Rid("r1"), rev_no=4, actor="u", server_time=NOW)
        assert told is not None
        assert told.content.hash == revision("r2").content.hash
        assert work.revisions.get(Rid("r3")) is None


def test_the_portal_adds_number_and_time_to_a_revision_and_nothing_takes_them_away(store: Store) -> None:
    told = replace(revision("r1"), rev_no=7, actor="u-1", server_time=NOW)
    with store.write() as work:
        work.revisions.put(revision("r1"))
        work.revisions.put(told)
        assert work.revisions.get(Rid("r1")) == told
        work.revisions.put(revision("r1"))
        assert work.revisions.get(Rid("r1")) == told


@pytest.mark.parametrize("other", [revision("r1", body="Hai"), revision("r1", "e-2")])
def test_another_text_under_a_known_rid_is_a_bug(store: Store, other: Revision) -> None:
    with store.write() as work:
        work.revisions.put(revision("r1"))
    with pytest.raises(Bug), store.write() as work:
        work.revisions.put(other)
    with store.read() as work:
        assert work.revisions.get(Rid("r1")) == revision("r1")


def test_a_revision_without_canonical_form_is_refused(store: Store) -> None:
    with pytest.raises(BadContent), store.write() as work:
        work.revisions.put(revision("r1", body="không có \r"))


def test_revisions_of_an_entry_in_their_order_the_unnumbered_last(store: Store) -> None:
    with store.write() as work:
        for rid, number in [("mine-1", 0), ("third", 3), ("first", 1), ("mine-2", 0)]:
            work.revisions.put(revision(rid, rev_no=number))
        work.revisions.put(revision("elsewhere", "e-2"))
        assert [item.rid for item in work.revisions.of(E1)] == ["first", "third", "mine-1", "mine-2"]
        assert work.revisions.of(EntryId("e-3")) == []


def test_a_history_is_replaced_as_a_whole(store: Store) -> None:
    steps = [
        Step(f"op-{no}", "command", "submit", Rid("r1") if no else None, no, "u", "CTV", "Lý do", NOW) for no in (0, 1)
    ]
    with store.write() as work:
        work.revisions.set_history(E1, steps)
        work.revisions.set_history(E2, steps[:1])
        assert work.revisions.history(E1) == steps
        work.revisions.set_history(E1, steps[::-1])
        assert work.revisions.history(E1) == steps[::-1]
        work.revisions.set_history(E1, [])
        assert work.revisions.history(E1) == []
        assert work.revisions.history(E2) == steps[:1]


def test_the_board(store: Store) -> None:
    deputy = Member(OTHER, "phoban1", {"vi": "Phó Trưởng ban", "en": "Deputy"}, (Grant("phoban"),))
    author = Member(ME, "ctv.vanhoa", {}, (Grant("ctv", frozenset({"tin-b", "tin-a"})), Grant("btv", frozenset())))
    with store.write() as work:
        work.board.put_member(deputy)
        work.board.put_member(author)
        assert work.board.members() == [author, deputy]
        assert work.board.member(ME) == author
        assert work.board.member(MemberId("u-nobody")) is None
        work.board.put_member(replace(deputy, active=False))
        assert work.board.member(OTHER) == replace(deputy, active=False)


def test_delegations_by_their_holder(store: Store) -> None:
    whole = Delegation("d-2", ME, OTHER, "xac_thuc", None, "2026-02", "2026-03")
    part = Delegation("d-1", ME, OTHER, "dang_tai", frozenset({"tin-a"}), "2026-01", "2026-03")
    none = Delegation("d-3", ME, OTHER, "dang_tai", frozenset(), "2026-04", "2026-05")
    with store.write() as work:
        for item in (whole, part, none, replace(whole, id="d-4", holder=ME)):
            work.board.put_delegation(item)
        assert work.board.delegations(OTHER) == [part, whole, none]
        work.board.put_delegation(replace(part, revoked=True))
        assert work.board.delegations(OTHER)[0].revoked


def test_values_of_the_feed(store: Store) -> None:
    with store.write() as work:
        assert work.feed.value("cursor") is None
        work.feed.set_value("cursor", "")
        assert work.feed.value("cursor") == ""
        work.feed.set_value("cursor", "c-2")
        work.feed.set_value("epoch", "e")
        assert work.feed.value("cursor") == "c-2"
        work.feed.set_value("cursor", None)
        work.feed.set_value("cursor", None)
        assert work.feed.value("cursor") is None
        assert work.feed.value("epoch") == "e"


def test_a_home_has_one_account(store: Store) -> None:
    account = Account("https://portal.example", ME, "ctv.vanhoa", "device-1", {"vi": "Cộng tác viên"})
    with store.write() as work:
        assert work.feed.account() is None
        work.feed.set_account(account)
        assert work.feed.account() == account
        work.feed.set_account(replace(account, label={}))
        assert work.feed.account() == replace(account, label={})


def test_every_bundle_is_kept_as_served(store: Store) -> None:
    bundle: dict[str, Json] = {"kinds": {"article": {"$schema": "x", "minLength": 1, "x-label": {"vi": "Tin"}}}}
    with store.write() as work:
        work.feed.put_bundle("rev-1", bundle)
        work.feed.put_bundle("rev-2", {})
        assert work.feed.bundle("rev-1") == bundle
        assert work.feed.bundle("rev-2") == {}
        assert work.feed.bundle("rev-3") is None


def test_unknown_changes_are_kept_whatever_they_hold(store: Store) -> None:
    with store.write() as work:
        work.feed.keep_unknown({"type": "Later", "Số": [1, {"x": None}]})
        work.feed.keep_unknown({"type": "Later", "Số": [1, {"x": None}]})
