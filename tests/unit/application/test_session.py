"""Changing the first password when the line breaks in the middle: the same call again brings it to its end."""

from collections.abc import Mapping
from typing import cast

import pytest

from desktop.application.freezing import Tools
from desktop.application.ports import Portal, SignedIn, Vault
from desktop.application.session import Session
from desktop.domain.digest import Json
from desktop.domain.errors import Offline, Rule, SignInRefused
from desktop.store import open_store
from tests.support.offices import CountedClock, PlainRenderer, SeededChance

OLD, NEW = "one-time", "mua-nuoc-noi"
MEMBER: dict[str, Json] = {"id": "u-moi", "username": "moi", "label": {"vi": "Mới"}, "roles": [], "active": True}


class Door:
    """A portal that keeps one password; `cuts` names the answers that are lost after they took effect."""

    def __init__(self, *cuts: str) -> None:
        self.password = OLD
        self.cuts = list(cuts)

    def sign_in(self, username: str, password: str, *, device_id: str, device_name: str) -> SignedIn:
        del username, device_id, device_name
        if password != self.password:
            raise SignInRefused(Rule("bad-credentials"))
        self._lose("login")
        return SignedIn("a", 900, "r", MEMBER, password == OLD, "epoch", "rev")

    def change_password(self, old: str, new: str) -> None:
        if old != self.password:
            raise SignInRefused(Rule("bad-credentials"))
        self.password = new
        self._lose("change")

    def _lose(self, what: str) -> None:
        if self.cuts and self.cuts[0] == what:
            self.cuts.pop(0)
            raise Offline(what)

    def bundle(self, known_rev: str | None) -> Mapping[str, Json] | None:
        del known_rev
        return None


def session(door: Door) -> Session:
    """A home that belongs to nobody yet; only what signing in needs of portal and vault is there."""
    clock = CountedClock()
    return Session(
        open_store(None, clock=clock), cast("Portal", door), cast("Vault", None), Tools(clock, SeededChance(), PlainRenderer()),
        portal_url="http://portal", device_name="máy", announce=lambda _changes: None,
    )  # fmt: skip


@pytest.mark.parametrize("cuts", [("change",), ("login",), ("change", "login"), ("login", "login")])
def test_a_change_that_was_cut_is_brought_to_its_end_by_calling_again(cuts: tuple[str, ...]) -> None:
    door = Door()
    mine = session(door)
    assert mine.sign_in("moi", OLD) is True
    door.cuts = list(cuts)
    for _ in cuts:
        with pytest.raises(Offline):
            mine.change_password("moi", old=OLD, new=NEW)
    mine.change_password("moi", old=OLD, new=NEW)
    account = mine.account()
    assert account is not None
    assert account.username == "moi"


def test_a_wrong_present_password_stays_wrong() -> None:
    mine = session(Door())
    with pytest.raises(SignInRefused) as refused:
        mine.change_password("moi", old="sai", new=NEW)
    assert refused.value.rule.code == "bad-credentials"
    assert mine.account() is None
