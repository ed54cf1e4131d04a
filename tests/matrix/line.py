"""A connection to the portal, the operations a client would send, and a house clock: nothing of either program's code."""

import datetime as dt
import hashlib
import http.client
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import rfc8785

Json = dict[str, Any]
SAME, OTHER = "tin-van-hoa", "tin-kinh-te"
DROPPED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401
        return json.loads(self.data)

    @property
    def word(self) -> str:
        """`200`, or `404 not-found` for a problem."""
        problem = self.headers.get("content-type", "") == "application/problem+json"
        return f"{self.status} {self.json['code']}" if problem else str(self.status)


class Line:
    """One kept connection; a server may close an idle one, which is then opened again."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        data: bytes | None = None,
        authorization: str | None = None,
    ) -> Answer:
        """`token` is a bearer token, `authorization` a whole header instead."""
        headers = {"Accept-Encoding": "identity"}
        if token is not None:
            authorization = f"Bearer {token}"
        if authorization is not None:
            headers["Authorization"] = authorization
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            return self._send(method, path, data, headers)
        except DROPPED:
            self._connection.close()
            return self._send(method, path, data, headers)

    def close(self) -> None:
        self._connection.close()

    def _send(self, method: str, path: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        self._connection.request(method, path, data, dict(headers))
        got = self._connection.getresponse()
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())


@dataclass
class Source:
    """The portal's clock, which stands but for a microsecond per look, and ids that count up."""

    moment: dt.datetime = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def clock(self) -> dt.datetime:
        self.moment += dt.timedelta(microseconds=1)
        return self.moment

    def id(self) -> str:
        return f"01930000-0000-7000-8000-{next(self.numbers):012x}"

    def later(self, **span: float) -> None:
        self.moment += dt.timedelta(**span)

    def stamp(self, **ahead: float) -> str:
        return (self.moment + dt.timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def op(self, kind: str, **members: Any) -> Json:  # noqa: ANN401
        return {"op_id": self.id(), "device_seq": next(self.numbers), "type": kind, "client_time": None, **members}

    def put(self, entry_id: str, content: Json, *, base: str | None = None) -> Json:
        op = self.op(
            "put", entry_id=entry_id, base_rid=base, merged_from=None, content=content, render_rev=1, auto=False
        )
        parents = [] if base is None else [base]
        hashed = hashlib.sha256(rfc8785.dumps(content)).hexdigest()
        op["rid"] = hashlib.sha256(rfc8785.dumps(["v1", parents, hashed, op["op_id"]])).hexdigest()
        return op


def article(title: str, *, section: str | None = SAME, blob: bytes | None = None, complete: bool = True) -> Json:
    """An article; without its source it is not complete."""
    fields: Json = {"title": title, "body": "Một hai ba."}
    if section is not None:
        fields["section"] = section
    if complete:
        fields["source"] = {"name": "Tự viết"}
    attachments = []
    if blob is not None:
        attachments = [{"sha256": sha(blob), "size": len(blob), "name": "a.bin", "alt": "", "role": "attachment"}]
    return {
        "kind": "article",
        "lang": "vi",
        "fields": fields,
        "html": {"body": "<p>Một hai ba.</p>"},
        "attachments": attachments,
    }


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
