"""The fault proxy itself: every fault does what its name says, and the bytes are counted at the client's end."""

import gzip
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tests.support.proxy import Fault, FaultProxy, Weather
from tests.support.proxy.faults import ELSEWHERE

BODY = gzip.compress(random.Random(1).randbytes(6000))  # noqa: S311  any bytes that do not pack


class _Echo(BaseHTTPRequestHandler):
    """Keeps what came whole, and answers with BODY."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        data = self.rfile.read(size)
        self.server.begun.set()
        if len(data) == size:
            self.server.came.append(data)
        self._answer(BODY)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "7")
        self.end_headers()

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Echo)
        self.came: list[bytes] = []
        self.begun = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A cut connection is what these tests are about."""


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.01,))
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def proxy(server: _Server) -> Iterator[FaultProxy]:
    with FaultProxy(server.server_address[1]) as found:
        yield found


def post(proxy: FaultProxy, body: bytes = b"xin chao") -> requests.Response:
    return requests.post(proxy.url, data=body, timeout=20, allow_redirects=False)


def test_a_calm_line_changes_nothing_and_counts_everything(proxy: FaultProxy, server: _Server) -> None:
    with requests.Session() as session:
        assert session.post(proxy.url, data=b"xin chao", timeout=20).raw.tell() == len(BODY)
        assert session.get(proxy.url, timeout=20).content == b"abcdefg"
        assert session.head(proxy.url, timeout=20).headers["Content-Length"] == "7"
    assert server.came == [b"xin chao"]
    assert [asked.method for asked in proxy.asked] == ["POST", "GET", "HEAD"]
    assert 8 < proxy.wire.up < 2000
    assert len(BODY) < proxy.wire.down < len(BODY) + 2000


@pytest.mark.parametrize(
    ("fault", "arrivals"),
    [(Fault.LOST_REQUEST, 0), (Fault.LOST_REPLY, 1), (Fault.RESET, 1), (Fault.LOST_AND_LATE, 0)],
)
def test_what_is_lost_is_lost_on_its_side_of_the_portal(
    proxy: FaultProxy, server: _Server, fault: Fault, arrivals: int
) -> None:
    proxy.plan(fault)
    with pytest.raises(requests.ConnectionError):
        post(proxy)
    assert len(server.came) == arrivals
    assert post(proxy).ok
    assert proxy.counts == {fault: 1}


def test_a_duplicate_arrives_twice_and_a_late_copy_when_it_is_let_go(proxy: FaultProxy, server: _Server) -> None:
    proxy.plan(Fault.DUPLICATE, Fault.LATE_COPY, None)
    assert post(proxy, b"a").ok
    assert post(proxy, b"b").ok
    assert post(proxy, b"c").ok
    assert server.came == [b"a", b"a", b"b", b"c"]
    assert (proxy.late, proxy.deliver_late(), proxy.late) == (1, 1, 0)
    assert server.came[-1] == b"b"


def test_networks_in_between_answer_for_the_portal(proxy: FaultProxy, server: _Server) -> None:
    proxy.plan(Fault.CAPTIVE, Fault.REDIRECT, Fault.STORM)
    captive, redirect, storm = post(proxy), post(proxy), post(proxy)
    assert "Wi-Fi" in captive.text
    assert (captive.status_code, captive.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (redirect.status_code, redirect.headers["Location"]) == (302, ELSEWHERE)
    assert (storm.status_code, storm.headers["Retry-After"]) == (503, "1")
    assert server.came == []


def test_an_answer_is_cut_or_changed_on_its_way(proxy: FaultProxy) -> None:
    proxy.plan(Fault.CUT_REPLY)
    with pytest.raises(requests.RequestException):
        post(proxy)
    proxy.plan(Fault.FLIPPED)
    changed = requests.post(proxy.url, data=b"x", timeout=20, stream=True).raw.read(decode_content=False)
    assert sum((a ^ b).bit_count() for a, b in zip(changed, BODY, strict=True)) == 1


def test_a_connection_is_cut_at_its_nth_byte_and_the_portal_has_what_came_before(
    proxy: FaultProxy, server: _Server
) -> None:
    proxy.weather = Weather(cut_up=(100_000, 100_000), reset=True)
    with pytest.raises(requests.ConnectionError):
        post(proxy, b"x" * 1_000_000)
    assert server.begun.wait(20)
    assert server.came == []
    assert 100_000 <= proxy.wire.up < 400_000  # what lay in the socket had crossed the line
    assert proxy.counts == {"cut": 1}


def test_every_byte_of_an_answer_may_be_the_last(proxy: FaultProxy) -> None:
    for last in (1, 17, 60, 200):
        proxy.weather = Weather(cut_down=(last, last), reset=True)
        before = proxy.wire.down
        with pytest.raises(requests.RequestException):
            post(proxy)
        assert proxy.wire.down - before == last


def test_time_passes_on_a_slow_line(proxy: FaultProxy) -> None:
    loop_time: list[float] = []
    proxy.weather = Weather(latency=0.02, jitter=0.005, rate=100_000, piece=1000)
    with closing(socket.create_connection(("127.0.0.1", proxy.port))) as line:
        line.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        loop_time.append(len(line.recv(4096)))
    assert loop_time[0] > 0
    assert proxy.wire.down >= loop_time[0]


def test_a_cut_ends_every_connection_and_new_ones_are_made(proxy: FaultProxy, server: _Server) -> None:
    with closing(socket.create_connection(("127.0.0.1", proxy.port))) as line:
        line.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(4096)
        proxy.cut()
        with pytest.raises(ConnectionResetError):
            line.recv(1)
    assert post(proxy).ok
    assert server.came == [b"xin chao"]


def test_an_opaque_line_carries_what_is_no_http(server: _Server) -> None:
    with FaultProxy(server.server_address[1], opaque=True) as proxy:
        assert post(proxy).ok
        proxy.weather = Weather(cut_up=(50_000, 50_000))
        with pytest.raises(requests.ConnectionError):
            post(proxy, b"x" * 2_000_000)
        assert proxy.asked == []
        assert proxy.counts == {"cut": 1}


def test_the_same_seed_draws_the_same_cuts(server: _Server) -> None:
    def cuts(seed: int) -> list[int]:
        found = []
        with FaultProxy(server.server_address[1], seed=seed) as proxy:
            proxy.weather = Weather(cut_down=(100, 5000))
            for _ in range(3):
                before = proxy.wire.down
                with pytest.raises(requests.RequestException):
                    post(proxy)
                found.append(proxy.wire.down - before)
        return found

    assert cuts(1) == cuts(1) != cuts(2)


def test_a_portal_that_is_gone_is_a_line_that_ends(server: _Server) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as nobody:
        gone = nobody.getsockname()[1]
    with FaultProxy(gone) as proxy:
        with pytest.raises(requests.ConnectionError):
            post(proxy)
        proxy.target = server.server_address[1]
        assert post(proxy).ok
