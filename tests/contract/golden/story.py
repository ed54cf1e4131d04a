"""What is asked of the golden portal, in order: every endpoint, every outcome, every problem a client can meet.

Only for writing the files anew (`python -m tests.contract.golden`); the tests replay what is frozen.
"""

import base64
from collections.abc import Iterator
from typing import Any

from tests.contract.golden.stage import PASSWORD
from tests.support.operations import Json, Source, article, sha

EPOCH = "01930000-0000-7000-8000-000000000001"
CULTURE, ECONOMY = "tin-van-hoa", "tin-kinh-te"
BLOB = "tệp đính kèm".encode()
Step = tuple[str, Json]


class Client(Source):
    """The ids of what clients make."""

    def id(self) -> str:
        return f"0193ffff-0000-7000-8000-{next(self.numbers):012x}"


def _post(path: str, body: object, token: str = "", **more: Any) -> Json:  # noqa: ANN401
    return {"method": "POST", "path": f"/v1/{path}", "body": body, **({"token": token} if token else {}), **more}


def _get(path: str, token: str = "", **more: Any) -> Json:  # noqa: ANN401
    return {"method": "GET", "path": f"/v1/{path}", **({"token": token} if token else {}), **more}


def _log_in(who: str, password: str = PASSWORD) -> Json:
    return _post("auth/login", {"username": who, "password": password, "device": {"id": f"d-{who}", "name": "Máy"}})


def _sync(who: str, *ops: Json, **more: Any) -> Json:  # noqa: ANN401
    body = {
        "protocol": 1, "epoch": EPOCH, "device_id": f"d-{who}", "actor": f"u-{who}", "cursor": None, "limit": 2,
        "ops": list(ops), **more,
    }  # fmt: skip
    return _post("sync", body, f"{{access:{who}}}")


def story() -> Iterator[Step]:
    """Names and requests."""
    client = Client()
    yield from _doors()
    yield from _work(client)
    yield from _refusals(client)
    yield from _small(client)
    yield from _reading(client)
    yield from _uploads()
    yield from _devices()
    yield from _ends()


def _doors() -> Iterator[Step]:
    yield "capabilities", _get("capabilities")
    for who in ("ctv.vanhoa", "ctv.kinhte", "phoban1", "truongban", "moi"):
        yield who, _log_in(who)
    yield "a wrong password", _log_in("ctv.vanhoa", "sai")
    yield "a first password opens nothing", _get("bundle", "{access:moi}")
    yield "no token", _get("bundle")
    yield "the bundle", _get("bundle", "{access:ctv.vanhoa}")
    yield "an unknown address", _get("nothing", "{access:ctv.vanhoa}")
    yield "a method that is not taken", {"method": "DELETE", "path": "/v1/sync"}
    yield "a first look", _sync("ctv.vanhoa", epoch=None, limit=500)
    yield "nothing new", _sync("ctv.vanhoa", cursor="{cursor:a first look}")


