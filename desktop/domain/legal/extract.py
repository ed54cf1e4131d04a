"""One paste in, everything it says out: properties with their evidence, grounds, citations, structure, and what is odd.

What the text does not say stays absent. Of several documents in one paste the first is read, and the others are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.legal.citations import read_citations, read_grounds
from desktop.domain.legal.database import read_database
from desktop.domain.legal.effect import Effect, read_effect
from desktop.domain.legal.frame import Frame, read_frame
from desktop.domain.legal.header import read_head
from desktop.domain.legal.parts import read_parts
from desktop.domain.legal.signers import Signature, read_signature
from desktop.domain.legal.source import Source, Span
from desktop.domain.legal.structure import Structure, read_structure
from desktop.domain.legal.titles import read_title, read_type
from desktop.domain.legal.values import DOUBTED, Facts, Field, Found, Ground, Note

_ENOUGH_LETTERS = 0.55
_LETTERS = 80
_LOOKED_AT = 40_000


@dataclass(frozen=True)
class Extract:
    """What one paste holds. `documents`: where each begins; `facts` and `structure` are of the first."""

    facts: Facts
    structure: Structure
    citations: Sequence[Ground]
    documents: Sequence[Span]


def extract(text: str) -> Extract:
    """Reads `text`; every span is a place in it as it was given."""
    source = Source(text)
    if _is_unreadable(source.text):
        return Extract(Facts({}, notes=("unreadable",)), Structure(), (), ())
    parts = read_parts(source)
    count = parts[-1].document + 1
    of = [tuple(part for part in parts if part.document == number) for number in range(count)]
    frame = read_frame(source, of[0])
    facts = _facts(frame)
    structure = read_structure(source, of[0])
    if count > 1:
        facts = replace(facts, notes=(*facts.notes, "several-documents"))
        enclosed = read_structure(source, of[1])
        # A letter that sends a draft: what it sends is what there is to structure.
        if not structure.nodes and enclosed.dieu:
            structure = enclosed
    starts = [source.span(source.lines[own[0].first].start, source.lines[own[-1].end - 1].end) for own in of]
    return Extract(facts, structure, read_citations(source), starts)


def _facts(frame: Frame) -> Facts:
    database = read_database(frame.source)
    head = read_head(frame, database)
    values: dict[Field, Found] = dict(head.values)
    number = values["so_hieu"].value if "so_hieu" in values else None
    kind = read_type(frame, number, database)
    joint = bool(kind and "liên" in kind.value) or "/TTLT" in (number or "")
    signature = read_signature(frame, joint=joint)
    signed = Facts(values).date("ngay_ban_hanh")
    effect = read_effect(frame, signed)
    notes: list[Note] = list(head.notes)
    for field, found in (
        ("loai_van_ban", kind),
        ("trich_yeu", read_title(frame, database)),
        *_signed(signature, database, notes),
        *_effective(effect, database, notes),
        *((name, database.get(name)) for name in ("so_cong_bao", "ngay_cong_bao", "linh_vuc", "tinh_trang")),
    ):
        if found is not None and field not in values:
            values[field] = found  # type: ignore[index]  # literal names
    if head.no_number or head.no_date:
        notes.append("draft")
    return Facts(values, read_grounds(frame), signature.capacity, effect.rule, tuple(notes))


def _signed(
    signature: Signature, database: Mapping[Field, Found], notes: list[Note]
) -> Sequence[tuple[Field, Found | None]]:
    name, told = signature.name, database.get("nguoi_ky")
    if name is not None and told is not None and name.value.casefold() != told.value.casefold():
        notes.append("signer-differs")
        name = Found(name.value, name.span, DOUBTED)
    return ("nguoi_ky", name or told), (
        "chuc_vu_nguoi_ky",
        signature.rank or database.get("chuc_vu_nguoi_ky"),
    )


def _effective(
    effect: Effect, database: Mapping[Field, Found], notes: list[Note]
) -> Sequence[tuple[Field, Found | None]]:
    start, told = effect.start, database.get("ngay_hieu_luc")
    if start is not None and told is not None and start.value != told.value:
        notes.append("effect-differs")
        start = Found(start.value, start.span, DOUBTED, start.rule)
    if start is None and effect.rule is not None and told is None:
        notes.append("effect-unsettled")
    return ("ngay_hieu_luc", start or told), (
        "ngay_het_hieu_luc",
        effect.end or database.get("ngay_het_hieu_luc"),
    )


def _is_unreadable(text: str) -> bool:
    """Whether too little of it is Vietnamese letters: a scan gone wrong, another encoding, no text at all."""
    signs = [char for char in text[:_LOOKED_AT] if not char.isspace()]
    if len(signs) < _LETTERS:
        return not any(char.isalpha() for char in signs)
    letters = sum(char.isalpha() and (char < "\u0250" or "\u1ea0" <= char <= "\u1ef9") for char in signs)
    broken = sum(char in "\ufffd¸¶µ·¹¨»¾¼½Æ©ÊÇÈÉËÎÌÏÑªÕÒÓÔÖ×ÝØÜÞ«" for char in signs)
    return letters < _ENOUGH_LETTERS * len(signs) or broken * 12 > len(signs)
