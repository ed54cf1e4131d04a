"""The request as a whole, and the ledger: whatever is delivered however often takes effect once."""

from typing import Any

import pytest
from sqlalchemy import event

from server_stub.core.problems import Problem
from server_stub.core.sync import MAX_OPS
from server_stub.store import tables as t
from tests.unit.server_stub.house import House, article


def _problem(house: House, who: str, request: dict[str, Any]) -> Problem:
    with pytest.raises(Problem) as caught:
        house.send(who, request)
    return caught.value


def test_a_put_makes_a_revision_and_answers_with_the_live_head(house: House) -> None:
    op = house.put(house.id(), article())
    reply = house.sync("ctv.vanhoa", op)
    assert reply["results"] == [
        {
            "op_id": op["op_id"], "outcome": "applied", "replay": False, "rule": None, "errors": [], "rid": op["rid"],
            "head": {
                "entry_id": op["entry_id"], "rid": op["rid"], "rev_no": 1, "state": {"step": "nhap_moi", "phase": "draft"},
                "state_ver": 0, "published_rid": None, "seq": reply["server_seq"],
            },
        }
    ]  # fmt: skip
    assert len(house.rows(t.revision)) == len(house.rows(t.ledger)) == 1


def test_a_lost_reply_is_answered_again_with_the_head_of_now(house: House) -> None:
    op = house.put(house.id(), article())
    first = house.do("ctv.vanhoa", op)
    house.walk(op["entry_id"], op["rid"], to="waiting")
    again = house.do("ctv.vanhoa", {**op, "client_time": "2026-11-22T10:00:00Z"})
    assert (again["outcome"], again["replay"], again["rid"]) == (first["outcome"], True, first["rid"])
    assert again["head"]["state"]["phase"] == "waiting"
    assert len(house.rows(t.revision)) == 1


def test_a_refusal_is_replayed_too_though_it_would_be_allowed_now(house: House) -> None:
    entry_id, rid = house.draft()
    early = house.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc")
    assert house.outcome("phoban1", early) == ("invalid_state", "state-moved")
    house.walk(entry_id, rid, to="waiting")
    again = house.do("phoban1", early)
    assert (again["outcome"], again["replay"], again["head"]["state_ver"]) == ("invalid_state", True, 1)


def test_the_same_operation_twice_in_one_request_takes_effect_once(house: House) -> None:
    op = house.put(house.id(), article())
    results = house.sync("ctv.vanhoa", op, op)["results"]
    assert [(r["outcome"], r["replay"]) for r in results] == [("applied", False), ("applied", True)]


def test_an_op_id_with_another_payload_is_refused_and_not_settled(house: House) -> None:
    op = house.put(house.id(), article())
    house.do("ctv.vanhoa", op)
    other = {**op, "render_rev": 2}
    assert house.outcome("ctv.vanhoa", other) == ("key_reused", "key-reused")
    assert house.do("ctv.vanhoa", op)["outcome"] == "applied"
    assert house.outcome("ctv.kinhte", op) == ("key_reused", "key-reused")


def test_a_wrong_rid_is_refused_and_may_be_sent_again(house: House) -> None:
    op = house.put(house.id(), article())
    assert house.outcome("ctv.vanhoa", {**op, "rid": "0" * 64}) == ("rid_mismatch", "rid-mismatch")
    assert not house.rows(t.ledger)
    assert house.outcome("ctv.vanhoa", op) == ("applied", None)


def test_an_unknown_type_is_settled_as_unsupported(house: House) -> None:
    op = house.op("wish", entry_id=house.id())
    assert house.outcome("ctv.vanhoa", op) == ("unsupported", "unsupported")
    assert house.do("ctv.vanhoa", op)["replay"] is True


def test_one_refused_operation_does_not_stop_the_next(house: House) -> None:
    bad, good = house.put(house.id(), article(section=None, summary=7)), house.put(house.id(), article())
    results = house.sync("ctv.vanhoa", bad, good)["results"]
    assert [r["outcome"] for r in results] == ["invalid", "applied"]


def test_what_follows_an_unsettled_operation_of_its_entry_waits(house: House) -> None:
    first, other = house.put(house.id(), article()), house.put(house.id(), article())
    submit = house.command("submit", first["entry_id"], ver=0, on_rid=first["rid"])
    results = house.sync("ctv.vanhoa", {**first, "rid": "0" * 64}, submit, other)["results"]
    assert [r["outcome"] for r in results] == ["rid_mismatch", "busy", "applied"]
    results = house.sync("ctv.vanhoa", first, submit)["results"]
    assert [r["outcome"] for r in results] == ["applied", "applied"]


@pytest.mark.parametrize("entry_id", [None, 7, {}, [], "x"])
def test_a_wrong_entry_id_is_refused_like_any_wrong_member(house: House, entry_id: object) -> None:
    for op in (house.command("submit", "", ver=0, on_rid="a" * 64), house.op("wish")):
        assert house.outcome("ctv.vanhoa", {**op, "entry_id": entry_id})[0] in ("invalid", "unsupported")


def test_a_chain_made_offline_is_carried_out_in_one_request(house: House) -> None:
    entry_id = house.id()
    first = house.put(entry_id, article())
    second = house.put(entry_id, article("Đêm hội, bản sửa"), base=first["rid"])
    submit = house.command("submit", entry_id, ver=0, on_rid=second["rid"])
    results = house.sync("ctv.vanhoa", first, second, submit)["results"]
    assert [r["outcome"] for r in results] == ["applied"] * 3
    assert {r["head"]["state_ver"] for r in results} == {1}


