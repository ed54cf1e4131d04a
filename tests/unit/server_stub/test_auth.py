"""Signing in: passwords, tokens, devices. The portal keeps hashes only."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from server_stub import auth
from server_stub.core.passwords import MAX_LENGTH, Passwords, one_time, weakness
from server_stub.core.problems import Problem
from server_stub.core.setup import NewMember
from server_stub.store import tables as t
from tests.unit.server_stub.house import QUICK, House, build

FIRST, SECOND = "k7fm-q2xd-9rht", "một mật khẩu dài"
MEMBERS = (
    NewMember("btv.tin", ({"role": "ctv", "sections": None},), password_hash=QUICK.hash(SECOND)),
    NewMember("moi", (), password_hash=QUICK.hash(FIRST), password_initial=True),
    NewMember("khong.mat.khau", ()),
)


@dataclass
class Door:
    """A house with a door: every call in a session of its own."""

    house: House
    means: auth.Means

    def log_in(self, username: str = "btv.tin", password: str = SECOND, device: str = "d1") -> dict[str, Any]:
        with self.house.database.session() as session:
            return auth.log_in(session, username=username, password=password, device=(device, "Máy"), means=self.means)

    def renew(self, refresh: str, refresh_id: str = "r1") -> dict[str, Any]:
        with self.house.database.session() as session:
            return auth.renew(session, refresh=refresh, refresh_id=refresh_id, means=self.means)

    def who(self, access: str, *, password_only: bool = False) -> auth.Caller:
        with self.house.database.session() as session:
            return auth.who_calls(session, access, clock=self.house.clock, password_only=password_only)

    def change(self, access: str, old: str, new: str) -> None:
        caller = self.who(access, password_only=True)
        with self.house.database.session() as session:
            auth.change_password(session, caller, old=old, new=new, means=self.means)


class Slow(PasswordHasher):
    """While a password is looked at, whatever stands in `meanwhile` happens, once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.meanwhile: list[Callable[[], object]] = []

    def verify(self, *given: Any) -> Literal[True]:  # noqa: ANN401 - as the library has it
        if self.meanwhile:
            self.meanwhile.pop()()
        return super().verify(*given)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def door(slow: Slow) -> Door:
    house, bytes_drawn = build(MEMBERS), itertools.count(1)
    chance = lambda size: next(bytes_drawn).to_bytes(size, "big")  # noqa: E731
    return Door(house, auth.Means(house.clock, house.id, chance, Passwords(slow)))


def _code(call: Any, *args: Any, **more: Any) -> str:  # noqa: ANN401
    with pytest.raises(Problem) as caught:
        call(*args, **more)
    return caught.value.code


def test_a_member_signs_in_and_is_known_by_the_token(door: Door) -> None:
    answer = door.log_in()
    assert answer["member"]["id"] == "u-btv.tin"
    assert (answer["access_expires_in"], answer["password_change_required"], answer["epoch"]) == (
        1800,
        False,
        door.house.epoch,
    )
    caller = door.who(answer["access"])
    assert (caller.person.id, caller.device_id) == ("u-btv.tin", "d1")


def test_neither_tokens_nor_passwords_are_kept(door: Door) -> None:
    answer = door.log_in()
    kept = repr([door.house.rows(table) for table in (t.token, t.session, t.member)])
    for secret in (answer["access"], answer["refresh"], SECOND):
        assert secret not in kept
    assert "$argon2id$" in kept


def test_the_user_name_is_forgiving_the_password_is_not(door: Door) -> None:
    assert door.log_in("  BTV.Tin ")["member"]["username"] == "btv.tin"
    assert door.log_in(password="một mật khẩu dài")["access"]  # the same letters, decomposed
    assert _code(door.log_in, password="Một mật khẩu dài") == "bad-credentials"
    assert _code(door.log_in, "ai.do") == "bad-credentials"
    assert _code(door.log_in, "khong.mat.khau", "") == "bad-credentials"


