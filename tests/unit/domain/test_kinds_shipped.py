"""The kinds that are shipped beside article and legal document: what each demands, judged alike by client and portal."""

import json
from collections.abc import Mapping

import pytest

import resources
from desktop.domain.digest import Json
from desktop.domain.kind import Kind, faults, missing
from desktop.domain.profile import profile_from_json
from server_stub.core.kinds import faults as faults_of_the_portal
from server_stub.core.kinds import missing as missing_at_the_portal
from server_stub.core.kinds import parse_kind

PROFILE = profile_from_json(json.loads(resources.path("profiles", "generic.json").read_text("utf-8")))
HEAD: dict[str, Json] = {"title": "Tên", "section": "thong-bao"}
FILLED: dict[str, dict[str, Json]] = {
    "statistics": {
        "figures": [{"name": "Số hồ sơ", "unit": "hồ sơ", "value": "1.204"}],
        "method": "Đếm trên hệ thống một cửa",
        "collected_at": "2026-11-20",
        "body": "Tăng so với quý trước.",
    },
    "contact": {
        "email": "vanphong@tinh.gov.vn",
        "people": [{"name": "Trưởng phòng", "position": "Trưởng phòng", "email": "tp@tinh.gov.vn"}],
    },
    "project": {
        "type": "Đấu thầu",
        "owner": "Ban Quản lý dự án",
        "amount": {"amount": "1500000000", "currency": "VND"},
        "closes_at": "2026-12-01T09:00",
        "body": "Gói thầu xây lắp.",
    },
    "work-calendar": {"week": "2026-11-23", "items": [{"start": "2026-11-23T08:00", "what": "Họp giao ban"}]},
    "direction": {
        "so_hieu": "112/TB-UBND",
        "ngay_ban_hanh": "2026-11-20",
        "co_quan_ban_hanh": "Ủy ban nhân dân tỉnh",
        "body": "Giao các sở, ngành khẩn trương thực hiện.",
    },
    "page": {"body": "Giới thiệu."},
}
DEMANDED = [
    (kind, name) for kind, fields in FILLED.items() for name in fields if name not in {"email", "amount", "closes_at"}
]


def read(kind: str) -> Mapping[str, Json]:
    schema: Mapping[str, Json] = json.loads(resources.path("contract", "kinds", f"{kind}.json").read_text("utf-8"))
    return schema


@pytest.mark.parametrize("kind", FILLED)
def test_what_is_filled_in_may_go_on(kind: str) -> None:
    fields = HEAD | FILLED[kind]
    assert faults(Kind(kind, read(kind)), fields) == []
    assert faults_of_the_portal(parse_kind(read(kind)), fields) == ()
    assert missing(Kind(kind, read(kind)), PROFILE, fields, "submit") == ()


@pytest.mark.parametrize(("kind", "name"), DEMANDED)
def test_nothing_that_the_regulation_demands_may_be_left_out(kind: str, name: str) -> None:
    fields = {key: value for key, value in (HEAD | FILLED[kind]).items() if key != name}
    assert missing(Kind(kind, read(kind)), PROFILE, fields, "submit") == (f"/{name}",)
    assert missing_at_the_portal(parse_kind(read(kind)), fields, "submit") == (f"/fields/{name}",)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("project", {"amount": {"amount": "1,5 tỷ"}}),
        ("project", {"closes_at": "01/12/2026"}),
        ("contact", {"people": [{"position": "Trưởng phòng"}]}),
        ("work-calendar", {"items": [{"start": "thứ Hai", "what": "Họp"}]}),
    ],
)
def test_what_is_no_value_is_refused_by_both(kind: str, wrong: dict[str, Json]) -> None:
    fields = HEAD | FILLED[kind] | wrong
    assert faults(Kind(kind, read(kind)), fields)
    assert faults_of_the_portal(parse_kind(read(kind)), fields)
