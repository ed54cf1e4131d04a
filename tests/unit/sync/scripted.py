"""A `requests` adapter that answers from a list and keeps what was asked: the network of these tests."""

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from desktop.sync.client import HttpPortal
from desktop.sync.vault import KeyringVault
from tests.support.offices import CountedClock, SeededChance

ADDRESS = "https://portal.invalid"
OURS = {"Portal-Api": "1", "Content-Type": "application/json"}
EPOCH = "0193e9a0-0000-7000-8000-000000000001"
REV = "ab" * 32


@dataclass
class Asked:
    method: str
    url: str
    headers: Mapping[str, str]
    data: bytes
    timeout: object
    pieces: bool = False

    @property
    def json(self) -> Any:  # noqa: ANN401  whatever was sent
        packed = self.headers.get("Content-Encoding") == "gzip"
        return json.loads(gzip.decompress(self.data) if packed else self.data)


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: object = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=lambda: OURS)

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


def problem(status: int, code: str, **headers: str) -> Reply:
    told = {"Portal-Api": "1", "Content-Type": "application/problem+json", **headers}
    return Reply(status, {"code": code, "detail": "d", "status": status}, told)


def sent(request: requests.PreparedRequest) -> bytes:
    """The body as it goes out, which a long one does in pieces."""
    body: Any = request.body or b""
    whole = body.read() if hasattr(body, "read") else body
    return whole if isinstance(whole, bytes) else str(whole).encode()


class Scripted(BaseAdapter):
    """Each request takes the next of `script`; an exception in it is raised."""

    def __init__(self, script: Sequence[Reply | Exception]) -> None:
        super().__init__()
        self.script = list(script)
        self.asked: list[Asked] = []

    def send(self, request: requests.PreparedRequest, **more: object) -> requests.Response:  # type: ignore[override]
        in_pieces = hasattr(request.body, "read")
        told = (request.method or "", request.url or "", dict(request.headers), sent(request), more["timeout"])
        self.asked.append(Asked(*told, pieces=in_pieces))
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        raw = HTTPResponse(
            body=io.BytesIO(step.data), headers=dict(step.headers), status=step.status, preload_content=False
        )
        response: requests.Response = HTTPAdapter().build_response(request, raw)
        return response

    def close(self) -> None:
        """Nothing is held."""


def portal(*script: Reply | Exception, tokens: str | None = None) -> tuple[HttpPortal, Scripted, KeyringVault]:
    """A client whose network is `script`; signed in unless `tokens` is empty."""
    adapter = Scripted(script)
    session = requests.Session()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    vault = KeyringVault("home", None)
    secret = tokens if tokens is not None else json.dumps({"access": "a1", "refresh": "r1", "refresh_id": ""})
    if secret:
        vault.write("tokens", secret)
    client = HttpPortal(ADDRESS, session, vault=vault, clock=CountedClock(), chance=SeededChance(), version="0.1.0")
    return client, adapter, vault


LOGIN = {
    "access": "a1", "access_expires_in": 1800, "refresh": "r1", "member": {"id": "u-1", "username": "ctv"},
    "password_change_required": False, "epoch": EPOCH, "bundle_rev": REV,
}  # fmt: skip
