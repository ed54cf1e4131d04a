"""Asking the whole portal application for a page, without a socket: one ASGI call per request."""

import asyncio
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

import html5lib
from fastapi import FastAPI


@dataclass
class Answer:
    """Headers by lower-case name."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def main(self) -> str:
        """The page's `<main>…</main>`."""
        return self.text[self.text.index("<main") : self.text.index("</main>") + len("</main>")]


def ask(app: FastAPI, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """The application's answer to one request for `address` (path and query, unquoted)."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path), "raw_path": quote(path).encode(), "query_string": quote(query, safe="=&%+").encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "server": ("portal", 80), "client": ("reader", 1), "root_path": "",
    }  # fmt: skip
    answer = Answer()

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    asyncio.run(app(scope, receive, send))
    return answer


def check_html(text: str) -> None:
    """Fail with every parse error of a page."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parser.parse(text)
    assert not parser.errors, [(place, code, text.splitlines()[place[0] - 1][:200]) for place, code, _ in parser.errors]
