"""Files made to harm: a clear refusal, in bounded time and memory. Source: sync-protocol.md X1, X4–X7, X10."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import BadContent
from desktop.editor.text.images import cleaned
from desktop.editor.text.incoming.apart import import_apart
from desktop.editor.text.incoming.files import imported
from desktop.editor.text.incoming.pasted import from_html
from desktop.editor.text.render import MarkdownRenderer
from tests.support.word_files import WordFile, law


def repacked(change: Callable[[dict[str, bytes]], object], *, names: dict[str, str] | None = None) -> bytes:
    """A sound document with something changed."""
    with zipfile.ZipFile(io.BytesIO(law().data())) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr((names or {}).get(name, name), data)
    return made.getvalue()


def refusal(data: bytes, tmp_path: Path, name: str = "tep.docx") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadContent) as refused:
        imported(path, "prose", told=lambda _stage, _part: None)
    return refused.value.rule.code


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], object]:
    return lambda parts: parts.__setitem__(name, data)


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (repacked(put("word/media/zeros.bin", bytes(210 * 2**20))), "import-too-large"),
        (repacked(put("word/document.xml", ENTITIES)), "import-unsafe"),
        (repacked(put("word/document.xml", ENTITIES.decode().encode("utf-16"))), "import-unsafe"),
        (repacked(put("word/styles.xml", ENTITIES)), "import-unsafe"),
        (repacked(put("word/header1.xml", ENTITIES)), "import-unsafe"),
        (repacked(put("../../thoat.xml", b"x")), "import-unsafe"),
        (repacked(put("C:\\Windows\\x.xml", b"x")), "import-unsafe"),
        (repacked(put("/etc/passwd", b"x")), "import-unsafe"),
        (repacked(put("word/document.xml", b"<w:document")), "import-broken"),
        (repacked(lambda parts: parts.pop("word/document.xml")), "import-broken"),
        (repacked(lambda parts: [parts.update({f"x/{at}": b""}) for at in range(2_100)]), "import-too-large"),
        (law().data()[:-200], "import-broken"),
        (b"PK\x03\x04" + bytes(40), "import-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "import-locked"),
        (b"%PDF-1.7 nothing of the kind", "import-broken"),
        (b"\x7fELF" + bytes(500), "import-kind"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "import-picture-file"),
    ],
)  # fmt: skip
def test_refusals(data: bytes, code: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path) == code


def test_bytes_changed_at_random_never_fall_through(tmp_path: Path) -> None:
    sound = law().data()
    for _ in range(25):
        data = bytearray(sound)
        for _ in range(random.randrange(1, 30)):  # noqa: S311  another damage at every run
            data[random.randrange(len(data))] = random.randrange(256)  # noqa: S311
        path = tmp_path / "hong.docx"
        path.write_bytes(bytes(data))
        with suppress(BadContent):
            imported(path, "prose", told=lambda _stage, _part: None)


def test_macros_are_told_and_left(tmp_path: Path) -> None:
    path = tmp_path / "macro.docm"
    path.write_bytes(repacked(put("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")))
    made = imported(path, "legal", told=lambda _stage, _part: None)
    assert "import-macros" in {note.code for note in made.notes}
    assert made.markdown.startswith("Chương I")


def test_a_name_means_nothing(tmp_path: Path) -> None:
    path = tmp_path / "anh\u202efdp.exe"
    path.write_bytes(law().data())
    assert imported(path, "legal", told=lambda _stage, _part: None).markdown.startswith("Chương I")


def test_without_libreoffice_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOASOAN_SOFFICE", "/khong/co")
    assert refusal(rb"{\rtf1 x}", tmp_path, "thu.rtf") == "import-needs-office"


def test_the_process_apart_gives_the_same_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "luat.docx"
    path.write_bytes(law().data())
    stages: list[str] = []
    made = import_apart(path, "legal", told=lambda stage, _part: stages.append(stage))
    assert made == imported(path, "legal", told=lambda _stage, _part: None)
    assert stages == ["reading", "writing"]
    with pytest.raises(BadContent) as stopped:
        import_apart(path, "legal", cancelled=lambda: True)
    assert stopped.value.rule.code == "import-cancelled"


@pytest.mark.full
def test_a_table_of_five_hundred_pages_comes_or_is_refused_in_bounds(tmp_path: Path) -> None:
    word = WordFile()
    table = word.document.add_table(1, 4)
    row = table.rows[0]._tr
    for cell in table.rows[0].cells:
        cell.text = "ô của bảng dài"
    table._tbl.extend([deepcopy(row) for _ in range(20_000)])
    path = tmp_path / "bang.docx"
    path.write_bytes(word.data())
    try:
        assert import_apart(path, "prose").markdown.count("ô của bảng dài") == 80_004
    except BadContent as refused:
        assert refused.rule.code in {"import-too-large", "import-too-long"}  # noqa: PT017


ACTIVE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<base href=//evil>",
    "<meta http-equiv=refresh content='0;url=//evil'>", "<svg onload=alert(1)><script>1</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<iframe src='file:///etc/passwd'></iframe>", "<img src='//evil/x.png'><img src='file:////evil/share/a.png'>",
    "<form action=//evil><input autofocus onfocus=alert(1)></form>", "<a href='data:text/html,x'>d</a><a href='file:///c:/x'>f</a>",
)  # fmt: skip
_HARM = (
    "<script",
    "onerror",
    "onload",
    "onfocus",
    "javascript:",
    "file:",
    "//evil",
    "<iframe",
    "<svg",
    "<base",
    "<meta",
    "data:",
)


@pytest.mark.parametrize("html", ACTIVE)
def test_nothing_active_comes_in(html: str) -> None:
    made = from_html(f"<p>trước</p>{html}<p>sau</p>", "prose").markdown.lower()
    assert [word for word in _HARM if word in made] == []


@given(
    st.lists(
        st.sampled_from(
            [
                *ACTIVE,
                "<b>",
                "</b>",
                "<table><tr><td colspan=2>",
                "</table>",
                "<p style='mso-list:l0 level1'>",
                "<!--[if x]>",
                "<![endif]>",
                "&lt;script&gt;",
                "chữ",
                "<ul><li>",
            ]
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_nor_out_of_any_mixture_of_it(parts: list[str]) -> None:
    made = MarkdownRenderer().render(from_html("".join(parts), "prose").markdown, "prose").lower()
    assert [
        word
        for word in ("<script", "<iframe", "<svg", "<img", 'href="java', 'href="file', 'href="data')
        if word in made
    ] == []


def test_html_nested_beyond_sense_is_refused() -> None:
    with pytest.raises(BadContent) as refused:
        from_html("<div><b>" * 20_000 + "x", "prose")
    assert refused.value.rule.code == "import-broken"


@pytest.mark.parametrize("side", [8_000, 50_000])
def test_a_picture_bomb_is_refused_at_its_header(side: int) -> None:
    head = b"\x00\x00\x00\rIHDR" + side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    bomb = b"\x89PNG\r\n\x1a\n" + head + zlib.crc32(head[4:]).to_bytes(4, "big") + b"\x00\x00\x00\x0aIDAT" + bytes(14)
    with pytest.raises(BadContent) as refused:
        cleaned(bomb)
    assert refused.value.rule.code == "image-too-large"
