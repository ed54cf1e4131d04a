"""The editorial road over HTTP: every rule is the portal's own, whatever a client sends."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server_stub.core.problems import Problem
from server_stub.store import tables as t
from tests.contract.portal.wire import Wire
from tests.unit.server_stub.house import ECONOMY, article

Body = dict[str, Any]


def _entry(wire: Wire, who: str, entry_id: str, rid: str | None = None) -> Any:  # noqa: ANN401
    return wire.ask("GET", f"/v1/entries/{entry_id}" + (f"?rid={rid}" if rid else ""), who=who)


def test_the_day_of_one_article(wire: Wire) -> None:
    entry_id, rid = wire.draft()
    assert wire.ask("GET", f"/bai-viet/{entry_id}").status == 404
    wire.walk(entry_id, rid, to="published")
    page = wire.ask("GET", f"/bai-viet/{entry_id}")
    assert page.status == 200
    assert "Đêm hội" in page.data.decode()
    wire.do("truongban", wire.command("unpublish", entry_id, ver=3, on_rid=rid, reason="Sai"))
    assert wire.ask("GET", f"/bai-viet/{entry_id}").status == 404


def test_a_contributor_does_not_approve_and_a_deputy_does_not_publish(wire: Wire) -> None:
    entry_id, rid = wire.draft()
    wire.walk(entry_id, rid, to="waiting")
    verify = wire.command("approve", entry_id, ver=1, on_rid=rid, step="xac_thuc")
    assert wire.outcome("ctv.vanhoa", verify) == ("forbidden", "role")
    assert wire.outcome("phoban1", {**verify, "op_id": wire.id()}) == ("applied", None)
    publish = wire.command("approve", entry_id, ver=2, on_rid=rid, step="dang_tai")
    assert wire.outcome("phoban1", publish) == ("forbidden", "role")
    assert wire.ask("GET", f"/bai-viet/{entry_id}").status == 404


def test_a_lost_reply_a_reused_key_and_a_wrong_rid(wire: Wire) -> None:
    op = wire.put(wire.id(), article())
    assert wire.do("ctv.vanhoa", op)["replay"] is False
    assert wire.do("ctv.vanhoa", op)["replay"] is True
    assert wire.outcome("ctv.vanhoa", {**op, "render_rev": 9}) == ("key_reused", "key-reused")
    assert wire.outcome("ctv.vanhoa", {**wire.put(wire.id(), article()), "rid": "0" * 64}) == (
        "rid_mismatch",
        "rid-mismatch",
    )


def test_a_conflict_and_a_stale_approval(wire: Wire) -> None:
    entry_id, rid = wire.draft()
    newer = wire.put(entry_id, article("Bản hai"), base=rid)
    wire.do("btv.vanhoa", newer)
    assert wire.outcome("ctv.vanhoa", wire.put(entry_id, article("Bản khác"), base=rid)) == ("conflict", "conflict")
    submit = wire.command("submit", entry_id, ver=0, on_rid=rid)
    assert wire.outcome("ctv.vanhoa", submit) == ("stale_revision", "other-revision")


def test_requests_of_another_epoch_or_another_member_are_refused_whole(wire: Wire) -> None:
    op = wire.put(wire.id(), article())
    answer = wire.ask("POST", "/v1/sync", wire.request("ctv.vanhoa", op, epoch=wire.id()), who="ctv.vanhoa")
    assert (answer.status, answer.code, answer.json["epoch"]) == (409, "epoch-changed", wire.epoch)
    answer = wire.ask("POST", "/v1/sync", wire.request("phoban1", op), who="ctv.vanhoa")
    assert (answer.status, answer.code) == (403, "actor-mismatch")
    with pytest.raises(Problem, match="client-too-old"):
        wire.sync("ctv.vanhoa", protocol=7)
    assert wire.outcome("ctv.vanhoa", op) == ("applied", None)


def test_an_entry_shows_its_revisions_and_its_history(wire: Wire) -> None:
    entry_id, rid = wire.draft()
    second = wire.put(entry_id, article("Bản hai"), base=rid)
    wire.do("ctv.vanhoa", second)
    wire.walk(entry_id, second["rid"], to="waiting")
    wire.do("phoban1", wire.command("return", entry_id, ver=1, reason="Thiếu nguồn"))
    view = _entry(wire, "phoban1", entry_id).json
    assert (view["rid"], view["base_rid"], view["content"]) == (second["rid"], rid, second["content"])
    assert [(step["type"], step["name"], step["rev_no"]) for step in view["history"]] == [
        ("put", None, 1), ("put", None, 2), ("command", "submit", None), ("command", "return", None),
    ]  # fmt: skip
    last = view["history"][-1]
    assert (last["actor"], last["reason"]) == ("u-phoban1", "Thiếu nguồn")
    assert (last["from"], last["to"]) == (
        {"step": "xac_thuc", "phase": "waiting"},
        {"step": "nhap_moi", "phase": "draft"},
    )
    assert view["meta"]["returned"]["reason"] == "Thiếu nguồn"
    old = _entry(wire, "phoban1", entry_id, rid).json
    assert (old["rid"], old["content"]["fields"]["title"], old["entry"]["rid"]) == (rid, "Đêm hội", second["rid"])


def test_what_is_not_ones_own_is_not_there(wire: Wire) -> None:
    entry_id, rid = wire.draft()
    for address in (entry_id, wire.id(), "khong-phai-uuid"):
        assert _entry(wire, "ctv.kinhte", address).code == "not-found"
    assert _entry(wire, "ctv.vanhoa", entry_id, "f" * 64).code == "not-found"
    assert _entry(wire, "ctv.vanhoa", entry_id, "x").code == "not-found"
    assert wire.ask("POST", "/v1/entries/batch", {"ids": [entry_id]}, who="ctv.kinhte").json == {"entries": []}
    assert wire.ask("POST", "/v1/history/check", {"rids": [rid]}, who="ctv.kinhte").json == {"known": []}
    assert wire.ask("POST", "/v1/history/check", {"rids": [rid, "f" * 64]}, who="phoban1").json == {"known": [rid]}


def test_a_batch_brings_what_is_visible(wire: Wire) -> None:
    mine, _ = wire.draft()
    theirs, _ = wire.draft("ctv.kinhte", article(section=ECONOMY))
    found = wire.ask("POST", "/v1/entries/batch", {"ids": [mine, theirs, wire.id()]}, who="ctv.vanhoa").json["entries"]
    assert [view["entry"]["entry_id"] for view in found] == [mine]
    too_many = {"ids": [wire.id() for _ in range(251)]}
    assert wire.ask("POST", "/v1/entries/batch", too_many, who="ctv.vanhoa").status == 422


def test_a_large_text_travels_packed(wire: Wire) -> None:
    text = "Điều này dài. " * 100_000
    op = wire.put(wire.id(), article(body=text))
    answer = wire.packed("/v1/sync", wire.request("ctv.vanhoa", op), who="ctv.vanhoa")
    assert answer.json["results"][0]["outcome"] == "applied"
    assert _entry(wire, "ctv.vanhoa", op["entry_id"]).json["content"]["fields"]["body"] == text


def test_two_who_put_at_once_do_not_lose_a_text(wire: Wire) -> None:
    entry_id, rid = wire.draft()
    ops = {
        who: wire.put(entry_id, article(f"Bản của {who}"), base=rid) for who in ("ctv.vanhoa", "btv.vanhoa", "phoban1")
    }
    found: dict[str, str] = {}
    for who in ops:
        wire.token(who)

    def put(who: str) -> None:
        answer = wire.ask("POST", "/v1/sync", wire.request(who, ops[who]), who=who)
        found[who] = answer.json["results"][0]["outcome"]

    threads = [threading.Thread(target=put, args=(who,)) for who in ops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found.values()) == ["applied", "conflict", "conflict"]
    assert len([row for row in wire.rows(t.revision) if row.entry_id == entry_id]) == 2


def at_once(jobs: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Do all of them together; what each came to."""
    together = threading.Barrier(len(jobs))

    def job(name: str) -> Any:  # noqa: ANN401  whatever it is
        together.wait()
        return jobs[name]()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return dict(zip(jobs, pool.map(job, jobs), strict=True))


