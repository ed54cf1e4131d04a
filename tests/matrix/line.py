"""A connection to the portal, and the articles of a run: nothing of either program's code."""

import http.client
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from tests.support import operations
from tests.support.answers import Answer
from tests.support.operations import Json, sha

SAME, OTHER = "tin-van-hoa", "tin-kinh-te"
DROPPED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


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
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """`token` is a bearer token, `authorization` a whole header instead."""
        headers = {"Accept-Encoding": "identity", **(headers or {})}
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


def article(title: str, *, section: str | None = SAME, blob: bytes | None = None, complete: bool = True) -> Json:
    """An article; without its source it is not complete."""
    found = operations.article(title, section=section)
    if not complete:
        del found["fields"]["source"]
    if blob is not None:
        file = {"sha256": sha(blob), "size": len(blob), "name": "a.bin", "alt": "", "role": "attachment"}
        found["attachments"] = [file]
    return found
