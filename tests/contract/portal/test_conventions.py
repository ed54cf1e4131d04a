"""What holds for every request: marks, problems, strict JSON, sizes, compression, tokens."""

import gzip
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.contract.portal.wire import Wire

SIGNED = [
    ("GET", "/v1/bundle"), ("POST", "/v1/sync"), ("GET", "/v1/entries/01930000-0000-7000-8000-000000000000"),
    ("POST", "/v1/entries/batch"), ("POST", "/v1/history/check"), ("POST", "/v1/blobs/check"), ("PUT", f"/v1/blobs/{'0' * 64}"),
    ("GET", f"/v1/blobs/{'0' * 64}"), ("POST", "/v1/auth/logout"), ("POST", "/v1/auth/password"),
]  # fmt: skip
READS_JSON = [
    "/v1/auth/login",
    "/v1/auth/refresh",
    "/v1/auth/password",
    "/v1/sync",
    "/v1/entries/batch",
    "/v1/history/check",
    "/v1/blobs/check",
]


def test_capabilities_need_no_token(wire: Wire) -> None:
    answer = wire.ask("GET", "/v1/capabilities")
    assert (answer.status, answer.json["epoch"], answer.json["protocol"]) == (200, wire.epoch, {"min": 1, "max": 1})
    assert answer.json["limits"]["ops"] == 50


@pytest.mark.parametrize(("method", "path"), SIGNED)
def test_everything_else_needs_one(wire: Wire, method: str, path: str) -> None:
    assert wire.ask(method, path, {}).code == "token-expired"
    assert wire.ask(method, path, {}, Authorization="Bearer tu-bia").code == "token-expired"
    answer = wire.ask(method, path, {}, Authorization="Basic YTpi")
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(("method", "path"), SIGNED[:8])
def test_a_first_password_opens_none_of_them(wire: Wire, method: str, path: str) -> None:
    body: Any = [] if path.endswith("/blobs/check") else {"ids": [], "rids": []}
    answer = wire.ask(method, path, body, who="moi")
    assert (answer.status, answer.code) == (403, "password-change-required")


def test_the_clients_request_id_is_echoed_when_it_is_one(wire: Wire) -> None:
    mine = "req-01930000-0000-7000-8000-00000000abcd"
    assert wire.ask("GET", "/v1/capabilities", X_Request_ID=mine).headers["x-request-id"] == mine
    for strange in ("1", "req-1", mine + "x", "<script>"):
        assert wire.ask("GET", "/v1/capabilities", X_Request_ID=strange).headers["x-request-id"] != strange


def test_unknown_addresses_and_methods_are_problems(wire: Wire) -> None:
    assert wire.ask("GET", "/v1/nothing").code == "not-found"
    assert wire.ask("GET", "/v1").code == "not-found"
    answer = wire.ask("DELETE", "/v1/sync")
    assert (answer.code, answer.headers["allow"]) == ("method-not-allowed", "POST")


HOSTILE: dict[str, bytes] = {
    "nothing": b"", "no JSON": b"{", "a duplicate key": b'{"a":1,"a":2}', "NaN": b'{"limit":NaN}', "not UTF-8": b'{"a":"\xff"}',
    "deep": b'{"a":' * 3000 + b"1" + b"}" * 3000, "a huge integer": b'{"protocol":' + b"9" * 5000 + b"}", "two values": b"{} {}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", READS_JSON)
def test_what_is_not_strict_json_is_a_bad_request(wire: Wire, path: str, name: str) -> None:
    answer = wire.ask("POST", path, data=HOSTILE[name], who="ctv.vanhoa", Content_Type="application/json")
    assert (answer.status, answer.code) == (400, "invalid-request")


