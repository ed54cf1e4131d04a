"""Answers of the portal are read strictly: whatever comes, it is a value of ours or NotOurPortal."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.digest import Json, revision_id
from desktop.domain.errors import NotOurPortal
from desktop.domain.ids import OpId
from desktop.domain.revision import Content
from desktop.sync.wire import body_from_json, bundle_from_json, reply_from_json
from tests.unit.sync.scripted import EPOCH, REV

OP = OpId("0193e9a0-0000-7000-8000-0000000000aa")
ENTRY = "0193e9a0-0000-7000-8000-0000000000bb"
CONTENT = Content("article", "vi", {"title": "Tin"}, {})
RID = revision_id(parents=[], content=CONTENT.hash, op_id=OP)
HEAD: dict[str, Json] = {
    "entry_id": ENTRY, "rid": RID, "rev_no": None, "state": {"step": "nhap_moi", "phase": "draft"}, "state_ver": 0,
    "published_rid": None, "seq": 7,
}  # fmt: skip
META: dict[str, Json] = {
    "kind": "article", "lang": "vi", "title": "Tin", "section": None, "author": "u-1", "assignee": None, "submitter": None,
    "owner": "u-1", "urgent": False, "key": None, "summary": "", "size": 9, "updated": "2026-11-22T09:00:00Z",
    "returned": {"op_id": OP, "reason": "Thiếu nguồn", "by": "u-2"}, "claimed_by": None, "authors": ["u-1"],
}  # fmt: skip
REPLY: dict[str, Json] = {
    "epoch": EPOCH, "server_time": "2026-11-22T09:00:00.000000Z", "server_seq": 7, "bundle_rev": REV,
    "results": [
        {"op_id": OP, "outcome": "invalid", "replay": False, "rid": None, "head": HEAD,
         "rule": {"code": "incomplete", "clause": "Điều 19.a", "params": {"x": "y"}},
         "errors": [{"pointer": "/fields/source", "code": "required"}]},
    ],
    "changes": [
        {"seq": 7, "type": "entry", "target": ENTRY, "head": HEAD, "meta": META},
        {"seq": 8, "type": "tombstone", "target": ENTRY},
        {"seq": 9, "type": "board", "target": "u-1",
         "member": {"id": "u-1", "username": "ctv", "label": {"vi": "CTV"}, "roles": [{"role": "ctv", "sections": None}], "active": True}},
        {"seq": 10, "type": "delegation", "target": OP,
         "delegation": {"id": OP, "from": "u-2", "to": "u-1", "step": "dang_tai", "sections": None, "start": "a", "end": "b",
                        "reason": "", "revoked": False}},
        {"seq": 11, "type": "weather", "target": "hanoi", "rain": True},
    ],
    "next_cursor": "c", "has_more": False, "retry_after": None, "record_head": None,
}  # fmt: skip
BODY: dict[str, Json] = {
    "entry": HEAD, "meta": META, "rid": RID, "rev_no": 1, "content": CONTENT.as_json(), "base_rid": None, "merged_from": None,
    "op_id": OP,
    "history": [
        {"op_id": OP, "type": "put", "name": None, "rid": RID, "rev_no": 1, "from": None, "to": None, "step": None, "actor": "u-1",
         "actor_label": {"vi": "CTV"}, "on_behalf_of": None, "reason": None, "server_time": "2026-11-22T09:00:00Z"},
    ],
}  # fmt: skip


def paths(value: Json, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, item in inner for path in paths(item, (*at, key)))]


def with_change(value: Json, path: tuple[Any, ...], new: Json) -> Any:  # noqa: ANN401
    changed = copy.deepcopy(value)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return changed


ODD = st.sampled_from([None, True, -1, 0, "", "x", "../..", [], {}, [None], {"a": 1}, 2**60])


def test_a_whole_reply_is_read() -> None:
    reply = reply_from_json(REPLY, sent=[OP])
    assert reply.results[0].pointers == ("/source",)
    assert reply.results[0].rule is not None
    assert reply.results[0].rule.clause == "Điều 19.a"
    assert [change.type for change in reply.changes] == ["entry", "tombstone", "board", "delegation", "weather"]
    assert reply.changes[0].meta is not None
    assert reply.changes[0].meta.returned is not None
    assert reply.changes[0].head is not None
    assert reply.changes[0].head.rev_no == 0


@given(st.sampled_from(paths(REPLY)[1:]), ODD)
def test_a_reply_with_anything_odd_in_it_is_read_or_refused(path: tuple[Any, ...], new: Json) -> None:
    try:
        reply_from_json(with_change(REPLY, path, new), sent=[OP])
    except NotOurPortal as refusal:
        assert "reply" in str(refusal) or "change" in str(refusal)  # noqa: PT017  it may as well be read


@given(st.sampled_from(paths(BODY)[1:]), ODD)
def test_a_text_with_anything_odd_in_it_is_read_or_refused(path: tuple[Any, ...], new: Json) -> None:
    try:
        body = body_from_json(with_change(BODY, path, new))
    except NotOurPortal:
        return
    if body.revision is not None:
        assert (
            revision_id(parents=[], content=body.revision.content.hash, op_id=body.revision.op_id) == body.revision.rid
        )


@pytest.mark.parametrize(
    "path", [("rid",), ("op_id",), ("content", "fields", "title"), ("content", "lang"), ("base_rid",)], ids=str
)
def test_a_text_that_does_not_have_its_id_is_refused(path: tuple[Any, ...]) -> None:
    with pytest.raises(NotOurPortal):
        body_from_json(with_change(BODY, path, "a" * 64))


def test_a_text_that_the_portal_dropped_is_no_text() -> None:
    assert body_from_json({**BODY, "content": None}).revision is None


@pytest.mark.parametrize("bundle", [{}, {"rev": REV, "profile": {}, "kinds": {}}, {"rev": "x"}])
def test_a_bundle_that_is_not_what_it_says_is_refused(bundle: dict[str, Json]) -> None:
    with pytest.raises(NotOurPortal):
        bundle_from_json(bundle)
