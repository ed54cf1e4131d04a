"""Nonsense of every kind, over HTTP: an answer below 500 each time, and nothing changed by it."""

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server_stub.store import tables as t
from tests.contract.portal.wire import Wire
from tests.unit.server_stub.house import article

TYPES = ["put", "command", "comment", "assign", "claim", "delegation", "board", "personal", "wish"]
TEXT = st.text(max_size=12) | st.sampled_from(
    ["u-ctv.vanhoa", "tin-van-hoa", "a" * 64, "xac_thuc", "submit", "approve", "\x00", "\ud800", "đ" * 90]
)
LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
NAMES = [
    "entry_id", "base_rid", "merged_from", "rid", "content", "render_rev", "auto", "name", "on_state_ver", "on_rid", "step",
    "reason", "not_before", "delegation", "comment_id", "text", "anchor", "assignee", "release", "delegation_id", "to",
    "sections", "start", "end", "revoke", "member_id", "roles", "label", "active", "record_id", "salt", "fields",
]  # fmt: skip
CALM = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@CALM
@given(kind=st.sampled_from(TYPES), members=st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=6))
def test_an_operation_of_any_shape_gets_an_outcome(wire: Wire, kind: str, members: dict[str, Any]) -> None:
    before = len(wire.rows(t.record))
    result = wire.do("ctv.kinhte", wire.op(kind, **members))
    assert result["outcome"] in ("invalid", "unsupported", "gone", "forbidden")
    assert len(wire.rows(t.record)) == before


@CALM
@given(
    place=st.sampled_from(["content", "fields", "html", "attachments", "section", "title", "lang", "kind"]), value=VALUE
)
def test_a_content_of_any_shape_gets_an_outcome(wire: Wire, place: str, value: Any) -> None:  # noqa: ANN401
    op = wire.put(wire.id(), article())
    content: Any = {**article()}
    if place in ("section", "title"):
        content["fields"] = {**content["fields"], place: value}
    else:
        content = value if place == "content" else {**content, place: value}
    assert wire.do("ctv.vanhoa", {**op, "content": content})["outcome"] in ("invalid", "rid_mismatch", "applied")


@CALM
@given(
    members=st.dictionaries(
        st.sampled_from(["protocol", "epoch", "cursor", "limit", "ops", "actor", "device_id"]), VALUE, min_size=1
    )
)
def test_a_request_of_any_shape_is_answered(wire: Wire, members: dict[str, Any]) -> None:
    answer = wire.ask("POST", "/v1/sync", {**wire.request("ctv.kinhte"), **members}, who="ctv.kinhte")
    assert answer.status in (200, 400, 403, 409, 413, 422)


@CALM
@given(
    value=VALUE, name=st.sampled_from(["username", "password", "device", "refresh", "refresh_id", "old", "new", "ids", "rids"])
)  # fmt: skip
def test_a_body_of_any_shape_is_answered(wire: Wire, name: str, value: Any) -> None:  # noqa: ANN401
    body = {
        "username": "x", "password": "x", "device": {"id": "d", "name": "x"}, "refresh": "x", "refresh_id": "x", "old": "x",
        "new": "x", "ids": [], "rids": [], name: value,
    }  # fmt: skip
    for path in ("auth/login", "auth/refresh", "auth/password", "entries/batch", "history/check"):
        wire.ask("POST", f"/v1/{path}", body, who="ctv.kinhte")
    wire.ask("POST", "/v1/blobs/check", [{"sha256": value, "size": 1}], who="ctv.kinhte")


@CALM
@given(
    path=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="?#\\"), max_size=30)
)
@example(path="0/")  # no address but that of an entry, a stroke too long
def test_any_address_is_answered(wire: Wire, path: str) -> None:
    for prefix in (
        "/",
        "/v1/",
        "/v1/entries/",
        "/v1/blobs/",
        "/_blob/",
        "/bai-viet/",
        "/static/",
        "/tim-kiem?q=",
        "/tim-kiem?trang=",
    ):
        wire.ask("GET", prefix + path.encode().hex() if "%" in path else prefix + path)
