"""The OpenAPI 3.1 text of an endpoint: what it takes, what it answers, which problems it knows."""

from collections.abc import Iterable
from typing import Any, Final

_WORDS: Final = {
    201: "Created",
    304: "Not modified",
    400: "Not JSON, or a protocol this portal does not speak",
    401: "Sign in (again)",
    403: "Not allowed",
    404: "Unknown, or out of scope",
    409: "The portal was restored: another epoch",
    413: "Too large",
    415: "Not application/json, or a packing other than gzip",
    422: "A member is missing or wrong",
    429: "Too many attempts",
}

# Problems of a body, whatever it says: those of bytes, and of anything else, which is JSON.
_OF_JSON: Final = (400, 413, 415, 422)
_OF_BYTES: Final = (400, 413, 415)


def described(
    summary: str, *, answer: str, body: str | None = None, query: Iterable[str] = (), faults: Iterable[int] = (),
    also: Iterable[int] = (), token: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """Keyword arguments of a FastAPI route."""
    responses: dict[int | str, dict[str, Any]] = {200: {"description": "OK", "content": _content(answer)}}
    for status in also:
        responses[status] = {"description": _WORDS[status], "content": _content(answer)}
    for status in sorted({*faults, *_of_body(body)}):
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses[status] = {"description": _WORDS[status], **({} if status == 304 else {"content": content})}  # noqa: PLR2004
    extra: dict[str, Any] = {}
    if body is not None:
        extra["requestBody"] = {"required": True, "content": _content(body)}
    if query:
        extra["parameters"] = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in query]
    if token:
        extra["security"] = [{"bearer": []}]
    return {"summary": summary, "responses": responses, "openapi_extra": extra}


def _of_body(body: str | None) -> tuple[int, ...]:
    if body is None:
        return ()
    return _OF_BYTES if body == "bytes" else _OF_JSON


def _content(name: str) -> dict[str, Any]:
    if name == "bytes":
        return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
