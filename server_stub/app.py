"""The portal as a FastAPI application: routers over the core, problems for every error, the public site.

app = create_app(Settings(database="sqlite:///portal.db"))
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server_stub.api import admin_routes, blob_routes, entry_routes, session_routes, upload_routes
from server_stub.api.answers import Marked, Open, problem_answer
from server_stub.core.problems import Problem
from server_stub.portal import Portal
from server_stub.settings import Settings
from server_stub.site import routes as site_routes
from server_stub.store.engine import disk_is_full

log = logging.getLogger(__name__)

_ROUTERS = (
    session_routes.router,
    entry_routes.router,
    blob_routes.router,
    upload_routes.router,
    admin_routes.router,
    site_routes.router,
)
_BY_STATUS = {
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.FORBIDDEN: "forbidden",
}


def create_app(settings: Settings) -> FastAPI:
    """A portal with its database open; it is closed when the application shuts down."""
    portal = Portal(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        portal.uploads.resume()
        yield
        portal.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.portal = portal
    app.add_middleware(Open, closed=portal.closed)
    app.add_middleware(Marked)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(RequestValidationError, _validation)
    for busy in (OperationalError, PoolTimeoutError):
        app.add_exception_handler(busy, _busy)
    app.add_exception_handler(DataError, _unheard_of)
    app.add_exception_handler(Exception, _unforeseen)
    for router in _ROUTERS:
        app.include_router(router)
    return app


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class
    return problem_answer(request, error)


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    if not request.url.path.startswith("/v1"):
        return await site_routes.missing(request)
    code = _BY_STATUS.get(HTTPStatus(error.status_code), "invalid-request")
    answer = problem_answer(request, Problem(code, str(error.detail), status=error.status_code))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(_methods_of(request.url.path))
    return answer


def _methods_of(path: str) -> list[str]:
    """What an address takes, over all its routes; one that names it outright comes before those with a parameter."""
    routes = [route for router in _ROUTERS for route in router.routes if isinstance(route, Route)]
    named = [route for route in routes if route.path == path]
    found = named or [route for route in routes if route.path_regex.match(path)]
    return sorted({method for route in found for method in route.methods or ()})


async def _validation(request: Request, _error: Exception) -> Response:
    return problem_answer(request, Problem("invalid-request", "a parameter is wrong", status=422))


async def _busy(request: Request, error: Exception) -> Response:
    log.warning("the database did not answer", exc_info=error)
    if disk_is_full(error):
        return problem_answer(request, Problem("storage-full", "there is no room left for this"))
    return problem_answer(request, Problem("maintenance", "the database is busy", extra={"retry_after": 2}))


async def _unheard_of(request: Request, error: Exception) -> Response:
    """A text that the database cannot hold (PostgreSQL: with a NUL in it) names nothing that is there."""
    log.info("the database refused a value", exc_info=error)
    if not request.url.path.startswith("/v1"):
        return await site_routes.missing(request)
    if request.method in ("GET", "HEAD"):
        return problem_answer(request, Problem("not-found", "no such thing"))
    return problem_answer(request, Problem("invalid-request", "a text holds what no text may", status=422))


async def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return problem_answer(request, Problem("internal", "the portal could not carry this out"))
