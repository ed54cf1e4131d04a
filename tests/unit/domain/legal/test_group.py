"""Normative, directing, or not settled."""

import pytest

from desktop.domain.legal.group import group_of


@pytest.mark.parametrize(
    ("kind", "number", "group"),
    [
        ("Quyết định", "17/2011/QĐ-UBND", "Quy phạm pháp luật"),
        ("Quyết định", "818/QĐ-UBND", "Chỉ đạo, điều hành"),
        ("Nghị quyết", "05/2026/NQ-HĐND", "Quy phạm pháp luật"),
        ("Chỉ thị", "12/CT-UBND", "Chỉ đạo, điều hành"),
        ("Nghị định", "64/2007/NĐ-CP", "Quy phạm pháp luật"),
        ("Luật", None, "Quy phạm pháp luật"),
        ("Công văn", "1293/VPUBND-TTTH-CB", "Chỉ đạo, điều hành"),
        ("Quyết định", None, None),
        ("Báo cáo", "4/BC-UBND", None),
        (None, "17/2011/QĐ-UBND", None),
    ],
)
def test_type_and_number_tell_the_group(kind: str | None, number: str | None, group: str | None) -> None:
    assert group_of(kind, number) == group
