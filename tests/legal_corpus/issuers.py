"""Who issues: its letterhead, its abbreviation in numbers, the ranks that sign and the capacity they sign in."""

from dataclasses import dataclass

from tests.legal_corpus.words import WORDS, Dice, person, place


@dataclass(frozen=True)
class Signer:
    """`capacity` are the lines above the rank ("TM. …", "KT. …"); `stated` those of them that say for whom one signs."""

    name: str
    rank: str
    capacity: tuple[str, ...]


@dataclass(frozen=True)
class Issuer:
    """`names` are what may be given for it, the fullest first; `letterhead` its lines; `authority` stands before the bases."""

    names: tuple[str, ...]
    letterhead: tuple[str, ...]
    code: str
    town: str
    head: str
    deputy: str
    collective: str = ""
    authority: str = ""
    office: str = ""

    def signer(self, dice: Dice) -> Signer:
        """The head, a deputy for the head, or the office by order; for a collective body in its name."""
        above = (f"TM. {self.collective.upper()}",) if self.collective else ()
        name, draw = person(dice), dice.random()
        if draw < 0.45:
            return Signer(name, self.head, above)
        if draw < 0.85 or not self.office:
            return Signer(name, self.deputy, (*above, f"KT. {self.head.upper()}"))
        if draw < 0.95:
            return Signer(name, self.office, (f"TL. {self.head.upper()}",))
        return Signer(name, f"Phó {self.office}", (f"TL. {self.head.upper()}", f"KT. {self.office.upper()}"))


def province(dice: Dice) -> str:
    return str(dice.choice(WORDS["provinces"]))


def people_committee(dice: Dice) -> Issuer:
    where = province(dice)
    name = f"Ủy ban nhân dân {where}"
    chair = dice.random() < 0.3
    return Issuer(
        names=(name, f"Chủ tịch {name}") if chair else (name,),
        letterhead=_committee(where, dice),
        code="UBND",
        town=_town(where, dice),
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        collective="" if chair else "Ủy ban nhân dân",
        authority=f"{'CHỦ TỊCH ' if chair else ''}ỦY BAN NHÂN DÂN {where.upper()}",
        office="Chánh Văn phòng",
    )


def commune_committee(dice: Dice) -> Issuer:
    """A district's or a commune's, whose letterhead names the one above it or not."""
    kind, own = dice.choice(("huyện", "thị xã", "xã", "phường", "thị trấn")), place(dice)
    where = f"{kind} {own}"
    name, above = f"Ủy ban nhân dân {where}", province(dice)
    lines = _committee(where, dice)
    if kind in {"xã", "phường", "thị trấn"} and dice.random() < 0.3:
        lines = (f"UBND HUYỆN {place(dice).upper()}", f"UBND {where.upper()}")
    return Issuer(
        names=(name, f"{name}, {above}", f"{name} {above}"),
        letterhead=lines,
        code="UBND",
        town=own,
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        collective="Ủy ban nhân dân",
        authority=f"ỦY BAN NHÂN DÂN {where.upper()}",
    )


def council(dice: Dice) -> Issuer:
    where = province(dice)
    name = f"Hội đồng nhân dân {where}"
    lines = (name.upper(),) if dice.random() < 0.4 else ("HỘI ĐỒNG NHÂN DÂN", where.upper())
    return Issuer(
        names=(name,),
        letterhead=lines,
        code="HĐND",
        town=_town(where, dice),
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        authority=name.upper(),
    )


def department(dice: Dice) -> Issuer:
    where = province(dice)
    name, code = dice.choice(WORDS["departments"])
    above = _committee(where, dice)
    return Issuer(
        names=(f"{name} {where}", name, f"{name}, Ủy ban nhân dân {where}", f"{name} - Ủy ban nhân dân {where}"),
        letterhead=(*above, name.upper()),
        code=code,
        town=_town(where, dice),
        head="Giám đốc",
        deputy="Phó Giám đốc",
        authority=f"GIÁM ĐỐC {name.upper()}",
        office="Chánh Văn phòng",
    )


def ministry(dice: Dice) -> Issuer:
    name, code = dice.choice(WORDS["ministries"])
    return Issuer(
        names=(name, f"Bộ trưởng {name}"),
        letterhead=(name.upper(),),
        code=code,
        town="Hà Nội",
        head="Bộ trưởng",
        deputy="Thứ trưởng",
        authority=f"BỘ TRƯỞNG {name.upper()}",
        office="Chánh Văn phòng",
    )


def government(_: Dice) -> Issuer:
    return Issuer(
        names=("Chính phủ",),
        letterhead=("CHÍNH PHỦ",),
        code="CP",
        town="Hà Nội",
        head="Thủ tướng",
        deputy="Phó Thủ tướng",
        collective="Chính phủ",
        authority="CHÍNH PHỦ",
    )


def prime_minister(_: Dice) -> Issuer:
    return Issuer(
        names=("Thủ tướng Chính phủ", "Thủ tướng"),
        letterhead=("THỦ TƯỚNG CHÍNH PHỦ",),
        code="TTg",
        town="Hà Nội",
        head="Thủ tướng",
        deputy="Phó Thủ tướng",
        authority="THỦ TƯỚNG CHÍNH PHỦ",
    )


def assembly(_: Dice) -> Issuer:
    return Issuer(
        names=("Quốc hội",),
        letterhead=("QUỐC HỘI",),
        code="QH",
        town="Hà Nội",
        head="Chủ tịch Quốc hội",
        deputy="Phó Chủ tịch Quốc hội",
        authority="QUỐC HỘI",
    )


def _committee(where: str, dice: Dice) -> tuple[str, ...]:
    draw = dice.random()
    if draw < 0.45:
        return "ỦY BAN NHÂN DÂN", where.upper()
    return (f"ỦY BAN NHÂN DÂN {where.upper()}",) if draw < 0.75 else (f"UBND {where.upper()}",)


def _town(where: str, dice: Dice) -> str:
    """The place of a date line: the province or its chief town."""
    own = where.removeprefix("tỉnh ").removeprefix("thành phố ").removeprefix("Thành phố ")
    return own if where.startswith("tỉnh") or dice.random() < 0.5 else f"Thành phố {own}"