def test_ten_failures_lock_the_account_for_a_while(door: Door) -> None:
    for _ in range(auth.MAX_FAILURES):
        assert _code(door.log_in, password="sai") == "bad-credentials"
        door.house.later(seconds=1)
    with pytest.raises(Problem) as caught:
        door.log_in()
    assert caught.value.status == 429
    assert 0 < int(str(caught.value.extra["retry_after"])) <= 15 * 60
    assert door.log_in("moi", FIRST)["access"]
    door.house.later(minutes=15)
    assert door.log_in()["access"]


def test_however_many_come_at_once_ten_passwords_are_looked_at(door: Door, slow: Slow) -> None:
    answers: list[str] = []

    def guess() -> None:
        answers.append(_code(door.log_in, password="sai"))

    slow.meanwhile = [guess] * (auth.MAX_FAILURES + 2)
    guess()
    assert sorted(answers) == ["bad-credentials"] * auth.MAX_FAILURES + ["rate-limited"]
    assert len(slow.meanwhile) == 2


def _set(door: Door, **columns: object) -> None:
    with door.house.database.session() as session:
        session.execute(update(t.member).where(t.member.c.id == "u-btv.tin").values(columns))
        session.commit()


@pytest.mark.parametrize("column", ["active", "password_hash"])
def test_an_account_that_changes_while_its_password_is_looked_at_lets_nobody_in(
    door: Door, slow: Slow, column: str
) -> None:
    value: object = {"active": False, "password_hash": QUICK.hash("một mật khẩu khác")}[column]
    slow.meanwhile = [lambda: _set(door, **{column: value})]
    assert _code(door.log_in) == "bad-credentials"
    assert door.house.rows(t.session) == []


def test_a_password_that_was_changed_meanwhile_is_not_overwritten(door: Door, slow: Slow) -> None:
    here = door.log_in()["access"]
    slow.meanwhile = [lambda: _set(door, password_hash=QUICK.hash("một mật khẩu khác"))]
    assert _code(door.change, here, SECOND, "mật khẩu thứ ba") == "bad-credentials"
    assert door.log_in(password="một mật khẩu khác")["access"]


def test_the_same_change_while_it_is_being_made_is_done_already(door: Door, slow: Slow) -> None:
    here = door.log_in()["access"]
    slow.meanwhile = [lambda: door.change(here, SECOND, "một mật khẩu khác")]
    door.change(here, SECOND, "một mật khẩu khác")
    assert door.log_in(password="một mật khẩu khác")["access"]
    assert door.house.rows(t.login_failure) == []


def test_a_success_forgets_the_failures(door: Door) -> None:
    for _ in range(3):
        for _ in range(auth.MAX_FAILURES - 1):
            assert _code(door.log_in, password="sai") == "bad-credentials"
        assert door.log_in()["access"]


def test_an_access_token_ends_after_half_an_hour(door: Door) -> None:
    answer = door.log_in()
    door.house.later(minutes=29)
    door.who(answer["access"])
    door.house.later(minutes=2)
    assert _code(door.who, answer["access"]) == "token-expired"
    assert _code(door.who, "tự bịa") == "token-expired"
    assert _code(door.who, answer["refresh"]) == "token-expired"


def test_a_lost_answer_to_a_refresh_is_given_again(door: Door) -> None:
    old = door.log_in()
    first = door.renew(old["refresh"])
    door.house.later(minutes=9)
    again = door.renew(old["refresh"])
    assert (again["access"], again["refresh"]) == (first["access"], first["refresh"])
    assert again["access_expires_in"] == pytest.approx(21 * 60, abs=2)
    assert door.who(again["access"]).person.id == "u-btv.tin"
    assert len(door.house.rows(t.token)) == 4


@pytest.mark.parametrize(("refresh_id", "minutes"), [("another", 0), ("r1", 11)])
def test_an_old_refresh_token_otherwise_ends_the_device(door: Door, refresh_id: str, minutes: int) -> None:
    old, other = door.log_in(), door.log_in(device="d2")
    new = door.renew(old["refresh"])
    door.house.later(minutes=minutes)
    assert _code(door.renew, old["refresh"], refresh_id) == "device-revoked"
    assert _code(door.who, new["access"]) == "device-revoked"
    assert _code(door.renew, new["refresh"], "r2") == "device-revoked"
    assert door.who(other["access"]).device_id == "d2"


