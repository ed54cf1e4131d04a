"""`/v1/auth/…` over HTTP."""

from tests.contract.portal.wire import PASSWORD, Wire

NEW = "một mật khẩu khác hẳn"


def test_a_member_signs_in_works_and_signs_out(wire: Wire) -> None:
    answer = wire.log_in("btv.vanhoa", device="khac").json
    assert answer["member"] == {
        "id": "u-btv.vanhoa", "username": "btv.vanhoa", "label": {"vi": "btv.vanhoa", "en": "btv.vanhoa"},
        "roles": [{"role": "btv", "sections": ["tin-van-hoa"]}], "active": True,
    }  # fmt: skip
    token = answer["access"]
    assert wire.ask("GET", "/v1/bundle", token=token).json["rev"] == answer["bundle_rev"]
    assert wire.ask("POST", "/v1/auth/logout", {}, token=token).status == 200
    assert wire.ask("GET", "/v1/bundle", token=token).code == "device-revoked"


def test_wrong_credentials_are_one_answer(wire: Wire) -> None:
    for who in ("ctv.vanhoa", "khong.co"):
        answer = wire.log_in(who, "sai mật khẩu")
        assert (answer.status, answer.code) == (401, "bad-credentials")


def test_the_account_locks_and_says_for_how_long(wire: Wire) -> None:
    for _ in range(10):
        wire.log_in("cntt", "sai mật khẩu")
    answer = wire.log_in("cntt")
    assert (answer.status, answer.code) == (429, "rate-limited")
    assert 0 < int(answer.headers["retry-after"]) <= 900
    wire.later(minutes=16)
    assert wire.log_in("cntt").status == 200


def test_a_refresh_is_idempotent_and_a_second_use_revokes_the_device(wire: Wire) -> None:
    old = wire.log_in("ctv.kinhte", device="khac").json
    body = {"refresh": old["refresh"], "refresh_id": "r1"}
    first, again = (wire.ask("POST", "/v1/auth/refresh", body).json for _ in range(2))
    assert first["access"] == again["access"] != old["access"]
    assert first["refresh"] == again["refresh"] != old["refresh"]
    assert wire.ask("POST", "/v1/auth/refresh", {**body, "refresh_id": "r2"}).code == "device-revoked"
    assert wire.ask("GET", "/v1/bundle", token=first["access"]).code == "device-revoked"


def test_the_first_password_is_changed_and_the_same_token_goes_on(wire: Wire) -> None:
    answer = wire.log_in("moi").json
    assert answer["password_change_required"] is True
    token = answer["access"]
    weak = wire.ask("POST", "/v1/auth/password", {"old": PASSWORD, "new": "moi"}, token=token)
    assert (weak.status, weak.code, weak.json["minimum"]) == (422, "weak-password", 10)
    assert (
        wire.ask("POST", "/v1/auth/password", {"old": PASSWORD, "new": PASSWORD}, token=token).code == "weak-password"
    )
    assert wire.ask("POST", "/v1/auth/password", {"old": "sai", "new": NEW}, token=token).code == "bad-credentials"
    assert wire.ask("POST", "/v1/auth/password", {"old": PASSWORD, "new": NEW}, token=token).status == 200
    assert wire.ask("GET", "/v1/bundle", token=token).status == 200
    assert wire.log_in("moi", NEW).json["password_change_required"] is False
