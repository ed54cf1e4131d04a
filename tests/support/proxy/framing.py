"""Where an HTTP/1.1 message ends: enough to forward it unchanged, piece by piece, and to know its method and path."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

_END: Final = b"\r\n\r\n"
_MOST_HEAD: Final = 64 * 1024
_WITHOUT_BODY: Final = frozenset({204, 304})
Receive = Callable[[], Awaitable[bytes]]


class Stream:
    """Bytes from `receive` until it gives none."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept = b""

    async def head(self) -> bytes | None:
        """The lines up to the empty one, it included; None when the other side has ended."""
        while _END not in self._kept:
            if not await self._more() or len(self._kept) > _MOST_HEAD:
                return None
        end = self._kept.index(_END) + len(_END)
        head, self._kept = self._kept[:end], self._kept[end:]
        return head

    async def exactly(self, size: int) -> AsyncIterator[bytes]:
        """`size` bytes in pieces as they come; ConnectionError if the other side ends before."""
        while size > 0:
            if not self._kept and not await self._more():
                raise ConnectionAbortedError
            piece, self._kept = self._kept[:size], self._kept[size:]
            size -= len(piece)
            yield piece

    async def chunks(self) -> AsyncIterator[bytes]:
        """A chunked body as it is on the wire, its last chunk included."""
        while True:
            while b"\r\n" not in self._kept:
                if not await self._more():
                    raise ConnectionAbortedError
            end = self._kept.index(b"\r\n") + 2
            size = int(self._kept[:end].split(b";")[0], 16)
            async for piece in self.exactly(end + size + 2):
                yield piece
            if size == 0:
                return

    async def rest(self) -> AsyncIterator[bytes]:
        """Until the other side ends."""
        while self._kept or await self._more():
            piece, self._kept = self._kept, b""
            yield piece

    async def _more(self) -> bool:
        data = await self._receive()
        self._kept += data
        return bool(data)


@dataclass(frozen=True)
class Head:
    """The first lines of a message, and what they say of its body."""

    raw: bytes

    @property
    def first(self) -> list[str]:
        return self.raw.split(b"\r\n", 1)[0].decode("latin-1").split(" ")

    def value(self, name: str) -> str:
        for line in self.raw.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.encode():
                return value.strip().decode("latin-1")
        return ""

    @property
    def status(self) -> int:
        return int(self.first[1])

    def body(self, stream: Stream, *, of_request: bool, to_head: bool = False) -> AsyncIterator[bytes]:
        """The pieces of the body that follows on `stream`; `to_head`: it answers a HEAD."""
        if to_head or (not of_request and self.status in _WITHOUT_BODY):
            return stream.exactly(0)
        if "chunked" in self.value("transfer-encoding"):
            return stream.chunks()
        length = self.value("content-length")
        if length or of_request:
            return stream.exactly(int(length or 0))
        return stream.rest()
