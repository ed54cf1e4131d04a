"""A kept text that the disk has changed: told where it is looked for, and nothing else of the home is taken for damaged."""

from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2
import pytest

from desktop.domain.errors import FileChanged
from desktop.domain.ids import EntryId
from desktop.domain.revision import Content
from desktop.store import open_or_recover, open_store
from desktop.store.opening import DATABASE
from tests.support.offices import CountedClock

KEPT = Content("article", "vi", {"body": "một"}, {}, ())


def test_a_kept_text_that_has_changed_is_told_and_recovers_nothing(tmp_path: Path) -> None:
    home, entry_id = tmp_path / "home", EntryId("e-1")
    with closing(open_store(home, clock=CountedClock())) as store, store.write() as work:
        work.past.keep(entry_id, KEPT, at="", portal_time="")
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE))) as database, database:
        database.execute("UPDATE past_text SET body = x'00'")
    for _ in range(2):
        with closing(open_or_recover(home, clock=CountedClock())) as store, store.read() as work:
            (text,) = work.past.of(entry_id)
            with pytest.raises(FileChanged):
                work.past.text(text.no)
    assert list(home.glob("toasoan-damaged-*")) == []
