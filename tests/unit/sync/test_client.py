"""Signing in, tokens, and the endpoints; the network is scripted."""

import hashlib
import json

import pytest
import requests

from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotOurPortal, Offline, SignInRefused
from desktop.domain.ids import EntryId
from tests.unit.sync.scripted import LOGIN, OURS, REV, Reply, portal, problem

SYNC: dict[str, Json] = {"protocol": 1}
NEW = {"access": "a2", "refresh": "r2"}
EXPIRED = problem(401, "token-expired")


def tokens(vault: object) -> dict[str, str]:
    secret = vault.read("tokens")  # type: ignore[attr-defined]
    found: dict[str, str] = json.loads(secret) if secret else {}
    return found


def test_a_sign_in_keeps_tokens_and_never_the_password() -> None:
    client, network, vault = portal(Reply(body=LOGIN), tokens="")
    found = client.sign_in("ctv", "mat-khau-1", device_id="d", device_name="máy 1")
    assert found.member["id"] == "u-1"
    assert network.asked[0].json == {
        "username": "ctv",
        "password": "mat-khau-1",
        "device": {"id": "d", "name": "máy 1"},
    }
    assert "Authorization" not in network.asked[0].headers
    assert tokens(vault) == {"access": "a1", "refresh": "r1", "refresh_id": ""}


def test_a_wrong_password_is_a_refused_sign_in() -> None:
    client, _, vault = portal(problem(401, "bad-credentials"), tokens="")
    with pytest.raises(SignInRefused) as caught:
        client.sign_in("ctv", "x", device_id="d", device_name="m")
    assert caught.value.rule.code == "bad-credentials"
    assert tokens(vault) == {}


def test_the_first_password_is_changed_with_a_token_that_is_not_kept() -> None:
    first = {**LOGIN, "access": "only-password", "password_change_required": True}
    client, network, vault = portal(Reply(body=first), Reply(), Reply(body=LOGIN), tokens="")
    assert client.sign_in("ctv", "one-time", device_id="d", device_name="m").password_change_required
    assert tokens(vault) == {}
    client.change_password("one-time", "a longer one")
    assert network.asked[1].headers["Authorization"] == "Bearer only-password"
    client.sign_in("ctv", "a longer one", device_id="d", device_name="m")
    assert tokens(vault)["access"] == "a1"


def test_a_weak_password_says_so_and_may_be_tried_again() -> None:
    first = {**LOGIN, "access": "only-password", "password_change_required": True}
    client, network, _ = portal(Reply(body=first), problem(422, "weak-password"), Reply(), tokens="")
    client.sign_in("ctv", "one-time", device_id="d", device_name="m")
    with pytest.raises(BadContent) as caught:
        client.change_password("one-time", "x")
    assert caught.value.rule.code == "weak-password"
    client.change_password("one-time", "a longer one")
    assert network.asked[2].headers["Authorization"] == "Bearer only-password"


def test_without_tokens_nothing_is_asked() -> None:
    client, network, _ = portal(tokens="")
    with pytest.raises(SignInRefused) as caught:
        client.sync(SYNC)
    assert caught.value.rule.code == "not-signed-in"
    assert network.asked == []


def test_an_expired_token_is_renewed_once_and_the_request_repeated() -> None:
    client, network, vault = portal(EXPIRED, Reply(body=NEW), Reply(body={"ok": 1}))
    assert client.sync(SYNC) == {"ok": 1}
    assert [asked.url.rsplit("/", 1)[1] for asked in network.asked] == ["sync", "refresh", "sync"]
    assert network.asked[1].json["refresh"] == "r1"
    assert network.asked[2].headers["Authorization"] == "Bearer a2"
    assert tokens(vault) == {**NEW, "refresh_id": ""}


def test_a_renewal_whose_answer_is_lost_is_asked_again_with_the_same_id() -> None:
    client, network, vault = portal(EXPIRED, requests.ReadTimeout(), EXPIRED, Reply(body=NEW), Reply())
    with pytest.raises(Offline):
        client.sync(SYNC)
    assert tokens(vault)["refresh_id"] != ""
    client.sync(SYNC)
    first, second = network.asked[1].json, network.asked[3].json
    assert first == second
    assert tokens(vault) == {**NEW, "refresh_id": ""}


def test_a_token_that_is_expired_again_at_once_is_a_refused_sign_in() -> None:
    client, network, vault = portal(EXPIRED, Reply(body=NEW), EXPIRED)
    with pytest.raises(SignInRefused):
        client.sync(SYNC)
    assert len(network.asked) == 3
    assert tokens(vault) == {}


@pytest.mark.parametrize("script", [[problem(401, "device-revoked")], [EXPIRED, problem(401, "device-revoked")]])
def test_a_revoked_device_forgets_its_tokens(script: list[Reply]) -> None:
    client, _, vault = portal(*script)
    with pytest.raises(SignInRefused) as caught:
        client.sync(SYNC)
    assert caught.value.rule.code == "device-revoked"
    assert tokens(vault) == {}


def test_a_refusal_of_old_tokens_does_not_forget_those_of_a_sign_in_meanwhile() -> None:
    client, network, vault = portal(problem(401, "device-revoked"))
    send = network.send

    def slow(request: requests.PreparedRequest, **more: object) -> requests.Response:
        vault.write("tokens", json.dumps({"access": "new", "refresh": "r9", "refresh_id": ""}))  # another thread's
        return send(request, **more)

    network.send = slow  # type: ignore[method-assign]
    with pytest.raises(SignInRefused):
        client.sync(SYNC)
    assert tokens(vault)["access"] == "new"


def test_another_members_token_is_refused_and_kept() -> None:
    client, _, vault = portal(problem(403, "actor-mismatch"))
    with pytest.raises(SignInRefused):
        client.sync(SYNC)
    assert tokens(vault)["access"] == "a1"


def test_signing_out_forgets_the_tokens_even_without_a_network() -> None:
    client, _, vault = portal(requests.ConnectionError())
    with pytest.raises(Offline):
        client.sign_out()
    assert tokens(vault) == {}


def test_the_bundle_is_fetched_unless_it_is_known() -> None:
    client, network, _ = portal(Reply(body={"rev": REV}), Reply(304, b"", {"Portal-Api": "1"}))
    assert client.bundle(None) == {"rev": REV}
    assert client.bundle(REV) is None
    assert network.asked[1].url.endswith(f"/v1/bundle?rev={REV}")


def test_a_blob_must_have_its_hash() -> None:
    data = b"%PDF-1.7"
    binary = {**OURS, "Content-Type": "application/octet-stream"}
    client, _, _ = portal(Reply(body=data, headers=binary), Reply(body=b"other", headers=binary))
    digest = hashlib.sha256(data).hexdigest()
    assert client.fetch_blob(digest) == data
    with pytest.raises(BadContent):
        client.fetch_blob(digest)


def test_a_blob_is_sent_as_bytes() -> None:
    client, network, _ = portal(Reply(201, b"", {"Portal-Api": "1"}), Reply(body={"have": [], "need": ["a" * 64]}))
    client.send_blob("a" * 64, b"\x00\x01")
    assert (network.asked[0].method, network.asked[0].data) == ("PUT", b"\x00\x01")
    assert client.missing_blobs([("a" * 64, 2)]) == ["a" * 64]
    assert network.asked[1].json == [{"sha256": "a" * 64, "size": 2}]


def test_no_more_texts_than_asked_for_are_taken() -> None:
    client, _, _ = portal(Reply(body={"entries": [{}, {}]}))
    with pytest.raises(NotOurPortal):
        client.entries([EntryId("e")])
