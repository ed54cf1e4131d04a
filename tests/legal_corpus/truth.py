"""What a document truly says, under the keys of `toasoan extract --json`; and what else may be answered without being wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

SCALARS: Final = (
    "so_hieu",
    "loai_van_ban",
    "co_quan_ban_hanh",
    "ngay_ban_hanh",
    "nguoi_ky",
    "chuc_vu_nguoi_ky",
    "quyen_han_ky",
    "trich_yeu",
    "ngay_hieu_luc",
    "ngay_het_hieu_luc",
    "so_cong_bao",
    "ngay_cong_bao",
    "linh_vuc",
    "tinh_trang",
)
COUNTS: Final = ("phan", "chuong", "muc", "dieu", "khoan", "diem", "dieu_quyet_dinh", "dieu_phu_luc")
BASIS: Final = ("loai", "so_hieu", "ngay", "ten")


@dataclass(frozen=True)
class Expected:
    """`value` is the truth (None: nothing is said); `also` may be answered as well; unscored: too damaged to demand."""

    value: Any = None
    also: frozenset[Any] = frozenset()
    scored: bool = True


@dataclass(frozen=True)
class Item:
    """One line of a list; an optional one need not be found."""

    members: Mapping[str, Expected]
    optional: bool = False


@dataclass(frozen=True)
class Truth:
    scalars: Mapping[str, Expected]
    counts: Mapping[str, Expected]
    bases: tuple[Item, ...]
    headings: tuple[Item, ...]


@dataclass(frozen=True)
class Document:
    """A text with its truth, and where it comes from: the seed makes it again."""

    seed: str
    kind: str
    layout: str
    damages: tuple[str, ...]
    text: str
    truth: Truth
    documents: int = 1
    unreadable: bool = False
    draft: bool = False
