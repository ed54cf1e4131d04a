"""What was found in a text: a value, the place it stands at, and how sure that is. Absent is None, never a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.domain.legal.source import Span

Field = Literal[
    "so_hieu", "loai_van_ban", "co_quan_ban_hanh", "ngay_ban_hanh", "nguoi_ky", "chuc_vu_nguoi_ky", "trich_yeu",
    "ngay_hieu_luc", "ngay_het_hieu_luc", "so_cong_bao", "ngay_cong_bao", "linh_vuc", "tinh_trang",
]  # fmt: skip
FIELDS: tuple[Field, ...] = Field.__args__  # type: ignore[attr-defined]  # the members of a Literal

SURE = 0.95
LIKELY = 0.85
DOUBTED = 0.6

Note = Literal[
    "several-documents", "draft", "unreadable", "number-differs", "date-differs", "date-impossible", "effect-differs",
    "effect-unsettled", "signer-differs", "attached-alone",
]  # fmt: skip


@dataclass(frozen=True)
class Found:
    """`value` as it is suggested (dates in ISO 8601); `span` is its evidence in the paste; `confidence` 0 to 1.

    `rule` says how the value follows from the evidence, where the evidence is not the value itself.
    """

    value: str
    span: Span
    confidence: float
    rule: str = ""


@dataclass(frozen=True)
class Ground:
    """A document that this one cites: as its basis ("Căn cứ …") or anywhere. `sign` is the normalised name."""

    loai: str | None
    so_hieu: str | None
    ngay: str | None
    ten: str | None
    span: Span


@dataclass(frozen=True)
class Facts:
    """All that one document says of itself."""

    values: Mapping[Field, Found]
    can_cu: Sequence[Ground] = ()
    quyen_han_ky: str | None = None
    effect_rule: str | None = None
    notes: Sequence[Note] = ()

    @property
    def plain(self) -> dict[str, str]:
        """The values alone."""
        return {name: found.value for name, found in self.values.items()}

    def date(self, field: Field) -> date | None:
        found = self.values.get(field)
        return date.fromisoformat(found.value) if found else None
