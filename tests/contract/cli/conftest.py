"""Homes of members on one portal, worked at by the command line; every answer is checked against the contract."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import resources
from desktop.cli import main
from tests.support.live_portal import PASSWORD, LivePortal, live_portal
from tests.support.memory_keyring import MemoryKeyring

SCHEMAS = json.loads(resources.path("contract", "cli.json").read_text("utf-8"))
FIELDS = ("--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng", "--set", "body=Một đoạn.")


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LivePortal]:
    monkeypatch.setattr("desktop.sync.vault.SECURE_BACKENDS", {(MemoryKeyring.__module__, MemoryKeyring.__name__)})
    with live_portal(tmp_path) as running:
        yield running


class Home:
    """One home of a member and its command line; every answer is checked against the contract."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self.path, self._patch, self._captured = home, patch, captured

    def __call__(self, verb: str, *words: str, typed: str = "", exits: int = 0) -> dict[str, Any]:
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["--home", str(self.path), verb, *words, "--json"])
        out = self._captured.readouterr()
        assert code == exits, out
        answer: dict[str, Any] = json.loads(out.out)
        jsonschema.validate(answer, SCHEMAS["error"] if exits else SCHEMAS["verbs"][verb])
        return answer

    def article(self, title: str) -> str:
        return str(self("new", "article", "--set", f"title={title}", *FIELDS)["entry"])

    def refusal(self, folder: Path) -> str:
        return str(self("import", str(folder), exits=1)["error"]["rule"])


Opening = Callable[..., Home]


@pytest.fixture
def signed_in(
    tmp_path: Path, portal: LivePortal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Opening:
    def opened(name: str, *, member: str = "ctv.vanhoa", url: str = "") -> Home:
        home = Home(tmp_path / name, monkeypatch, capsys)
        home("sign-in", url or portal.url, member, "--password-stdin", typed=f"{PASSWORD}\n")
        return home

    return opened
