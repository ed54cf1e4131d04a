"""PostgreSQL: what one writer at a time gives SQLite holds there too. Who reads the feed by cursor misses nothing."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from server_stub.core.record import faults
from server_stub.core.sync import handle
from server_stub.store.engine import open_database
from tests.support.poll import until
from tests.support.postgres import new_database
from tests.unit.server_stub.house import House, article, install_in

WRITERS = 8


@pytest.fixture
def house() -> Iterator[House]:
    made = install_in(open_database(new_database(), create=True))
    yield made
    made.database.close()


def _waits_for_a_lock(house: House) -> bool:
    with house.database.session() as session:
        return bool(session.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one())


def _send(house: House, who: str, request: dict[str, Any], *, before_commit: threading.Event | None = None) -> Any:  # noqa: ANN401
    with house.database.session() as session:
        commit = session.commit

        def paused() -> None:
            reached.set()
            assert before_commit is not None
            assert before_commit.wait(30)
            commit()

        reached = threading.Event()
        if before_commit is not None:
            session.commit = paused  # type: ignore[method-assign]  # the moment between number and commit is made long
        return handle(
            session, member=f"u-{who}", device_id=f"d-{who}", request=request, clock=house.clock, ids=house.id
        )


def test_a_number_given_out_before_another_is_committed_before_it(house: House) -> None:
    first, second = house.put(house.id(), article()), house.put(house.id(), article())
    house.sync("truongban")
    release = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(_send, house, "phoban1", house.request("phoban1", first), before_commit=release)
        until(lambda: _portal_is_locked(house), what="the first to hold its number")
        two = pool.submit(_send, house, "truongban", house.request("truongban", second))
        until(lambda: _waits_for_a_lock(house), what="the second to wait for the first")
        assert not two.done()
        assert house.sync("btv.vanhoa")["changes"] == house.sync("btv.vanhoa", cursor=None)["changes"]
        release.set()
        assert [done.result()["results"][0]["outcome"] for done in (one, two)] == ["applied", "applied"]
    told = [change["target"] for change in house.sync("truongban")["changes"] if change["type"] == "entry"]
    assert told == [first["entry_id"], second["entry_id"]]


def _portal_is_locked(house: House) -> bool:
    with house.database.session() as session:
        return session.execute(text("SELECT id FROM portal FOR UPDATE SKIP LOCKED")).first() is None


@pytest.mark.parametrize("changes", [400, pytest.param(100_000, marks=[pytest.mark.full, pytest.mark.timeout(3600)])])
def test_eight_writers_and_a_reader_who_misses_nothing(house: House, changes: int) -> None:
    entry_id, rid = house.published()
    house.sync("cntt")
    per_request = min(50, changes // WRITERS)
    ops = [
        [
            house.op("comment", comment_id=house.id(), entry_id=entry_id, on_rid=rid, text="Hay")
            for _ in range(changes // WRITERS)
        ]
        for _ in range(WRITERS)
    ]
    wanted = {op["comment_id"] for mine in ops for op in mine}

    def write(mine: list[dict[str, Any]]) -> None:
        for start in range(0, len(mine), per_request):
            reply = _send(house, "ctv.vanhoa", house.request("ctv.vanhoa", *mine[start : start + per_request]))
            assert {result["outcome"] for result in reply["results"]} == {"applied"}

    seen: list[str] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, mine) for mine in ops]
        finished, told = False, [dict[str, Any]()]
        while told or not finished:
            finished = all(done.done() for done in writing)  # before the look: what comes after it is looked for again
            told = house.sync("cntt")["changes"]
            seen += [change["target"] for change in told if change["type"] == "comment"]
        for done in writing:
            done.result()
    assert (len(seen), set(seen)) == (len(wanted), wanted)
    with house.database.session() as session:
        assert list(faults(session.connection())) == []


def test_the_same_operation_by_two_at_once_takes_effect_once(house: House) -> None:
    together = threading.Barrier(WRITERS)
    op = house.put(house.id(), article())

    def send() -> dict[str, Any]:
        together.wait()
        result: dict[str, Any] = _send(house, "ctv.vanhoa", house.request("ctv.vanhoa", op))["results"][0]
        return result

    with ThreadPoolExecutor(WRITERS) as pool:
        results = [done.result() for done in [pool.submit(send) for _ in range(WRITERS)]]
    assert {result["outcome"] for result in results} == {"applied"}
    assert sorted(result["replay"] for result in results) == [False] + [True] * (WRITERS - 1)
