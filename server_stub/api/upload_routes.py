"""`/v1/uploads`: resumable uploads by tus 1.0 (https://tus.io/protocols/resumable-upload); docs/wire.md, "Uploads"."""

import base64
import binascii
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Final

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server_stub.api.answers import json_answer
from server_stub.api.describe import described
from server_stub.api.reading import caller_of, portal_of
from server_stub.api.receiving import displaced, receive, turn_at
from server_stub.core.moment import read
from server_stub.core.problems import Problem
from server_stub.core.uploads import Announced, Upload, read_metadata
from server_stub.uploading import Uploads

router = APIRouter(prefix="/v1/uploads", tags=["uploads"])

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,checksum,expiration,termination"
_DIGESTS: Final = {"sha256": 32, "sha1": 20}
_BYTES: Final = "application/offset+octet-stream"
_MAX_DIGITS: Final = 16
_MAX_KEY: Final = 200


@router.options("", **described("What of tus this portal speaks", answer="nothing", status=204, token=False))
async def options(request: Request) -> Response:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(portal_of(request).settings.limits.file_bytes),
        "Tus-Checksum-Algorithm": ",".join(_DIGESTS),
    }
    return Response(status_code=204, headers=headers)


@router.post(
    "",
    **described(
        "Begin an upload",
        answer="nothing",
        status=201,
        headers=("Tus-Resumable", "Upload-Length"),
        faults=(400, 401, 403, 409, 412, 413, 415, 422, 460),
    ),
)
async def begin(request: Request) -> Response:
    portal, caller = portal_of(request), await caller_of(request)
    _check_version(request)
    if "upload-length" not in request.headers:
        raise Problem("invalid-request", "Upload-Length is needed: its deferral is not spoken here")
    with_bytes = request.headers.get("content-type", "") == _BYTES
    check = _checksum_of(request) if with_bytes else None
    metadata, key = request.headers.get("upload-metadata", ""), request.headers.get("idempotency-key")
    if key is not None and (not 0 < len(key) <= _MAX_KEY or not key.isprintable()):
        raise Problem("invalid-request", f"Idempotency-Key: at most {_MAX_KEY} letters")
    new = Announced(_number(request, "upload-length"), metadata, key, read_metadata(metadata))
    uploads = portal.uploads
    upload_id = await run_in_threadpool(lambda: uploads.begin(new, member_id=caller.person.id))
    upload = await run_in_threadpool(lambda: uploads.find(upload_id, member_id=caller.person.id))
    headers = {"Location": f"/v1/uploads/{upload_id}"}
    if upload.state == "receiving" and (with_bytes or upload.size == 0):
        upload = await _take(request, uploads, upload, at=None, check=check)
        headers["Upload-Offset"] = str(uploads.offset(upload))
    return Response(status_code=201, headers={**headers, **_expiry(upload)})


@router.head(
    "/{upload_id}",
    **described(
        "How far an upload has come",
        answer="nothing",
        headers=("Tus-Resumable",),
        faults=(401, 403, 404, 409, 410, 412),
    ),
)
async def head(request: Request, upload_id: str) -> Response:
    uploads, upload = await _found(request, upload_id)
    offset = uploads.offset(upload)
    if upload.state == "receiving":
        async with turn_at(uploads.parts, upload.id) as turn:
            offset = turn.part.size
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(upload.size), "Cache-Control": "no-store"}
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    return Response(status_code=200, headers={**headers, **_expiry(upload)})


@router.patch(
    "/{upload_id}",
    **described(
        "Send the next bytes", body="offset bytes", answer="nothing", status=204, headers=("Tus-Resumable", "Upload-Offset"),
        faults=(400, 401, 403, 404, 409, 410, 412, 413, 415, 460),
    ),
)  # fmt: skip
async def patch(request: Request, upload_id: str) -> Response:
    uploads, upload = await _found(request, upload_id)
    if request.headers.get("content-type", "") != _BYTES:
        raise Problem("unsupported-media-type", f"{_BYTES} is needed")
    at, check = _number(request, "upload-offset"), _checksum_of(request)
    if upload.state != "receiving":
        if at != upload.size:
            raise _other_offset(upload.size)
    else:
        upload = await _take(request, uploads, upload, at=at, check=check)
    headers = {"Upload-Offset": str(uploads.offset(upload)), **_expiry(upload)}
    return Response(status_code=204, headers=headers)


@router.delete(
    "/{upload_id}",
    **described(
        "Give an upload up", answer="nothing", status=204, headers=("Tus-Resumable",), faults=(401, 403, 404, 410, 412)
    ),
)
async def end(request: Request, upload_id: str) -> Response:
    uploads, upload = await _found(request, upload_id)
    uploads.parts.ask(upload.id)
    await run_in_threadpool(uploads.end, upload)
    return Response(status_code=204)


@router.get(
    "/{upload_id}", **described("What became of an upload", answer="Upload", also=(202,), faults=(401, 403, 404, 410))
)
async def state(request: Request, upload_id: str) -> Response:
    uploads, upload = await _found(request, upload_id, tus=False)
    answer = {
        "id": upload.id, "state": upload.state, "size": upload.size, "offset": uploads.offset(upload),
        "sha256": upload.sha256, "rule": upload.rule, "expires": upload.expires,
    }  # fmt: skip
    if upload.state != "checking":
        return json_answer(request, answer)
    uploads.check_soon(upload.id)
    return json_answer(request, answer, status=202, headers={"Retry-After": "1"})


async def _found(request: Request, upload_id: str, *, tus: bool = True) -> tuple[Uploads, Upload]:
    uploads, caller = portal_of(request).uploads, await caller_of(request)
    if tus:
        _check_version(request)
    return uploads, await run_in_threadpool(lambda: uploads.find(upload_id, member_id=caller.person.id))


async def _take(
    request: Request, uploads: Uploads, upload: Upload, *, at: int | None, check: tuple[str, bytes] | None
) -> Upload:
    """Write what comes; `at` is the offset the client counts on."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Problem("unsupported-media-type", "the bytes of an upload come as they are")
    async with turn_at(uploads.parts, upload.id) as turn:
        start = turn.part.size
        if at not in (None, start):
            raise _other_offset(start)
        ending = await receive(request, turn, room=upload.size - start, check=check)
        offset = turn.part.size
    upload = await run_in_threadpool(lambda: uploads.came(upload, offset=offset))
    if ending == "displaced":
        raise displaced(offset)
    return upload


def _other_offset(right: int) -> Problem:
    return Problem("upload-offset-mismatch", f"the upload has come to {right}", extra={"offset": right})


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise Problem("tus-version", f"Tus-Resumable: {VERSION} is needed")


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > _MAX_DIGITS:
        raise Problem("invalid-request", f"{name.title()}: a number is needed")
    return int(text)


def _checksum_of(request: Request) -> tuple[str, bytes] | None:
    given = request.headers.get("upload-checksum")
    if given is None:
        return None
    algorithm, _, text = given.partition(" ")
    try:
        digest = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if _DIGESTS.get(algorithm) != len(digest):
        raise Problem("invalid-request", f"Upload-Checksum: one of {', '.join(_DIGESTS)} and its digest in base64")
    return algorithm, digest


def _expiry(upload: Upload) -> Mapping[str, str]:
    return {"Upload-Expires": format_datetime(read(upload.expires).replace(microsecond=0), usegmt=True)}
