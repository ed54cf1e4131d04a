"""Comments, assignments, claims, personal data."""

import json

from server_stub.core.canonical import canonical, digest
from server_stub.store import tables as t
from tests.unit.server_stub.house import ECONOMY, House, article


def _comment(house: House, entry_id: str, rid: str, text: str = "Xem lại") -> dict[str, object]:
    return house.op("comment", comment_id=house.id(), entry_id=entry_id, on_rid=rid, text=text)


def test_whoever_reads_an_entry_may_comment_in_every_state(house: House) -> None:
    entry_id, rid = house.published()
    assert house.outcome("ctv.kinhte", _comment(house, entry_id, rid)) == ("applied", None)


def test_a_comment_needs_words_a_known_revision_and_an_id_of_its_own(house: House) -> None:
    entry_id, rid = house.draft()
    assert house.outcome("phoban1", _comment(house, entry_id, rid, "  ")) == ("invalid", "invalid-content")
    assert house.outcome("phoban1", _comment(house, entry_id, "f" * 64)) == ("stale_revision", "other-revision")
    assert house.outcome("ctv.kinhte", _comment(house, entry_id, rid)) == ("gone", "gone")
    said = _comment(house, entry_id, rid)
    house.do("phoban1", said)
    assert house.outcome("phoban1", house.anew(said)) == ("invalid", "invalid-content")


def test_an_entry_is_given_only_by_its_own_people_and_only_to_who_may_enter_there(house: House) -> None:
    entry_id, _ = house.draft()

    def assign(who: str, to: str | None) -> tuple[str, str | None]:
        return house.outcome(who, house.op("assign", entry_id=entry_id, assignee=to))

    assert assign("ctv.kinhte", "u-ctv.kinhte") == ("gone", "gone")
    assert assign("phoban1", "u-ctv.kinhte") == ("forbidden", "section")
    assert assign("phoban1", "u-cntt") == ("forbidden", "role")
    assert assign("phoban1", "u-khong-co") == ("invalid", "invalid-content")
    assert assign("ctv.vanhoa", "u-btv.vanhoa") == ("applied", None)
    assert assign("btv.vanhoa", None) == ("applied", None)
    public, _ = house.published()
    assert house.outcome("ctv.kinhte", house.op("assign", entry_id=public, assignee=None)) == ("forbidden", "not-yours")


def test_the_assignee_writes_and_submits(house: House) -> None:
    entry_id, rid = house.draft(content=article(section=None))
    house.do("phoban1", house.op("assign", entry_id=entry_id, assignee="u-ctv.kinhte"))
    op = house.put(entry_id, article(section=ECONOMY), base=rid)
    assert house.outcome("ctv.kinhte", op) == ("applied", None)
    submit = house.command("submit", entry_id, ver=0, on_rid=op["rid"])
    assert house.outcome("ctv.kinhte", submit) == ("applied", None)


def test_only_a_holder_of_the_awaited_step_claims_and_the_last_claim_stands(house: House) -> None:
    entry_id, rid = house.draft()
    claim = {"entry_id": entry_id, "release": False}
    assert house.outcome("phoban1", house.op("claim", **claim)) == ("invalid_state", "phase")
    house.walk(entry_id, rid, to="waiting")
    assert house.outcome("ctv.vanhoa", house.op("claim", **claim)) == ("forbidden", "role")
    assert house.outcome("ctv.kinhte", house.op("claim", **claim)) == ("gone", "gone")
    house.do("phoban1", house.op("claim", **claim))
    house.do("btv.vanhoa", house.op("claim", **claim))
    assert house.rows(t.entry)[0].claimed_by == "u-btv.vanhoa"
    house.do("btv.vanhoa", house.op("claim", entry_id=entry_id, release=True))
    assert house.rows(t.entry)[0].claimed_by is None


def test_personal_data_stand_apart_under_their_salted_hash(house: House) -> None:
    fields = {"dien_thoai": "không ghi ở đây"}
    op = house.op("personal", entry_id=house.id(), record_id=house.id(), salt="muối", fields=fields)
    assert house.outcome("ctv.vanhoa", op) == ("applied", None)
    row = house.rows(t.personal)[0]
    assert row.hash == digest("muối".encode() + canonical(fields))
    assert json.loads(row.fields) == fields
    assert not any("không ghi" in r.body for r in house.rows(t.record))


def test_personal_data_need_the_right_to_write_the_entry(house: House) -> None:
    entry_id, _ = house.draft()
    mine = {"record_id": house.id(), "salt": "s", "fields": {}}
    assert house.outcome("ctv.kinhte", house.op("personal", entry_id=entry_id, **mine)) == ("gone", "gone")
    assert house.outcome("cntt", house.op("personal", entry_id=house.id(), **mine)) == ("forbidden", "role")
    bad = {**mine, "fields": {"x": 1.5}}
    assert house.outcome("ctv.vanhoa", house.op("personal", entry_id=entry_id, **bad)) == ("invalid", "invalid-content")
    assert house.outcome("ctv.vanhoa", house.op("personal", entry_id=entry_id, **mine)) == ("applied", None)
    assert house.outcome("ctv.vanhoa", house.op("personal", entry_id=entry_id, **mine)) == (
        "invalid",
        "invalid-content",
    )


def test_a_side_draft_is_told_to_its_writer_alone_and_forgotten_when_settled(house: House) -> None:
    entry_id, rid = house.draft()
    side_id = house.id()
    told = {"side_id": side_id, "entry_id": entry_id, "base_rid": rid}
    assert house.outcome("phoban1", house.op("side", **told, content=article("Chưa xong"))) == ("applied", None)
    assert house.outcome("ctv.vanhoa", house.op("side", **told, content=None)) == ("invalid", "invalid-content")
    unfit = {**article(), "attachments": "x"}
    assert house.outcome("phoban1", house.op("side", **told, content=unfit)) == ("invalid", "invalid-content")

    def heard(who: str) -> list[object]:
        house.cursors.pop(who, None)
        return [change["side"] for change in house.sync(who)["changes"] if change["type"] == "side_draft"]

    (side,) = heard("phoban1")
    assert isinstance(side, dict)
    assert (side["entry_id"], side["base_rid"], side["content"]) == (entry_id, rid, article("Chưa xong"))
    assert heard("truongban") == heard("ctv.vanhoa") == []
    assert house.outcome("phoban1", house.op("side", **told, content=None)) == ("applied", None)
    (side,) = heard("phoban1")
    assert isinstance(side, dict)
    assert side["content"] is None
    assert house.rows(t.side_draft)[0].content is None
    row = house.rows(t.entry)[0]
    assert (row.head_rid, row.state_ver) == (rid, 0)
