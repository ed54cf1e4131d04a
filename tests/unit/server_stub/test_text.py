"""Folding for search, times, profiles and kinds: the small readers."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from server_stub.core import kinds, moment
from server_stub.core.fold import fold
from server_stub.core.profile import BadProfileError, parse_profile
from server_stub.resources import read_json, read_kinds

PROFILE: dict[str, Any] = read_json("profiles", "generic.json")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Số 17/2011/QĐ-UBND", "so 17 2011 qd ubnd"),
        ("Ủy ban nhân dân tỉnh Đắk Nông", "uy ban nhan dan tinh dak nong"),
        ("  …—  ", ""),
        ("e\u0302\u0323m", "em"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_moment_is_written_with_microseconds_and_read_with_any_number_of_digits() -> None:
    at = datetime(2026, 11, 22, 9, 41, 5, 123, tzinfo=UTC)
    assert moment.stamp(at) == "2026-11-22T09:41:05.000123Z"
    assert moment.read(moment.stamp(at)) == at
    assert moment.normal("2026-11-22T09:41:05Z") == "2026-11-22T09:41:05.000000Z"
    assert moment.later("2026-11-22T09:41:05Z", days=1) == "2026-11-23T09:41:05.000000Z"


@pytest.mark.parametrize(
    "text", ["", "2026-11-22", "2026-11-22T09:41:05+07:00", "2026-13-01T00:00:00Z", "２０26-11-22T09:41:05Z"]
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment.read(text)


def test_the_generic_profile_is_read() -> None:
    profile = parse_profile(PROFILE)
    assert [step.id for step in profile.steps] == ["nhap_moi", "xac_thuc", "dang_tai"]
    assert (profile.first.index, profile.last.id, profile.password_min) == (0, "dang_tai", 10)
    assert profile.gate_of(profile.last) == "publish"


def _without(path: str) -> dict[str, Any]:
    document = copy.deepcopy(PROFILE)
    place = document
    *parents, name = path.split(".")
    for part in parents:
        place = place[part]
    del place[name]
    return document


@pytest.mark.parametrize(
    "path", ["id", "roles", "workflow.steps", "workflow.commands", "portal.name", "board.managers"]
)
def test_a_profile_without_a_needed_member_is_refused(path: str) -> None:
    with pytest.raises(BadProfileError):
        parse_profile(_without(path))


def test_a_profile_that_contradicts_itself_is_refused() -> None:
    changes: list[tuple[str, Any]] = [
        ("return_to", "khong_co"),
        ("delegators", ["vua"]),
        ("steps", PROFILE["workflow"]["steps"][:1]),
        ("steps", [PROFILE["workflow"]["steps"][0]] * 2),
    ]
    for name, value in changes:
        document = copy.deepcopy(PROFILE)
        document["workflow"][name] = value
        with pytest.raises(BadProfileError):
            parse_profile(document)
    document = copy.deepcopy(PROFILE)
    document["sections"][0]["kinds"] = ["poem"]
    with pytest.raises(BadProfileError):
        parse_profile(document)


def test_what_a_gate_needs_grows_from_gate_to_gate() -> None:
    kind = kinds.parse_kind(
        {
            "$id": "k", "x-label": {},
            "properties": {
                "a": {"x-required-from": "submit"}, "b": {"x-required-from": "approve"}, "c": {"x-required-from": "publish"},
                "d": {"properties": {"e": {"x-required-from": "submit"}}},
            },
        }
    )  # fmt: skip
    assert kinds.missing(kind, {"a": "x"}, "submit") == ("/fields/d/e",)
    assert kinds.missing(kind, {"d": {"e": "x"}}, "approve") == ("/fields/a", "/fields/b")
    assert kinds.missing(kind, {"a": [], "b": 0, "c": False, "d": {"e": "x"}}, "publish") == ("/fields/a",)


def test_every_shipped_kind_is_read() -> None:
    for name, schema in read_kinds().items():
        assert kinds.parse_kind(schema).id == name
