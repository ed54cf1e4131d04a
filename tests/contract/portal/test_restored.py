"""A database put back from a backup, or copied and gone its own way: noticed at start, in service, and by a reader."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pysqlite3.dbapi2
import pytest

from server_stub.core.epoch import noted_in
from server_stub.installing import ensure_installed
from server_stub.portal import Portal
from server_stub.settings import settings_for
from server_stub.store import tables as t
from tests.contract.portal.served import open_wire, served
from tests.contract.portal.wire import Wire
from tests.support.log_guard import ExpectLog
from tests.unit.server_stub.house import article

Restoring = Callable[[], AbstractContextManager[None]]
WRITER, OTHER = "ctv.vanhoa", "ctv.kinhte"


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """In service; the side file is what the portal itself keeps."""
    wire = open_wire(tmp_path / "p.epoch")
    with served(wire):
        wire.draft(WRITER)
        yield wire


def _copy(source: Path, target: Path) -> None:
    """As an administrator does it: SQLite's own backup, into a file that may be open."""
    with pysqlite3.dbapi2.connect(str(source)) as there, pysqlite3.dbapi2.connect(str(target)) as here:
        there.backup(here)
    there.close()
    here.close()


def _database(wire: Wire) -> Path:
    return wire.side_file.with_suffix(".db")


def _sent(wire: Wire, who: str, *ops: dict[str, object], cursor: str | None = None) -> str:
    """`200`, or the code of the problem; the cursor is the member's own unless one is given."""
    request = wire.request(who, *ops) if cursor is None else wire.request(who, *ops, cursor=cursor)
    return wire.ask("POST", "/v1/sync", request, who=who).code or "200"


@pytest.fixture
def restoring(wire: Wire, tmp_path: Path, expect_log: ExpectLog) -> Restoring:
    """A block whose doings are lost when it ends: the file goes back, the writer is told of the new epoch."""

    @contextmanager
    def block() -> Iterator[None]:
        _copy(_database(wire), tmp_path / "backup.db")
        yield
        _copy(tmp_path / "backup.db", _database(wire))
        expect_log("went back in time", level=logging.WARNING, logger="server_stub.portal")
        assert _sent(wire, WRITER) == "epoch-changed"
        wire.epoch = wire.ask("GET", "/v1/capabilities").json["epoch"]

    return block


def test_in_service_nothing_of_the_old_epoch_is_read_once_the_file_is_older(
    wire: Wire, tmp_path: Path, expect_log: ExpectLog
) -> None:
    early = wire.sync(OTHER)["next_cursor"]
    _copy(_database(wire), tmp_path / "backup.db")
    wire.draft(WRITER)
    _copy(tmp_path / "backup.db", _database(wire))
    expect_log("went back in time", level=logging.WARNING, logger="server_stub.portal")
    late = wire.put(wire.id(), article())
    # Even a reader who was never told of what is gone: the portal itself knows that it had gone further.
    assert _sent(wire, OTHER, late, cursor=early) == "epoch-changed"
    assert [row.entry_id for row in wire.rows(t.revision)].count(late["entry_id"]) == 0
    now = wire.ask("GET", "/v1/capabilities").json["epoch"]
    assert now != wire.epoch
    for _ in range(2):
        answer = wire.ask("POST", "/v1/sync", wire.request(WRITER, late), who=WRITER)
        assert (answer.status, answer.code, answer.json["epoch"]) == (409, "epoch-changed", now)
    wire.epoch = now
    assert _sent(wire, WRITER, late) == "200"


def test_at_start_a_file_and_its_side_file_put_back_together_are_noticed_by_their_readers(
    tmp_path: Path, expect_log: ExpectLog
) -> None:
    """A copy of the whole folder: both files agree, and numbers have been given out anew. The record tells."""
    wire, saved = open_wire(tmp_path / "p.epoch"), tmp_path / "saved"
    with served(wire):
        wire.draft(WRITER)
    shutil.copytree(tmp_path, saved)
    with served(wire):
        wire.sync(WRITER, wire.put(wire.id(), article()))
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)
    with served(wire):  # a warning would fail the test: nothing is noticed yet
        wire.cursors[OTHER] = wire.sync(OTHER, cursor=None)["next_cursor"]
        for _ in range(3):
            wire.draft(OTHER, article(section="tin-kinh-te"))
        assert wire.rows(t.portal)[0].epoch == wire.epoch
        expect_log("went back in time", level=logging.WARNING, logger="server_stub.portal")
        request = wire.request(WRITER, wire.put(wire.id(), article()))
        answer = wire.ask("POST", "/v1/sync", request, who=WRITER)
        assert (answer.status, answer.code) == (409, "epoch-changed")
        assert answer.json["epoch"] == wire.rows(t.portal)[0].epoch != wire.epoch
        assert _sent(wire, OTHER) == "epoch-changed"


