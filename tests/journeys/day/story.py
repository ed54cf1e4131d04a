"""What is written on that day: an article of our own, and the five regulations as they were signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from resources import path

REGULATIONS: Final = ("000", "001", "002", "003", "004")
_ROOT: Final = Path(__file__).resolve().parents[3]
_SECTIONS: Final = {
    section["id"]: section["label"]["vi"]
    for section in json.loads(path("profiles", "generic.json").read_text(encoding="utf-8"))["sections"]
}

AUTHOR: Final = "ctv.moi"
DEPUTY: Final = "phoban1"
CHIEF: Final = "truongban"
NEW_PASSWORD: Final = "mua-nuoc-noi-2026"


@dataclass(frozen=True)
class Article:
    """`body` is Markdown; `lines` is what its readers must find on the public page, in order."""

    title: str
    section: str
    summary: str
    source: str
    body: str
    lines: tuple[str, ...]


ARTICLE: Final = Article(
    title="Thư viện lưu động về xã trong ngày hội đọc sách",
    section=_SECTIONS["tin-van-hoa"],
    summary="Xe thư viện mang hai nghìn cuốn sách và một phòng chiếu nhỏ về phục vụ học sinh các xã.",
    source="Thư viện tỉnh",
    body=(
        "Sáng thứ Bảy, xe thư viện lưu động dừng ở sân trường với **hai nghìn cuốn sách** và một phòng chiếu nhỏ.\n\n"
        "## Đọc, kể và vẽ\n\n"
        "Các em chọn sách, kể lại một đoạn mình thích rồi vẽ một bức tranh về đoạn ấy.\n\n"
        "Chuyến sau sẽ đến vào đầu tháng tới; nhà trường đăng ký với Thư viện tỉnh trước một tuần."
    ),
    lines=("hai nghìn cuốn sách", "Đọc, kể và vẽ", "nhà trường đăng ký với Thư viện tỉnh trước một tuần"),
)
CORRECTED: Final = ("trước một tuần", "trước mười ngày")
REASON: Final = "Đề nghị ghi rõ nơi lấy toàn văn và ngày hiệu lực theo bản đã ký."


@dataclass(frozen=True)
class Regulation:
    """One of the five. `title` names number and date, so that nobody takes it for another entry."""

    name: str
    title: str
    facts: Mapping[str, str]
    text: str


def regulation(name: str) -> Regulation:
    """The text as signed, and what is typed into the form: field name → words as a person writes them."""
    data: Mapping[str, Any] = json.loads((_ROOT / "tools/demo/regulations.json").read_text(encoding="utf-8"))[name]
    day = _day(data["ngay_ban_hanh"])
    subject = data["title"][0].lower() + data["title"][1:]
    kind = data["loai_van_ban"]
    subject = subject.removeprefix(kind.lower() + " ")
    facts = {
        "section": _SECTIONS[data["section"]],
        "source.name": data["source"]["name"],
        **{key: _day(data[key]) for key in ("ngay_ban_hanh", "ngay_hieu_luc") if key in data},
        **{
            key: data[key]
            for key in ("so_hieu", "loai_van_ban", "co_quan_ban_hanh", "nguoi_ky", "chuc_vu_nguoi_ky", "linh_vuc", "tinh_trang", "summary")
            if key in data
        },
    }  # fmt: skip
    text = path("texts", f"{name}.txt").read_text(encoding="utf-8")
    return Regulation(name, f"{kind} {data['so_hieu']} ngày {day} {subject}", facts, text)


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
