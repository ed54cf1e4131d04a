"""The kinds that are shipped beside article and legal document: what each demands, judged alike by client and portal."""

import json
from collections.abc import Mapping

import pytest

import resources
from desktop.domain.digest import Json
from desktop.domain.kind import Kind, faults, missing
from desktop.domain.official import unofficial
from desktop.domain.profile import profile_from_json
from server_stub.core.catalog import make_bundle, parse_catalog
from server_stub.core.kinds import faults as faults_of_the_portal
from server_stub.core.kinds import missing as missing_at_the_portal
from server_stub.core.kinds import parse_kind
from server_stub.core.validate import incomplete

PROFILE = profile_from_json(json.loads(resources.path("profiles", "generic.json").read_text("utf-8")))
CATALOG = parse_catalog(
    make_bundle(
        profile=PROFILE.raw,
        kinds={
            file.stem: json.loads(file.read_text("utf-8"))
            for file in resources.path("contract", "kinds").glob("*.json")
        },
        theme={},
        in_force_from="2026-01-01",
    )
)
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
    "organisation": {
        "legal_basis": "Quyết định số 12/2026/QĐ-UBND ngày 15/01/2026",
        "body": "Tham mưu, giúp Ủy ban nhân dân tỉnh.",
        "units": [{"name": "Văn phòng", "head": "Chánh Văn phòng"}],
        "contact": {"email": "so@tinh.gov.vn"},
    },
    "programme": {
        "type": "de-an",
        "sector": "Thông tin và Truyền thông",
        "body": "Mục tiêu đến năm 2030.",
        "valid_from": "2026-01-01",
        "valid_to": "2030-12-31",
    },
    "disclosure": {
        "type": "gia-dat",
        "area": "Thành phố Mỹ Tho",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "figures": [{"name": "Đường Hùng Vương", "amount": "52000000.5"}],
    },
}
OPTIONAL = {"email", "amount", "closes_at", "units", "contact"}
OF_THE_PROFILE = {
    ("programme", "valid_from"),
    ("programme", "valid_to"),
    ("disclosure", "valid_to"),
    ("disclosure", "figures"),
}
DEMANDED = [
    (kind, name)
    for kind, fields in FILLED.items()
    for name in fields
    if name not in OPTIONAL and (kind, name) not in OF_THE_PROFILE
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
        ("disclosure", {"figures": [{"name": "Đường", "amount": "52 triệu"}]}),
        ("disclosure", {"files": ["ban-do.pdf"]}),
        ("disclosure", {"type": "Giá đất"}),
        ("contact", {"people": [{"position": "Trưởng phòng"}]}),
        ("work-calendar", {"items": [{"start": "thứ Hai", "what": "Họp"}]}),
    ],
)
def test_what_is_no_value_is_refused_by_both(kind: str, wrong: dict[str, Json]) -> None:
    fields = HEAD | FILLED[kind] | wrong
    assert faults(Kind(kind, read(kind)), fields)
    assert faults_of_the_portal(parse_kind(read(kind)), fields)


def both(kind: str, fields: Mapping[str, Json]) -> tuple[str, ...]:
    """What is missing, by the client and by the portal, which must agree."""
    here = missing(Kind(kind, read(kind)), PROFILE, fields, "submit")
    there = incomplete(CATALOG, {"kind": kind, "fields": fields}, "submit")
    assert sorted(f"/fields{pointer}" for pointer in here) == list(there)
    return here


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, ()),
        ({"figures": []}, ("/files",)),
        ({"figures": [], "files": ["a" * 64]}, ()),
        ({"valid_to": ""}, ("/valid_to",)),
        ({"valid_to": "", "type": "phi"}, ()),
        ({"valid_to": "2025-12-31"}, ("/valid_to",)),
        ({"valid_to": "2026-01-01"}, ()),
        ({"figures": [{"amount": "1"}]}, ("/figures/0/name",)),
    ],
)
def test_planning_land_and_budget_have_their_figures_or_files_and_their_time(
    change: dict[str, Json], lacking: tuple[str, ...]
) -> None:
    assert both("disclosure", HEAD | FILLED["disclosure"] | change) == lacking


def test_the_profile_takes_up_every_kind_that_is_shipped_and_gives_each_a_section() -> None:
    shipped = {path.stem for path in resources.path("contract", "kinds").glob("*.json")}
    assert set(PROFILE.kinds) == shipped
    assert {kind for section in PROFILE.sections for kind in section.kinds} == shipped


@pytest.mark.parametrize(
    ("kind", "fields", "pointers"),
    [
        ("contact", {"email": "vp@tinh.gov.vn"}, []),
        ("contact", {"email": "vp@gov.vn"}, []),
        ("contact", {"email": "vp@TINH.GOV.VN"}, []),
        ("contact", {"email": "vanphong@gmail.com"}, ["/email"]),
        ("contact", {"email": "vp@tinh.gov.vn.example.com"}, ["/email"]),
        ("contact", {"email": "vp@notgov.vn"}, ["/email"]),
        ("contact", {"email": "chưa có"}, []),
        ("contact", {"people": [{"email": "a@b.gov.vn"}, {"email": "c@d.vn"}, "?"]}, ["/people/1/email"]),
        ("organisation", {"contact": {"email": "so@yahoo.com"}}, ["/contact/email"]),
        ("article", {"contributor": {"email": "ai@gmail.com"}}, []),
    ],
)
def test_an_address_that_is_not_official_is_told_and_stops_nothing(
    kind: str, fields: dict[str, Json], pointers: list[str]
) -> None:
    assert [found.pointer for found in unofficial(Kind(kind, read(kind)), fields)] == pointers
    assert not any(pointer in missing(Kind(kind, read(kind)), PROFILE, fields, "publish") for pointer in pointers)
