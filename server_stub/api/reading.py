"""From a request's bytes to values: sizes bounded before anything is kept, strict JSON, members of the right type.

Every fault is a Problem: 400 for what is not JSON, 413 for what is too large, 415 for an unknown encoding, 422 for
a wrong member.
"""

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from server_stub.auth import Caller
from server_stub.core.problems import Problem
from server_stub.core.strict_json import BadJsonError, parse
from server_stub.portal import MAX_REQUEST, Portal

_GZIP: Final = 31  # zlib's window bits for a gzip stream
_FEW: Final = 64 * 1024
_T = TypeVar("_T")


async def carried_out(request: Request, work: Callable[[Caller, dict[str, Any]], _T]) -> _T:
    """What `work` makes of who asks and of the JSON object in the body, in one of the threads.

    Of a request without a good token no more than a few bytes are read, and nothing is made of them.
    """
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > _FEW:
        caller = await caller_of(request)
        return await run_in_threadpool(work, caller, await read_object(request))
    portal, token, data = portal_of(request), _token(request), await _received(request, _FEW)

    def together() -> _T:
        caller = portal.caller(token)
        _require_json(request)
        return work(caller, _object(_parsed(_plain(data, _encoding(request), MAX_REQUEST))))

    return await run_in_threadpool(together)


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body."""
    return _object(await read_json(request))


async def read_json(request: Request) -> object:
    """The JSON value in the body."""
    _require_json(request)
    return _parsed(await read_bytes(request, MAX_REQUEST))


async def read_bytes(request: Request, limit: int) -> bytes:
    """The body, unpacked; at most `limit` bytes before and after unpacking."""
    encoding = _encoding(request)
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Problem("too-large", f"at most {limit} bytes")
    return _plain(await _received(request, limit), encoding, limit)


def _require_json(request: Request) -> None:
    kind = request.headers.get("content-type", "application/json").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem("unsupported-media-type", "application/json is needed")


def _encoding(request: Request) -> str:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise Problem("unsupported-media-type", "only gzip is unpacked")
    return encoding


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Problem("invalid-request", "an object is needed", status=422)
    return value


def _parsed(data: bytes) -> object:
    try:
        return parse(data)
    except BadJsonError as error:
        raise Problem("invalid-request", str(error)) from error


def _plain(data: bytes, encoding: str, limit: int) -> bytes:
    return _unpacked(data, limit) if encoding == "gzip" else data


async def _received(request: Request, limit: int) -> bytes:
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                raise Problem("too-large", f"at most {limit} bytes")
    except ClientDisconnect as gone:
        # A line that was cut is no fault of ours: nothing is read, and nobody hears the answer.
        raise Problem("invalid-request", "the body ends before its end") from gone
    return bytes(data)


def _unpacked(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        found = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise Problem("invalid-request", "the body is not gzip") from error
    if len(found) > limit:
        raise Problem("too-large", f"at most {limit} bytes unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Problem("invalid-request", "the gzip stream is cut or followed by more")
    return found


def text_of(body: Mapping[str, Any], name: str, *, limit: int = 200) -> str:
    """A text member, not empty."""
    value = body.get(name)
    if not isinstance(value, str) or not value or len(value) > limit or not _encodes(value):
        raise Problem("invalid-request", f"{name}: text of at most {limit} letters is needed", status=422)
    return value


def texts_of(body: Mapping[str, Any], name: str, *, limit: int) -> list[str]:
    """A member that is a list of texts."""
    value = body.get(name)
    if (
        not isinstance(value, list)
        or len(value) > limit
        or not all(isinstance(item, str) and _encodes(item) for item in value)
    ):
        raise Problem("invalid-request", f"{name}: a list of at most {limit} texts is needed", status=422)
    return value


def _encodes(text: str) -> bool:
    """Whether UTF-8 has bytes for it: JSON can spell half of a surrogate pair."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def portal_of(request: Request) -> Portal:
    return cast("Portal", request.app.state.portal)


async def caller_of(request: Request, *, password_only: bool = False) -> Caller:
    """Who asks, before a byte of the body is read; Problem when the bearer token is missing or no longer good."""
    portal, token = portal_of(request), _token(request)
    return await run_in_threadpool(lambda: portal.caller(token, password_only=password_only))


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem("token-expired", "a bearer token is needed")
    return token.strip()
