"""The administrator's command line: accounts, profile, demo; sentences for people, JSON for programs, exit codes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from server_stub.cli import main
from server_stub.core.record import faults
from server_stub.installing import install_profile
from server_stub.resources import DEMO, read_json
from server_stub.settings import settings_for
from server_stub.store import tables as t
from server_stub.store.engine import open_database

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on `p.db`: exit code, stdout, stderr."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--database", str(tmp_path / "p.db")])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    path = tmp_path / "p.db"
    settings = settings_for(path)
    database = open_database(settings.database, create=True)
    install_profile(database, read_json("profiles", "generic.json"), clock=settings.clock, ids=settings.ids)
    database.close()
    return path


def _members(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("user", "list", "--json")[1])["members"]
    return found


@pytest.mark.usefixtures("installed")
def test_an_account_is_added_changed_and_closed(run: Run) -> None:
    code, out, _ = run("user", "add", "btv.tin", "--label", "Biên tập viên Tin", "--role", "btv:tin-van-hoa,thong-bao")
    assert code == 0
    first = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", out)
    assert first is not None
    assert _members(run) == [
        {
            "username": "btv.tin", "label": {"vi": "Biên tập viên Tin", "en": "Biên tập viên Tin"}, "active": True,
            "roles": [{"role": "btv", "sections": ["tin-van-hoa", "thong-bao"]}], "must_change": True,
        }
    ]  # fmt: skip
    assert run("user", "roles", "btv.tin", "--role", "phoban")[0] == 0
    assert _members(run)[0]["roles"] == [{"role": "phoban", "sections": None}]
    again = run("user", "password", "btv.tin")[1]
    assert first[0] not in again
    assert run("user", "disable", "btv.tin")[0] == 0
    assert _members(run)[0]["active"] is False
    assert "đã khóa" in run("user", "list")[1]


def test_what_an_administrator_does_stands_in_the_record_and_in_the_feed(run: Run, installed: Path) -> None:
    run("user", "add", "a")
    run("user", "disable", "a")
    database = open_database(f"sqlite:///{installed}", create=False)
    with database.session() as session:
        bodies = [json.loads(row.body) for row in session.execute(select(t.record))]
        assert list(faults(session.connection())) == []
        assert [(row.kind, row.target) for row in session.execute(select(t.feed))] == [("board", "u-a")]
    database.close()
    assert [(body["type"], body["actor"], body["target"]) for body in bodies] == [
        ("account.add", "portal", "u-a"), ("account.disable", "portal", "u-a"),
    ]  # fmt: skip


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("user", "disable", "khong.co"), 1, "Không có tài khoản khong.co"),
        (("user", "add", "x", "--role", "vua"), 1, "Vai trò không hợp lệ"),
        (("user", "add", "x", "--role", "btv:khong-co"), 1, "unknown-section"),
        (("user", "add", "dấu"), 1, "tên chỉ gồm"),
        (("demo",), 1, "đã có"),
        (("profile", "install", "/khong/co.json"), 3, "Không dùng được"),
    ],
)
def test_refusals_say_why(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    found, out, err = run(*words)
    assert (found, out) == (code, "")
    assert said in err


@pytest.mark.usefixtures("installed")
def test_a_name_is_taken_once(run: Run) -> None:
    run("user", "add", "a")
    assert run("user", "add", "A")[::2] == (1, "Đã có tài khoản a.\n")


def test_without_a_database_there_is_nothing_to_list(run: Run) -> None:
    code, _, err = run("user", "list")
    assert code == 3
    assert "Không mở được cơ sở dữ liệu" in err


@pytest.mark.usefixtures("installed")
def test_a_profile_is_shown_and_another_takes_its_place(run: Run, tmp_path: Path) -> None:
    shown = json.loads(run("profile", "show")[1])
    assert shown == read_json("profiles", "generic.json")
    shown["rev"], shown["workflow"]["separation"] = 2, True
    (tmp_path / "new.json").write_text(json.dumps(shown), encoding="utf-8")
    assert run("profile", "install", str(tmp_path / "new.json"))[0] == 0
    assert json.loads(run("profile", "show")[1])["rev"] == 2


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("text", ["{", "[]", '{"a":1,"a":1}', "{}"])
def test_a_file_that_is_no_profile_changes_nothing(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    code, _, err = run("profile", "install", str(tmp_path / "bad.json"))
    assert code == 1
    assert err.startswith("Không thực hiện được")
    assert json.loads(run("profile", "show")[1])["rev"] == 1


def test_the_demo_is_loaded_with_its_history_and_prints_each_password_once(run: Run, tmp_path: Path) -> None:
    story = [json.loads(path.read_bytes()) for path in sorted(DEMO.glob("*.json"))]
    code, out, _ = run("demo", "--json")
    accounts = json.loads(out)["accounts"]
    assert code == 0
    assert [a["username"] for a in accounts] == [m["username"] for part in story for m in part["members"]]
    assert len({a["password"] for a in accounts}) == len(accounts)
    ops = [op for part in story for item in part["requests"] for op in item["request"]["ops"]]
    database = open_database(f"sqlite:///{tmp_path / 'p.db'}", create=False)
    with database.session() as session:
        assert len(session.execute(select(t.ledger)).all()) == len(ops)
        assert list(faults(session.connection())) == []
        published = {row.published[:19] for row in session.execute(select(t.publication))}
    database.close()
    assert len(published) > 3
    assert published <= {op["client_time"][:19] for op in ops}


def test_a_story_that_does_not_fit_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "story"
    folder.mkdir()
    for path in sorted(DEMO.glob("*.json"))[:2]:
        text = path.read_text(encoding="utf-8").replace('"auto": false', '"auto": false, "render_rev_": 1')
        (folder / path.name).write_text(text.replace("<p>", "<p onclick='x'>"), encoding="utf-8")
    code, _, err = run("demo", "--from", str(folder))
    assert code == 1
    assert "request 0 as" in err
