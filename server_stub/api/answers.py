"""Answers: JSON (packed when the client takes it), problem documents, and the headers that every answer carries."""

import gzip
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from server_stub.core.problems import Problem
from server_stub.maintenance import Closed
from server_stub.settings import system_ids

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

_REQUEST_ID: Final = re.compile(r"req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_WORTH_PACKING: Final = 1024
_MOST_WAIT: Final = 3600  # seconds: a client waits no longer, whatever it is told


def json_answer(
    request: Request, value: object, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """`value` as JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text_answer(request, text, status=status, headers=headers)


def text_answer(request: Request, text: str, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON that is text already."""
    data = text.encode()
    return packed(request, Response(data, status, {"Cache-Control": "no-store", **(headers or {})}, "application/json"))


def problem_answer(request: Request, problem: Problem) -> Response:
    """The problem as `application/problem+json`."""
    body = json.dumps(problem.body(request_id(request)), ensure_ascii=False).encode()
    headers = {"Cache-Control": "no-store"}
    if "retry_after" in problem.extra:
        headers["Retry-After"] = str(problem.extra["retry_after"])
    if "offset" in problem.extra:
        headers["Upload-Offset"] = str(problem.extra["offset"])
    if problem.code in ("token-expired", "device-revoked"):
        headers["WWW-Authenticate"] = "Bearer"
    return Response(body, problem.status, headers, "application/problem+json")


def packed(request: Request, response: Response) -> Response:
    """The response, gzip where the client takes it and it is worth it."""
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", "") and len(response.body) > _WORTH_PACKING:
        response.body = gzip.compress(bytes(response.body), compresslevel=3, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    return response


def request_id(request: Request) -> str:
    """The request's id: the client's own when it is well-formed."""
    return str(request.scope["toasoan.request_id"])


class Open:
    """ASGI layer: while the portal is closed for maintenance, the API says so and does nothing; the public site stays."""

    def __init__(self, app: App, closed: Callable[[], Closed | None]) -> None:
        self._app = app
        self._closed = closed

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        is_api = scope["type"] == "http" and scope["path"].startswith("/v1/") and scope["path"] != "/v1/capabilities"
        closed = self._closed() if is_api else None
        if closed is None:
            await self._app(scope, receive, send)
            return
        extra: dict[str, object] = {"retry_after": min(closed.seconds, _MOST_WAIT)}
        if closed.note:
            extra["note"] = closed.note
        problem = Problem("maintenance", "the portal is closed for a while", extra=extra)
        await problem_answer(Request(scope), problem)(scope, receive, send)


class Marked:
    """ASGI layer: our mark and the request's id on every answer, whoever gives it."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        text = given.decode("latin-1")
        scope["toasoan.request_id"] = text if _REQUEST_ID.match(text) else f"req-{system_ids()}"

        is_tus = scope["path"].startswith("/v1/uploads")
        if is_tus and scope["method"] == "POST":
            scope["method"] = _overridden(scope["headers"])

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Portal-Api"] = "1"
                headers["X-Request-ID"] = scope["toasoan.request_id"]
                headers["X-Content-Type-Options"] = "nosniff"
                if is_tus:
                    headers["Tus-Resumable"] = headers["Tus-Version"] = "1.0.0"
            await send(message)

        await self._app(scope, receive, marked)


def _overridden(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """The method that tus lets a client name where the line lets only POST through."""
    given = next((value for name, value in headers if name == b"x-http-method-override"), b"POST")
    return given.decode("latin-1").upper()
