"""Kills the portal's process before, within and after every request: the product knows nothing of it.

`Cutting` wraps the ASGI application; `within` is the moment before the first commit of the request, or half a reply
where nothing is committed. The supervisor around it starts the portal again.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

CUT: Final = 86  # the exit status of a process that was cut
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class Phase(StrEnum):
    BEFORE = "before"
    WITHIN = "within"
    AFTER = "after"
    PASS = "pass"


ORDER: Final = (Phase.BEFORE, Phase.WITHIN, Phase.AFTER, Phase.PASS)
_now: ContextVar[tuple[Phase, str]] = ContextVar("_now", default=(Phase.PASS, ""))


class Cuts:
    """Which cut a request meets next: the same request, sent again, meets the one after. Kept in a file over restarts."""

    def __init__(self, log: Path) -> None:
        self._log = log
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        self._met = Counter(line.split(" ", 2)[1] for line in lines)

    def next(self, method: str, path: str, body: bytes) -> tuple[Phase, str]:
        """The phase, and the line that tells of it."""
        key = hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()[:16]
        phase = ORDER[min(self._met[key], len(ORDER) - 1)]
        self._met[key] += 1
        return phase, f"{phase} {key} {method} {path}"

    def die(self, line: str) -> None:
        """Write `line`, then end this process as `kill -9` would: nothing is flushed, closed or rolled back."""
        handle = os.open(self._log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        os.write(handle, (line + "\n").encode())
        os._exit(CUT)


class Cutting:
    """`app` with every request cut three times before it goes through; `portal` serves one request of a key at a time."""

    def __init__(self, app: App, cuts: Cuts) -> None:
        self._app = app
        self._cuts = cuts

        @event.listens_for(Engine, "commit")
        def committing(_connection: Connection) -> None:
            phase, line = _now.get()
            if phase is Phase.WITHIN:
                cuts.die(line)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        path = scope["path"] + ("?" + scope["query_string"].decode() if scope["query_string"] else "")
        phase, line = self._cuts.next(scope["method"], path, body)
        if phase is Phase.BEFORE:
            self._cuts.die(line)
        _now.set((phase, line))
        await self._app(scope, _again(body, receive), self._sending(send, phase, line))

    def _sending(self, send: Send, phase: Phase, line: str) -> Send:
        async def sending(message: Message) -> None:
            if phase is Phase.AFTER:
                self._cuts.die(line)
            if phase is Phase.WITHIN and message["type"] == "http.response.body":
                content = message.get("body", b"")
                await send({**message, "body": content[: len(content) // 2], "more_body": True})
                self._cuts.die(line)
            await send(message)

        return sending


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, after: Receive) -> Receive:
    """A `receive` that gives the whole body at once, and afterwards what the line says."""
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            return await after()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
