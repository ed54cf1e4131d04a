"""The record: a chain without gaps, and anything done to it shows."""

import json

from sqlalchemy import update

from server_stub.core.canonical import digest, sorted_json
from server_stub.core.record import FIRST_PREV, faults
from server_stub.store import tables as t
from tests.unit.server_stub.house import House

MEMBERS = {
    "seq", "op_id", "actor", "type", "target", "rid", "from", "to", "reason", "delegation", "server_time", "prev_hash",
}  # fmt: skip


def _faults(house: House) -> list[str]:
    with house.database.session() as session:
        return list(faults(session.connection()))


def test_every_applied_operation_adds_one_row_and_no_other_does(house: House) -> None:
    entry_id, rid = house.published()
    house.do("ctv.kinhte", house.command("revise", entry_id, ver=3))
    house.do("truongban", house.op("wish"))
    rows = house.rows(t.record)
    assert [json.loads(row.body)["type"] for row in rows] == [
        "put",
        "command.submit",
        "command.approve",
        "command.approve",
    ]
    assert [row.seq for row in rows] == [1, 2, 3, 4]
    assert house.sync("truongban")["record_head"] == rows[-1].hash
    assert _faults(house) == []
    assert json.loads(rows[-1].body)["rid"] == rid


def test_a_row_has_the_agreed_members_and_follows_the_one_before(house: House) -> None:
    house.published()
    previous = FIRST_PREV
    for row in house.rows(t.record):
        body = json.loads(row.body)
        assert set(body) == MEMBERS
        assert body["prev_hash"] == previous
        assert row.hash == digest(sorted_json(body)) == digest(row.body.encode())
        previous = row.hash


def test_an_empty_record_has_no_head(house: House) -> None:
    assert house.sync("truongban")["record_head"] is None


def test_a_reason_stands_in_the_record_as_a_salted_hash(house: House) -> None:
    entry_id, rid = house.draft()
    house.walk(entry_id, rid, to="waiting")
    house.do("phoban1", house.command("return", entry_id, ver=1, reason="Thiếu nguồn"))
    row = house.rows(t.record)[-1]
    assert "Thiếu" not in row.body
    assert json.loads(row.body)["reason"] == digest(sorted_json([row.reason_salt, "Thiếu nguồn"]))


def test_tampering_is_found(house: House) -> None:
    house.published()
    changes = (
        t.record.update()
        .where(t.record.c.seq == 2)
        .values(body=house.rows(t.record)[1].body.replace("submit", "recall")),
        t.record.delete().where(t.record.c.seq == 2),
        update(t.record).where(t.record.c.seq == 4).values(seq=9),
    )
    for change in changes:
        with house.database.session() as session:
            session.execute(change)
            assert list(faults(session.connection()))
            session.rollback()
    assert _faults(house) == []