def test_an_error_nobody_foresaw_undoes_the_request_or_makes_that_operation_busy(house: House) -> None:
    def fail(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO history"):
            raise RuntimeError("disk")

    op, engine = house.put(house.id(), article()), house.database.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(RuntimeError):
            house.send("ctv.vanhoa", house.request("ctv.vanhoa", op))
        met: list[Exception] = []
        unknown = house.op("wish")
        reply = house.send("ctv.vanhoa", house.request("ctv.vanhoa", op, unknown), on_fault=met.append)
    finally:
        event.remove(engine, "before_cursor_execute", fail)
    assert [r["outcome"] for r in reply["results"]] == ["busy", "unsupported"]
    assert len(met) == 1
    assert not house.rows(t.entry)
    assert house.outcome("ctv.vanhoa", op) == ("applied", None)


def test_another_epoch_is_refused_before_any_operation_is_read(house: House) -> None:
    op = house.put(house.id(), article())
    problem = _problem(house, "ctv.vanhoa", house.request("ctv.vanhoa", op, epoch=house.id()))
    assert (problem.code, problem.status, problem.extra["epoch"]) == ("epoch-changed", 409, house.epoch)
    assert not house.rows(t.ledger)


def test_operations_need_an_epoch_a_first_look_does_not(house: House) -> None:
    assert house.sync("ctv.vanhoa", epoch=None)["epoch"] == house.epoch
    op = house.put(house.id(), article())
    assert _problem(house, "ctv.vanhoa", house.request("ctv.vanhoa", op, epoch=None)).code == "invalid-request"


def test_a_client_that_has_read_further_than_the_portal_goes_starts_a_new_epoch(house: House) -> None:
    house.draft()
    ahead = house.cursors["ctv.vanhoa"]
    with house.database.session() as session:
        session.execute(t.portal.update().values(seq=2))
        session.commit()
    problem = _problem(house, "ctv.vanhoa", house.request("ctv.vanhoa", cursor=ahead))
    assert problem.code == "epoch-changed"
    assert problem.extra["epoch"] != house.epoch
    assert house.rows(t.portal)[0].epoch == problem.extra["epoch"]


def test_the_token_must_be_the_actors(house: House) -> None:
    request = house.request("ctv.kinhte")
    assert _problem(house, "ctv.vanhoa", request).code == "actor-mismatch"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"protocol": 2}, "client-too-old"), ({"protocol": "1"}, "invalid-request"), ({"ops": {}}, "invalid-request"),
        ({"ops": [7]}, "invalid-request"), ({"ops": [{"op_id": "x"}]}, "invalid-request"), ({"limit": 0}, "invalid-request"),
        ({"limit": True}, "invalid-request"), ({"cursor": 7}, "invalid-request"), ({"cursor": "tự bịa"}, "invalid-request"),
        ({"cursor": "YWJj.ZGVm"}, "invalid-request"), ({"actor": None}, "invalid-request"), ({"device_id": 1}, "invalid-request"),
        ({"epoch": 3}, "invalid-request"),
    ],
)  # fmt: skip
def test_a_request_of_the_wrong_shape_is_a_problem(house: House, change: dict[str, Any], code: str) -> None:
    assert _problem(house, "ctv.vanhoa", house.request("ctv.vanhoa", **change)).code == code


@pytest.mark.parametrize("name", ["epoch", "cursor"])
def test_what_may_be_null_may_not_be_left_out(house: House, name: str) -> None:
    request = house.request("ctv.vanhoa")
    del request[name]
    assert _problem(house, "ctv.vanhoa", request).code == "invalid-request"


def test_more_operations_than_allowed_are_too_large(house: House) -> None:
    ops = [house.op("wish") for _ in range(MAX_OPS + 1)]
    assert _problem(house, "ctv.vanhoa", house.request("ctv.vanhoa", *ops)).code == "too-large"


def test_a_closed_account_syncs_no_more(house: House) -> None:
    board = house.op("board", member_id="u-ctv.vanhoa", roles=[], label={"vi": "Cộng tác viên"}, active=False)
    assert house.outcome("truongban", board) == ("applied", None)
    assert _problem(house, "ctv.vanhoa", house.request("ctv.vanhoa")).code == "device-revoked"


def test_a_number_of_a_device_belongs_to_one_operation(house: House) -> None:
    first = house.put(house.id(), article())
    assert house.outcome("ctv.vanhoa", first) == ("applied", None)
    assert house.do("ctv.vanhoa", first)["replay"]
    other = {**house.put(house.id(), article()), "device_seq": first["device_seq"]}
    with pytest.raises(Problem) as refused:
        house.sync("ctv.vanhoa", house.put(house.id(), article()), other)
    assert (refused.value.code, refused.value.status) == ("device-cloned", 409)
    assert len(house.rows(t.entry)) == 1
    assert house.outcome("phoban1", other) == ("applied", None)  # a number of somebody else's device means nothing


def test_an_operation_from_another_device_of_its_member_is_the_same_one(house: House) -> None:
    first = house.put(house.id(), article())
    assert house.outcome("ctv.vanhoa", first) == ("applied", None)
    moved = {**first, "device_seq": first["device_seq"] + 40}
    again = house.do("ctv.vanhoa", moved)
    assert (again["outcome"], again["replay"], len(house.rows(t.ledger))) == ("applied", True, 1)
    changed = {**moved, "auto": not first["auto"]}
    assert house.outcome("ctv.vanhoa", changed)[0] == "key_reused"
    assert house.outcome("phoban1", moved)[0] == "key_reused"
