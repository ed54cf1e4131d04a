"""Tokens and passwords against the real portal over HTTP."""

import json

import pytest

from desktop.domain.errors import BadContent, PortalBusy, SignInRefused
from desktop.sync.vault import KeyringVault
from tests.contract.portal_client.conftest import DEVICE, http_portal
from tests.support.live_portal import FIRST_PASSWORD, NEWCOMER, PASSWORD

OTHER_DEVICE = "0193e9a0-0000-7000-8000-000000000002"


def tokens(vault: KeyringVault) -> dict[str, str]:
    found: dict[str, str] = json.loads(vault.read("tokens") or "{}")
    return found


def test_a_wrong_password_is_refused_and_nothing_is_kept(url: str) -> None:
    vault = KeyringVault("home", None)
    with pytest.raises(SignInRefused) as caught:
        http_portal(url, vault).sign_in("truongban", "sai mật khẩu", device_id=DEVICE, device_name="m")
    assert caught.value.rule.code == "bad-credentials"
    assert tokens(vault) == {}


def test_guessing_is_slowed_down(url: str) -> None:
    client = http_portal(url, KeyringVault("home", None))
    answers = []
    for number in range(12):
        try:
            client.sign_in("btv.tin", f"sai {number}", device_id=DEVICE, device_name="m")
        except (SignInRefused, PortalBusy) as refusal:
            answers.append(type(refusal))
    assert answers[0] is SignInRefused
    assert answers[-1] is PortalBusy


def test_the_first_password_must_be_changed_before_anything_else(url: str) -> None:
    vault = KeyringVault("home", None)
    client = http_portal(url, vault)
    assert client.sign_in(NEWCOMER, FIRST_PASSWORD, device_id=DEVICE, device_name="m").password_change_required
    with pytest.raises(SignInRefused):
        client.bundle(None)
    with pytest.raises(BadContent) as caught:
        client.change_password(FIRST_PASSWORD, "ngan")
    assert caught.value.rule.code == "weak-password"
    client.change_password(FIRST_PASSWORD, "mật khẩu mới đủ dài")
    found = client.sign_in(NEWCOMER, "mật khẩu mới đủ dài", device_id=DEVICE, device_name="m")
    assert not found.password_change_required
    assert client.bundle(None) is not None


def test_a_token_that_no_longer_counts_is_renewed(url: str) -> None:
    vault = KeyringVault("home", None)
    client = http_portal(url, vault)
    client.sign_in("phoban1", PASSWORD, device_id=DEVICE, device_name="m")
    before = tokens(vault)
    vault.write("tokens", json.dumps({**before, "access": "x" * 43}))
    assert client.bundle(None) is not None
    after = tokens(vault)
    assert after["access"] not in {before["access"], "x" * 43}
    assert after["refresh"] != before["refresh"]


def test_a_renewal_asked_twice_with_one_id_gives_one_pair(url: str) -> None:
    vault = KeyringVault("home", None)
    client = http_portal(url, vault)
    client.sign_in("phoban1", PASSWORD, device_id=DEVICE, device_name="m")
    before = tokens(vault)
    waiting = json.dumps({"access": "x" * 43, "refresh": before["refresh"], "refresh_id": OTHER_DEVICE})
    vault.write("tokens", waiting)
    client.bundle(None)
    first = tokens(vault)
    vault.write("tokens", waiting)  # as if the answer had been lost
    client.bundle(None)
    assert tokens(vault) == first


def test_an_old_renewal_revokes_the_device_and_forgets_the_tokens(url: str) -> None:
    vault = KeyringVault("home", None)
    client = http_portal(url, vault)
    client.sign_in("phoban1", PASSWORD, device_id=DEVICE, device_name="m")
    stolen = tokens(vault)
    vault.write("tokens", json.dumps({**stolen, "access": "x" * 43}))
    client.bundle(None)
    thief = KeyringVault("elsewhere", None)
    thief.write("tokens", json.dumps({**stolen, "access": "x" * 43}))
    for holder in (thief, vault):
        with pytest.raises(SignInRefused):
            http_portal(url, holder, seed=7).bundle(None)
        assert tokens(holder) == {}


def test_signing_out_ends_the_session_at_the_portal(url: str) -> None:
    vault = KeyringVault("home", None)
    client = http_portal(url, vault)
    client.sign_in("truongban", PASSWORD, device_id=OTHER_DEVICE, device_name="m")
    kept = tokens(vault)
    client.sign_out()
    assert tokens(vault) == {}
    vault.write("tokens", json.dumps(kept))
    with pytest.raises(SignInRefused):
        client.bundle(None)


def test_another_members_queue_is_never_taken(url: str) -> None:
    client = http_portal(url, KeyringVault("home", None))
    client.sign_in("truongban", PASSWORD, device_id=DEVICE, device_name="m")
    with pytest.raises(SignInRefused) as caught:
        client.sync(
            {
                "protocol": 1, "epoch": None, "device_id": DEVICE, "actor": "u-ctv.vanhoa", "cursor": None, "limit": 500,
                "ops": [],
            }
        )  # fmt: skip
    assert caught.value.rule.code == "actor-mismatch"
