"""`/v1/blobs/…`: attachments by digest."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server_stub.api.answers import json_answer
from server_stub.api.describe import described
from server_stub.api.file_answer import file_answer
from server_stub.api.reading import caller_of, portal_of, read_bytes, read_json
from server_stub.core.blobs import store_blob, which_are_here
from server_stub.core.canonical import is_hash
from server_stub.core.moment import stamp
from server_stub.core.problems import Problem
from server_stub.core.reading import blob_row
from server_stub.core.shape import is_count

router = APIRouter(prefix="/v1/blobs", tags=["blobs"])

MAX_CHECK = 1000


@router.post("/check", **described("Which blobs must be sent", body="Blobs", answer="HaveNeed", faults=(401, 403, 422)))
async def check(request: Request) -> Response:
    portal, caller = portal_of(request), await caller_of(request)
    body = await read_json(request)
    right = isinstance(body, list) and len(body) <= MAX_CHECK
    if not isinstance(body, list) or not right or not all(_is_blob(item) for item in body):
        raise Problem("invalid-request", f"a list of at most {MAX_CHECK} {{sha256, size}} is needed", status=422)
    digests = list(dict.fromkeys(item["sha256"] for item in body))

    def work() -> set[str]:
        with portal.reading(caller, write=True) as reader:
            return which_are_here(reader, digests)

    have = await run_in_threadpool(work)
    answer = {"have": [d for d in digests if d in have], "need": [d for d in digests if d not in have]}
    return json_answer(request, answer)


@router.put(
    "/{sha256}", **described("Send a blob", body="bytes", answer="Blob", also=(201,), faults=(401, 403, 404, 413, 422))
)
async def put(request: Request, sha256: str) -> Response:
    portal, caller = portal_of(request), await caller_of(request)
    if not is_hash(sha256):
        raise Problem("not-found", "the address is not a SHA-256")
    data = await read_bytes(request, portal.settings.limits.blob_bytes)
    now = stamp(portal.settings.clock())

    def work() -> bool:
        portal.uploads.refuse_scanned(data)
        with portal.database.session() as session:
            return store_blob(
                session, portal.files, sha256, data=data, member_id=caller.person.id, now=now,
                limits=portal.settings.limits,
            )  # fmt: skip

    new = await run_in_threadpool(work)
    return json_answer(request, {"sha256": sha256, "size": len(data)}, status=201 if new else 200)


@router.get(
    "/{sha256}",
    **described("A blob of a readable entry", answer="bytes", also=(206,), faults=(304, 401, 403, 404, 416)),
)
async def get(request: Request, sha256: str) -> Response:
    portal, caller = portal_of(request), await caller_of(request)

    headers = {"Cache-Control": "private, max-age=31536000, immutable", "Content-Disposition": "attachment"}

    def work() -> Response:
        with portal.reading(caller) as reader:
            row = blob_row(reader.db, sha256) if reader.may_read_blob(sha256) else None
        if row is None:
            raise Problem("not-found", "no such blob")
        return file_answer(request, portal.files, sha256, size=row.size, media_type=row.media_type, headers=headers)

    return await run_in_threadpool(work)


def _is_blob(item: object) -> bool:
    return isinstance(item, dict) and is_hash(item.get("sha256")) and is_count(item.get("size"))
