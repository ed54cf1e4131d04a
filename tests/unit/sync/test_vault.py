"""Secrets go to a keyring that encrypts, or stay in this process; never into a plain file."""

import importlib

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked

from desktop.sync.vault import SECURE_BACKENDS, KeyringVault, secure_among, system_backend
from tests.support.memory_keyring import MemoryKeyring


class PlaintextKeyring(MemoryKeyring):
    """Stands for keyrings.alt.file.PlaintextKeyring."""


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} {username} {len(password)}")


def secure_backend() -> KeyringBackend:
    """A backend of the allow-list that needs no service to be made."""
    found = importlib.import_module("keyring.backends.SecretService").Keyring
    made: KeyringBackend = found.__new__(found)
    return made


def chain() -> KeyringBackend:
    made: KeyringBackend = chainer.ChainerBackend()
    return made


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, PlaintextKeyring])
def test_a_backend_that_is_not_known_to_encrypt_is_refused(kind: type[KeyringBackend]) -> None:
    assert secure_among(kind()) is None


def test_a_chain_with_no_secure_member_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [PlaintextKeyring()])
    assert secure_among(chain()) is None


def test_of_a_chain_only_the_secure_member_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    good = secure_backend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [PlaintextKeyring(), good])
    assert secure_among(chain()) is good


def test_every_allowed_backend_exists_in_keyring() -> None:
    for module, name in SECURE_BACKENDS:
        assert hasattr(importlib.import_module(module), name)


def test_the_keyring_of_a_test_is_not_taken_for_a_secure_one() -> None:
    assert keyring.get_keyring() is not None
    assert system_backend() is None


def test_a_secret_is_kept_under_the_homes_own_service() -> None:
    backend = MemoryKeyring()
    vault = KeyringVault("home-1", backend)
    vault.write("tokens", "s3cret")
    assert backend.entries == {("toasoan:home-1", "tokens"): "s3cret"}
    assert KeyringVault("home-1", backend).read("tokens") == "s3cret"
    assert KeyringVault("home-2", backend).read("tokens") is None
    assert vault.secure


def test_what_is_removed_is_gone_here_and_there() -> None:
    backend = MemoryKeyring()
    vault = KeyringVault("home-1", backend)
    vault.write("tokens", "s3cret")
    vault.remove("tokens")
    vault.remove("tokens")
    assert vault.read("tokens") is None
    assert backend.entries == {}


def test_without_a_keyring_secrets_live_in_this_process_and_the_vault_says_so() -> None:
    vault = KeyringVault("home-1", None)
    vault.write("tokens", "s3cret")
    assert vault.read("tokens") == "s3cret"
    assert not vault.secure
    assert KeyringVault("home-1", None).read("tokens") is None


def test_a_keyring_that_locks_itself_costs_the_next_session_not_this_one() -> None:
    vault = KeyringVault("home-1", LockedKeyring())
    vault.write("tokens", "s3cret")
    assert vault.read("tokens") == "s3cret"
    assert not vault.secure


def test_a_keyring_that_cannot_be_read_counts_as_none() -> None:
    vault = KeyringVault("home-1", LockedKeyring())
    assert vault.read("tokens") is None
    assert not vault.secure
