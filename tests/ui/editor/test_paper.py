"""`toasoan pdf`: the page of a file or an entry on paper, from a command line without a screen."""

import json
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pypdfium2
import pytest

import resources
from desktop.application.records import ListQuery
from desktop.cli import main
from desktop.domain.errors import PrintFailed
from desktop.editor.text.exports.printed import printed
from desktop.wiring import entry_as_pdf, nobody
from tests.support.seeded_desk import seeded
from tests.ui.editor.test_preview import PNG, SHA

SCHEMA = json.loads(resources.path("contract", "cli.json").read_text("utf-8"))["verbs"]["pdf"]


def texts(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def test_a_file_becomes_a_page_with_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "lich.md", tmp_path / "lich.pdf"
    lines = "\n\n".join(f"Đoạn {number}: bộ phận một cửa." for number in range(120))
    source.write_text(f"# Lịch tiếp công dân\n\n{lines}\n", "utf-8")
    assert main(["pdf", str(source), "-o", str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, SCHEMA)
    assert told == {"file": str(target), "size": target.stat().st_size}
    found = texts(target.read_bytes())
    assert len(found) > 2
    assert "Lịch tiếp công dân" in found[0]
    assert all(f"{number} / {len(found)}" in text for number, text in enumerate(found, 1))
    assert "Đoạn 119" in found[-1]


def test_the_page_of_an_entry_is_that_of_its_newest_text(tmp_path: Path) -> None:
    with contextmanager(seeded)(tmp_path / "home", "ctv.vanhoa", nobody) as given:
        row = given.desk.library.rows(ListQuery(box="drafts"))[0]
        fields = given.desk.drafting.open(row.entry_id).fields
        given.desk.drafting.save(row.entry_id, {**fields, "body": "Chữ vừa gõ, chưa gửi đi đâu."})
        (page,) = texts(entry_as_pdf(given.desk, row.entry_id))
    assert row.title.split()[0] in page
    assert "Chữ vừa gõ, chưa gửi đi đâu." in page


def test_pictures_are_printed() -> None:
    main_html = f'<main><p>Ảnh:</p><p><img src="/_blob/{SHA}" width="300" height="300" alt=""></p></main>'
    with_picture, without = (len(printed(main_html, {}, lang="vi", blobs=blobs)) for blobs in ({SHA: PNG}, {}))
    assert with_picture != without


def test_nothing_named_and_nowhere_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pdf", "-o", str(tmp_path / "a.pdf"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["rule"] == "print-what"


def test_an_engine_that_ends_without_a_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.editor.text.exports.printed._CHILD", "desktop.editor.text.no_such_module")
    with pytest.raises(PrintFailed):
        printed("<main></main>", {}, lang="vi", blobs={})
