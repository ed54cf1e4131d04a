"""Verbs that need no home: what they print has the schema of the contract, what they refuse is told."""

import json
from pathlib import Path

import jsonschema
import pytest

import resources
from desktop.cli import main
from desktop.domain.digest import Json
from tests.support.old_bytes import encoded
from tests.support.word_files import law

VERBS = json.loads(resources.path("contract", "cli.json").read_text("utf-8"))["verbs"]


def printed(capsys: pytest.CaptureFixture[str], verb: str, *words: str, exits: int = 0) -> dict[str, Json]:
    assert main([verb, *words, "--json"]) == exits
    told: dict[str, Json] = json.loads(capsys.readouterr().out)
    if not exits:
        jsonschema.validate(told, VERBS[verb])
    return told


def test_old_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_bytes(encoded("Báo cáo tài chính\n", "tcvn3"))
    told = printed(capsys, "text", str(path))
    assert told["text"] == "Báo cáo tài chính\n"
    assert told["detected"] == [
        {"charset": "tcvn3", "by": "content", "start": 0, "end": 17, "doubtful": False, "was": ""}
    ]


def test_what_a_program_showed_of_old_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Th«ng t\u00ad cña Thñ t\u00adíng\nHello", "utf-8")
    assert printed(capsys, "text", str(path))["text"] == "Thông tư của Thủ tướng\nHello"


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "text", "/khong/co.txt", exits=1)
    assert isinstance(told["error"], dict)
    assert told["error"]["rule"] == "file-unreadable"


def test_a_word_file_as_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "luat.docx"
    path.write_bytes(law().data())
    told = printed(capsys, "import", str(path), "--pictures", str(tmp_path / "anh"))
    assert str(told["markdown"]).startswith("Chương I QUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh")
    assert main(["import", str(path)]) == 0
    assert capsys.readouterr().out.startswith("Chương I QUY ĐỊNH CHUNG")


def test_a_picture_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "anh.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    told = printed(capsys, "import", str(path), exits=1)
    assert isinstance(told["error"], dict)
    assert told["error"]["rule"] == "import-picture-file"
