"""A file that the portal's scanner refuses: its author is told why, what names it waits, and nothing of it is public."""

import hashlib
from pathlib import Path

import pytest

from desktop.domain.errors import NotFound
from server_stub.app import create_app
from server_stub.serving import in_thread
from server_stub.settings import Settings, settings_for
from tests.contract.line.desks import desk
from tests.support.live_portal import QUICK, live_portal

REASON = "Macro-Word-97"


def scan(path: Path) -> str | None:
    return REASON if b"macro" in path.read_bytes() else None


@pytest.mark.parametrize("size", [5_000, 400_000])
def test_a_file_that_a_scanner_refuses_after_its_text_was_submitted_is_told_and_nothing_is_public(
    tmp_path: Path, size: int
) -> None:
    with live_portal(tmp_path) as installed:
        given = settings_for(installed.database)
    path = tmp_path / "mau-don.pdf"
    path.write_bytes(b"%PDF-1.7 macro" + bytes(size))
    watched = Settings(given.database, epoch_file=given.epoch_file, passwords=QUICK, scan=scan)
    with in_thread(create_app(watched)) as url, desk(tmp_path / "home", url) as seat:
        entry_id, other = seat.article(path), seat.article()
        for given_id in (entry_id, other):
            seat.stages.give(given_id, "submit")
        seat.sync_all()
        with seat.store.read() as work:
            assert [item.operation.name for item in work.queue.of(entry_id)] == ["submit"]
            assert work.queue.of(other) == []
        (notice,) = seat.cycle.status().notices
        assert (notice.rule.params["name"], notice.rule.params.get("reason")) == ("mau-don.pdf", REASON)
        assert len(seat.transfers.files()) == 1
        with pytest.raises(NotFound):
            seat.portal.fetch_blob(hashlib.sha256(path.read_bytes()).hexdigest())
