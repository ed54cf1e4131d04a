"""What a public file is served as."""

import pytest

from server_stub.core.file_types import OPAQUE, media_type
from server_stub.site.blobs import PublicFile

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "kind", "how"),
    [
        (b"\x89PNG\r\n\x1a\n..", "image/png", "inline"),
        (b"\xff\xd8\xff\xe0..", "image/jpeg", "inline"),
        (b"GIF89a..", "image/gif", "inline"),
        (b"RIFF....WEBPVP8 ", "image/webp", "inline"),
        (b"RIFF....WAVEfmt ", "audio/wav", "attachment"),
        (b"%PDF-1.7", "application/pdf", "attachment"),
        (SVG, OPAQUE, "attachment"),
        (b"<!DOCTYPE html><script>", OPAQUE, "attachment"),
        (b"PK\x03\x04", "application/zip", "attachment"),
        (b"", "text/plain", "attachment"),
    ],
)
def test_the_bytes_say_what_a_file_is_and_only_pictures_are_shown(data: bytes, kind: str, how: str) -> None:
    file = PublicFile("x.png", len(data), media_type(data))
    assert file.media_type == kind
    assert file.disposition.startswith(f"{how}; ")


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Báo cáo quý 3.docx", "bao-cao-quy-3.docx"), ('a"\r\nX: y.pdf', "a-x-y.pdf"), ("日本", "tep"), (".x", "tep.x")],
)
def test_a_name_cannot_leave_its_header(name: str, plain: str) -> None:
    disposition = PublicFile(name, 0, OPAQUE).disposition
    assert f'filename="{plain}"' in disposition
    assert disposition.isascii()
    assert disposition.isprintable()
    assert disposition.count('"') == 2