def _work(client: Client) -> Iterator[Step]:
    """From draft to public, corrected, withdrawn."""
    root = client.put(client.id(), article("Đêm hội", section=CULTURE, summary="Tóm tắt"))
    entry, rid = root["entry_id"], root["rid"]
    yield "a new draft", _sync("ctv.vanhoa", root, cursor="{cursor:a first look}")
    yield "the same operation again", _sync("ctv.vanhoa", root, cursor="{cursor:a first look}")
    more = client.put(entry, article("Đêm hội đua ghe", section=CULTURE), base=rid)
    yield "a draft goes on", _sync("ctv.vanhoa", more)
    yield "a conflict", _sync("ctv.vanhoa", client.put(entry, article("Khác", section=CULTURE), base=rid))
    rid = more["rid"]
    command = client.command
    yield "submit another text", _sync("ctv.vanhoa", command("submit", entry, ver=0, on_rid=root["rid"]))
    yield "submit", _sync("ctv.vanhoa", command("submit", entry, ver=0, on_rid=rid))
    yield "a state that has moved", _sync("ctv.vanhoa", command("submit", entry, ver=0, on_rid=rid))
    yield "approve without the role", _sync("ctv.vanhoa", command("approve", entry, ver=1, on_rid=rid, step="xac_thuc"))
    yield "return without a reason", _sync("phoban1", command("return", entry, ver=1))
    yield "return", _sync("phoban1", command("return", entry, ver=1, reason="Thiếu nguồn"))
    yield "submit again", _sync("ctv.vanhoa", command("submit", entry, ver=2, on_rid=rid))
    yield "recall", _sync("ctv.vanhoa", command("recall", entry, ver=3))
    yield "submit once more", _sync("ctv.vanhoa", command("submit", entry, ver=4, on_rid=rid))
    yield "verify", _sync("phoban1", command("approve", entry, ver=5, on_rid=rid, step="xac_thuc"))
    yield "publish", _sync("truongban", command("approve", entry, ver=6, on_rid=rid, step="dang_tai"))
    yield "news for everybody", _sync("ctv.kinhte", limit=500)
    yield "a put on what is public", _sync("ctv.vanhoa", client.put(entry, article("Sửa", section=CULTURE), base=rid))
    yield "revise", _sync("truongban", command("revise", entry, ver=7))
    yield "unpublish", _sync("truongban", command("unpublish", entry, ver=8, on_rid=rid, reason="Sai số liệu"))
    yield "out of scope", _sync("ctv.kinhte", cursor="{cursor:news for everybody}", limit=500)


def _refusals(client: Client) -> Iterator[Step]:
    who = "ctv.vanhoa"
    good = client.put(client.id(), article("Bài", section=CULTURE))
    yield "a wrong rid", _sync(who, {**good, "rid": "0" * 64})
    yield "an op id used for something else", _sync(who, good, {**good, "auto": True})
    decomposed = article("Bài", section=CULTURE, html="<p>a" + "\u0301" + "</p>")
    yield "a text that is not NFC", _sync(who, client.put(client.id(), decomposed))
    hostile = article("Bài", section=CULTURE, html="<p onclick='x'>a</p>")
    yield "HTML that would be cleaned", _sync(who, client.put(client.id(), hostile))
    yield "a section of others", _sync(who, client.put(client.id(), article("Bài", section=ECONOMY)))
    yield "an unknown entry", _sync(who, client.command("submit", client.id(), ver=0, on_rid="0" * 64))
    yield "an unknown beginning", _sync(who, client.put(client.id(), article("Bài", section=CULTURE), base="0" * 64))
    yield "an unknown type", _sync(who, client.op("wish", of="mine"))
    yield "an unknown command", _sync(who, client.command("bless", good["entry_id"], ver=0))
    yield "a member missing", _sync(who, client.op("claim", entry_id=good["entry_id"]))
    lacking = client.put(client.id(), {**article("Có tệp", section=CULTURE), "attachments": [_file(b"xa")]})
    yield "a text before its file", _sync(who, lacking)
    waiting = client.command("submit", lacking["entry_id"], ver=0, on_rid=lacking["rid"])
    yield "a file missing", _sync(who, waiting, client.command("discard", lacking["entry_id"], ver=0))
    bare = article("Thiếu", section=CULTURE)
    del bare["fields"]["source"]
    incomplete = client.put(client.id(), bare)
    of_it = incomplete["entry_id"]
    yield "incomplete", _sync(who, incomplete, client.command("submit", of_it, ver=0, on_rid=incomplete["rid"]))
    yield "a tombstone", _sync(who, client.command("discard", of_it, ver=0))
    yield "a put on it", _sync(who, client.put(of_it, article("Lại", section=CULTURE), base=incomplete["rid"]))
    yield "another epoch", _sync(who, good, epoch="01930000-0000-7000-8000-00000000ffff")
    yield "another actor", _sync(who, actor="u-truongban")
    yield "another protocol", _sync(who, protocol=2)
    yield "too many operations", _sync(who, *[client.op("wish") for _ in range(51)])
    yield "a cursor of another portal", _sync(who, cursor="abc.def")
    yield "no object", _post("sync", [], "{access:ctv.vanhoa}")
    yield "no JSON", {"method": "POST", "path": "/v1/sync", "token": "{access:ctv.vanhoa}", "bytes": "7b"}
    other = {"bytes": "7b7d", "headers": {"Content-Type": "text/plain"}}
    yield "another media type", {"method": "POST", "path": "/v1/sync", "token": "{access:ctv.vanhoa}", **other}


