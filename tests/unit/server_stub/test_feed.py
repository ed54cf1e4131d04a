"""The feed: one latest row per target, in order, through the eyes of the member who asks."""

from typing import Any

import pytest

from tests.unit.server_stub.house import CULTURE, ECONOMY, House, article


def _said(changes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(change["type"], change["target"]) for change in changes]


def _about_entries(changes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [pair for pair in _said(changes) if pair[0] not in ("board", "delegation")]


def _board(house: House, member: str, *roles: dict[str, Any]) -> None:
    op = house.op("board", member_id=f"u-{member}", roles=list(roles), label={"vi": member}, active=True)
    assert house.outcome("truongban", op) == ("applied", None)


def _delegate(house: House, to: str, **span: float) -> str:
    op = house.op(
        "delegation", delegation_id=house.id(), to=f"u-{to}", step="xac_thuc", sections=[CULTURE], start=house.stamp(),
        end=house.stamp(**span), reason="", revoke=False,
    )  # fmt: skip
    assert house.outcome("truongban", op) == ("applied", None)
    return str(op["delegation_id"])


def test_a_first_reading_brings_the_board_and_what_one_may_see(house: House) -> None:
    entry_id, _ = house.draft()
    mine = house.sync("phoban1")
    names = [c["member"]["username"] for c in mine["changes"] if c["type"] == "board"]
    assert names == ["ctv.vanhoa", "ctv.kinhte", "btv.vanhoa", "phoban1", "truongban", "cntt"]
    assert _about_entries(mine["changes"]) == [("entry", entry_id)]
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == []


def test_numbers_rise_and_each_target_comes_once(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="verified")
    changes = house.sync("phoban1", cursor=None)["changes"]
    seqs = [change["seq"] for change in changes]
    assert seqs == sorted(set(seqs))
    assert len({(c["type"], c["target"]) for c in changes}) == len(changes)


def test_an_entry_change_carries_head_and_meta(house: House) -> None:
    content = article("Đêm hội", summary="Tóm tắt", urgent=True)
    entry_id, rid = house.draft(content=content)
    change = house.sync("phoban1")["changes"][-1]
    assert change["head"]["rid"] == rid
    assert change["head"]["seq"] == change["seq"]
    meta = change["meta"]
    assert (meta["title"], meta["summary"], meta["urgent"], meta["section"]) == ("Đêm hội", "Tóm tắt", True, CULTURE)
    assert (meta["owner"], meta["author"], meta["authors"]) == ("u-ctv.vanhoa", "u-ctv.vanhoa", ["u-ctv.vanhoa"])
    assert change["target"] == entry_id


def test_nothing_new_is_nothing(house: House) -> None:
    house.draft()
    house.sync("phoban1")
    reply = house.sync("phoban1")
    assert (reply["changes"], reply["has_more"], reply["results"]) == ([], False, [])


def test_pages_together_are_the_whole(house: House) -> None:
    drafts = {house.draft()[0] for _ in range(5)}
    whole, pages = house.sync("phoban1", cursor=None, limit=500)["changes"], []
    house.cursors.pop("phoban1")
    while True:
        reply = house.sync("phoban1", limit=2)
        pages += reply["changes"]
        if not reply["has_more"]:
            break
    assert pages == whole
    assert {c["target"] for c in pages if c["type"] == "entry"} == drafts


def test_a_cursor_of_another_member_begins_anew(house: House) -> None:
    house.draft()
    house.sync("phoban1")
    reply = house.sync("ctv.kinhte", cursor=house.cursors["phoban1"])
    assert {kind for kind, _ in _said(reply["changes"])} == {"board"}


def test_a_published_entry_reaches_every_member_and_leaves_them_again(house: House) -> None:
    house.sync("ctv.kinhte")
    entry_id, rid = house.published()
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == [("entry", entry_id)]
    house.do("truongban", house.command("unpublish", entry_id, ver=3, on_rid=rid, reason="Sai"))
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == [("out_of_scope", entry_id)]


def test_who_never_saw_an_entry_is_not_told_of_it(house: House) -> None:
    house.sync("ctv.kinhte")
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="verified")
    assert house.sync("ctv.kinhte")["changes"] == []


