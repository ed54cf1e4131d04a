"""A disk without room, here or at the portal, and a database that somebody else holds: nothing half, and on with it later."""

from collections.abc import Iterator
from contextlib import contextmanager

import pysqlite3.dbapi2
from sqlalchemy import Engine, event, select

from server_stub.store import tables as t
from tests.checker.cast import NEWS
from tests.checker.homes import SqlHome
from tests.scenarios.scene import Scene

SQLITE_BUSY = 5


@contextmanager
def no_room_left(engine: Engine, *, pages: int = 0) -> Iterator[None]:
    """The database may grow by `pages`, and no more."""
    with engine.connect() as connection:
        full = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + pages
        before = connection.exec_driver_sql("PRAGMA max_page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={full}")
    try:
        yield
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={before}")


def engine_of(scene: Scene, name: str) -> Engine:
    home = scene.clients[name].machine.home
    assert isinstance(home, SqlHome)
    return home.store._writer


def test_a_disk_that_fills_up_in_the_first_sync_keeps_whole_pages() -> None:
    """A later page of the feed finds no room: the earlier ones stand, and the next sync goes on behind them."""
    scene = Scene("ctv1", "phoban")
    written = [scene.article("ctv1", section=NEWS) for _ in range(40)]
    for entry_id in written:
        scene.freeze("ctv1", entry_id)
    assert scene.sync("ctv1") == "done"
    scene.lines["phoban"].page = 5
    with no_room_left(engine_of(scene, "phoban"), pages=4):
        assert scene.sync("phoban") == "storage"
    here = scene.listed("phoban")
    assert 0 < len(here) < len(written)
    assert len(here) % 5 == 0
    mine = scene.article("phoban")
    assert scene.sync("phoban") == "done"
    assert sorted(scene.listed("phoban")) == sorted([*written, mine])


def test_a_sync_that_meets_a_locked_database_is_done_again() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1")
    scene.give("ctv1", entry_id, "submit")
    engine, held = engine_of(scene, "ctv1"), [True]

    def locked(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if held and statement.startswith("INSERT INTO settled"):
            error = pysqlite3.dbapi2.OperationalError("database is locked")
            error.sqlite_errorcode = SQLITE_BUSY
            raise error

    event.listen(engine, "before_cursor_execute", locked)
    try:
        assert scene.sync("ctv1") == "storage"
        held.clear()
        assert len(scene.queued("ctv1", entry_id)) == 2
        assert scene.sync("ctv1") == "done"
    finally:
        event.remove(engine, "before_cursor_execute", locked)
    assert scene.queued("ctv1", entry_id) == []
    assert [row.name for row in scene.portal.rows(select(t.history.c.name))] == [None, "submit"]


def test_a_portal_whose_disk_is_full_says_so_and_keeps_nothing_half() -> None:
    scene = Scene("ctv1")
    entry_id = scene.article("ctv1", "chữ " * 20_000)
    scene.give("ctv1", entry_id, "submit")
    with no_room_left(scene.portal.place.database.engine):
        assert scene.sync("ctv1") == "storage-full"
    assert scene.portal.rows(select(t.entry)) == []
    assert scene.portal.rows(select(t.ledger)) == []
    assert len(scene.queued("ctv1", entry_id)) == 2
    assert scene.sync("ctv1") == "done"
    assert scene.phase("ctv1", entry_id) == "xac_thuc/waiting"