def test_refresh_tokens_end(door: Door) -> None:
    answer = door.log_in()
    door.house.later(days=61)
    assert _code(door.renew, answer["refresh"]) == "token-expired"
    assert _code(door.renew, "tự bịa") == "token-expired"


def test_a_session_ends_after_half_a_year_however_often_it_is_renewed(door: Door) -> None:
    refresh = door.log_in()["refresh"]
    for number in range(3):
        door.house.later(days=59)
        refresh = door.renew(refresh, str(number))["refresh"]
    door.house.later(days=4)
    assert _code(door.renew, refresh, "last") == "token-expired"


def test_signing_in_again_on_a_device_ends_the_earlier_session(door: Door) -> None:
    first, second = door.log_in(), door.log_in()
    assert _code(door.who, first["access"]) == "device-revoked"
    assert door.who(second["access"]).device_id == "d1"


def test_signing_out_ends_this_device_only(door: Door) -> None:
    here, there = door.log_in(), door.log_in(device="d2")
    with door.house.database.session() as session:
        auth.log_out(session, door.who(here["access"]), clock=door.house.clock)
    assert _code(door.who, here["access"]) == "device-revoked"
    assert _code(door.renew, here["refresh"]) == "device-revoked"
    assert door.who(there["access"]).device_id == "d2"


def test_the_first_password_opens_only_its_own_change(door: Door) -> None:
    answer = door.log_in("moi", FIRST)
    assert answer["password_change_required"] is True
    assert _code(door.who, answer["access"]) == "password-change-required"
    door.change(answer["access"], FIRST, SECOND)
    assert door.who(answer["access"]).person.username == "moi"
    assert _code(door.log_in, "moi", FIRST) == "bad-credentials"
    assert door.log_in("moi", SECOND)["password_change_required"] is False


def test_the_same_change_again_is_done_already(door: Door) -> None:
    answer = door.log_in("moi", FIRST)
    door.change(answer["access"], FIRST, SECOND)
    door.change(answer["access"], FIRST, SECOND)  # the first reply was lost
    assert door.log_in("moi", SECOND)["password_change_required"] is False


@pytest.mark.parametrize(
    ("new", "reason"),
    [("ngắn", "too-short"), (FIRST, "unchanged"), ("aaaaaaaaaaaa", "too-simple"), ("x" * (MAX_LENGTH + 1), "too-long")],
)
def test_a_weak_password_is_refused_with_its_reason(door: Door, new: str, reason: str) -> None:
    answer = door.log_in("moi", FIRST)
    with pytest.raises(Problem) as caught:
        door.change(answer["access"], FIRST, new)
    assert (caught.value.code, caught.value.extra["reason"]) == ("weak-password", reason)
    assert door.log_in("moi", FIRST)["password_change_required"] is True


def test_the_user_name_is_no_password() -> None:
    assert weakness("Bien.Tap.Vien", old="x", username="bien.tap.vien", minimum=10) == "username"


def test_a_wrong_present_password_counts_as_a_failure(door: Door) -> None:
    answer = door.log_in()
    for _ in range(auth.MAX_FAILURES):
        assert _code(door.change, answer["access"], "sai", "một mật khẩu khác") == "bad-credentials"
    assert _code(door.change, answer["access"], SECOND, "một mật khẩu khác") == "rate-limited"


def test_a_new_password_signs_the_other_devices_out(door: Door) -> None:
    here, there = door.log_in(), door.log_in(device="d2")
    door.change(here["access"], SECOND, "một mật khẩu khác")
    assert door.who(here["access"]).device_id == "d1"
    assert _code(door.who, there["access"]) == "device-revoked"


def test_a_closed_account_is_closed_at_once(door: Door) -> None:
    answer = door.log_in()
    with door.house.database.session() as session:
        session.execute(update(t.member).values(active=False))
        session.commit()
    assert _code(door.who, answer["access"]) == "device-revoked"
    assert _code(door.log_in) == "bad-credentials"


def test_one_time_passwords_are_readable_and_not_alike() -> None:
    made = {one_time(random.Random(seed).randbytes) for seed in range(50)}  # noqa: S311 - the same ones every time
    assert len(made) == 50
    for password in made:
        assert len(password) == 19
        assert not set(password) & set("ilo01")
