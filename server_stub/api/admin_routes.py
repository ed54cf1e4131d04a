"""`/v1/admin/devices`: the signed-in devices of every member, and signing one of them out."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server_stub.api.answers import json_answer
from server_stub.api.describe import described
from server_stub.api.reading import caller_of, portal_of
from server_stub.core import devices
from server_stub.core.moment import stamp

router = APIRouter(prefix="/v1/admin", tags=["admin"])


@router.get("/devices", **described("The devices that are signed in", answer="Devices", faults=(401, 403)))
async def listed(request: Request) -> Response:
    portal, caller = portal_of(request), await caller_of(request)

    def work() -> dict[str, object]:
        devices.require_manager(caller.person, portal.catalog().profile)
        now = stamp(portal.settings.clock())
        with portal.database.session() as session:
            return {"devices": devices.listed(session.connection(), now=now, asking=caller.session_id)}

    return json_answer(request, await run_in_threadpool(work))


@router.delete("/devices/{device}", **described("Sign a device out", answer="Empty", faults=(401, 403, 404)))
async def revoke(request: Request, device: str) -> Response:
    portal, caller = portal_of(request), await caller_of(request)

    def work() -> None:
        devices.require_manager(caller.person, portal.catalog().profile)
        settings = portal.settings
        with portal.database.session() as session:
            devices.revoke(session, device, by=caller.person, clock=settings.clock, ids=settings.ids)
        portal.note_epoch()

    await run_in_threadpool(work)
    return json_answer(request, {})