def _small(client: Client) -> Iterator[Step]:
    draft = client.put(client.id(), article("Việc chung", section=CULTURE))
    entry = draft["entry_id"]
    to = {"to": "u-ctv.kinhte", "step": "xac_thuc", "sections": [CULTURE], "reason": "Đi họp", "revoke": False}
    span = {"start": "2026-11-22T00:00:00Z", "end": "2026-12-31T00:00:00Z"}
    yield "before small operations", _sync("phoban1", limit=500)
    yield "a draft for small operations", _sync("ctv.vanhoa", draft)
    said = {"comment_id": client.id(), "on_rid": draft["rid"], "text": "Hay", "anchor": None}
    yield "comment", _sync("phoban1", client.op("comment", entry_id=entry, **said))
    yield "assign", _sync("ctv.vanhoa", client.op("assign", entry_id=entry, assignee="u-truongban"))
    yield "claim of a draft", _sync("phoban1", client.op("claim", entry_id=entry, release=False))
    submit = client.command("submit", entry, ver=0, on_rid=draft["rid"])
    yield "submit for small operations", _sync("ctv.vanhoa", submit)
    yield "claim", _sync("phoban1", client.op("claim", entry_id=entry, release=False))
    yield "delegate", _sync("truongban", client.op("delegation", delegation_id=client.id(), **to, **span))
    mine = client.op("delegation", delegation_id=client.id(), **to, **span)
    yield "delegate without the right", _sync("ctv.vanhoa", mine)
    label = {"vi": "Cộng tác viên", "en": "Contributor"}
    roles = {"roles": [{"role": "ctv", "sections": [CULTURE]}], "label": label, "active": True}
    yield "what small operations tell", _sync("phoban1", cursor="{cursor:before small operations}", limit=500)
    yield "give a role", _sync("truongban", client.op("board", member_id="u-ctv.kinhte", **roles))
    yield "give oneself a role", _sync("ctv.vanhoa", client.op("board", member_id="u-ctv.vanhoa", **roles))


def _reading(client: Client) -> Iterator[Step]:
    token = "{access:ctv.vanhoa}"
    with_file = client.put(client.id(), {**article("Có tệp", section=CULTURE), "attachments": [_file(BLOB)]})
    entry, rid = with_file["entry_id"], with_file["rid"]
    yield "blobs to send", _post("blobs/check", [{"sha256": sha(BLOB), "size": len(BLOB)}], token)
    put = {"method": "PUT", "path": f"/v1/blobs/{sha(BLOB)}", "token": token, "bytes": BLOB.hex()}
    yield "other bytes", {**put, "bytes": "00"}
    yield "a blob", put
    yield "the blob again", put
    yield "blobs that are here", _post("blobs/check", [{"sha256": sha(BLOB), "size": len(BLOB)}], token)
    yield "a text with it", _sync("ctv.vanhoa", with_file)
    yield "the blob back", _get(f"blobs/{sha(BLOB)}", token)
    yield "a blob that is not theirs", _get(f"blobs/{sha(BLOB)}", "{access:ctv.kinhte}")
    yield "an entry", _get(f"entries/{entry}", token)
    yield "one revision", _get(f"entries/{entry}?rid={rid}", token)
    yield "an entry of nobody", _get(f"entries/{client.id()}", token)
    yield "entries", _post("entries/batch", {"ids": [entry, client.id()]}, token)
    yield "too many entries", _post("entries/batch", {"ids": [client.id() for _ in range(251)]}, token)
    yield "what is known", _post("history/check", {"rids": [rid, "0" * 64]}, token)