def test_a_new_section_brings_its_entries_and_its_loss_takes_them(house: House) -> None:
    entry_id, _ = house.draft("ctv.kinhte", article(section=ECONOMY))
    house.sync("btv.vanhoa")
    _board(house, "btv.vanhoa", {"role": "btv", "sections": [CULTURE, ECONOMY]})
    assert _about_entries(house.sync("btv.vanhoa")["changes"]) == [("entry", entry_id)]
    assert house.sync("btv.vanhoa")["changes"] == []
    _board(house, "btv.vanhoa", {"role": "btv", "sections": [CULTURE]})
    assert _about_entries(house.sync("btv.vanhoa")["changes"]) == [("out_of_scope", entry_id)]
    assert house.sync("btv.vanhoa")["changes"] == []


def test_a_second_reading_keeps_quiet_about_what_is_known_and_pages_too(house: House) -> None:
    known = {house.draft()[0] for _ in range(3)}
    new = {house.draft("ctv.kinhte", article(section=ECONOMY))[0] for _ in range(3)}
    house.sync("btv.vanhoa")
    _board(house, "btv.vanhoa", {"role": "btv", "sections": [CULTURE, ECONOMY]})
    seen: list[tuple[str, str]] = []
    while True:
        reply = house.sync("btv.vanhoa", limit=1)
        seen += _about_entries(reply["changes"])
        if not reply["has_more"]:
            break
    assert {target for _, target in seen} == new
    assert len(seen) == 3
    assert not known & {target for _, target in seen}


def test_a_scope_that_changes_in_the_middle_of_a_reading_loses_nothing(house: House) -> None:
    for _ in range(3):
        house.draft()
    economy, _ = house.draft("ctv.kinhte", article(section=ECONOMY))
    house.sync("btv.vanhoa", limit=7)  # part of a first reading
    _board(house, "btv.vanhoa", {"role": "btv", "sections": [ECONOMY]})
    told: dict[str, str] = {}
    while True:
        reply = house.sync("btv.vanhoa", limit=2)
        told |= {target: kind for kind, target in _about_entries(reply["changes"])}
        if not reply["has_more"]:
            break
    assert {target for target, kind in told.items() if kind == "entry"} == {economy}


def test_a_delegation_opens_a_section_for_its_time(house: House) -> None:
    entry_id, _ = house.draft()
    house.sync("ctv.kinhte")
    _delegate(house, "ctv.kinhte", hours=1)
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == [("entry", entry_id)]
    house.later(hours=2)
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == [("out_of_scope", entry_id)]


def test_a_revoked_delegation_closes_it_at_once(house: House) -> None:
    entry_id, _ = house.draft()
    delegation_id = _delegate(house, "ctv.kinhte", days=1)
    house.sync("ctv.kinhte")
    revoke = house.op(
        "delegation", delegation_id=delegation_id, to="u-ctv.kinhte", step="xac_thuc", sections=[CULTURE],
        start=house.stamp(), end=house.stamp(days=1), reason="", revoke=True,
    )  # fmt: skip
    house.do("truongban", revoke)
    changes = house.sync("ctv.kinhte")["changes"]
    assert ("out_of_scope", entry_id) in _said(changes)
    assert [c["delegation"]["revoked"] for c in changes if c["type"] == "delegation"] == [True]


def test_an_entry_that_moves_away_from_a_lost_section_is_told_as_lost(house: House) -> None:
    entry_id, rid = house.draft("phoban1")
    house.sync("btv.vanhoa")
    _board(house, "btv.vanhoa", {"role": "btv", "sections": ["thong-bao"]})
    house.do("phoban1", house.put(entry_id, article(section=ECONOMY), base=rid))
    assert _about_entries(house.sync("btv.vanhoa")["changes"]) == [("out_of_scope", entry_id)]


