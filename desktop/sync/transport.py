"""One HTTP request and its answer, judged before anything in it is used: is this our portal, and what does it say?"""

import gzip
import http.client
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import IO, TypeAlias
from urllib.parse import urlsplit

import requests

from desktop.domain.digest import Json
from desktop.domain.errors import NotOurPortal, Offline
from desktop.sync import faults, strict_json
from desktop.sync.backoff import wish_of
from desktop.sync.reading import Reading

Payload: TypeAlias = "Json | bytes"

CONNECT_SECONDS = 10.0
STALL_SECONDS = 30.0  # without a byte; a slow line that moves may take as long as it needs
LEAST_BYTES = 1024  # of an answer in the time that a stall may take: less is a line that leads nowhere
MOST_BYTES = 160 * 1024 * 1024
_WORTH_PACKING = 1024
_CHUNK = 64 * 1024
_PART = 16 * 1024
_NUMBER = re.compile("[0-9]{1,15}")
_JSON = "application/json"
_PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Answer:
    """A 2xx (or 304) of our portal."""

    status: int
    media_type: str
    data: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """A header that holds a number from 0 on; NotOurPortal for anything else."""
        text = self.headers.get(name.lower(), "")
        if not _NUMBER.fullmatch(text):
            raise NotOurPortal(f"no number in {name}")
        return int(text)

    @property
    def not_modified(self) -> bool:
        return self.status == http.HTTPStatus.NOT_MODIFIED

    def reading(self) -> Reading:
        """The JSON object in it; NotOurPortal for anything else."""
        if self.media_type != _JSON:
            raise NotOurPortal(f"{self.media_type or 'no media type'} where JSON was due")
        value = strict_json.loads(self.data)
        if not isinstance(value, dict):
            raise NotOurPortal("the answer is not an object")
        return Reading(value)


class _Bearer(requests.auth.AuthBase):
    """Sets the header itself, so that a .netrc never replaces it."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Transport:
    def __init__(
        self,
        address: str,
        session: requests.Session,
        *,
        client: str,
        new_id: Callable[[], str],
        now: Callable[[], str],
        monotonic: Callable[[], float],
    ) -> None:
        self._address = address.strip().rstrip("/")
        self._session = session
        self._client = client
        self._new_id = new_id
        self._now = now
        self._monotonic = monotonic

    def post(self, path: str, body: Mapping[str, Json], *, token: str | None = None) -> Answer:
        return self.send("POST", path, body=dict(body), token=token)

    def send(
        self,
        method: str,
        path: str,
        *,
        body: Payload,
        token: str | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        """The portal's answer; a Problem for everything that is not a 2xx or 304 of a portal that speaks this API.

        `more`: further headers.
        """
        headers = {
            "Accept": f"{_JSON}, {_PROBLEM}, application/octet-stream",
            "Portal-Protocol": "1",
            "Portal-Client": self._client,
            "X-Request-ID": f"req-{self._new_id()}",
        }
        data = _in_parts(_packed(body, headers))
        headers.update(more or {})
        with faults.translated(self._now):
            response = self._session.request(
                method,
                checked_address(self._address) + path,
                data=data,
                headers=headers,
                auth=_Bearer(token),
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, STALL_SECONDS),
                stream=True,
            )
            with response:
                _require_ours(response)
                told = {name.lower(): value for name, value in response.headers.items()}
                answer = Answer(response.status_code, _media_type(response), _read(response, self._monotonic), told)
        if not response.ok:
            raise faults.from_head(response.status_code) if method == "HEAD" else _problem(response, answer)
        return answer


def checked_address(address: str) -> str:
    """`address` if it is https, or http to this very machine; NotOurPortal otherwise."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise NotOurPortal("the address is not a URL") from error
    if not host or parts.username is not None or parts.query or parts.fragment:
        raise NotOurPortal("the address is not that of a portal")
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)):
        return address
    raise NotOurPortal("the address must begin with https://")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _packed(body: Payload, headers: dict[str, str]) -> bytes | None:
    if body is None:
        return None
    if isinstance(body, bytes):
        headers["Content-Type"] = "application/octet-stream"
        return body
    headers["Content-Type"] = _JSON
    data = strict_json.dumps(body)
    if len(data) <= _WORTH_PACKING:
        return data
    headers["Content-Encoding"] = "gzip"
    return gzip.compress(data, compresslevel=3, mtime=0)


def _in_parts(data: bytes | None) -> bytes | IO[bytes] | None:
    """A long body goes out piece by piece: whole, it would have to leave within the time of one piece."""
    return io.BytesIO(data) if data is not None and len(data) > _PART else data


def _require_ours(response: requests.Response) -> None:
    """Before a byte of the body is read: does the answer carry our mark, and is it no redirect?"""
    wish = wish_of(response.headers.get("Retry-After"), response.headers.get("Date"))
    if response.headers.get("Portal-Api") != "1":
        raise faults.without_our_mark(response.status_code, wish=wish)
    redirected = response.is_redirect or (
        http.HTTPStatus.MULTIPLE_CHOICES <= response.status_code < http.HTTPStatus.BAD_REQUEST
        and response.status_code != http.HTTPStatus.NOT_MODIFIED
    )
    if redirected:
        raise NotOurPortal(f"HTTP {response.status_code}")


def _problem(response: requests.Response, answer: Answer) -> Exception:
    wish = wish_of(response.headers.get("Retry-After"), response.headers.get("Date"))
    if answer.media_type != _PROBLEM:
        return faults.without_our_mark(answer.status, wish=wish)
    value = strict_json.loads(answer.data)
    members = value if isinstance(value, dict) else {}
    detail = members.get("detail")
    code = faults.code_of(members)
    said = detail if isinstance(detail, str) else ""
    rule = faults.rule_of(members.get("rule"))
    return faults.from_problem(answer.status, code, detail=said, wish=wish, params=faults.params_of(members), rule=rule)


def _media_type(response: requests.Response) -> str:
    return response.headers.get("Content-Type", "").split(";")[0].strip().lower()


def _read(response: requests.Response, monotonic: Callable[[], float]) -> bytes:
    return b"".join(_bounded(response, monotonic))


def _bounded(response: requests.Response, monotonic: Callable[[], float]) -> Iterator[bytes]:
    total, passed, since = 0, 0, monotonic()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        total += len(chunk)
        if total > MOST_BYTES:
            raise NotOurPortal("the answer is too large")
        yield chunk
        came, now = response.raw.tell(), monotonic()
        if now - since >= STALL_SECONDS:
            if came - passed < LEAST_BYTES:
                raise Offline("a trickle")
            passed, since = came, now
