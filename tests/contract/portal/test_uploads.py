"""Resumable uploads as docs/wire.md has them: offsets, checksums, keys, turns, refusals, and whose they are."""

import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.contract.portal.uploads import BYTES, PNG, Sender, checksum, metadata, sha
from tests.contract.portal.wire import Wire
from tests.support.poll import until


@pytest.fixture
def sender(wire: Wire) -> Sender:
    return Sender(wire)


def test_a_file_comes_in_pieces_and_is_the_senders(sender: Sender) -> None:
    data = PNG + b"pieces" * 1000
    address = sender.address(data)
    assert sender.offset(address) == 0
    for at in range(0, len(data), 2000):
        answer = sender.patch(address, data[at : at + 2000], at, Upload_Checksum=checksum(data[at : at + 2000]))
        assert answer.word == "204"
        assert int(answer.headers["upload-offset"]) == min(at + 2000, len(data))
    ended = sender.ended(address)
    assert (ended["state"], ended["sha256"], ended["offset"], ended["rule"]) == ("ready", sha(data), len(data), None)
    assert sender.offset(address) == len(data)
    assert sender.patch(address, b"", len(data)).word == "204"
    got = sender.ask("GET", f"/v1/blobs/{sha(data)}")
    assert (got.data, got.headers["content-type"]) == (data, "image/png")


def test_a_portal_says_what_of_tus_it_speaks(wire: Wire, sender: Sender) -> None:
    told = wire.ask("OPTIONS", "/v1/uploads").headers
    assert told["tus-version"] == "1.0.0"
    assert set(told["tus-extension"].split(",")) == {
        "creation", "creation-with-upload", "checksum", "expiration", "termination",
    }  # fmt: skip
    limits = wire.ask("GET", "/v1/capabilities").json["limits"]
    assert int(told["tus-max-size"]) == limits["file_bytes"]
    refused = sender.begin(PNG, Tus_Resumable="0.2.2")
    assert (refused.word, refused.headers["tus-version"]) == ("412 tus-version", "1.0.0")


def test_the_body_of_the_first_request_may_be_the_first_part(sender: Sender) -> None:
    data = PNG + b"first part"
    said = {"Upload_Length": str(len(data)), "Upload_Metadata": metadata(filename="a.png"), "Content_Type": BYTES}
    answer = sender.ask("POST", "/v1/uploads", data[:9], **said)
    assert (answer.word, answer.headers["upload-offset"]) == ("201", "9")
    assert sender.patch(answer.headers["location"], data[9:], 9).word == "204"
    assert sender.ended(answer.headers["location"])["sha256"] == sha(data)


def test_a_wrong_offset_is_told_the_right_one_and_writes_nothing(sender: Sender) -> None:
    data = PNG + b"offset"
    address = sender.address(data)
    sender.patch(address, data[:5])
    for at in (0, 4, 6, len(data)):
        answer = sender.patch(address, b"xx", at)
        assert (answer.word, answer.headers["upload-offset"]) == ("409 upload-offset-mismatch", "5")
    assert sender.offset(address) == 5


@pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
def test_a_part_that_was_changed_on_the_way_is_not_kept(sender: Sender, algorithm: str) -> None:
    data = PNG + algorithm.encode()
    address = sender.address(data)
    sender.patch(address, data[:4])
    wrong = sender.patch(address, data[4:8], 4, Upload_Checksum=checksum(b"else", algorithm))
    assert wrong.word == "460 checksum-mismatch"
    assert sender.offset(address) == 4
    assert sender.patch(address, data[4:], 4, Upload_Checksum=checksum(data[4:], algorithm)).word == "204"
    assert sender.ended(address)["state"] == "ready"


@pytest.mark.parametrize("given", ["md5 AAAA", "sha256 AAAA", "sha256", "sha256 ?"])
def test_a_checksum_that_is_none_is_refused(sender: Sender, given: str) -> None:
    address = sender.address(PNG + given.encode())
    assert sender.patch(address, b"x", Upload_Checksum=given).word == "400 invalid-request"


def test_more_than_was_promised_is_refused_and_not_kept(sender: Sender) -> None:
    address = sender.address(PNG)
    sender.patch(address, PNG[:3])
    assert sender.patch(address, PNG, 3).word == "413 too-large"
    assert sender.offset(address) == 3


