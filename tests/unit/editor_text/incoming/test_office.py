"""A regulation as PDF and as ODT, made by LibreOffice, comes back as it was written."""

import shutil
import subprocess
from pathlib import Path

import resources
from desktop.domain.text import tidy_text
from desktop.editor.text.incoming.files import imported
from desktop.editor.text.incoming.plain import from_text
from tests.support.word_files import WordFile

NEARLY_ALL = 0.93


def regulation() -> list[str]:
    """The paragraphs of one regulation from its first article on, letterhead and signature aside."""
    text = from_text(tidy_text(resources.path("texts", "003.txt").read_text("utf-8")), "legal")
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    start = next(at for at, line in enumerate(lines) if line.startswith("Điều 1."))
    return lines[start : start + 90]


def made_by_libreoffice(folder: Path, *endings: str) -> None:
    word = WordFile()
    word.document.sections[0].header.paragraphs[0].text = "CÔNG BÁO/Số 12/Ngày 01-01-2020"
    word.document.sections[0].footer.paragraphs[0].text = "Văn phòng UBND tỉnh"
    for line in regulation():
        word.line(line)
    source = folder / "quy-che.docx"
    source.write_bytes(word.data())
    soffice = shutil.which("soffice")
    assert soffice, "requirements/debian.txt lists LibreOffice"
    for ending in endings:
        subprocess.run(
            [soffice, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", ending,
             "--outdir", str(folder), str(source)],
            check=True, capture_output=True,
        )  # fmt: skip


def test_a_regulation_comes_back_from_pdf_and_odt(tmp_path: Path) -> None:
    made_by_libreoffice(tmp_path, "pdf", "odt")
    stages: list[str] = []
    pdf = imported(tmp_path / "quy-che.pdf", "legal", told=lambda stage, _part: stages.append(stage))
    wanted = regulation()
    found = set(pdf.markdown.split("\n"))
    assert sum(line in found for line in wanted) >= NEARLY_ALL * len(wanted)
    assert "CÔNG BÁO" not in pdf.markdown
    assert "Văn phòng UBND tỉnh\n" not in pdf.markdown
    assert stages.count("page") >= 3

    odt = imported(tmp_path / "quy-che.odt", "legal", told=lambda stage, _part: stages.append(stage))
    assert [line for line in odt.markdown.split("\n") if line] == wanted
    assert "office" in stages