def test_an_assignment_brings_the_entry_and_its_end_takes_it(house: House) -> None:
    entry_id, _ = house.draft(content=article(section=None))
    house.sync("ctv.kinhte")
    house.do("phoban1", house.op("assign", entry_id=entry_id, assignee="u-ctv.kinhte"))
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == [("entry", entry_id)]
    house.do("phoban1", house.op("assign", entry_id=entry_id, assignee=None))
    assert _about_entries(house.sync("ctv.kinhte")["changes"]) == [("out_of_scope", entry_id)]


def test_a_discarded_draft_is_a_tombstone_until_it_is_restored(house: House) -> None:
    entry_id, _ = house.draft()
    house.sync("phoban1")
    house.do("ctv.vanhoa", house.command("discard", entry_id, ver=0))
    assert _about_entries(house.sync("phoban1")["changes"]) == [("tombstone", entry_id)]
    house.do("ctv.vanhoa", house.command("restore", entry_id, ver=1))
    assert _about_entries(house.sync("phoban1")["changes"]) == [("entry", entry_id)]


def test_comments_and_claims_travel_with_their_entry(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    house.sync("btv.vanhoa")
    comment_id = house.id()
    house.do(
        "phoban1", house.op("comment", comment_id=comment_id, entry_id=entry_id, on_rid=rid, text="Xem lại đoạn 2")
    )
    house.do("phoban1", house.op("claim", entry_id=entry_id, release=False))
    changes = house.sync("btv.vanhoa")["changes"]
    by_type = {change["type"]: change for change in changes}
    assert by_type["comment"]["comment"]["text"] == "Xem lại đoạn 2"
    assert by_type["claim"]["claim"]["by"] == "u-phoban1"
    assert by_type["entry"]["meta"]["claimed_by"] == "u-phoban1"
    assert house.sync("ctv.kinhte")["changes"][-1]["type"] == "board"


@pytest.mark.parametrize("how", ["assign", "publish", "move"])
def test_whoever_comes_to_see_an_entry_is_told_its_comments_and_claim(house: House, how: str) -> None:
    who = {"assign": "ctv.vanhoa", "publish": "ctv.kinhte", "move": "btv.vanhoa"}[how]
    entry_id, rid = house.draft("phoban1", article(section=ECONOMY if how == "move" else CULTURE))
    house.walk(entry_id, rid, to="waiting", by="phoban1")
    assert house.outcome("phoban1", house.op("claim", entry_id=entry_id, release=False)) == ("applied", None)
    for text in ("Xem lại đoạn 2", "Đã xem"):
        op = house.op("comment", comment_id=house.id(), entry_id=entry_id, on_rid=rid, text=text)
        assert house.outcome("truongban", op) == ("applied", None)
    assert _about_entries(house.sync(who)["changes"]) == []
    steps = {
        "assign": [("truongban", house.op("assign", entry_id=entry_id, assignee=f"u-{who}"))],
        "move": [("phoban1", house.put(entry_id, article(), base=rid))],
        "publish": [
            ("phoban1", house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc")),
            ("truongban", house.command("approve", entry_id, ver=2, on_rid=rid, step="dang_tai")),
        ],
    }
    for by, step in steps[how]:
        assert house.outcome(by, step) == ("applied", None)
    changes = house.sync(who)["changes"]
    kinds = [kind for kind, _ in _about_entries(changes)]
    ended = ["claim"] if how == "publish" else []  # by the first approval, before the entry came to be seen
    assert kinds == [*ended, "entry", "comment", "comment", *(["claim"] if not ended else [])]
    assert [c["comment"]["text"] for c in changes if c["type"] == "comment"] == ["Xem lại đoạn 2", "Đã xem"]
    assert house.sync(who)["changes"] == []


def test_an_approval_ends_the_claim(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    house.do("phoban1", house.op("claim", entry_id=entry_id, release=False))
    house.sync("btv.vanhoa")
    house.do("phoban1", house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc"))
    claims = [c["claim"]["by"] for c in house.sync("btv.vanhoa")["changes"] if c["type"] == "claim"]
    assert claims == [None]
