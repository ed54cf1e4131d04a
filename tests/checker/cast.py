"""Who plays: the members of a small board, the devices they sit at, and one delegation that ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from server_stub.core.moment import stamp
from tests.checker.times import START

NEWS, CULTURE = "tin-hoat-dong", "tin-van-hoa"

MEMBERS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "ctv1": ({"role": "ctv", "sections": [NEWS, CULTURE]},),
    "ctv2": ({"role": "ctv", "sections": [NEWS]},),
    "btv": ({"role": "btv", "sections": [NEWS]},),
    "phoban": ({"role": "phoban", "sections": None},),
    "truongban": ({"role": "truongban", "sections": None},),
}


@dataclass(frozen=True)
class Seat:
    """One member at one device."""

    member: str
    device: int = 1

    @property
    def name(self) -> str:
        return self.member if self.device == 1 else f"{self.member}#{self.device}"

    @property
    def member_id(self) -> str:
        return f"u-{self.member}"

    @property
    def device_id(self) -> str:
        number = SEATS.index(self) if self in SEATS else 900 + self.device
        return f"0193e9a0-0000-7000-8000-{number:012d}"

    @property
    def forger(self) -> "Seat":
        """A device of the same member that runs no program of ours."""
        return Seat(self.member, FORGED)


FORGED = 99
SEATS = (Seat("ctv1"), Seat("ctv2"), Seat("btv"), Seat("phoban"), Seat("truongban"), Seat("ctv1", 2), Seat("phoban", 2))

# Who sits down together; every table can carry an entry through all steps but the smallest, which tests exactly that.
TABLES = (
    ("ctv1", "truongban"),
    ("phoban", "truongban"),
    ("ctv1", "phoban", "truongban"),
    ("ctv1", "btv", "truongban"),
    ("ctv1", "ctv1#2", "phoban", "truongban"),
    ("ctv1", "ctv2", "phoban", "truongban"),
    ("ctv1", "btv", "phoban", "truongban"),
    ("ctv2", "phoban", "phoban#2", "truongban"),
)

# The chief lets the section editor publish, and so see another section, until it ends, which many histories live to see.
DELEGATION: Mapping[str, Any] = {
    "id": "0193e9a0-0000-7000-8000-00000000d001",
    "from_member": "u-truongban",
    "to_member": "u-btv",
    "step": "dang_tai",
    "sections": [NEWS, CULTURE],
    "start": stamp(START - timedelta(days=1)),
    "end": stamp(START + timedelta(hours=6)),
}


def seat(name: str) -> Seat:
    return next(seat for seat in SEATS if seat.name == name)
