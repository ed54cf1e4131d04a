"""The portal from outside, over HTTP only: the public pages as anybody reads them, and the feed as a member's device hears it."""

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final

from tests.support.poll import rest

PLACES: Final = {"article": "bai-viet", "legal-document": "van-ban"}
_PATIENCE: Final = 60.0
_OWN: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@dataclass(frozen=True)
class Known:
    """What the portal says of an entry."""

    entry_id: str
    kind: str
    title: str
    step: str
    phase: str
    state_ver: int
    public: bool

    @property
    def path(self) -> str:
        """Where it stands on the public site, if it does."""
        return f"/{PLACES.get(self.kind, 'muc')}/{self.entry_id}"


class Site:
    """`rest` is called between attempts while the portal is away (a window must live on meanwhile)."""

    def __init__(self, url: str, *, rest: Callable[[], None] = rest) -> None:
        self.url = url
        self._rest = rest

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.url + path))  # noqa: S310  our own loopback portal

    def post(self, path: str, value: Mapping[str, Any], *, token: str = "") -> dict[str, Any]:
        """A JSON call; AssertionError when the portal refuses."""
        headers = {"Content-Type": "application/json", "Portal-Protocol": "1", "Portal-Client": "toasoan/day"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        body = json.dumps(value, ensure_ascii=False).encode()
        answer = self._ask(urllib.request.Request(self.url + path, data=body, headers=headers))  # noqa: S310
        assert answer.status == 200, f"POST {path}: {answer.status} {answer.text[:300]}"
        said: dict[str, Any] = json.loads(answer.text)
        return said

    def _ask(self, request: urllib.request.Request) -> Answer:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return _once(request)
            except (urllib.error.URLError, HTTPException, OSError) as error:
                if time.monotonic() > end:
                    raise AssertionError(f"{request.full_url}: {error}") from error
                self._rest()


def _once(request: urllib.request.Request) -> Answer:
    """Any answer, refusals too; what urllib raises when there is none, or only half of one."""
    try:
        with _OWN.open(request, timeout=10) as reply:
            return Answer(reply.status, reply.read().decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.read().decode())


class Observer:
    """A member's device that only listens."""

    def __init__(self, site: Site, username: str, password: str) -> None:
        self._site = site
        self._device = str(uuid.uuid4())
        device = {"id": self._device, "name": "observer"}
        said = site.post("/v1/auth/login", {"username": username, "password": password, "device": device})
        self._token, self._epoch, self._actor = said["access"], said["epoch"], said["member"]["id"]

    def entries(self) -> Sequence[Known]:
        """Every entry this member may see."""
        cursor, found = None, []
        while True:
            said = self._site.post(
                "/v1/sync",
                {
                    "protocol": 1, "epoch": self._epoch, "device_id": self._device, "actor": self._actor,
                    "cursor": cursor, "limit": 500, "ops": [],
                },
                token=self._token,
            )  # fmt: skip
            found += [_known(change) for change in said["changes"] if change["type"] == "entry"]
            cursor = said["next_cursor"]
            if not said["has_more"]:
                return found

    def titled(self, title: str) -> Sequence[Known]:
        """The entries of that title; more than one means that something was doubled."""
        return [known for known in self.entries() if known.title == title]


def _known(change: Mapping[str, Any]) -> Known:
    head, meta = change["head"], change["meta"]
    return Known(
        entry_id=head["entry_id"],
        kind=meta["kind"],
        title=meta["title"],
        step=head["state"]["step"],
        phase=head["state"]["phase"],
        state_ver=head["state_ver"],
        public=head["published_rid"] is not None,
    )
