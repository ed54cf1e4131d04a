"""Commands: the road from draft to the public page and back, as the portal carries it out."""

import json

from server_stub.core.blobs import store_blob
from server_stub.core.canonical import digest
from server_stub.installing import install_profile
from server_stub.resources import read_json
from server_stub.store import tables as t
from server_stub.store.files import MemoryFiles
from tests.unit.server_stub.house import CULTURE, House, article, build


def _live(house: House) -> list[tuple[str, str]]:
    return [(row.entry_id, row.rid) for row in house.rows(t.publication) if row.live_entry]


def test_a_draft_goes_all_the_way_and_stands_published(house: House) -> None:
    entry_id, rid = house.published()
    assert _live(house) == [(entry_id, rid)]
    row = house.rows(t.publication)[0]
    assert (row.kind, row.section) == ("article", CULTURE)
    assert "dem hoi" in row.folded


def test_a_contributor_does_not_approve_a_deputy_does_not_publish(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    verify = house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc")
    result = house.do("ctv.vanhoa", verify)
    assert (result["outcome"], result["rule"]["code"]) == ("forbidden", "role")
    assert "Điều 19.b" in result["rule"]["clause"]
    house.do("phoban1", {**verify, "op_id": house.id()})
    publish = house.command("approve", entry_id, ver=2, on_rid=rid, step="dang_tai")
    assert house.outcome("phoban1", publish) == ("forbidden", "role")
    assert not house.rows(t.publication)


def test_an_approval_of_an_older_text_is_held(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    newer = house.put(entry_id, article("Sửa sau khi đọc"), base=rid)
    house.do("phoban1", newer)
    result = house.do("phoban1", house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc"))
    assert (result["outcome"], result["rule"]["code"], result["head"]["rid"]) == (
        "stale_revision",
        "other-revision",
        newer["rid"],
    )


def test_a_command_on_an_unknown_or_invisible_entry_is_gone(house: House) -> None:
    entry_id, rid = house.draft()
    for who, target in (("ctv.kinhte", entry_id), ("truongban", house.id())):
        assert house.outcome(who, house.command("submit", target, ver=0, on_rid=rid)) == ("gone", "gone")


def test_what_must_be_carried_is_asked_for(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    result = house.do("phoban1", house.command("approve", entry_id, ver=1))
    assert result["outcome"] == "invalid"
    assert [error["pointer"] for error in result["errors"]] == ["/on_rid", "/step"]


def test_unknown_and_not_yet_carried_out_commands_are_unsupported(house: House) -> None:
    entry_id, rid = house.draft()
    assert house.outcome("ctv.vanhoa", house.command("archive", entry_id, ver=0)) == ("unsupported", "unsupported")
    schedule = house.command(
        "schedule", entry_id, ver=0, on_rid=rid, step="dang_tai", not_before="2026-12-01T00:00:00Z"
    )
    assert house.outcome("truongban", schedule) == ("unsupported", "unsupported")


def test_an_incomplete_entry_is_not_submitted_and_the_fields_are_named(house: House) -> None:
    entry_id, rid = house.draft(content={**article(section=None, title=" "), "fields": {"title": " "}, "html": {}})
    result = house.do("ctv.vanhoa", house.command("submit", entry_id, ver=0, on_rid=rid))
    assert (result["outcome"], result["rule"]["code"]) == ("invalid", "incomplete")
    assert [e["pointer"] for e in result["errors"]] == [
        "/fields/body",
        "/fields/section",
        "/fields/source",
        "/fields/title",
    ]


def test_a_missing_blob_holds_the_command_and_is_not_settled(house: House) -> None:
    data = b"%PDF-1.7"
    content = {**article(), "attachments": [{"sha256": digest(data), "size": len(data), "name": "a.pdf"}]}
    entry_id, rid = house.draft(content=content)
    submit = house.command("submit", entry_id, ver=0, on_rid=rid)
    assert house.outcome("ctv.vanhoa", submit) == ("missing_blob", "blob-missing")
    with house.database.session() as session:
        store_blob(session, MemoryFiles(), digest(data), data=data, member_id="u-ctv.vanhoa", now=house.stamp())
    assert house.outcome("ctv.vanhoa", submit) == ("applied", None)


def test_what_follows_a_held_operation_of_the_entry_is_not_judged_yet(house: House) -> None:
    data = b"%PDF-1.7"
    content = {**article(), "attachments": [{"sha256": digest(data), "size": len(data), "name": "a.pdf"}]}
    entry_id, rid = house.draft(content=content)
    other_id, other_rid = house.draft()
    held = house.command("submit", entry_id, ver=0, on_rid=rid)
    after = house.command("recall", entry_id, ver=1)
    free = house.command("submit", other_id, ver=0, on_rid=other_rid)
    results = house.sync("ctv.vanhoa", held, after, free)["results"]
    assert [result["outcome"] for result in results] == ["missing_blob", "busy", "applied"]


def test_a_return_keeps_its_reason_until_the_next_submission(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    back = house.command("return", entry_id, ver=1, reason="Thiếu nguồn")
    house.do("phoban1", back)
    assert json.loads(house.rows(t.entry)[0].returned) == {
        "op_id": back["op_id"],
        "reason": "Thiếu nguồn",
        "by": "u-phoban1",
    }
    house.do("ctv.vanhoa", house.command("submit", entry_id, ver=2, on_rid=rid))
    assert house.rows(t.entry)[0].returned is None


def test_unpublish_and_restore_write_one_row_each_with_the_same_rid(house: House) -> None:
    entry_id, rid = house.published()
    assert house.outcome("truongban", house.command("unpublish", entry_id, ver=3, on_rid=rid, reason="Sai")) == (
        "applied",
        None,
    )
    assert _live(house) == []
    assert house.outcome("truongban", house.command("restore", entry_id, ver=4)) == ("applied", None)
    assert _live(house) == [(entry_id, rid)]
    assert [row.rid for row in house.rows(t.publication)] == [rid, rid]


def test_a_next_revision_replaces_the_page_only_when_it_is_published(house: House) -> None:
    entry_id, rid = house.published()
    house.do("btv.vanhoa", house.command("revise", entry_id, ver=3))
    newer = house.put(entry_id, article("Bản sau"), base=rid)
    house.do("ctv.vanhoa", newer)
    house.walk(entry_id, newer["rid"], to="verified", ver=4)
    assert _live(house) == [(entry_id, rid)]
    house.do("truongban", house.command("approve", entry_id, ver=6, on_rid=newer["rid"], step="dang_tai"))
    assert _live(house) == [(entry_id, newer["rid"])]
    assert len(house.rows(t.publication)) == 2


def test_withdrawing_the_page_leaves_a_running_revision_alone(house: House) -> None:
    entry_id, rid = house.published()
    house.do("btv.vanhoa", house.command("revise", entry_id, ver=3))
    result = house.do("truongban", house.command("unpublish", entry_id, ver=4, on_rid=rid, reason="Sai"))
    assert result["head"]["state"] == {"step": "nhap_moi", "phase": "draft"}
    assert _live(house) == []


def test_a_delegated_verification_names_its_giver_in_history_and_record(house: House) -> None:
    delegation = house.op(
        "delegation", delegation_id=house.id(), to="u-ctv.kinhte", step="xac_thuc", sections=None, start=house.stamp(),
        end=house.stamp(days=2), reason="Đi công tác", revoke=False,
    )  # fmt: skip
    assert house.outcome("truongban", delegation) == ("applied", None)
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    verify = house.command(
        "approve", entry_id, ver=1, on_rid=rid, step="xac_thuc", delegation=delegation["delegation_id"]
    )
    assert house.outcome("ctv.kinhte", verify) == ("applied", None)
    assert house.rows(t.history)[-1].on_behalf_of == "u-truongban"
    assert json.loads(house.rows(t.record)[-1].body)["delegation"] == delegation["delegation_id"]


def test_a_delegation_that_is_named_but_over_is_refused_by_its_own_rule(house: House) -> None:
    delegation = house.op(
        "delegation", delegation_id=house.id(), to="u-btv.vanhoa", step="xac_thuc", sections=[CULTURE], start=house.stamp(),
        end=house.stamp(hours=1), reason="", revoke=False,
    )  # fmt: skip
    house.do("truongban", delegation)
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    house.later(hours=2)
    verify = house.command(
        "approve", entry_id, ver=1, on_rid=rid, step="xac_thuc", delegation=delegation["delegation_id"]
    )
    assert house.outcome("btv.vanhoa", verify) == ("forbidden", "delegation-expired")


def test_separation_counts_the_authors_up_to_submission_only() -> None:
    house = build(separation=True)
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    fixed = house.put(entry_id, article("Phó ban sửa"), base=rid)
    house.do("phoban1", fixed)
    verify = house.command("approve", entry_id, ver=1, on_rid=fixed["rid"], step="xac_thuc")
    assert house.outcome("phoban1", verify) == ("applied", None)
    own, own_rid = house.draft("phoban1")
    house.walk(own, own_rid, to="waiting", by="phoban1")
    verify = house.command("approve", own, ver=1, on_rid=own_rid, step="xac_thuc")
    assert house.outcome("phoban1", verify) == ("forbidden", "separation")


def _drop_articles(house: House) -> None:
    """The next bundle has no articles any more."""
    profile = read_json("profiles", "generic.json")
    profile["kinds"] = ["legal-document"]
    for section in profile["sections"]:
        section["kinds"] = ["legal-document"]
    install_profile(house.database, profile, clock=house.clock, ids=house.id)


def test_a_text_whose_kind_is_no_more_goes_back_but_not_on(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    withdrawn, live = house.published()
    off = house.command("unpublish", withdrawn, ver=3, on_rid=live, reason="Sai")
    assert house.outcome("truongban", off) == ("applied", None)
    _drop_articles(house)
    result = house.do("phoban1", house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc"))
    assert (result["outcome"], result["rule"]["code"]) == ("invalid", "unknown-kind")
    assert (result["rule"]["params"], result["head"]["entry_id"]) == ({"kind": "article"}, entry_id)
    again = house.command("restore", withdrawn, ver=4, reason="Đúng")
    assert house.outcome("truongban", again) == ("invalid", "unknown-kind")
    back = house.command("return", entry_id, ver=1, on_rid=rid, step="xac_thuc", reason="Không còn loại này")
    assert house.outcome("phoban1", back) == ("applied", None)
    assert house.outcome("ctv.vanhoa", house.command("submit", entry_id, ver=2, on_rid=rid)) == (
        "invalid",
        "unknown-kind",
    )


def test_where_the_profile_rechecks_a_correction_goes_back_one_step_with_its_own_approval() -> None:
    house = build(recheck_after_correction=True)
    entry_id, rid = house.draft()
    ver = house.walk(entry_id, rid, to="verified")

    def approve(who: str, text: str, step: str, version: int) -> str:
        result = house.do(who, house.command("approve", entry_id, ver=version, on_rid=text, step=step))
        assert result["outcome"] == "applied"
        return f"{result['head']['state']['step']}/{result['head']['state']['phase']}"

    corrected = house.put(entry_id, article("Trưởng ban sửa"), base=rid)
    house.do("truongban", corrected)
    assert approve("truongban", corrected["rid"], "dang_tai", ver) == "xac_thuc/waiting"
    assert not house.rows(t.publication)
    assert approve("phoban1", corrected["rid"], "xac_thuc", ver + 1) == "dang_tai/waiting"
    assert approve("truongban", corrected["rid"], "dang_tai", ver + 2) == "dang_tai/published"
    assert _live(house) == [(entry_id, corrected["rid"])]


def test_where_the_profile_rechecks_a_verifiers_correction_goes_back_to_the_author() -> None:
    house = build(recheck_after_correction=True)
    entry_id, rid = house.draft()
    ver = house.walk(entry_id, rid, to="waiting")
    corrected = house.put(entry_id, article("Phó ban sửa"), base=rid)
    verify = house.command("approve", entry_id, ver=ver, on_rid=corrected["rid"], step="xac_thuc")
    put, approved = house.sync("phoban1", corrected, verify)["results"]
    assert (put["outcome"], approved["outcome"]) == ("applied", "applied")
    assert approved["head"]["state"] == {"step": "nhap_moi", "phase": "draft"}
    assert house.walk(entry_id, corrected["rid"], to="published", ver=ver + 1) == ver + 4
