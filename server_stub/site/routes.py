"""The addresses of the public site: no token, no cookie, no script.

Whatever is not public (unknown, draft, waiting, withdrawn, a stray address) answers the same 404 page by the same way.
"""

import re
from collections.abc import Callable
from typing import Final

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server_stub.api.file_answer import file_answer
from server_stub.api.reading import portal_of
from server_stub.site import pages, published
from server_stub.site.answer import ASK_AGAIN, FILE, FOREVER, answer, not_found
from server_stub.site.blobs import public_file
from server_stub.site.cards import LEGAL, OTHER_PATH, PATHS, address
from server_stub.site.entry_page import entry_page
from server_stub.site.view import View, look

router = APIRouter(include_in_schema=False)

_READ: Final = ["GET", "HEAD"]
_PAGE_NUMBER: Final = re.compile(r"[1-9][0-9]{0,4}")
_ICON: Final = "icon.svg"

Make = Callable[[View], Response | None]


@router.api_route("/", methods=_READ)
async def home(request: Request) -> Response:
    def make(view: View) -> Response:
        newest = published.latest(view.db, limit=1)
        modified = newest[0].published if newest else None
        return answer(request, pages.home(view).encode(), modified=modified)

    return await _made(request, make)


@router.api_route("/chuyen-muc/{section}", methods=_READ)
async def section(request: Request, section: str) -> Response:
    number = _number(request)

    def make(view: View) -> Response | None:
        return _page(request, pages.section_page(view, section, number, request.query_params) if number else None)

    return await _made(request, make)


@router.api_route(f"/{PATHS[LEGAL]}", methods=_READ)
async def documents(request: Request) -> Response:
    number = _number(request)

    def make(view: View) -> Response | None:
        return _page(request, pages.documents_page(view, number, request.query_params) if number else None)

    return await _made(request, make)


@router.api_route("/tim-kiem", methods=_READ)
async def search(request: Request) -> Response:
    number, typed = _number(request), request.query_params.get("q", "")

    def make(view: View) -> Response | None:
        return _page(request, pages.search_page(view, typed, number) if number else None)

    return await _made(request, make)


async def entry(request: Request, entry_id: str) -> Response:
    def make(view: View) -> Response | None:
        live = published.find(view.db, entry_id)
        if live is None or request.url.path != address(live):
            return None
        return answer(request, entry_page(view, live).encode(), modified=live.published)

    return await _made(request, make)


for folder in (*PATHS.values(), OTHER_PATH):
    router.add_api_route(f"/{folder}/{{entry_id}}", entry, methods=_READ)


@router.api_route("/_blob/{sha256}", methods=_READ)
async def blob(request: Request, sha256: str) -> Response:
    def make(view: View) -> Response | None:
        found = public_file(view.db, sha256)
        if found is None:
            return None
        headers = {**FILE, "Content-Disposition": found.disposition, "Cache-Control": ASK_AGAIN}
        files = portal_of(request).files
        return file_answer(request, files, sha256, size=found.size, media_type=found.media_type, headers=headers)

    return await _made(request, make)


@router.api_route("/static/{name}", methods=_READ)
async def static(request: Request, name: str) -> Response:
    def make(view: View) -> Response | None:
        if name == "site.css":
            asked_for_this = request.query_params.get("v") == view.sheet.mark
            cache = FOREVER if asked_for_this else ASK_AGAIN
            return answer(request, view.sheet.data, media_type="text/css; charset=utf-8", cache=cache, headers=FILE)
        if name == _ICON:
            return answer(request, (view.theme.site / _ICON).read_bytes(), media_type="image/svg+xml", headers=FILE)
        return None

    return await _made(request, make)


async def missing(request: Request) -> Response:
    """The page of whatever is not here."""
    return await _made(request, lambda _view: None)


def _page(request: Request, text: str | None) -> Response | None:
    return None if text is None else answer(request, text.encode())


async def _made(request: Request, make: Make) -> Response:
    """What `make` answers within one look at the database, else the page of what is not here."""
    portal = portal_of(request)

    def work() -> Response:
        with portal.database.session() as session:
            view = look(session.connection(), portal.settings.themes)
            return make(view) or not_found(request, pages.missing_page(view).encode())

    return await run_in_threadpool(work)


def _number(request: Request) -> int:
    """The asked page of a list, from 1; 0 for what is no number."""
    given = request.query_params.get("trang", "1")
    return int(given) if _PAGE_NUMBER.fullmatch(given) else 0