def _uploads() -> Iterator[Step]:
    token, data, tus = "{access:ctv.vanhoa}", "văn bản dài".encode(), {"Tus-Resumable": "1.0.0"}
    named = {"Upload-Metadata": f"filename YS50eHQ=,sha256 {base64.b64encode(sha(data).encode()).decode()}"}
    begin = {"method": "POST", "path": "/v1/uploads", "token": token}
    length = {"Upload-Length": str(len(data))}
    one = {"path": "/v1/uploads/{upload:an upload}", "token": token}
    part = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", **tus}
    yield "what of tus is spoken", {"method": "OPTIONS", "path": "/v1/uploads"}
    yield "another version of tus", {**begin, "headers": {**length, "Tus-Resumable": "0.2.2"}}
    yield "an upload", {**begin, "headers": {**tus, **length, **named, "Idempotency-Key": "d-1"}}
    yield "the same upload again", {**begin, "headers": {**tus, **length, **named, "Idempotency-Key": "d-1"}}
    yield "a file of no office", {**begin, "headers": {**tus, **length, "Upload-Metadata": "filename YS5leGU="}}
    yield "too long an upload", {**begin, "headers": {**tus, "Upload-Length": str(2**50)}}
    yield "a part", {"method": "PATCH", **one, "headers": part, "bytes": data[:5].hex()}
    yield "a part at another place", {"method": "PATCH", **one, "headers": part, "bytes": data[:5].hex()}
    wrong = {**part, "Upload-Offset": "5", "Upload-Checksum": "sha256 " + base64.b64encode(bytes(32)).decode()}
    yield "a part that was changed", {"method": "PATCH", **one, "headers": wrong, "bytes": data[5:].hex()}
    yield "how far it has come", {"method": "HEAD", **one, "headers": tus}
    yield "what became of it", _get("uploads/{upload:an upload}", token)
    yield "what became of anothers", _get("uploads/{upload:an upload}", "{access:ctv.kinhte}")
    yield "it is given up", {"method": "DELETE", **one, "headers": tus}


def _devices() -> Iterator[Step]:
    """Asked by who manages accounts, and by who does not."""
    none = "/v1/admin/devices/0193ffff-0000-7000-8000-ffffffffffff"
    yield "devices are not for editors", _get("admin/devices", "{access:ctv.vanhoa}")
    yield "the devices", _get("admin/devices", "{access:truongban}")
    yield "signing out no device", {"method": "DELETE", "path": none, "token": "{access:truongban}"}


def _ends() -> Iterator[Step]:
    new = {"old": PASSWORD, "new": "mật khẩu mới đủ dài"}
    yield "a weak password", _post("auth/password", {**new, "new": "ngan"}, "{access:moi}")
    yield "a new password", _post("auth/password", new, "{access:moi}")
    yield "the same token opens more", _sync("moi")
    yield "renew", _post("auth/refresh", {"refresh": "{refresh:phoban1}", "refresh_id": "r1"})
    yield "renew again with the same id", _post("auth/refresh", {"refresh": "{refresh:phoban1}", "refresh_id": "r1"})
    yield "an unknown refresh token", _post("auth/refresh", {"refresh": "none", "refresh_id": "r1"})
    yield (
        "an old refresh token",
        _post("auth/refresh", {"refresh": "{refresh:phoban1}", "refresh_id": "r2"}, later=3600),
    )
    yield "sign out", _post("auth/logout", {}, "{access:moi}", later=-3600)
    yield "signed out", _sync("moi")
    for number in range(10):
        yield f"guess {number}", _log_in("truongban", f"sai {number}")
    yield "locked out", _log_in("truongban")
    yield "an expired token", _get("bundle", "{access:ctv.vanhoa}", later=86400)


def _file(data: bytes) -> Json:
    return {"sha256": sha(data), "size": len(data), "name": "a.bin", "alt": "", "role": "attachment"}
