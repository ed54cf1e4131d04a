"""Several devices send at the same moment: each is answered, and the side file says where the database is."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

from server_stub.store import tables as t
from tests.contract.portal.served import open_wire, served
from tests.contract.portal.wire import Wire
from tests.support.log_guard import ExpectLog
from tests.unit.server_stub.house import article

TOGETHER = 2
PATIENCE = 0.5  # seconds a file waits for another writer to come to the same point


class _Meeting(type(Path())):  # type: ignore[misc]  # the concrete class is chosen when Python starts
    """A file whose writers, where several may be at it at once, all stand between writing and putting in place."""

    meeting = Barrier(TOGETHER)

    def replace(self, target: Any) -> Any:  # noqa: ANN401
        with suppress(BrokenBarrierError):
            self.meeting.wait(PATIENCE)
        return super().replace(target)


def _put(wire: Wire, _number: int) -> tuple[int, str]:
    request = wire.request("ctv.vanhoa", wire.put(wire.id(), article()), cursor=None, limit=1)
    answer = wire.ask("POST", "/v1/sync", request, who="ctv.vanhoa")
    return answer.status, answer.json["results"][0]["outcome"]


def test_every_device_is_told_what_was_committed_for_it(tmp_path: Path) -> None:
    wire = open_wire(_Meeting(tmp_path / "p.epoch"))
    with served(wire):
        wire.token("ctv.vanhoa")
        with ThreadPoolExecutor(TOGETHER) as pool:
            found = list(pool.map(lambda number: _put(wire, number), range(TOGETHER)))
        row = wire.rows(t.portal)[0]
    assert found == [(200, "applied")] * TOGETHER
    assert json.loads(wire.side_file.read_text()) == {"epoch": row.epoch, "seq": row.seq}
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_a_side_file_that_cannot_be_written_makes_no_failure_of_what_was_done(
    tmp_path: Path, expect_log: ExpectLog
) -> None:
    wire = open_wire(tmp_path / "p.epoch")
    with served(wire):
        wire.side_file.mkdir()  # nothing can be put in its place
        expect_log("side file cannot be written", level=logging.ERROR, logger="server_stub.portal")
        assert _put(wire, 0) == (200, "applied")
    with served(wire):  # nor of a start
        assert _put(wire, 0) == (200, "applied")
