"""The portal of the golden replies: its bundle, clock, ids and accounts are frozen; exchanges are played in order.

`{access:NAME}`, `{refresh:NAME}`, `{cursor:NAME}` and `{upload:NAME}` in a file stand for what the exchange NAME gave: those are opaque.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import requests

from resources import path
from server_stub.app import create_app
from server_stub.core.setup import NewMember, install
from server_stub.serving import in_thread
from server_stub.settings import Settings
from tests.support.operations import Source
from tests.unit.server_stub.house import QUICK

Json = dict[str, Any]
FOLDER: Final = path("contract", "golden")
PASSWORD: Final = "mật khẩu của vai này"
_OPAQUE: Final = {"access": "access", "refresh": "refresh", "next_cursor": "cursor", "id": "upload"}
_TOLD: Final = (
    "content-type",
    "etag",
    "retry-after",
    "www-authenticate",
    "portal-api",
    "upload-offset",
    "upload-length",
    "tus-version",
    "location",
)
_STEP: Final = timedelta(seconds=10)


def frozen(name: str) -> Any:  # noqa: ANN401  the shape is the file's
    """A file of resources/contract/golden."""
    return json.loads((FOLDER / f"{name}.json").read_bytes())


@dataclass
class Stage:
    """`given` maps the names of opaque values to what they are in this run."""

    address: str
    source: Source
    given: dict[str, str] = field(default_factory=dict)

    def play(self, name: str, request: Mapping[str, Any]) -> Json:
        """The reply to a request, as it is written down."""
        self.source.moment += _STEP + timedelta(seconds=request.get("later", 0))
        headers = {"X-Request-ID": "req-01930000-0000-7000-8000-000000000000", **request.get("headers", {})}
        if "token" in request:
            headers["Authorization"] = f"Bearer {self._filled(request['token'])}"
        data = None
        if "body" in request:
            data, headers["Content-Type"] = json.dumps(self._filled(request["body"])).encode(), "application/json"
        if "bytes" in request:
            data = bytes.fromhex(request["bytes"])
        path = request["path"]
        for known, value in self.given.items():
            path = path.replace(known, value)
        got = requests.request(request["method"], self.address + path, data=data, headers=headers, timeout=20)
        told = {key: got.headers[key] for key in _TOLD if key in got.headers}
        if "location" in told:
            start, _, upload_id = told["location"].rpartition("/")
            told["location"] = f"{start}/{self._named(name, {'id': upload_id})['id']}"
        if "json" not in told.get("content-type", ""):
            return {"status": got.status_code, "headers": told, "bytes": got.content.hex()}
        return {"status": got.status_code, "headers": told, "body": self._named(name, got.json())}

    def _filled(self, value: Any) -> Any:  # noqa: ANN401
        match value:
            case str():
                return self.given.get(value, value)
            case list():
                return [self._filled(item) for item in value]
            case dict():
                return {key: self._filled(item) for key, item in value.items()}
        return value

    def _named(self, name: str, body: Any) -> Any:  # noqa: ANN401
        if not isinstance(body, dict):
            return body
        for key, word in _OPAQUE.items():
            if key in body:
                known = next((old for old, value in self.given.items() if value == body[key]), f"{{{word}:{name}}}")
                self.given[known] = body[key]
                body[key] = known
        return body


class _Still(Source):
    """A clock that stands during an exchange: how often it is looked at is no part of the protocol."""

    def clock(self) -> Any:  # noqa: ANN401
        return self.moment


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A new portal by `portal.json`."""
    source, portal, hashed = _Still(), frozen("portal"), QUICK.hash(PASSWORD)
    app = create_app(Settings(f"sqlite:///{folder / 'golden.db'}", clock=source.clock, ids=source.id, passwords=QUICK))
    with app.state.portal.database.session() as session:
        install(
            session, profile=portal["profile"], kinds=portal["kinds"], theme=portal["profile"]["theme"], clock=source.clock,
            ids=source.id, secret="0" * 64, members=[
                NewMember(name, tuple(roles), password_hash=hashed, password_initial=not roles)
                for name, roles in portal["members"].items()
            ],
        )  # fmt: skip
    with in_thread(app) as address:
        yield Stage(address, source)