def test_two_copies_at_once_have_one_effect(wire: Wire) -> None:
    for _ in range(10):
        op = wire.put(wire.id(), article())
        request = wire.request("ctv.vanhoa", op)
        ask = lambda request=request: wire.ask("POST", "/v1/sync", request, who="ctv.vanhoa")  # noqa: E731
        answers = at_once({str(number): ask for number in range(4)})
        results = [answer.json["results"][0] for answer in answers.values()]
        assert [result["outcome"] for result in results] == ["applied"] * 4
        assert [result["replay"] for result in results].count(False) == 1
        assert len([row for row in wire.rows(t.history) if row.entry_id == op["entry_id"]]) == 1


def test_two_who_publish_at_once_publish_once(wire: Wire) -> None:
    """The chief at two devices, each with a command of its own for the same text."""
    entry_id, rid = wire.draft()
    ver = wire.walk(entry_id, rid, to="verified")
    ops = [wire.command("approve", entry_id, ver=ver, on_rid=rid, step="dang_tai") for _ in range(4)]
    requests = [wire.request("truongban", op) for op in ops]
    asks = {
        str(number): lambda request=request: wire.ask("POST", "/v1/sync", request, who="truongban")
        for number, request in enumerate(requests)
    }
    found = [answer.json["results"][0]["outcome"] for answer in at_once(asks).values()]
    assert sorted(found) == ["applied", "invalid_state", "invalid_state", "invalid_state"]
    assert len([row for row in wire.rows(t.publication) if row.entry_id == entry_id]) == 1


def test_what_only_the_portal_may_say_is_not_believed(wire: Wire) -> None:
    """State, number, actor and clock that a client writes into its operation, or into its text, decide nothing."""
    forged = {
        "actor": "u-truongban", "client_time": "1990-01-01T00:00:00Z", "server_time": "1990-01-01T00:00:00Z",
        "state": {"step": "dang_tai", "phase": "published"}, "state_ver": 7, "published_rid": "0" * 64, "rev_no": 99,
    }  # fmt: skip
    op = {**wire.put(wire.id(), article(verified_by="u-truongban")), **forged}
    result = wire.do("ctv.vanhoa", op)
    assert (result["outcome"], result["head"]["state"]) == ("applied", {"step": "nhap_moi", "phase": "draft"})
    assert (result["head"]["state_ver"], result["head"]["rev_no"], result["head"]["published_rid"]) == (0, 1, None)
    (line,) = _entry(wire, "ctv.vanhoa", op["entry_id"]).json["history"]
    assert line["actor"] == "u-ctv.vanhoa"
    assert line["server_time"] > "2000"
    assert wire.ask("GET", f"/bai-viet/{op['entry_id']}").status == 404