WRONG_SHAPES: list[object] = [
    [], {}, None, "x", 7, {"ops": "x"}, {"ids": {}}, {"ids": [1]}, {"rids": None}, {"username": 1}, {"device": []}, [1],
    [{"sha256": "x", "size": 1}], [{"sha256": "0" * 64, "size": -1}], {"refresh": "", "refresh_id": "a"}, {"old": [], "new": {}},
]  # fmt: skip


@pytest.mark.parametrize("path", READS_JSON)
def test_a_wrong_shape_is_unprocessable(wire: Wire, path: str) -> None:
    for shape in WRONG_SHAPES:
        if path == "/v1/blobs/check" and shape == []:
            continue
        answer = wire.ask(
            "POST", path, data=json.dumps(shape).encode(), who="ctv.vanhoa", Content_Type="application/json"
        )
        assert (answer.status, answer.code) == (422, "invalid-request"), shape


def test_only_json_is_read_as_json(wire: Wire) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = wire.ask("POST", "/v1/sync", data=b"{}", who="ctv.vanhoa", Content_Type=kind)
        assert (answer.status, answer.code) == (415, "unsupported-media-type")


def test_requests_and_answers_may_be_packed(wire: Wire) -> None:
    answer = wire.packed("/v1/sync", wire.request("ctv.vanhoa"), who="ctv.vanhoa")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in wire.ask("GET", "/v1/bundle", who="ctv.vanhoa", Accept_Encoding="identity").headers


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (gzip.compress(b" " * (17 * 1024 * 1024)), 413),
        (gzip.compress(b"{}")[:-3], 400),
        (gzip.compress(b"{}") + b"more", 400),
        (b"{}", 400),
    ],
    ids=["a bomb", "cut", "followed by more", "not gzip"],
)
def test_packed_bodies_that_are_refused(wire: Wire, data: bytes, status: int) -> None:
    answer = wire.ask(
        "POST", "/v1/sync", data=data, who="ctv.vanhoa", Content_Encoding="gzip", Content_Type="application/json"
    )
    assert answer.status == status


def test_an_unknown_packing_is_refused(wire: Wire) -> None:
    assert wire.ask("POST", "/v1/sync", data=b"{}", who="ctv.vanhoa", Content_Encoding="br").status == 415


def test_a_body_that_says_it_is_too_large_is_not_waited_for(wire: Wire) -> None:
    host, port = urlsplit(wire.address).hostname, urlsplit(wire.address).port
    assert host is not None
    assert port is not None
    with socket.create_connection((host, port), timeout=20) as line:
        bearer = f"Bearer {wire.token('ctv.vanhoa')}"
        head = (
            "POST /v1/sync HTTP/1.1",
            f"Host: {host}",
            f"Authorization: {bearer}",
            "Content-Length: 99999999",
            "",
            "",
        )
        line.sendall("\r\n".join(head).encode())
        assert line.recv(64).startswith(b"HTTP/1.1 413 ")


def test_the_bundle_comes_once(wire: Wire) -> None:
    answer = wire.ask("GET", "/v1/bundle", who="ctv.vanhoa")
    rev = answer.json["rev"]
    assert answer.headers["etag"] == f'"{rev}"'
    assert {"article", "legal-document", "page", "project"} <= answer.json["kinds"].keys()
    assert wire.ask("GET", f"/v1/bundle?rev={rev}", who="ctv.vanhoa").status == 304
    assert wire.ask("GET", "/v1/bundle", who="ctv.vanhoa", If_None_Match=f'"{rev}"').status == 304
    assert wire.ask("GET", f"/v1/bundle?rev={'0' * 64}", who="ctv.vanhoa").json["rev"] == rev


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (f"/v1/blobs/{'0' * 64}", "GET, PUT"),
        ("/v1/entries/batch", "POST"),
        ("/v1/entries/x", "GET"),
        ("/v1/sync", "POST"),
    ],
)
def test_a_refused_method_is_told_all_the_right_ones(wire: Wire, path: str, allowed: str) -> None:
    assert wire.ask("DELETE", path).headers["allow"] == allowed
