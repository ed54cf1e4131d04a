"""Roles and delegations, by the rules of the profile."""

from typing import Any

import pytest

from server_stub.resources import read_json
from server_stub.store import tables as t
from tests.unit.server_stub.house import CULTURE, House, build

CHIEF, DEPUTY = {"role": "truongban", "sections": None}, {"role": "phoban", "sections": None}


def _board(house: House, member: str, *roles: dict[str, Any], active: bool = True) -> dict[str, Any]:
    return house.op("board", member_id=f"u-{member}", roles=list(roles), label={"vi": "Ban"}, active=active)


def _delegation(house: House, **members: Any) -> dict[str, Any]:  # noqa: ANN401
    given = {
        "delegation_id": house.id(), "to": "u-btv.vanhoa", "step": "dang_tai", "sections": None, "start": house.stamp(),
        "end": house.stamp(days=1), "reason": "", "revoke": False,
    }  # fmt: skip
    return house.op("delegation", **{**given, **members})


def test_managers_alone_change_the_board(house: House) -> None:
    assert house.outcome("phoban1", _board(house, "ctv.kinhte")) == ("forbidden", "role")
    assert house.outcome("cntt", _board(house, "ctv.kinhte")) == ("applied", None)
    assert house.outcome("cntt", _board(house, "khong-co")) == ("gone", "gone")


def test_the_board_keeps_its_limits(house: House) -> None:
    result = house.do("truongban", _board(house, "cntt", CHIEF))
    assert (result["outcome"], result["rule"]["code"]) == ("invalid", "board-limit")
    assert result["rule"]["params"] == {"role": "truongban", "limit": "1"}
    assert house.outcome("truongban", _board(house, "btv.vanhoa", DEPUTY)) == ("applied", None)
    assert house.outcome("truongban", _board(house, "ctv.kinhte", DEPUTY)) == ("invalid", "board-limit")
    assert house.outcome("truongban", _board(house, "truongban", CHIEF)) == ("applied", None)


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ({"role": "vua", "sections": None}, "invalid-content"),
        ({"role": "btv", "sections": ["khong-co"]}, "unknown-section"),
    ],
)
def test_roles_must_make_sense(house: House, role: dict[str, Any], code: str) -> None:
    assert house.outcome("truongban", _board(house, "ctv.kinhte", role)) == ("invalid", code)


def test_a_role_that_a_step_ties_to_sections_must_name_some() -> None:
    steps = read_json("profiles", "generic.json")["workflow"]["steps"]
    steps[1]["in_sections"] = ["btv"]
    house = build(steps=steps)
    op = _board(house, "ctv.kinhte", {"role": "btv", "sections": None})
    assert house.outcome("truongban", op) == ("invalid", "sections-needed")


def test_new_roles_count_from_the_next_operation_of_the_same_request(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    verify = house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc")
    results = house.sync("cntt", _board(house, "cntt", DEPUTY), verify)["results"]
    assert [r["outcome"] for r in results] == ["applied", "applied"]


@pytest.mark.parametrize(
    ("who", "change", "expected"),
    [
        ("phoban1", {}, ("forbidden", "role")),
        ("truongban", {"step": "nhap_moi"}, ("forbidden", "not-delegable")),
        ("truongban", {"step": "khong_co"}, ("forbidden", "not-delegable")),
        ("truongban", {"to": "u-truongban"}, ("invalid", "invalid-content")),
        ("truongban", {"to": "u-khong-co"}, ("invalid", "invalid-content")),
        ("truongban", {"sections": ["khong-co"]}, ("invalid", "unknown-section")),
        ("truongban", {"end": "2026-01-01T00:00:00Z", "start": "2026-01-02T00:00:00Z"}, ("invalid", "invalid-content")),
        ("truongban", {"end": "2026-01-02T00:00:00Z", "start": "2026-01-01T00:00:00Z"}, ("expired", "expired")),
        ("truongban", {"revoke": True}, ("gone", "gone")),
    ],
)
def test_delegations_that_are_refused(
    house: House, who: str, change: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert house.outcome(who, _delegation(house, **change)) == expected


def test_only_the_giver_takes_a_delegation_back(house: House) -> None:
    given = _delegation(house)
    house.do("truongban", given)
    back = {**given, "revoke": True}
    assert house.outcome("phoban1", house.anew(back)) == ("forbidden", "not-yours")
    assert house.outcome("truongban", house.anew(given)) == ("invalid_state", "state-moved")
    assert house.outcome("truongban", house.anew(back)) == ("applied", None)
    assert house.rows(t.delegation)[0].revoked


def test_a_delegation_ends_with_its_givers_office(house: House) -> None:
    house.do("truongban", _delegation(house, to="u-ctv.kinhte", step="xac_thuc", sections=[CULTURE]))
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    house.do("cntt", _board(house, "truongban"))
    verify = house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc")
    assert house.outcome("ctv.kinhte", verify) == ("gone", "gone")


def test_a_closed_account_loses_its_devices(house: House) -> None:
    with house.database.session() as session:
        session.execute(
            t.session.insert().values(
                id="s", member_id="u-ctv.kinhte", device_id="d", device_name="x", created=house.stamp(),
                expires=house.stamp(days=1),
            )
        )  # fmt: skip
        session.commit()
    house.do("truongban", _board(house, "ctv.kinhte", active=False))
    assert house.rows(t.session)[0].revoked is not None
