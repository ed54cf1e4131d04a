"""The portal moves from SQLite to PostgreSQL between two syncs, one of them half done: its clients notice nothing."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.cli import main
from server_stub.cli import main as portal_main
from server_stub.core.problems import Problem
from server_stub.core.record import faults
from server_stub.portal import Portal
from server_stub.store import tables as t
from tests.support.live_portal import PASSWORD, live_portal
from tests.support.memory_keyring import MemoryKeyring
from tests.support.portal_process import free_port
from tests.support.postgres import bare_database


class Home:
    """One member's home and its command line."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self._home, self._patch, self._captured = home, patch, captured

    def __call__(self, *words: str, typed: str = "") -> dict[str, Any]:
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        main(["--home", str(self._home), *words, "--json"])
        answer: dict[str, Any] = json.loads(self._captured.readouterr().out)
        return answer

    def submitted(self, title: str) -> str:
        fields = ("--set", f"title={title}", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
        body = self._home.with_name("body.md")
        body.write_text("Một hai ba.", encoding="utf-8")
        entry = str(self("new", "article", *fields, "--file", f"body={body}")["entry"])
        assert "error" not in self("submit", entry)
        return entry


def _lose_the_next_answer(portal: Portal) -> None:
    """The portal carries one sync out, and nobody hears of it."""
    carry_out = portal.sync

    def sync(*asked: Any) -> dict[str, Any]:  # noqa: ANN401
        portal.__dict__.pop("sync")
        carry_out(*asked)
        raise Problem("maintenance", "the line broke")

    portal.__dict__["sync"] = sync


def _count(portal: Portal, table: Any) -> int:  # noqa: ANN401
    with portal.database.session() as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_home_goes_on_with_the_moved_portal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("desktop.sync.vault.SECURE_BACKENDS", {(MemoryKeyring.__module__, MemoryKeyring.__name__)})
    port, url, home = free_port(), bare_database(), Home(tmp_path / "home", monkeypatch, capsys)
    with live_portal(tmp_path, port=port) as old:
        home("sign-in", old.url, "btv.tin", "--password-stdin", typed=f"{PASSWORD}\n")
        home.submitted("Trước khi chuyển")
        assert home("sync")["sent"] == 2
        home.submitted("Gửi dở")
        _lose_the_next_answer(old.portal)
        assert "error" in home("sync")
        counts = {table.name: _count(old.portal, table) for table in t.metadata.sorted_tables}
        before = old.portal.capabilities()
    home.submitted("Viết khi cổng tắt")

    moved = ["migrate", str(old.database), url, "--data", str(tmp_path / "data")]
    assert portal_main(moved) == 0
    assert portal_main(moved) == 1  # the target is not empty any more
    capsys.readouterr()

    with live_portal(tmp_path, port=port, url=url) as new:
        assert new.portal.capabilities() == before
        assert {table.name: _count(new.portal, table) for table in t.metadata.sorted_tables} == counts
        report = home("sync")
        assert (report["waiting"], report["cards"]) == (0, 0)
        assert home("notices")["notices"] == []
        assert _count(new.portal, t.entry) == 3
        assert _count(new.portal, t.ledger) == 6
        home.submitted("Sau khi chuyển")
        assert home("sync")["sent"] == 2
        with new.portal.database.session() as session:
            assert list(faults(session.connection())) == []