def test_a_lost_answer_costs_nothing_with_a_key(sender: Sender, wire: Wire) -> None:
    data = PNG + b"key"
    address = sender.address(data, Idempotency_Key="d-1")
    sender.patch(address, data[:6])
    assert sender.address(data, Idempotency_Key="d-1") == address
    assert sender.begin(data + b"!", Idempotency_Key="d-1").word == "422 invalid-request"
    assert Sender(wire, "ctv.kinhte").address(data, Idempotency_Key="d-1") != address
    assert sender.ask("DELETE", address).word == "204"
    assert sender.address(data, Idempotency_Key="d-1") != address


def test_what_was_given_up_is_gone(sender: Sender) -> None:
    data = PNG + b"given up"
    address = sender.address(data)
    sender.patch(address, data[:6])
    assert sender.ask("DELETE", address).word == "204"
    assert [sender.ask(method, address).status for method in ("HEAD", "GET", "DELETE")] == [404] * 3
    assert sender.patch(address, data[6:], 6).word == "404 not-found"


def test_an_upload_is_nobody_elses(sender: Sender, wire: Wire) -> None:
    data = PNG + b"mine"
    address, other = sender.address(data), Sender(wire, "truongban")
    for method in ("HEAD", "GET", "DELETE"):
        assert other.ask(method, address).status == 404
    assert other.patch(address, data).word == "404 not-found"
    assert sender.send(data)["state"] == "ready"
    assert other.ask("GET", f"/v1/blobs/{sha(data)}").word == "404 not-found"


def test_who_names_a_digest_without_having_the_bytes_gets_nothing(sender: Sender, wire: Wire) -> None:
    data = PNG + b"secret"
    sender.send(data)
    thief = Sender(wire, "ctv.kinhte")
    said = {"Upload_Length": str(len(data)), "Upload_Metadata": metadata(sha256=sha(data))}
    address = thief.ask("POST", "/v1/uploads", None, **said).headers["location"]
    thief.patch(address, bytes(len(data)))
    assert thief.ended(address)["rule"]["code"] == "file-digest"
    assert thief.ask("GET", f"/v1/blobs/{sha(data)}").word == "404 not-found"


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("anh.png", b"%PDF-1.7 trang", "file-name"),
        ("van-ban.pdf", PNG, "file-name"),
        ("ghi-chu.txt", b"MZ\x90\x00\x03", "file-type"),
        ("ghi-chu.txt", b"<html><script>alert(1)</script>", "file-type"),
        ("ghi-chu.txt", b"#!/bin/sh\nrm -rf /", "file-type"),
        ("khong-duoi", b"\x7fELF\x02\x01\x01\x00", "file-type"),
    ],
)
def test_the_bytes_tell_the_type_and_the_name_must_fit(sender: Sender, name: str, data: bytes, rule: str) -> None:
    ended = sender.send(data + b"\n" + name.encode(), name)
    assert (ended["state"], ended["rule"]["code"]) == ("rejected", rule)
    assert sender.ask("GET", f"/v1/blobs/{ended['sha256'] or '0' * 64}").word == "404 not-found"


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("Quyết định 12.PDF", b"%PDF-1.7 12", "application/pdf"),
        ("so-lieu.xlsx", b"PK\x03\x04 xlsx", "application/zip"),
        ("phong-van.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("ghi chú.txt", "Đêm hội — xã".encode(), "text/plain"),
        ("", b"\xff\xd8\xff\xe0 no name", "image/jpeg"),
        ("trong.txt", b"", "text/plain"),
    ],
)  # fmt: skip
def test_what_an_office_sends_is_taken(sender: Sender, name: str, data: bytes, media_type: str) -> None:
    address = sender.address(data, name)
    if data:
        assert sender.patch(address, data).word == "204"
    assert sender.ended(address)["state"] == "ready"
    got = sender.ask("GET", f"/v1/blobs/{sha(data)}")
    assert (got.data, got.headers["content-type"].split(";")[0]) == (data, media_type)


def test_a_name_that_is_never_taken_is_refused_before_a_byte_is_sent(sender: Sender) -> None:
    answer = sender.begin(b"MZ", "chay-di.exe")
    assert (answer.word, answer.json["rule"]["code"]) == ("422 file-refused", "file-type")
    assert answer.json["rule"]["params"] == {"found": ".exe"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload_Length": "-1"}, {"Upload_Length": "1.5"}, {"Upload_Length": "9" * 17}, {"Upload_Metadata": "a ?"},
        {"Upload_Metadata": "a YQ==,a YQ=="}, {"Upload_Metadata": metadata(sha256="abc")}, {"Idempotency_Key": "x" * 201},
    ],
)  # fmt: skip
def test_headers_that_mean_nothing_are_refused(sender: Sender, headers: dict[str, str]) -> None:
    assert sender.begin(PNG, **headers).word == "400 invalid-request"


