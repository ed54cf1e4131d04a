"""Puts: rights, conflicts, and everything a content may be refused for."""

from typing import Any

import pytest

from server_stub.core.canonical import content_hash, revision_id
from server_stub.store import tables as t
from tests.unit.server_stub.house import ECONOMY, House, article


def test_a_new_entry_needs_the_right_to_enter_in_its_section(house: House) -> None:
    assert house.outcome("ctv.vanhoa", house.put(house.id(), article(section=ECONOMY))) == ("forbidden", "section")
    assert house.outcome("cntt", house.put(house.id(), article())) == ("forbidden", "role")
    assert house.outcome("ctv.vanhoa", house.put(house.id(), article(section=None))) == ("applied", None)


def test_a_put_on_another_base_is_a_conflict_and_names_the_head(house: House) -> None:
    entry_id, rid = house.draft()
    newer = house.put(entry_id, article("Bản hai"), base=rid)
    house.do("btv.vanhoa", newer)
    result = house.do("ctv.vanhoa", house.put(entry_id, article("Bản khác"), base=rid))
    assert (result["outcome"], result["rule"]["code"], result["head"]["rid"]) == ("conflict", "conflict", newer["rid"])
    assert len(house.rows(t.revision)) == 2


def test_a_root_put_on_an_existing_entry_is_a_conflict(house: House) -> None:
    entry_id, _ = house.draft()
    assert house.outcome("ctv.vanhoa", house.put(entry_id, article("Bản khác"))) == ("conflict", "conflict")


def test_a_merge_names_both_parents(house: House) -> None:
    entry_id, rid = house.draft()
    op = house.put(entry_id, article("Gộp"), base=rid)
    op["merged_from"] = "b" * 64
    op["rid"] = revision_id([rid, "b" * 64], content_hash(op["content"]), op_id=op["op_id"])
    assert house.outcome("ctv.vanhoa", op) == ("applied", None)


def test_an_entry_out_of_sight_is_gone(house: House) -> None:
    entry_id, rid = house.draft()
    result = house.do("ctv.kinhte", house.put(entry_id, article(section=ECONOMY), base=rid))
    assert (result["outcome"], result["rule"]["code"], result["head"]) == ("gone", "gone", None)


def test_a_base_without_its_entry_is_gone(house: House) -> None:
    assert house.outcome("ctv.vanhoa", house.put(house.id(), article(), base="a" * 64)) == ("gone", "gone")


