"""A request that is sent again and again is cut before, within and after, and then goes through."""

import asyncio
import os
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2
from sqlalchemy import create_engine, text

from tests.support.cutting import CUT, Cuts, Cutting, Message, Receive, Send

OPEN: Final = "CREATE TABLE IF NOT EXISTS kept (word TEXT)"


def portal(database: Path, log: Path) -> Cutting:
    """An application that keeps one row for a POST and says "read" for a GET."""
    engine = create_engine(f"sqlite:///{database}", module=pysqlite3.dbapi2)

    async def app(scope: Message, _receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO kept VALUES ('word')"))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"read"})

    return Cutting(app, Cuts(log))


def ask(method: str, *, database: Path, log: Path, heard: Path) -> int:
    """One request in a process of its own; its exit status. What the client would hear is appended to `heard`."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(_ask(portal(database, log), method, heard))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


async def _ask(app: Cutting, method: str, heard: Path) -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"{}"}

    async def send(message: Message) -> None:
        with heard.open("ab") as file:
            file.write(message.get("body", b""))

    scope = {"type": "http", "method": method, "path": "/v1/sync", "query_string": b""}
    await app(scope, receive, send)


def rows(database: Path) -> int:
    engine = create_engine(f"sqlite:///{database}", module=pysqlite3.dbapi2)
    try:
        with engine.begin() as connection:
            connection.execute(text(OPEN))
            return int(connection.execute(text("SELECT count(*) FROM kept")).scalar_one())
    finally:
        engine.dispose()


def test_a_write_is_cut_before_and_at_the_commit_then_after_it(tmp_path: Path) -> None:
    database, log, heard = tmp_path / "p.sqlite", tmp_path / "cuts", tmp_path / "heard"
    kept = [rows(database)]
    statuses = []
    for _ in range(4):
        statuses.append(ask("POST", database=database, log=log, heard=heard))
        kept.append(rows(database))
    assert statuses == [CUT, CUT, CUT, 0]
    assert kept == [0, 0, 0, 1, 2]  # the third cut came after the commit: only a ledger prevents the second row
    assert [line.split()[0] for line in log.read_text().splitlines()] == ["before", "within", "after"]
    assert heard.read_bytes() == b"read"


def test_a_read_is_cut_with_half_its_answer(tmp_path: Path) -> None:
    database, log, heard = tmp_path / "p.sqlite", tmp_path / "cuts", tmp_path / "heard"
    statuses = [ask("GET", database=database, log=log, heard=heard) for _ in range(4)]
    assert statuses == [CUT, CUT, CUT, 0]
    assert heard.read_bytes() == b"re" + b"read"


def test_another_request_is_cut_by_itself(tmp_path: Path) -> None:
    cuts = Cuts(tmp_path / "cuts")
    first = cuts.next("POST", "/v1/sync", b"1")[0]
    second = cuts.next("POST", "/v1/sync", b"2")[0]
    again = cuts.next("POST", "/v1/sync", b"1")[0]
    assert [first, second, again] == ["before", "before", "within"]
