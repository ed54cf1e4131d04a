"""`/v1/auth/…`: signing in, renewing, changing the password, signing out."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server_stub import auth
from server_stub.api.answers import json_answer
from server_stub.api.describe import described
from server_stub.api.reading import caller_of, portal_of, read_object, text_of
from server_stub.core.problems import Problem

router = APIRouter(prefix="/v1/auth", tags=["auth"])


@router.post(
    "/login", **described("Sign in on a device", body="Login", answer="SignedIn", faults=(401, 422, 429), token=False)
)
async def log_in(request: Request) -> Response:
    portal, body = portal_of(request), await read_object(request)
    device = body.get("device")
    if not isinstance(device, dict):
        raise Problem("invalid-request", "device: an object with id and name is needed", status=422)
    username, password = text_of(body, "username"), text_of(body, "password", limit=1000)
    named = (text_of(device, "id"), text_of(device, "name"))

    def work() -> dict[str, object]:
        with portal.database.session() as session:
            return auth.log_in(session, username=username, password=password, device=named, means=portal.means)

    return json_answer(request, await run_in_threadpool(work))


@router.post(
    "/refresh", **described("Renew the tokens", body="Refresh", answer="SignedIn", faults=(401, 422), token=False)
)
async def renew(request: Request) -> Response:
    portal, body = portal_of(request), await read_object(request)
    refresh, refresh_id = text_of(body, "refresh"), text_of(body, "refresh_id")

    def work() -> dict[str, object]:
        with portal.database.session() as session:
            return auth.renew(session, refresh=refresh, refresh_id=refresh_id, means=portal.means)

    return json_answer(request, await run_in_threadpool(work))


@router.post(
    "/password", **described("Change the password", body="NewPassword", answer="Empty", faults=(401, 422, 429))
)
async def change_password(request: Request) -> Response:
    portal, caller = portal_of(request), await caller_of(request, password_only=True)
    body = await read_object(request)
    old, new = text_of(body, "old", limit=1000), text_of(body, "new", limit=1000)

    def work() -> None:
        with portal.database.session() as session:
            auth.change_password(session, caller, old=old, new=new, means=portal.means)

    await run_in_threadpool(work)
    return json_answer(request, {})


@router.post("/logout", **described("Sign this device out", answer="Empty", faults=(401,)))
async def log_out(request: Request) -> Response:
    portal, caller = portal_of(request), await caller_of(request, password_only=True)

    def work() -> None:
        with portal.database.session() as session:
            auth.log_out(session, caller, clock=portal.settings.clock)

    await run_in_threadpool(work)
    return json_answer(request, {})