def test_what_waits_is_corrected_by_a_holder_of_the_step_only(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    assert house.outcome("ctv.vanhoa", house.put(entry_id, article("Tôi sửa"), base=rid)) == ("forbidden", "role")
    fixed = house.put(entry_id, article("Phó ban sửa"), base=rid)
    result = house.do("phoban1", fixed)
    assert (result["outcome"], result["head"]["state_ver"]) == ("applied", 1)
    approval = house.command("approve", entry_id, ver=1, on_rid=fixed["rid"], step="xac_thuc")
    assert house.outcome("phoban1", approval) == ("applied", None)


def test_what_is_published_takes_no_put(house: House) -> None:
    entry_id, rid = house.published()
    assert house.outcome("ctv.vanhoa", house.put(entry_id, article("Sửa"), base=rid)) == ("invalid_state", "phase")


def test_a_move_to_another_section_needs_the_right_in_both(house: House) -> None:
    entry_id, rid = house.draft()
    assert house.outcome("ctv.vanhoa", house.put(entry_id, article(section=ECONOMY), base=rid)) == (
        "forbidden",
        "section",
    )
    moved = house.put(entry_id, article(section=ECONOMY), base=rid)
    assert house.outcome("phoban1", moved) == ("applied", None)


def test_only_deliberate_revisions_are_numbered(house: House) -> None:
    entry_id, rid = house.draft()
    auto = house.put(entry_id, article("Tự lưu"), base=rid, auto=True)
    assert house.do("ctv.vanhoa", auto)["head"]["rev_no"] is None
    assert house.do("ctv.vanhoa", house.put(entry_id, article("Bản hai"), base=auto["rid"]))["head"]["rev_no"] == 2


def _changed(**members: Any) -> dict[str, Any]:  # noqa: ANN401
    return {**article(), **members}


BAD_CONTENTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a letter with a loose mark": (article("e\u0302m"), "invalid-content", "/content/fields/title"),
    "a carriage return": (article(summary="a\rb"), "invalid-content", "/content/fields/summary"),
    "an upper-case key": (article(Title="x"), "invalid-content", "/content/fields"),
    "a float": (article(x=1.5), "invalid-content", "/content/fields/x"),
    "no html": ({k: v for k, v in article().items() if k != "html"}, "invalid-content", "/html"),
    "html that is a number": (_changed(html={"body": 1}), "invalid-content", "/html/body"),
    "an attachment without a digest": (_changed(attachments=[{"size": 1}]), "invalid-content", "/attachments/0/sha256"),
    "an attachment that is text": (_changed(attachments=["x"]), "invalid-content", "/attachments/0"),
    "an unknown kind": (_changed(kind="poem"), "unknown-kind", "/kind"),
    "an unknown section": (article(section="khong-co"), "unknown-section", "/fields/section"),
    "a kind of another section": (article(section="van-ban-quy-pham"), "kind-not-in-section", "/fields/section"),
    "a date that is none": (article(event_date="2026-02-30"), "invalid-content", "/fields/event_date"),
    "a source without a name": (article(source={}), "invalid-content", "/fields/source/name"),
    "a script": (article(html="<p>a</p><script>b</script>"), "unclean-html", "/html/body"),
    "an event handler": (article(html='<p onclick="x">a</p>'), "unclean-html", "/html/body"),
    "a script address": (article(html='<a href="javascript:x">a</a>'), "unclean-html", "/html/body"),
    "an outside picture": (article(html='<img alt="" src="https://x.vn/a.png">'), "unclean-html", "/html/body"),
    "markup left open": (article(html="<p>a"), "unclean-html", "/html/body"),
    "html of a field that has none": (_changed(html={"title": "<p>a</p>"}), "unclean-html", "/html/title"),
}


@pytest.mark.parametrize("name", BAD_CONTENTS)
def test_a_bad_content_is_refused_with_a_pointer(house: House, name: str) -> None:
    content, code, pointer = BAD_CONTENTS[name]
    op = house.put(house.id(), article())
    op["content"] = content
    if code != "invalid-content" or not pointer.startswith("/content"):
        op["rid"] = revision_id([], content_hash(content), op_id=op["op_id"])
    who = "truongban" if name == "a kind of another section" else "phoban1"
    result = house.do(who, op)
    assert (result["outcome"], result["rule"]["code"]) == ("invalid", code)
    assert pointer in [error["pointer"] for error in result["errors"]]
    assert not house.rows(t.entry)


def test_a_wrong_envelope_is_refused_with_a_pointer(house: House) -> None:
    op = house.put(house.id(), article())
    for name, value in (("entry_id", "x"), ("base_rid", "x"), ("content", []), ("auto", 1), ("render_rev", -1)):
        result = house.do("ctv.vanhoa", {**house.anew(op), name: value})
        assert (result["outcome"], result["errors"]) == ("invalid", [{"pointer": f"/{name}", "code": "format"}])


def test_the_kind_of_an_entry_never_changes(house: House) -> None:
    entry_id, rid = house.draft(content=article(section=None))
    legal = {"kind": "legal-document", "lang": "vi", "fields": {"title": "Quy chế"}, "html": {}, "attachments": []}
    assert house.outcome("ctv.vanhoa", house.put(entry_id, legal, base=rid)) == ("invalid", "invalid-content")


def test_unknown_members_are_kept(house: House) -> None:
    content = article(moi="giữ nguyên")
    house.draft(content=content)
    assert "giữ nguyên" in house.rows(t.revision)[0].content
