"""Which group of documents a document belongs to, from its type and its number; None where they do not settle it.

Normative documents carry the year in their number. Source: NĐ 34/2016/NĐ-CP Điều 56–57; QĐ 17/2011/QĐ-UBND Điều 10.4.
"""

from typing import Literal

Group = Literal["Quy phạm pháp luật", "Chỉ đạo, điều hành"]

_NORMATIVE = frozenset({"luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch"})
_EITHER = frozenset({"nghị quyết", "quyết định", "chỉ thị"})
_DIRECTING = frozenset({"công văn", "công điện", "kế hoạch", "thông báo", "hướng dẫn"})
_PARTS = 3  # 17/2011/QĐ-UBND


def group_of(kind: str | None, number: str | None) -> Group | None:
    """The group of a document of type `kind` with `number`."""
    name = (kind or "").casefold()
    parts = (number or "").split("/")
    if name in _NORMATIVE:
        return "Quy phạm pháp luật"
    if name in _DIRECTING:
        return "Chỉ đạo, điều hành"
    if name not in _EITHER or len(parts) < _PARTS - 1:
        return None
    has_year = len(parts) >= _PARTS and parts[1].isdigit() and len(parts[1]) == len("2011")
    return "Quy phạm pháp luật" if has_year else "Chỉ đạo, điều hành"
