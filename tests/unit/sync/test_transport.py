"""One request: what it carries, and what is refused before anything of the answer is used."""

import gzip
import netrc
import random
from pathlib import Path

import pytest
import requests

from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotFound, NotOurPortal, Offline, PortalBusy
from desktop.sync.transport import checked_address
from tests.unit.sync.scripted import ADDRESS, OURS, Reply, portal, problem

SYNC: dict[str, Json] = {"protocol": 1, "ops": []}


def test_a_request_says_what_the_wire_asks_for() -> None:
    client, network, _ = portal(Reply(body={"x": 1}))
    assert client.sync(SYNC) == {"x": 1}
    asked = network.asked[0]
    assert (asked.method, asked.url) == ("POST", f"{ADDRESS}/v1/sync")
    assert asked.headers["Authorization"] == "Bearer a1"
    assert asked.headers["Portal-Protocol"] == "1"
    assert asked.headers["Portal-Client"] == "toasoan/0.1.0"
    assert asked.headers["X-Request-ID"].startswith("req-0")
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.timeout == (10.0, 30.0)


def test_large_bodies_are_packed_and_small_ones_are_not() -> None:
    client, network, _ = portal(Reply(), Reply())
    client.sync(SYNC)
    client.sync({"text": "quy định " * 500})
    small, large = network.asked
    assert "Content-Encoding" not in small.headers
    assert large.headers["Content-Encoding"] == "gzip"
    assert large.json == {"text": "quy định " * 500}


def test_a_netrc_never_replaces_the_token(own_home: Path) -> None:
    path = own_home / ".netrc"
    path.write_text("machine portal.invalid login x password y\n")
    path.chmod(0o600)
    assert netrc.netrc(str(path)).authenticators("portal.invalid") is not None
    client, network, _ = portal(Reply())
    client.sync(SYNC)
    assert network.asked[0].headers["Authorization"] == "Bearer a1"


HTML = {"Content-Type": "text/html"}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>Wi-Fi: please accept</html>", HTML),
        Reply(200, {"epoch": "x"}, {"Content-Type": "application/json"}),
        Reply(200, {"epoch": "x"}, {**OURS, "Portal-Api": "2"}),
        Reply(200, b"<html></html>", {**HTML, "Portal-Api": "1"}),
        Reply(200, b"\xff{}"),
        Reply(200, b"[]"),
        Reply(200, b'{"a":1,"a":2}'),
        Reply(200, b'{"a":NaN}'),
        Reply(200, b'{"a":1.5}'),
        Reply(200, b"[" * 100_000),
        Reply(302, b"", {**OURS, "Location": "https://elsewhere.invalid/"}),
        Reply(302, b"", {"Location": "https://elsewhere.invalid/"}),
        Reply(307, b"", {**OURS, "Location": "/v1/sync"}),
        Reply(404, b"nothing here", HTML),
        Reply(401, {"code": "token-expired"}, {"Content-Type": "application/problem+json"}),
        Reply(403, {"code": "forbidden"}, OURS),
    ],
    ids=lambda reply: f"{reply.status} {reply.data[:20]!r}",
)  # fmt: skip
def test_what_is_not_our_portal_is_not_read(reply: Reply) -> None:
    client, network, _ = portal(reply)
    with pytest.raises(NotOurPortal):
        client.sync(SYNC)
    assert len(network.asked) == 1


def test_a_redirect_is_not_followed_and_the_token_goes_nowhere_else() -> None:
    client, network, _ = portal(Reply(302, b"", {"Location": "https://elsewhere.invalid/"}), Reply())
    with pytest.raises(NotOurPortal):
        client.sync(SYNC)
    assert [asked.url for asked in network.asked] == [f"{ADDRESS}/v1/sync"]


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        (problem(429, "rate-limited", **{"Retry-After": "17"}), 17.0),
        (problem(503, "maintenance"), None),
        (problem(503, "maintenance", **{"Retry-After": "never"}), None),
        (Reply(502, b"Bad Gateway", HTML), None),
        (Reply(503, b"sorry", {**HTML, "Retry-After": "120"}), 120.0),
        (problem(500, "internal"), None),
    ],
)
def test_a_portal_that_cannot_now_says_when(reply: Reply, seconds: float | None) -> None:
    client, _, _ = portal(reply)
    with pytest.raises(PortalBusy) as caught:
        client.sync(SYNC)
    assert caught.value.retry_after == seconds


def test_nothing_is_sent_twice_by_the_transport() -> None:
    client, network, _ = portal(requests.ConnectionError("reset"), Reply())
    with pytest.raises(Offline):
        client.sync(SYNC)
    assert len(network.asked) == 1


def test_an_answer_cut_in_the_middle_counts_as_offline() -> None:
    cut = gzip.compress(b'{"epoch": "x"}')[:20]
    client, _, _ = portal(Reply(200, cut, {**OURS, "Content-Encoding": "gzip"}))
    with pytest.raises((Offline, NotOurPortal)):
        client.sync(SYNC)


def test_a_request_that_is_too_large_is_a_refusal_of_content() -> None:
    client, _, _ = portal(problem(413, "too-large"))
    with pytest.raises(BadContent):
        client.sync(SYNC)


def test_a_text_out_of_scope_is_not_there() -> None:
    client, _, _ = portal(problem(404, "not-found"))
    entry = client.entry  # the batch leaves unknown ones out, the single one answers None
    assert entry("e", None) is None  # type: ignore[arg-type]
    client, _, _ = portal(problem(404, "not-found"))
    with pytest.raises(NotFound):
        client.fetch_blob("a" * 64)


@pytest.mark.parametrize(
    "address",
    ["https://portal.invalid", "https://portal.invalid:8443/cms", "http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:9"],
)  # fmt: skip
def test_https_or_this_machine(address: str) -> None:
    assert checked_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["http://portal.invalid", "http://10.0.0.1", "ftp://portal.invalid", "portal.invalid", "", "https://", "https://u:p@portal.invalid",
     "https://portal.invalid/?q=1", "http://127.0.0.1.portal.invalid", "https://[::1"],
)  # fmt: skip
def test_any_other_address_is_refused_before_a_byte_is_sent(address: str) -> None:
    with pytest.raises(NotOurPortal):
        checked_address(address)


def test_a_long_body_goes_out_in_pieces_and_says_how_long_it_is() -> None:
    """Handed over whole, it would have to leave within one time-out however slow the line."""
    client, network, _ = portal(Reply())
    text = random.Random(1).randbytes(60_000).hex()  # noqa: S311  any text that packs badly
    client.sync({"text": text})
    asked = network.asked[0]
    assert asked.json == {"text": text}
    assert asked.pieces
    assert asked.headers["Content-Length"] == str(len(asked.data))
