"""Attachments: by digest, and only through a readable entry."""

import hashlib
from typing import Any

from tests.contract.portal.wire import Wire
from tests.unit.server_stub.house import article

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _send(wire: Wire, data: bytes, who: str = "ctv.vanhoa", sha256: str | None = None) -> Any:  # noqa: ANN401
    return wire.ask("PUT", f"/v1/blobs/{sha256 or _sha(data)}", data=data, who=who)


def _check(wire: Wire, data: bytes, who: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = wire.ask(
        "POST", "/v1/blobs/check", [{"sha256": _sha(data), "size": len(data)}], who=who
    ).json
    return found


def _with(data: bytes) -> dict[str, Any]:
    return {
        **article(),
        "attachments": [{"sha256": _sha(data), "size": len(data), "name": "a.png", "alt": "", "role": "image"}],
    }


def test_a_blob_is_sent_once_and_read_back(wire: Wire) -> None:
    data = PNG + b"1"
    assert _check(wire, data, "ctv.vanhoa") == {"have": [], "need": [_sha(data)]}
    assert [_send(wire, data).status for _ in range(2)] == [201, 200]
    assert _check(wire, data, "ctv.vanhoa") == {"have": [_sha(data)], "need": []}
    answer = wire.ask("GET", f"/v1/blobs/{_sha(data)}", who="ctv.vanhoa")
    assert (answer.data, answer.headers["content-type"]) == (data, "image/png")


def test_bytes_with_another_digest_are_refused(wire: Wire) -> None:
    answer = _send(wire, b"some bytes", sha256="0" * 64)
    assert (answer.status, answer.code) == (422, "checksum-mismatch")
    assert _send(wire, b"x", sha256="khong-phai").code == "not-found"


def test_a_digest_alone_is_no_key(wire: Wire) -> None:
    data = PNG + b"2"
    _send(wire, data)
    wire.draft(content=_with(data))
    assert wire.ask("GET", f"/v1/blobs/{_sha(data)}", who="ctv.kinhte").code == "not-found"
    assert _check(wire, data, "ctv.kinhte")["need"] == [_sha(data)]
    assert wire.ask("GET", f"/v1/blobs/{_sha(data)}", who="phoban1").data == data
    assert wire.ask("GET", f"/v1/blobs/{'a' * 64}", who="phoban1").code == "not-found"


def test_naming_anothers_blob_in_ones_own_entry_opens_nothing_that_was_not_sent(wire: Wire) -> None:
    data = PNG + b"3"
    _send(wire, data)
    wire.draft("ctv.kinhte", {**_with(data), "fields": {"title": "Mượn tệp", "section": "tin-kinh-te"}, "html": {}})
    assert wire.ask("GET", f"/v1/blobs/{_sha(data)}", who="ctv.kinhte").code == "not-found"


def test_the_public_reads_a_blob_only_while_its_page_stands(wire: Wire) -> None:
    data = PNG + b"4"
    entry_id, rid = wire.draft(content=_with(data))
    submit = wire.command("submit", entry_id, ver=0, on_rid=rid)
    assert wire.outcome("ctv.vanhoa", submit) == ("missing_blob", "blob-missing")
    _send(wire, data)
    assert wire.ask("GET", f"/_blob/{_sha(data)}").status == 404
    assert wire.outcome("ctv.vanhoa", submit) == ("applied", None)
    for who, step, ver in (("phoban1", "xac_thuc", 1), ("truongban", "dang_tai", 2)):
        wire.do(who, wire.command("approve", entry_id, ver=ver, on_rid=rid, step=step))
    assert wire.ask("GET", f"/_blob/{_sha(data)}").data == data
    wire.do("truongban", wire.command("unpublish", entry_id, ver=3, on_rid=rid, reason="Sai"))
    assert wire.ask("GET", f"/_blob/{_sha(data)}").status == 404


def test_a_copy_waits_only_until_the_file_of_its_source_is_there(wire: Wire) -> None:
    """Who copied a text before its file had come up has nothing to send: that they may read it later is enough."""
    data = PNG + b"5"
    wire.draft(content=_with(data))
    entry_id, rid = wire.draft("phoban1", _with(data))
    submit = wire.command("submit", entry_id, ver=0, on_rid=rid)
    assert wire.outcome("phoban1", submit) == ("missing_blob", "blob-missing")
    _send(wire, data)
    assert wire.outcome("phoban1", submit) == ("applied", None)
