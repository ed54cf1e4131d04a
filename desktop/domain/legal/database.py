"""The table of properties that a legal database prints above or below a text: "Số hiệu: … Loại văn bản: …".

"Đang cập nhật" and its kind are empty. A single such line is no table: an electronic stamp has a "Người ký:" too.
"""

import re
from collections.abc import Mapping
from datetime import date

from desktop.domain.legal.frame import stamp_lines
from desktop.domain.legal.patterns import (
    DATE_AT,
    NUMBER_AT,
    date_of,
    number_of,
    one_line,
)
from desktop.domain.legal.source import Source
from desktop.domain.legal.values import LIKELY, Field, Found
from desktop.domain.legal.words import TYPES

_KEYS: dict[str, Field | None] = {
    "so hieu": "so_hieu", "so, ky hieu": "so_hieu", "so ky hieu": "so_hieu", "so/ky hieu": "so_hieu",
    "so ky hieu van ban": "so_hieu", "so hieu van ban": "so_hieu",
    "loai van ban": "loai_van_ban", "hinh thuc van ban": "loai_van_ban",
    "noi ban hanh": "co_quan_ban_hanh", "co quan ban hanh": "co_quan_ban_hanh", "don vi ban hanh": "co_quan_ban_hanh",
    "nguoi ky": "nguoi_ky", "nguoi ky duyet": "nguoi_ky",
    "chuc danh": "chuc_vu_nguoi_ky", "chuc vu": "chuc_vu_nguoi_ky", "chuc danh nguoi ky": "chuc_vu_nguoi_ky",
    "ngay ban hanh": "ngay_ban_hanh",
    "ngay hieu luc": "ngay_hieu_luc", "ngay co hieu luc": "ngay_hieu_luc", "hieu luc tu ngay": "ngay_hieu_luc",
    "ngay cong bao": "ngay_cong_bao", "ngay dang cong bao": "ngay_cong_bao", "so cong bao": "so_cong_bao",
    "linh vuc": "linh_vuc", "linh vuc, nganh": "linh_vuc", "nganh": None, "nguon thu thap": None, "pham vi": None,
    "tinh trang": "tinh_trang", "tinh trang hieu luc": "tinh_trang", "hieu luc": None,
    "ngay het hieu luc": "ngay_het_hieu_luc", "trich yeu": "trich_yeu", "trich yeu noi dung": "trich_yeu",
    "ngay dang": None, "cap nhat": None, "luot xem": None, "tai ve": None, "tep dinh kem": None, "file dinh kem": None,
}  # fmt: skip
_NAMES = "|".join(sorted(_KEYS, key=len, reverse=True))
_COLON = re.compile(rf"(?:(?<=\n)|(?<=[\t|;]) ?|(?<=\S )|^)[ \t|*-]*(?P<key>{_NAMES})[ \t]*(?P<colon>:)")
_CELL = re.compile(rf"(?:(?<=\n)|(?<=\t)|^)[ \t]*(?P<key>{_NAMES})[ \t]*(?=\t|\n)")
_EMPTY = re.compile(
    r"[\s.…_-]*|(?:dang|chua) (?:duoc )?cap nh\S*.*|"
    r"(?:khong|chua) (?:ro|xac dinh)\b.*|(?:khong|chua) co(?! hieu luc).*|da biet.*|dang nhap.*|n/?a|null|none"
)
_STATES = {
    "con hieu luc": "Còn hiệu lực",
    "chua co hieu luc": "Chưa có hiệu lực",
    "het hieu luc mot phan": "Hết hiệu lực một phần",
    "het hieu luc toan bo": "Hết hiệu lực",
    "het hieu luc": "Hết hiệu lực",
}
_DATES = {"ngay_ban_hanh", "ngay_hieu_luc", "ngay_cong_bao", "ngay_het_hieu_luc"}
_ENOUGH = 3
_NEAR = 400
_LONGEST = 300


def read_database(source: Source) -> Mapping[Field, Found]:
    """The properties with a value, of the first such table."""
    keys = [*_COLON.finditer(source.folded), *_CELL.finditer(source.folded)]
    stamped = [(source.lines[at].start, source.lines[at].end) for at in stamp_lines(source)]
    own = [k for k in keys if not any(start <= k.start("key") <= end for start, end in stamped)]
    keys = sorted((k for k in own if source.text[k.start("key")].isupper()), key=lambda match: match.start("key"))
    run: list[re.Match[str]] = []
    for key in keys:
        if run and key.start() - run[-1].end() > _NEAR:
            if len({match["key"] for match in run}) >= _ENOUGH:
                break
            run = []
        run.append(key)
    names = {match["key"] for match in run}
    if len(names) < _ENOUGH:
        return {}
    found: dict[Field, Found] = {}
    for key, after in zip(run, [*run[1:], None], strict=True):
        field = _KEYS[key["key"]]
        if field is None or field in found:
            continue
        value = _value(source, key, after.start("key") if after is not None else len(source.text))
        read = _read(source, field, value) if value is not None else None
        if read is not None:
            found[field] = read
    return found


def _value(source: Source, key: re.Match[str], limit: int) -> tuple[int, int] | None:
    """Where the value of `key` stands: on its line, or on the next one when its own is empty."""
    start = key.end()
    while start < limit and source.text[start] in " \t:":
        start += 1
    if start < limit and source.text[start] == "\n":
        start += 1
    stop = min(limit, start + _LONGEST)
    for sign in "\n\t":
        cut = source.text.find(sign, start, stop)
        stop = cut if cut >= 0 else stop
    text = source.text[start:stop]
    end = start + len(text.rstrip(" ,;.|-"))
    start += len(text) - len(text.lstrip())
    if end <= start or _EMPTY.fullmatch(source.folded[start:end]):
        return None
    return start, end


def _read(source: Source, field: Field, place: tuple[int, int]) -> Found | None:
    start, end = place
    text = one_line(source.text[start:end])
    span = source.span(start, end)
    if field in _DATES:
        match = DATE_AT.match(source.folded, start, end)
        day: date | None = date_of(match) if match else None
        return Found(day.isoformat(), span, LIKELY, "database") if day else None
    if field == "so_hieu":
        number = NUMBER_AT.fullmatch(source.text, start, end)
        return Found(number_of(number), span, LIKELY, "database") if number else None
    if field == "loai_van_ban":
        known = TYPES.get(source.folded[start:end])
        return Found(known or text, span, LIKELY, "database")
    if field == "tinh_trang":
        state = next(
            (name for low, name in _STATES.items() if source.folded[start:end].startswith(low)),
            None,
        )
        return Found(state, span, LIKELY, "database") if state else None
    return Found(text, span, LIKELY, "database")
