"""The reference portal in this process: the client's own `requests` calls its ASGI application, over a line that may fail."""

import asyncio
import gzip
import io
import json
import random
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from argon2 import PasswordHasher
from fastapi import FastAPI
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from desktop.sync.network import Way, WayOut
from server_stub.app import create_app
from server_stub.core.passwords import Passwords
from server_stub.core.setup import NewMember, install
from server_stub.resources import read_json, read_kinds
from server_stub.settings import Settings
from tests.checker.images import Image
from tests.unit.sync.scripted import sent

ADDRESS: Final = "http://127.0.0.1:1"  # nobody listens there: nothing gets past the adapter
PASSWORD: Final = "mat-khau-thu-nghiem"
WRITER, DEPUTY = "ctv.vanhoa", "phoban1"
SECTION: Final = "tin-hoat-dong"
NOON: Final = datetime(2026, 11, 22, 5, tzinfo=UTC)

_QUICK: Final = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
_ROLES: Final[dict[str, tuple[dict[str, object], ...]]] = {
    WRITER: ({"role": "ctv", "sections": [SECTION]},),
    DEPUTY: ({"role": "phoban", "sections": None},),
}
Send = Callable[[], requests.Response]


class ReferencePortal:
    """`line` decides what becomes of each request; `page` is the most changes in one answer."""

    def __init__(self, database: Path | None = None, *, first_id: int = 1) -> None:
        """In memory without `database`; no two lives of one database may give out the same ids."""
        numbers = count(first_id)
        self._app: FastAPI = create_app(
            Settings(
                f"sqlite:///{database}" if database else "sqlite://",
                clock=lambda: NOON,
                ids=lambda: f"01930000-0000-7000-8000-{next(numbers):012x}",
                chance=random.Random(first_id).randbytes,  # noqa: S311  repeatable on purpose
                passwords=_QUICK,
            )
        )
        self._runner = asyncio.Runner()
        self.line: Callable[[Send], requests.Response] = _always
        self.page = 500
        self.requests = 0
        if not self._app.state.portal.installed():
            self._install()

    def session(self) -> requests.Session:
        """What a client is given as its network."""
        session = WayOut(Way)
        session.mount("http://", _Adapter(self._carry))
        return session

    def image(self) -> Image:
        return Image(self._app.state.portal.database.engine)

    def lay(self, image: Image) -> None:
        """Everything is again as it was when `image` was taken, the line included."""
        image.lay_into(self._app.state.portal.database.engine)
        self.line, self.page, self.requests = _always, 500, 0

    def rows(self, statement: Any) -> list[Any]:  # noqa: ANN401  any select
        with self._app.state.portal.database.session() as session:
            return list(session.execute(statement).all())

    def close(self) -> None:
        self._app.state.portal.close()
        self._runner.close()

    def _install(self) -> None:
        settings = self._app.state.portal.settings
        profile = read_json("profiles", "generic.json")
        known = _QUICK.hash(PASSWORD)
        with self._app.state.portal.database.session(write=True) as session:
            install(
                session,
                profile=profile,
                kinds=read_kinds(),
                theme=profile["theme"],
                members=[NewMember(name, roles, password_hash=known) for name, roles in _ROLES.items()],
                clock=settings.clock,
                ids=settings.ids,
            )

    def _carry(self, request: requests.PreparedRequest) -> requests.Response:
        self.requests += 1
        return self.line(lambda: self._answer(request))

    def _answer(self, request: requests.PreparedRequest) -> requests.Response:
        call = _Exchange(request, _asking_for(request, self.page))
        self._runner.run(self._app(call.scope(), call.receive, call.send))
        return call.response()


def _asking_for(request: requests.PreparedRequest, page: int) -> bytes:
    """The body as the portal reads it; a sync asks for no more than `page` changes."""
    data = sent(request)
    if not (request.url or "").endswith("/v1/sync"):
        return data
    packed = request.headers.get("Content-Encoding") == "gzip"
    asked = json.loads(gzip.decompress(data) if packed else data)
    data = json.dumps({**asked, "limit": min(asked["limit"], page)}, ensure_ascii=False).encode()
    return gzip.compress(data, 1) if packed else data


def answer(
    status: int, body: bytes, headers: Mapping[str, str], *, to: requests.PreparedRequest | None = None
) -> requests.Response:
    """A response as it comes from the network."""
    raw = HTTPResponse(body=io.BytesIO(body), headers=headers, status=status, preload_content=False)
    asked = to or requests.Request("GET", ADDRESS).prepare()
    made: requests.Response = HTTPAdapter().build_response(asked, raw)
    return made


def _always(send: Send) -> requests.Response:
    return send()


@dataclass
class _Exchange:
    """One request of the ASGI protocol and its answer."""

    request: requests.PreparedRequest
    data: bytes
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    def scope(self) -> dict[str, Any]:
        parts = urlsplit(self.request.url or "")
        told = [(name.lower().encode(), str(value).encode()) for name, value in self.request.headers.items()]
        return {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1", "method": self.request.method,
            "scheme": parts.scheme, "path": parts.path, "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(), "root_path": "", "headers": told,
            "client": ("127.0.0.1", 2), "server": ("127.0.0.1", 1),
        }  # fmt: skip

    async def receive(self) -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": self.data}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        else:
            self.body += message.get("body", b"")

    def response(self) -> requests.Response:
        return answer(self.status, bytes(self.body), HTTPHeaderDict(self.headers), to=self.request)


class _Adapter(BaseAdapter):
    def __init__(self, carry: Callable[[requests.PreparedRequest], requests.Response]) -> None:
        super().__init__()
        self._carry = carry

    def send(self, request: requests.PreparedRequest, **_more: object) -> requests.Response:  # type: ignore[override]
        return self._carry(request)

    def close(self) -> None:
        """Nothing is held."""


@contextmanager
def reference_portal(database: Path | None = None, *, first_id: int = 1) -> Iterator[ReferencePortal]:
    portal = ReferencePortal(database, first_id=first_id)
    try:
        yield portal
    finally:
        portal.close()
