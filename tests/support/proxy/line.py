"""The proxy: an event loop in a thread of its own, steered by the test's; the same seed draws the same faults."""

import asyncio
import random
import socket
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from tests.support.proxy.faults import UNANSWERED, Fault, forged, retagged, spoilt
from tests.support.proxy.framing import Head, Stream
from tests.support.proxy.weather import CALM, PIECE, Cut, Link, Weather, Wire, pass_by

HOST = "127.0.0.1"
_BUFFER = 64 * 1024  # what may lie unread on its way: more would be a longer line than the client's


@dataclass(frozen=True)
class Asked:
    """A request as it came to the line; `number` counts from 0."""

    number: int
    method: str
    path: str


Rule = Callable[[Asked], Fault | None]


@dataclass
class FaultProxy:
    """Between a client and what listens on `target`, a loopback port that may change at any time.

    `weather` holds for connections made from now on. `rule` is asked for the fault of each request that `plan` says
    nothing about. `opaque` forwards bytes without reading HTTP in them: for TLS, and for what is no HTTP.
    """

    target: int
    seed: int = 1
    opaque: bool = False
    weather: Weather = CALM
    rule: Rule = lambda _asked: None
    wire: Wire = field(default_factory=Wire)
    counts: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  repeatable on purpose
        self._planned: list[Fault | None] = []
        self._late: list[bytes] = []
        self._lines: set[asyncio.Task[None]] = set()
        self._server = socket.create_server((HOST, 0), backlog=128)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._server.setblocking(False)  # noqa: FBT003  the socket's own signature
        self.port: int = self._server.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._listening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop)
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.cancel()
        self._do(self._cut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._server.close()
        self._loop.close()

    def plan(self, *faults: Fault | None) -> None:
        """The faults of the next requests, one each; what was planned before and has not happened is forgotten."""
        self._planned[:] = faults

    def cut(self) -> None:
        """End every connection now, by RST."""
        self._do(self._cut())

    @property
    def late(self) -> int:
        """How many copies are under way."""
        return len(self._late)

    def deliver_late(self) -> int:
        """The copies that were kept arrive at the portal, the latest first; nobody hears the answers."""
        copies, self._late = self._late, []
        for copy in reversed(copies):
            with suppress(OSError):
                self._do(self._ask(copy))
        return len(copies)

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _listen(self) -> None:
        while True:
            client, _ = await self._loop.sock_accept(self._server)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            task = self._loop.create_task(self._serve(Link(client, self.weather, self._chance, self.wire)))
            self._lines.add(task)
            task.add_done_callback(self._lines.discard)

    async def _cut(self) -> None:
        for task in list(self._lines):
            task.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _serve(self, link: Link) -> None:
        reset = link.weather.reset
        lasts = link.weather.lasts
        try:
            async with asyncio.timeout(self._chance.uniform(*lasts) if lasts else None):
                await (self._copy(link) if self.opaque else self._exchanges(link))
            if link.weather.slow_close:
                await pass_by(link.weather.slow_close)
        except asyncio.CancelledError:
            reset = True
        except (Cut, TimeoutError):
            self.counts["cut"] += 1
        except OSError:
            pass  # one of the two sides has gone
        finally:
            link.end(reset=reset)

    async def _copy(self, link: Link) -> None:
        with await self._upstream() as server:

            async def up() -> None:
                while data := await link.receive():
                    await self._loop.sock_sendall(server, data)
                server.shutdown(socket.SHUT_WR)

            async def down() -> None:
                while data := await self._loop.sock_recv(server, PIECE):
                    await link.send(data)

            sending, receiving = self._loop.create_task(up()), self._loop.create_task(down())
            sending.add_done_callback(lambda task: _failed(task) and receiving.cancel())
            try:
                await asyncio.wait({receiving})
            finally:
                for task in (sending, receiving):
                    task.cancel()
                ended = await asyncio.gather(sending, receiving, return_exceptions=True)
            for outcome in ended:
                if isinstance(outcome, Exception):
                    raise outcome

    async def _exchanges(self, link: Link) -> None:
        stream = Stream(link.receive)
        while raw := await stream.head():
            head = Head(raw)
            fault = self._fault(head)
            if not await self._exchange(link, stream, head, fault):
                return

    def _fault(self, head: Head) -> Fault | None:
        asked = Asked(len(self.asked), head.first[0], head.first[1])
        self.asked.append(asked)
        fault = self._planned.pop(0) if self._planned else self.rule(asked)
        if fault is not None:
            self.counts[fault] += 1
        return fault

    async def _exchange(self, link: Link, stream: Stream, head: Head, fault: Fault | None) -> bool:
        """One request and what becomes of it; False when the connection ends with it."""
        body = head.body(stream, of_request=True)
        if fault is None:
            return await self._forward(link, head, body)
        whole = head.raw + b"".join([piece async for piece in body])
        if fault in {Fault.LATE_COPY, Fault.LOST_AND_LATE}:
            self._late.append(whole)
        answer = forged(fault)
        if answer is None and fault not in {Fault.LOST_REQUEST, Fault.LOST_AND_LATE}:
            for _ in range(2 if fault is Fault.DUPLICATE else 1):
                answer = await self._ask(whole)
        if fault is Fault.RESET:
            raise asyncio.CancelledError
        if answer is None or fault in UNANSWERED:
            return False
        said, _, content = answer.partition(b"\r\n\r\n")
        spoiled = spoilt(fault, content, self._chance.randrange(len(content) or 1))
        await link.send(retagged(fault, said) + b"\r\n\r\n" + spoiled)
        return len(spoiled) == len(content)

    async def _forward(self, link: Link, head: Head, body: AsyncIterator[bytes]) -> bool:
        """As it comes, so that a cut leaves the portal with what had arrived by then; the portal may answer before the end."""
        with await self._upstream() as server:

            async def give() -> None:
                try:
                    await self._loop.sock_sendall(server, head.raw)
                    async for piece in body:
                        await self._loop.sock_sendall(server, piece)
                except (BrokenPipeError, ConnectionResetError):
                    return  # the portal has had enough; its answer may be there
                except BaseException:
                    server.shutdown(socket.SHUT_RDWR)
                    raise

            giving = self._loop.create_task(give())
            try:
                answer = Stream(lambda: self._loop.sock_recv(server, PIECE))
                raw = await answer.head()
                if raw is None:
                    return False
                await link.send(raw)
                said = Head(raw)
                async for piece in said.body(answer, of_request=False, to_head=head.first[0] == "HEAD"):
                    await link.send(piece)
                return giving.done() and "close" not in said.value("connection")
            finally:
                giving.cancel()
                outcome = (await asyncio.gather(giving, return_exceptions=True))[0]
                if isinstance(outcome, Exception):
                    raise outcome

    async def _ask(self, whole: bytes) -> bytes:
        """The portal's whole answer to a whole request."""
        with await self._upstream() as server:
            await self._loop.sock_sendall(server, whole)
            answer = Stream(lambda: self._loop.sock_recv(server, PIECE))
            raw = await answer.head() or b""
            if not raw:
                raise OSError("the portal ended")
            body = Head(raw).body(answer, of_request=False, to_head=whole.startswith(b"HEAD "))
            return raw + b"".join([piece async for piece in body])

    async def _upstream(self) -> Any:  # noqa: ANN401  a socket that closes itself
        server = socket.socket()
        server.setblocking(False)  # noqa: FBT003  the socket's own signature
        try:
            await self._loop.sock_connect(server, (HOST, self.target))
        except OSError:
            server.close()
            raise
        return closing(server)


def _failed(task: asyncio.Task[None]) -> bool:
    return not task.cancelled() and task.exception() is not None
