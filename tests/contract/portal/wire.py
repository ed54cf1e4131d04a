"""A portal on a real socket, and a client that holds every answer against docs/wire.md and the OpenAPI document."""

import gzip
import json
import re
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from jsonschema import Draft202012Validator

from server_stub.core.problems import Problem
from server_stub.core.sync import OnFault
from tests.support.answers import Answer
from tests.unit.server_stub.house import House, Reply

OPENAPI: dict[str, Any] = json.loads(Path("resources/contract/openapi.json").read_bytes())
PASSWORD = "mật khẩu của vai này"
PROBLEM_MEMBERS = {"type", "title", "status", "detail", "instance", "code"}


@dataclass
class Wire(House):
    """A house whose syncs go over HTTP; `tokens` are those of the members that signed in."""

    address: str = ""
    side_file: Path = Path()
    url: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    signing_in: AbstractContextManager[object] = field(default_factory=threading.Lock)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        who: str | None = None,
        token: str | None = None,
        data: bytes | None = None,
        **headers: str,
    ) -> Answer:
        """Any request; `who` signs in first, `token` is a token itself. The answer is checked before it is returned."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        if who is not None:
            token = self.token(who)
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        got = requests.request(method, self.address + path, data=data, headers=sent, timeout=20, allow_redirects=False)
        answer = Answer(got.status_code, {k.lower(): v for k, v in got.headers.items()}, got.content)
        self._check(method, path, answer)
        return answer

    def packed(self, path: str, body: object, *, who: str) -> Answer:
        """A POST whose body is gzip."""
        data = gzip.compress(json.dumps(body).encode())
        return self.ask("POST", path, data=data, who=who, Content_Encoding="gzip", Content_Type="application/json")

    def log_in(self, who: str, password: str = PASSWORD, device: str | None = None) -> Answer:
        named = {"id": device or f"d-{who}", "name": "Máy thử"}
        return self.ask("POST", "/v1/auth/login", {"username": who, "password": password, "device": named})

    def token(self, who: str) -> str:
        """Of one sign-in: two of a device at once would end one another."""
        with self.signing_in:
            if who not in self.tokens:
                self.tokens[who] = self.log_in(who).json["access"]
        return self.tokens[who]

    def send(self, who: str, request: Mapping[str, Any], *, on_fault: OnFault | None = None) -> Reply:
        assert on_fault is None
        answer = self.ask("POST", "/v1/sync", request, who=who)
        if answer.status != 200:
            found = answer.json
            raise Problem(found["code"], found["detail"], status=answer.status)
        reply: Reply = answer.json
        return reply

    def _check(self, method: str, path: str, answer: Answer) -> None:
        assert answer.headers["portal-api"] == "1"
        assert re.fullmatch(r"req-[0-9a-f-]{36}", answer.headers["x-request-id"])
        assert answer.status < 500 or answer.word == "503 maintenance"
        if not path.startswith("/v1"):
            return
        if answer.status >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            if method == "HEAD":
                return
            problem = answer.json
            assert set(problem) >= PROBLEM_MEMBERS
            assert problem["status"] == answer.status
            assert problem["type"] == f"https://toasoan.invalid/problems/{problem['code']}"
            assert problem["instance"] == answer.headers["x-request-id"]
            _hold_against("Problem", problem)
            return
        schema = _schema_of(method, path.partition("?")[0], answer.status)
        if schema is not None:
            assert answer.headers["content-type"] == "application/json"
            _hold_against(schema, answer.json)


def _schema_of(method: str, path: str, status: int) -> str | None:
    """The name of the schema that the document promises; None for bytes and for 304."""
    for template, operations in OPENAPI["paths"].items():
        if method.lower() in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            content = operations[method.lower()]["responses"][str(status)].get("content", {})
            reference = content.get("application/json", {}).get("schema", {}).get("$ref")
            return None if reference is None else str(reference.rpartition("/")[2])
    raise AssertionError(f"{method} {path} is not in the OpenAPI document")


def _hold_against(name: str, value: object) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": OPENAPI["components"]}
    Draft202012Validator(schema).validate(value)