def test_at_start_an_older_file_is_noticed_by_the_side_file(tmp_path: Path, expect_log: ExpectLog) -> None:
    wire = open_wire(tmp_path / "p.epoch")
    with served(wire):
        wire.draft(WRITER)
        _copy(_database(wire), tmp_path / "backup.db")
        wire.draft(WRITER)
    for suffix in ("-wal", "-shm"):
        Path(f"{_database(wire)}{suffix}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", _database(wire))
    expect_log("older than its side file", level=logging.WARNING, logger="server_stub.portal")
    with served(wire):
        assert _sent(wire, WRITER) == "epoch-changed"


@pytest.mark.parametrize("ended", [True, False])
def test_a_side_file_that_could_not_be_written_since_begins_no_second_epoch(
    wire: Wire, tmp_path: Path, restoring: Restoring, expect_log: ExpectLog, *, ended: bool
) -> None:
    """The disk is full: the file goes on naming the epoch that ended, or one that the backup never had."""
    expect_log("side file cannot be written", level=logging.ERROR, logger="server_stub.portal")
    in_the_way = wire.side_file.with_name(f"{wire.side_file.name}.{os.getpid()}.new")
    _copy(_database(wire), tmp_path / "early.db")
    with restoring():
        wire.draft(WRITER)
        if ended:
            in_the_way.mkdir()
    if not ended:
        in_the_way.mkdir()
        _copy(tmp_path / "early.db", _database(wire))
        assert _sent(wire, WRITER) == "epoch-changed"
        wire.epoch = wire.rows(t.portal)[0].epoch
    assert [_sent(wire, WRITER, wire.put(wire.id(), article())) for _ in range(2)] == ["200", "200"]
    with served(wire):  # the same at start
        assert _sent(wire, WRITER) == "200"
        in_the_way.rmdir()
        assert _sent(wire, WRITER) == "200"
    noted = noted_in(wire.side_file)
    assert noted is not None
    assert noted.epoch == wire.epoch


def test_a_backup_of_before_an_epoch_ended_is_still_noticed(wire: Wire, tmp_path: Path, restoring: Restoring) -> None:
    _copy(_database(wire), tmp_path / "early.db")
    first = wire.epoch
    wire.draft(WRITER)
    with restoring():
        wire.draft(WRITER)
    second = wire.epoch
    _copy(tmp_path / "early.db", _database(wire))
    assert wire.rows(t.portal)[0].epoch == first
    assert _sent(wire, OTHER) == "epoch-changed"
    assert wire.rows(t.portal)[0].epoch not in (first, second)


def test_what_is_known_is_told_to_those_who_may_see_it_and_what_is_not_is_taken_again(
    wire: Wire, restoring: Restoring
) -> None:
    entry_id, first = wire.draft(WRITER)
    second = wire.put(entry_id, article("Sửa lần hai"), base=first)
    third = wire.put(entry_id, article("Sửa lần ba"), base=second["rid"])
    new = wire.put(wire.id(), article("Bài mới"))
    with restoring():
        wire.sync(WRITER, second, third, new)

    asked = {"rids": [first, second["rid"], third["rid"], new["rid"]]}
    assert wire.ask("POST", "/v1/history/check", asked, who=WRITER).json["known"] == [first]
    assert wire.ask("POST", "/v1/history/check", asked, who=OTHER).json["known"] == []

    reply = wire.sync(WRITER, second, third, new)
    assert [(r["outcome"], r["replay"], r["rid"]) for r in reply["results"]] == [
        ("applied", False, op["rid"]) for op in (second, third, new)
    ]
    heads = {row.id: row.head_rid for row in wire.rows(t.entry)}
    assert (heads[entry_id], heads[new["entry_id"]]) == (third["rid"], new["rid"])
    again = wire.sync(WRITER, second, third, new)["results"]
    assert all(result["replay"] for result in again)
    assert wire.ask("POST", "/v1/history/check", asked, who=WRITER).json["known"] == sorted(asked["rids"])


def test_a_text_whose_beginning_is_lost_too_is_gone_until_that_comes_back(wire: Wire, restoring: Restoring) -> None:
    root = wire.put(wire.id(), article())
    follower = wire.put(root["entry_id"], article("Sửa"), base=root["rid"])
    with restoring():
        wire.sync(WRITER, root, follower)
    assert wire.outcome(OTHER, wire.put(root["entry_id"], article("Sửa"), base=root["rid"])) == ("gone", "gone")
    assert [result["outcome"] for result in wire.sync(WRITER, root, follower)["results"]] == ["applied", "applied"]


def test_a_side_file_left_by_an_earlier_portal_says_nothing_of_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    settings = settings_for(path)
    assert settings.epoch_file is not None
    settings.epoch_file.write_text('{"epoch": "01930000-0000-7000-8000-00000000ffff", "seq": 99}')
    portal = Portal(settings)
    assert ensure_installed(portal)
    noted = noted_in(settings.epoch_file)
    assert noted is not None
    assert noted.epoch == portal.capabilities()["epoch"]
    portal.close()
