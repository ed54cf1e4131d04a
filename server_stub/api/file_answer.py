"""A file by digest as an answer: whole, or the one range that was asked for (RFC 9110), in pieces."""

import re
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server_stub.store.files import Files

_RANGE: Final = re.compile(r"bytes=([0-9]{0,16})-([0-9]{0,16})\Z")


def file_answer(
    request: Request, files: Files, sha256: str, *, size: int, media_type: str, headers: Mapping[str, str]
) -> Response:
    """200, 206, 304 or 416. The digest is the strong validator; a date in `If-Range` never fits."""
    tag = f'"{sha256}"'
    sent = {**headers, "ETag": tag, "Accept-Ranges": "bytes"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=sent)
    wanted = request.headers.get("range", "")
    if request.headers.get("if-range", tag) != tag:
        wanted = ""
    start, end, status = 0, size, 200
    if (span := _span(wanted, size)) is not None:
        start, end = span
        if start >= end:
            return Response(status_code=416, headers={**sent, "Content-Range": f"bytes */{size}"})
        status, sent["Content-Range"] = 206, f"bytes {start}-{end - 1}/{size}"
    sent["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=sent, media_type=media_type)
    return StreamingResponse(files.read(sha256, start, end), status, sent, media_type)


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """From and to (exclusive) of a single range; None for anything else, which is answered whole."""
    found = _RANGE.match(wanted)
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        return max(size - int(last), 0), size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size
