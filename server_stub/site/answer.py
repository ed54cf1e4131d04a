"""Answers of the site: headers that let a page run nothing and go nowhere, and that let a cache ask again cheaply."""

from collections.abc import Mapping
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server_stub.api.answers import packed
from server_stub.core.moment import read

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PAGE: Final[Mapping[str, str]] = {**_ALWAYS, "Content-Security-Policy": _POLICY}
FILE: Final[Mapping[str, str]] = {**_ALWAYS, "Content-Security-Policy": "default-src 'none'; sandbox"}
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"  # what is withdrawn must be gone at the next look
HTML: Final = "text/html; charset=utf-8"


def answer(
    request: Request,
    body: bytes,
    *,
    media_type: str = HTML,
    modified: str | None = None,
    cache: str = ASK_AGAIN,
    headers: Mapping[str, str] = PAGE,
) -> Response:
    """200 with `body`, or 304 when the asker has it already; `modified` is a stamp.

    `Last-Modified` only informs: a date cannot tell that a neighbour was withdrawn, the ETag can.
    """
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    # Weak: packed or not, the page is the same.
    sent = {**headers, "ETag": f"W/{tag}", "Cache-Control": cache}
    if modified is not None:
        sent["Last-Modified"] = format_datetime(read(modified).replace(microsecond=0), usegmt=True)
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**sent, "Vary": "Accept-Encoding"})
    response = Response(body, media_type=media_type, headers=sent)
    return packed(request, response) if media_type.startswith("text/") else response


def not_found(request: Request, body: bytes) -> Response:
    """404, the same for everything that is not public; never kept by a cache."""
    headers = {**PAGE, "Cache-Control": "no-store"}
    return packed(request, Response(body, HTTPStatus.NOT_FOUND, headers, HTML))


def _has(given: str, tag: str) -> bool:
    """Whether If-None-Match names `tag` (weak comparison, RFC 9110)."""
    tags = [item.strip().removeprefix("W/") for item in given.split(",")]
    return tag in tags or tags == ["*"]
