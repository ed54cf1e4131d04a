"""The client of today still reads every frozen reply of protocol v1, through its whole network layer."""

from typing import Any

import pytest

from desktop.domain.digest import Json
from desktop.domain.errors import EnvironmentProblem, NotFound, Refusal, Rule
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.sync.client import HttpPortal
from desktop.sync.wire import body_from_json, bundle_from_json, reply_from_json
from tests.contract.golden.stage import frozen
from tests.unit.sync.scripted import Reply, portal

EXCHANGES: dict[str, dict[str, Any]] = {exchange["name"]: exchange for exchange in frozen("replies")}
# Requests that no client sends: only the portal's side of them is held.
NOT_SENT = {
    "an unknown address",
    "a method that is not taken",
    "capabilities",
    "no object",
    "no JSON",
    "another media type",
}


def _read(client: HttpPortal, request: dict[str, Any]) -> None:
    """Ask as this client does, and read what comes to the end."""
    room, *rest = request["path"].split("/")[2:]
    match room:
        case "auth":
            _sign(client, rest[0])
        case "sync":
            ops = request["body"]["ops"]
            reply_from_json(client.sync({}), sent=[OpId(op["op_id"]) for op in ops])
        case "bundle":
            found = client.bundle(None)
            assert found is not None
            bundle_from_json(found)
        case "entries":
            _entries(client, rest[0], request)
        case "history":
            client.known_rids([Rid(rid) for rid in request["body"]["rids"]])
        case "admin":
            client.devices() if request["method"] == "GET" else client.revoke_device(rest[-1])
        case "blobs":
            _blobs(client, rest[0], request)
        case _:
            raise KeyError(room)


def _sign(client: HttpPortal, how: str) -> None:
    match how:
        case "login":
            client.sign_in("x", "y", device_id="d", device_name="m")
        case "refresh":
            client.bundle(None)  # its first answer is an expired token: the pair is renewed
        case "password":
            client.change_password("x", "y")
        case "logout":
            client.sign_out()


def _entries(client: HttpPortal, where: str, request: dict[str, Any]) -> None:
    if where == "batch":
        found = client.entries([EntryId(entry_id) for entry_id in request["body"]["ids"]])
    else:
        entry_id, _, rid = where.partition("?rid=")
        view = client.entry(EntryId(entry_id), Rid(rid) if rid else None)
        if view is None:  # how this client words a 404 here
            raise NotFound(Rule("not-found"))
        found = [view]
    assert all(body_from_json(item).revision is not None for item in found)


def _blobs(client: HttpPortal, where: str, request: dict[str, Any]) -> None:
    if where == "check":
        client.missing_blobs([(item["sha256"], item["size"]) for item in request["body"]])
    elif request["method"] == "GET":
        client.fetch_blob(where)
    else:
        client.send_blob(where, b"")


def _script(exchange: dict[str, Any]) -> list[Reply | Exception]:
    told = exchange["reply"]
    body: Json | bytes = told["body"] if "body" in told else bytes.fromhex(told["bytes"])
    reply = Reply(told["status"], body, told["headers"])
    if exchange["request"]["path"] == "/v1/auth/refresh":
        return [_reply("no token"), reply, _reply("the bundle")]
    if told["status"] == 401 and told["body"]["code"] == "token-expired":
        return [reply, _reply("an old refresh token")]  # it is renewed first
    return [reply]


def _reply(name: str) -> Reply:
    told = EXCHANGES[name]["reply"]
    return Reply(told["status"], told["body"], told["headers"])


def _is_of_an_upload(name: str) -> bool:
    """Uploads are tus, whose replies are headers: a real client of it is the judge (portal/test_tuspy.py)."""
    return str(EXCHANGES[name]["request"]["path"]).startswith("/v1/uploads")


@pytest.mark.parametrize("name", [name for name in EXCHANGES if name not in NOT_SENT and not _is_of_an_upload(name)])
def test_the_reply_is_read_or_told_as_a_problem(name: str) -> None:
    exchange = EXCHANGES[name]
    client, _, _ = portal(*_script(exchange))
    status = exchange["reply"]["status"]
    if status < 400:
        _read(client, exchange["request"])
        return
    with pytest.raises((EnvironmentProblem, Refusal)):  # never a bug of this program
        _read(client, exchange["request"])
