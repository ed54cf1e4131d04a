"""Every endpoint of the OpenAPI document × every kind of token: a row per endpoint, an answer per token."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.matrix.house import CLOSED, NEWCOMER, PASSWORD, House
from tests.matrix.line import article
from tests.matrix.plan import COMMANDS, OTHER_OPS, PROFILE, ROLES
from tests.support.answers import Answer
from tests.support.operations import sha

OPENAPI: dict[str, Any] = json.loads(Path("resources/contract/openapi.json").read_bytes())
BLOB = b"some bytes"

# Who asks, when it is not a member with a full token.
STRANGERS = ("no token", "garbage", "basic", "expired", "signed out", "closed", "first password")
# What a stranger hears where a token is needed.
CLOSED_DOOR = {
    "no token": "401 token-expired", "garbage": "401 token-expired", "basic": "401 token-expired", "expired": "401 token-expired",
    "signed out": "401 device-revoked", "closed": "401 device-revoked", "first password": "403 password-change-required",
}  # fmt: skip


@dataclass(frozen=True)
class Caller:
    """`kind` is a role or one of the strangers; `header` the whole Authorization header, None for none."""

    kind: str
    name: str
    header: str | None
    refresh: str = ""


@dataclass(frozen=True)
class Row:
    """`expect` names the answers that are not the common one: a member's is `member`, a stranger's the closed door."""

    ask: Callable[[House, Caller], Answer]
    member: str
    expect: dict[str, str]
    token: bool = True

    def answer(self, kind: str) -> str:
        if kind in self.expect:
            return self.expect[kind]
        return self.member if kind in ROLES or not self.token else CLOSED_DOOR[kind]


def _send(method: str, path: str, body: object = None, data: bytes | None = None) -> Callable[[House, Caller], Answer]:
    return lambda house, caller: house.line.ask(method, path, body, data=data, authorization=caller.header)


def _sync(house: House, caller: Caller) -> Answer:
    return house.line.ask("POST", "/v1/sync", house.request(caller.name, ()), authorization=caller.header)


def _log_in(house: House, caller: Caller) -> Answer:
    body = {"username": caller.name, "password": PASSWORD, "device": {"id": "matrix", "name": "Máy thử"}}
    return house.line.ask("POST", "/v1/auth/login", body, authorization=caller.header)


def _refresh(house: House, caller: Caller) -> Answer:
    body = {"refresh": caller.refresh or "none", "refresh_id": "r1"}
    return house.line.ask("POST", "/v1/auth/refresh", body, authorization=caller.header)


def _tus(method: str, path: str, **headers: str) -> Callable[[House, Caller], Answer]:
    sent = {"Tus-Resumable": "1.0.0", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda house, caller: house.line.ask(method, path, authorization=caller.header, headers=sent)


_begin_upload = _tus("POST", "/v1/uploads", Upload_Length="5")
NO_UPLOAD = "/v1/uploads/01930000-0000-7000-8000-ffffffffffff"
NO_ENTRY = "/v1/entries/01930000-0000-7000-8000-ffffffffffff"
NO_DEVICE_HERE = "/v1/admin/devices/01930000-0000-7000-8000-ffffffffffff"
WEAK = {"old": PASSWORD, "new": PASSWORD}

MANAGING = dict.fromkeys(PROFILE["board"]["managers"], "200")
NO_REFRESH = dict.fromkeys(("no token", "garbage", "basic"), "401 token-expired")
NO_DEVICE = dict.fromkeys(("closed", "signed out"), "401 device-revoked")
NO_ACCOUNT = dict.fromkeys(("closed", "no token"), "401 bad-credentials")

ROWS: dict[str, Row] = {
    "GET /v1/capabilities": Row(_send("GET", "/v1/capabilities"), "200", {}, token=False),
    "POST /v1/auth/login": Row(_log_in, "200", NO_ACCOUNT, token=False),
    "POST /v1/auth/refresh": Row(_refresh, "200", NO_REFRESH | NO_DEVICE, token=False),
    "POST /v1/auth/password": Row(_send("POST", "/v1/auth/password", WEAK), "422 weak-password", {"first password": "422 weak-password"}),
    "GET /v1/bundle": Row(_send("GET", "/v1/bundle"), "200", {}),
    "POST /v1/sync": Row(_sync, "200", {}),
    "GET /v1/entries/{entry_id}": Row(_send("GET", NO_ENTRY), "404 not-found", {}),
    "POST /v1/entries/batch": Row(_send("POST", "/v1/entries/batch", {"ids": []}), "200", {}),
    "POST /v1/history/check": Row(_send("POST", "/v1/history/check", {"rids": []}), "200", {}),
    "POST /v1/blobs/check": Row(_send("POST", "/v1/blobs/check", []), "200", {}),
    "PUT /v1/blobs/{sha256}": Row(_send("PUT", f"/v1/blobs/{sha(BLOB)}", data=BLOB), "200", {}),
    "GET /v1/blobs/{sha256}": Row(_send("GET", f"/v1/blobs/{'0' * 64}"), "404 not-found", {}),
    "OPTIONS /v1/uploads": Row(_send("OPTIONS", "/v1/uploads"), "204", {}, token=False),
    "POST /v1/uploads": Row(_begin_upload, "201", {}),
    "GET /v1/uploads/{upload_id}": Row(_send("GET", NO_UPLOAD), "404 not-found", {}),
    "HEAD /v1/uploads/{upload_id}": Row(_tus("HEAD", NO_UPLOAD), "404", {kind: word[:3] for kind, word in CLOSED_DOOR.items()}),
    "PATCH /v1/uploads/{upload_id}": Row(_tus("PATCH", NO_UPLOAD), "404 not-found", {}),
    "DELETE /v1/uploads/{upload_id}": Row(_tus("DELETE", NO_UPLOAD), "404 not-found", {}),
    "GET /v1/admin/devices": Row(_send("GET", "/v1/admin/devices"), "403 forbidden", MANAGING),
    "DELETE /v1/admin/devices/{device}": Row(_send("DELETE", NO_DEVICE_HERE), "403 forbidden", dict.fromkeys(MANAGING, "404 not-found")),
    "POST /v1/auth/logout": Row(_send("POST", "/v1/auth/logout"), "200", {"first password": "200"}),
}  # fmt: skip


def documented() -> list[str]:
    """The endpoints of the OpenAPI document; `logout` last, since it ends the tokens that the others use."""
    found = [f"{method.upper()} {path}" for path, operations in OPENAPI["paths"].items() for method in operations]
    return sorted(found, key=lambda name: (name.endswith("logout"), name))


def unlisted() -> list[str]:
    """What is in the document and not in the table, or the other way round."""
    known = documented()
    found = [f"{name} has no row in tests/matrix/endpoints.py" for name in known if name not in ROWS]
    return found + [f"{name} has a row but is not in the OpenAPI document" for name in ROWS if name not in known]


def ask_endpoints(house: House) -> None:
    """Every endpoint by everybody; an endpoint without a row, or a row without its endpoint, is a fault."""
    callers = [*_members(house), *_strangers(house)]
    house.line.ask("PUT", f"/v1/blobs/{sha(BLOB)}", data=BLOB, token=house.token("phoban"))
    house.faults += unlisted()
    for name in documented():
        if name not in ROWS:
            continue
        row, operation = ROWS[name], _operation(name)
        if bool(operation.get("security")) is not row.token:
            house.faults.append(f"{name}: the document and the row differ on whether a token is needed")
        for caller in callers:
            answer = row.ask(house, caller)
            house.count(caller.kind, name, answer.word)
            if answer.word != row.answer(caller.kind):
                house.faults.append(f"{name} · {caller.kind}: {answer.word}, not {row.answer(caller.kind)}")
            if str(answer.status) not in operation["responses"]:
                house.faults.append(f"{name}: {answer.status} is not in the OpenAPI document")


def ask_with_bad_tokens(house: House) -> None:
    """Every operation by those who may not even ask: the whole request is refused, and nothing is written."""
    for caller in _strangers(house):
        for op in (*COMMANDS, *OTHER_OPS):
            entry_id = house.id()
            sent = house.op("command", entry_id=entry_id, name=op, on_state_ver=0)
            if op == "put":
                sent = house.put(entry_id, article("Của người lạ"))
            answer = house.line.ask("POST", "/v1/sync", house.request(caller.name, [sent]), authorization=caller.header)
            house.count(caller.kind, op, answer.word)
            if answer.word != CLOSED_DOOR[caller.kind]:
                house.faults.append(f"{op} · {caller.kind}: {answer.word}, not {CLOSED_DOOR[caller.kind]}")


def _operation(name: str) -> dict[str, Any]:
    method, _, path = name.partition(" ")
    operation: dict[str, Any] = OPENAPI["paths"][path][method.lower()]
    return operation


def _members(house: House) -> list[Caller]:
    """A member of each role, signed in on a device of its own."""
    return [_signed_in(house, role, f"{role}.ngoai") for role in ROLES]


def _strangers(house: House) -> list[Caller]:
    """`expired` was signed in long ago, `closed` before the account was."""
    out = _signed_in(house, "signed out", "phoban")
    house.line.ask("POST", "/v1/auth/logout", authorization=out.header)
    return [
        Caller("no token", "nobody", None),
        Caller("garbage", "phoban", "Bearer tu-bia"),
        Caller("basic", "phoban", "Basic YTpi"),
        house.old["expired"],
        out,
        house.old["closed"],
        _signed_in(house, "first password", NEWCOMER),
    ]


def _signed_in(house: House, kind: str, name: str) -> Caller:
    pair = house.log_in(name, device=f"m-{kind}").json
    return Caller(kind, name, f"Bearer {pair['access']}", pair["refresh"])


def sign_in_early(house: House) -> None:
    """Those whose token will be old, or whose account will be closed, by the time it is used."""
    house.old = {kind: _signed_in(house, kind, name) for kind, name in (("expired", "phoban"), ("closed", CLOSED))}
