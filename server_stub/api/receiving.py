"""One connection's turn at an upload: it waits for the one before to let go, writes what comes, lets go of a newer one.

A connection that died without a word brings nothing, so the clock is looked at as well as the line.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request

from server_stub.core.problems import Problem
from server_stub.store.files import PIECE
from server_stub.store.parts import Part, Parts

_LOOK_SECONDS: Final = 0.2
_TRY_SECONDS: Final = 0.02

Ending = Literal["whole", "cut", "displaced"]


@dataclass(frozen=True)
class Turn:
    """The right to write an upload until somebody newer asks for it."""

    part: Part
    parts: Parts
    upload_id: str
    word: str

    def is_mine(self) -> bool:
        return self.parts.is_turn_of(self.upload_id, self.word)


@asynccontextmanager
async def turn_at(parts: Parts, upload_id: str) -> AsyncIterator[Turn]:
    """Ask for the upload and wait until it is free; Problem when somebody newer asked meanwhile."""
    word = parts.ask(upload_id)
    while parts.is_turn_of(upload_id, word):
        with parts.hold(upload_id) as part:
            if part is not None:
                yield Turn(part, parts, upload_id, word)
                return
        with suppress(TimeoutError):  # a lock of another process tells nobody when it is free
            async with asyncio.timeout(_TRY_SECONDS):
                await asyncio.Event().wait()
    raise displaced(parts.size(upload_id))


def displaced(offset: int) -> Problem:
    return Problem("upload-offset-mismatch", "a newer connection writes this upload", extra={"offset": offset})


async def receive(request: Request, turn: Turn, *, room: int, check: tuple[str, bytes] | None) -> Ending:
    """Append the request's body, at most `room` bytes; what came is durable afterwards, however it ended.

    `check` is the algorithm and digest of the whole body: one that does not fit leaves nothing behind.

    Raises:
        Problem: `too-large` or `checksum-mismatch`; the offset is then what it was.
    """
    start, found = turn.part.size, None if check is None else hashlib.new(check[0])  # which one, the client says
    ending: Ending = "cut"
    try:
        async for piece in _pieces(request, turn):
            if isinstance(piece, str):
                ending = piece
                break
            if turn.part.size - start + len(piece) > room:
                turn.part.cut(start)
                raise Problem("too-large", "more bytes than Upload-Length promised")
            await run_in_threadpool(turn.part.append, piece)
            if found is not None:
                found.update(piece)
        if ending == "whole" and check is not None and found is not None and found.digest() != check[1]:
            turn.part.cut(start)
            raise Problem("checksum-mismatch", "the bytes have another checksum", status=460)
    finally:
        turn.part.force()
    return ending


async def _pieces(request: Request, turn: Turn) -> AsyncIterator[bytes | Ending]:
    """The body in large pieces, and how it ended; what was taken from the line is never thrown away."""
    gathered, ending = bytearray(), None
    coming: asyncio.Task[Any] | None = None
    try:
        while ending is None:
            coming = coming or asyncio.ensure_future(request.receive())
            done, _ = await asyncio.wait({coming}, timeout=_LOOK_SECONDS)
            if done:
                message, coming = coming.result(), None
                gathered += message.get("body", b"")
                ending = _ending_of(message)
            if not turn.is_mine():
                ending = "displaced"
            if gathered and (ending or len(gathered) >= PIECE or not done):
                yield bytes(gathered)
                gathered.clear()
    finally:
        if coming is not None:
            coming.cancel()
    yield ending


def _ending_of(message: dict[str, Any]) -> Ending | None:
    if message["type"] == "http.disconnect":
        return "cut"
    return None if message.get("more_body", False) else "whole"
