"""What a line does to bytes, whatever they mean: how late, how fast, how many, and how it ends; and one direction of it."""

import asyncio
import fcntl
import random
import socket
import struct
import termios
from dataclasses import dataclass, field
from typing import Final

PIECE: Final = 16 * 1024
_AT_ONCE: Final = struct.pack("ii", 1, 0)


class Cut(Exception):  # noqa: N818  not an error: the line was cut on purpose
    """The connection is over, in both directions."""


@dataclass(frozen=True)
class Weather:
    """Of every connection made while it holds. A pair is drawn from, evenly, for each connection; None never happens.

    `latency` and `jitter` in seconds, one way; `rate` in bytes a second each way; `piece` is the most that goes at once
    (1 with a rate of 1 is a trickle). The connection is cut after `cut_up` or `cut_down` bytes from or to the client, or
    after `lasts` seconds; by RST where `reset`, else in good order. `slow_close` seconds pass between the end of the
    portal's side and that of the client's.
    """

    latency: float = 0.0
    jitter: float = 0.0
    rate: float | None = None
    piece: int = PIECE
    cut_up: tuple[int, int] | None = None
    cut_down: tuple[int, int] | None = None
    lasts: tuple[float, float] | None = None
    reset: bool = False
    slow_close: float = 0.0


CALM: Final = Weather()


@dataclass
class Wire:
    """Bytes that passed the client's end of the line, both ways, lost ones included."""

    up: int = 0
    down: int = 0


@dataclass
class Link:
    """The client's end of one connection. Nothing is read ahead, so that what is counted is what the client has sent."""

    sock: socket.socket
    weather: Weather
    chance: random.Random
    wire: Wire
    free: float = 0.0  # when the line has carried what it was given
    last: dict[str, float] = field(default_factory=lambda: {"up": -1e9, "down": -1e9})

    def __post_init__(self) -> None:
        draw = self.chance.randint
        self._left = {
            "up": draw(*self.weather.cut_up) if self.weather.cut_up else None,
            "down": draw(*self.weather.cut_down) if self.weather.cut_down else None,
        }
        self._loop = asyncio.get_running_loop()

    async def receive(self) -> bytes:
        """What the client sends next; empty at its end."""
        data = await self._loop.sock_recv(self.sock, self._most("up"))
        self.wire.up += len(data)
        await self._carry("up", len(data))
        return data

    async def send(self, data: bytes) -> None:
        for start in range(0, len(data), self.weather.piece):
            piece = data[start : start + self.weather.piece][: self._most("down")]
            self.wire.down += len(piece)
            await self._loop.sock_sendall(self.sock, piece)
            await self._carry("down", len(piece))

    def end(self, *, reset: bool) -> None:
        """Close; what lay unread in the socket had come over the wire as well."""
        unread = struct.pack("i", 0)
        self.wire.up += struct.unpack("i", fcntl.ioctl(self.sock, termios.FIONREAD, unread))[0]
        if reset:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.sock.close()

    def _most(self, way: str) -> int:
        left = self._left[way]
        return self.weather.piece if left is None else max(1, min(left, self.weather.piece))

    async def _carry(self, way: str, size: int) -> None:
        """Let the time pass that these bytes take; Cut when they were the last."""
        now = self._loop.time()
        pause = 0.0
        if self.weather.rate is not None:
            self.free = max(self.free, now) + size / self.weather.rate
            pause = self.free - now
        # What follows closely on something else is on its way behind it.
        if self.weather.latency and now - self.last[way] > self.weather.latency:
            pause += max(0.0, self.weather.latency + self.chance.uniform(-1, 1) * self.weather.jitter)
        if pause > 0:
            await pass_by(pause)
        self.last[way] = self._loop.time()
        left = self._left[way]
        if left is not None:
            self._left[way] = left = left - size
            if left <= 0:
                raise Cut


async def pass_by(seconds: float) -> None:
    """The line's own time; a cancelled connection does not wait for it."""
    over = asyncio.get_running_loop().create_future()
    timer = asyncio.get_running_loop().call_later(seconds, over.set_result, None)
    try:
        await over
    finally:
        timer.cancel()