def test_an_upload_waits_seven_days_after_its_last_byte(sender: Sender, wire: Wire) -> None:
    data, start = PNG + b"seven days", wire.moment
    address = sender.address(data, Idempotency_Key="waits")
    wire.moment += timedelta(days=6)
    wire.tokens.clear()
    assert sender.patch(address, data[:6]).word == "204"
    wire.moment += timedelta(days=6)
    wire.tokens.clear()
    assert sender.offset(address) == 6
    wire.moment += timedelta(days=1, seconds=1)
    wire.tokens.clear()
    assert sender.ask("GET", address).word == "410 upload-expired"
    assert sender.patch(address, data[6:], 6).word == "410 upload-expired"
    assert sender.address(data, Idempotency_Key="waits") != address
    wire.moment += timedelta(days=8)
    wire.tokens.clear()
    sender.address(data)
    assert sender.ask("GET", address).word == "404 not-found"
    wire.moment, wire.tokens = start, {}


def test_a_cut_connection_leaves_what_came(sender: Sender, wire: Wire) -> None:
    data = PNG + bytes(range(256)) * 64
    address = sender.address(data)
    with _hanging(wire, sender, address, data, sent=5000) as line:
        until(lambda: sender.ask("GET", address).json["offset"] == 5000, what="what came")
        line.close()
    assert sender.patch(address, data[5000:], 5000).word == "204"
    assert sender.ended(address)["state"] == "ready"


def test_a_new_connection_wins_over_one_that_says_nothing_more(sender: Sender, wire: Wire) -> None:
    data = PNG + bytes(range(256)) * 64
    address = sender.address(data)
    with _hanging(wire, sender, address, data, sent=5000) as line:
        until(lambda: sender.ask("GET", address).json["offset"] == 5000, what="what came")
        assert sender.offset(address) == 5000  # this ends the one that hangs
        assert sender.patch(address, data[5000:], 5000).word == "204"
        assert line.recv(200).startswith(b"HTTP/1.1 409 ")
    assert sender.ended(address)["state"] == "ready"


def _hanging(wire: Wire, sender: Sender, address: str, data: bytes, *, sent: int) -> socket.socket:
    """A PATCH of all of `data` of which only `sent` bytes go out; the line stays open."""
    where = urlsplit(wire.address)
    line = socket.create_connection((str(where.hostname), where.port or 80), timeout=20)
    head = (
        f"PATCH {address} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {wire.token(sender.who)}\r\n"
        f"Tus-Resumable: 1.0.0\r\nContent-Type: {BYTES}\r\nUpload-Offset: 0\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    line.sendall(head.encode() + data[:sent])
    return line


def test_a_client_behind_a_proxy_that_knows_only_post_names_the_method(sender: Sender) -> None:
    data = PNG + b"override"
    address = sender.address(data)
    said = {"Content_Type": BYTES, "Upload_Offset": "0", "X_HTTP_Method_Override": "PATCH"}
    assert sender.raw("POST", address, data, Tus_Resumable="1.0.0", **said).word == "204"
    assert sender.ended(address)["state"] == "ready"


@pytest.mark.parametrize(
    ("span", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)), ("bytes=10-", 206, slice(10, None)), ("bytes=-5", 206, slice(-5, None)),
        ("bytes=3-999999", 206, slice(3, None)), ("bytes=5-3", 200, slice(None)), ("bytes=0-1,4-5", 200, slice(None)),
        ("bytes=999999-", 416, slice(0)), ("lines=1-2", 200, slice(None)),
    ],
)  # fmt: skip
def test_a_download_goes_on_where_it_broke(sender: Sender, span: str, status: int, part: slice) -> None:
    data = PNG + b"0123456789 a download"
    digest = sha(data)
    if sender.ask("GET", f"/v1/blobs/{digest}").status == 404:
        sender.send(data)
    for tag, expected in ((f'"{digest}"', status), ('"another"', 200)):
        got = sender.raw("GET", f"/v1/blobs/{digest}", Range=span, If_Range=tag)
        assert got.status == expected
        assert got.data == (data[part] if expected == status else data)
        assert got.headers["etag"] == f'"{digest}"'
