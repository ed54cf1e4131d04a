"""`/v1/capabilities`, `/v1/bundle`, `/v1/sync`, `/v1/entries…`, `/v1/history/check`."""

from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server_stub.api.answers import json_answer, text_answer
from server_stub.api.describe import described
from server_stub.api.reading import caller_of, carried_out, portal_of, read_object, texts_of
from server_stub.auth import Caller
from server_stub.core.canonical import is_hash
from server_stub.core.problems import Problem

router = APIRouter(prefix="/v1", tags=["sync"])

MAX_BATCH = 250
MAX_RIDS = 1000


@router.get("/capabilities", **described("What this portal can do", answer="Capabilities", token=False))
async def capabilities(request: Request) -> Response:
    return json_answer(request, await run_in_threadpool(portal_of(request).capabilities))


@router.get(
    "/bundle", **described("Profile, kinds and theme in force", answer="Bundle", query=("rev",), faults=(304, 401, 403))
)
async def bundle(request: Request) -> Response:
    """304 when the client's `rev` (or `If-None-Match`) is the one in force."""
    portal = portal_of(request)
    await caller_of(request)
    catalog = await run_in_threadpool(portal.catalog)
    tag = f'"{catalog.rev}"'
    known = request.headers.get("if-none-match", "")
    if request.query_params.get("rev") == catalog.rev or tag in known:
        return Response(status_code=304, headers={"ETag": tag})
    return json_answer(request, catalog.document, headers={"ETag": tag})


@router.post(
    "/sync",
    **described(
        "Send operations, receive changes",
        body="SyncRequest",
        answer="SyncReply",
        faults=(400, 401, 403, 409, 413, 422),
    ),
)
async def sync(request: Request) -> Response:
    portal = portal_of(request)
    return await carried_out(request, lambda caller, body: json_answer(request, portal.sync(caller, body)))


@router.get(
    "/entries/{entry_id}",
    **described("One entry with a revision", answer="EntryView", query=("rid",), faults=(401, 403, 404)),
)
async def entry(request: Request, entry_id: str) -> Response:
    portal, caller = portal_of(request), await caller_of(request)
    rid = request.query_params.get("rid")
    if rid is not None and not is_hash(rid):
        raise Problem("not-found", "no such revision")

    def work() -> str | None:
        with portal.reading(caller) as reader:
            view = reader.entry_view(entry_id, rid)
        return None if view is None else view.text()

    found = await run_in_threadpool(work)
    if found is None:
        raise Problem("not-found", "no such entry")
    return text_answer(request, found)


@router.post("/entries/batch", **described("Several entries", body="Ids", answer="EntryViews", faults=(401, 403, 422)))
async def batch(request: Request) -> Response:
    portal = portal_of(request)

    def work(caller: Caller, body: dict[str, Any]) -> Response:
        ids = texts_of(body, "ids", limit=MAX_BATCH)
        with portal.reading(caller) as reader:
            views = reader.batch(ids)
        # Here, in a thread: what is written and packed may be megabytes.
        return text_answer(request, f'{{"entries":[{",".join(view.text() for view in views)}]}}')

    return await carried_out(request, work)


@router.post(
    "/history/check", **described("Which revisions are known", body="Rids", answer="Known", faults=(401, 403, 422))
)
async def check_history(request: Request) -> Response:
    portal, caller = portal_of(request), await caller_of(request)
    rids = texts_of(await read_object(request), "rids", limit=MAX_RIDS)

    def work() -> list[str]:
        with portal.reading(caller) as reader:
            return reader.known_rids(rids)

    return json_answer(request, {"known": await run_in_threadpool(work)})
