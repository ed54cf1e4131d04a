"""The OpenAPI 3.1 text of an endpoint: what it takes, what it answers, which problems it knows."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from starlette.responses import Response

_WORDS: Final = {
    200: "OK",
    201: "Created",
    202: "Still under way",
    204: "Done",
    206: "A part of it",
    304: "Not modified",
    400: "Not JSON, or a protocol this portal does not speak",
    401: "Sign in (again)",
    403: "Not allowed",
    404: "Unknown, or out of scope",
    409: "The portal was restored: another epoch; another home sends under this device; or an upload stands elsewhere",
    410: "Waited too long",
    412: "Another version of tus",
    413: "Too large",
    415: "Not the content type that is needed, or a packing other than gzip",
    416: "Beyond the end",
    422: "A member is missing or wrong; a file that is not taken",
    429: "Too many attempts",
    460: "The bytes have another checksum",
}

# Headers without which a request means nothing.
_HEADERS: Final[Mapping[str, Any]] = {
    "Tus-Resumable": {"const": "1.0.0"},
    "Upload-Length": {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
    "Upload-Offset": {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
}

# Problems of a body, whatever it says: those of bytes, and of anything else, which is JSON.
_OF_JSON: Final = (400, 413, 415, 422)
_OF_BYTES: Final = (400, 413, 415)
_BINARY: Final = {"bytes": "application/octet-stream", "offset bytes": "application/offset+octet-stream"}
_BARE: Final = (304, 416)  # no body


def described(  # noqa: PLR0913 - one for each part of the text
    summary: str, *, answer: str, body: str | None = None, query: Iterable[str] = (), faults: Iterable[int] = (),
    also: Iterable[int] = (), token: bool = True, status: int = 200, headers: Iterable[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """Keyword arguments of a FastAPI route."""
    responses: dict[int | str, dict[str, Any]] = {}
    for good in (status, *also):
        responses[good] = {"description": _WORDS[good], **_content_of(answer)}
    for fault in sorted({*faults, *_of_body(body)}):
        responses[fault] = {"description": _WORDS[fault], **({} if fault in _BARE else _problem())}
    extra: dict[str, Any] = {}
    if body is not None:
        extra["requestBody"] = {"required": True, **_content_of(body)}
    if query:
        extra["parameters"] = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in query]
    if headers:
        extra["parameters"] = [
            {"name": name, "in": "header", "required": True, "schema": _HEADERS[name]} for name in headers
        ]
    if token:
        extra["security"] = [{"bearer": []}]
    found = {"summary": summary, "responses": responses, "openapi_extra": extra, "status_code": status}
    return {**found, "response_class": Response} if answer == "nothing" else found


def _of_body(body: str | None) -> tuple[int, ...]:
    if body is None:
        return ()
    return _OF_BYTES if body in _BINARY else _OF_JSON


def _problem() -> dict[str, Any]:
    return {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _content_of(name: str) -> dict[str, Any]:
    if name == "nothing":
        return {}
    if name in _BINARY:
        return {"content": {_BINARY[name]: {"schema": {"type": "string", "format": "binary"}}}}
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
