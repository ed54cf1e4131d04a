"""What is suggested for a pasted legal document: one row a field, with its evidence, and what cannot be a field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.digest import Json
from desktop.domain.kind import Kind
from desktop.domain.legal.casing import as_sentence
from desktop.domain.legal.extract import Extract
from desktop.domain.legal.group import group_of
from desktop.domain.legal.source import Span
from desktop.domain.legal.status import suggest_status
from desktop.domain.legal.values import LIKELY, Field, Found, Ground
from desktop.ui.presenters.words import QT_TRANSLATE_NOOP, Translate, label

_ROWS: tuple[Field, ...] = (
    "so_hieu", "loai_van_ban", "co_quan_ban_hanh", "ngay_ban_hanh", "trich_yeu", "nguoi_ky", "chuc_vu_nguoi_ky",
    "ngay_hieu_luc", "ngay_het_hieu_luc", "so_cong_bao", "ngay_cong_bao", "linh_vuc", "tinh_trang",
)  # fmt: skip
_FIELD = {"trich_yeu": "summary"}
_OTHER_TYPE = "Văn bản khác"
_RULES = {
    "signing": QT_TRANSLATE_NOOP("LegalPaste", "rule: from the day of signing"),
    "days-after-signing": QT_TRANSLATE_NOOP("LegalPaste", "rule: so many days after signing"),
    "days-after-passing": QT_TRANSLATE_NOOP("LegalPaste", "rule: so many days after it was passed"),
    "passing": QT_TRANSLATE_NOOP("LegalPaste", "rule: from the day it was passed"),
    "passed": QT_TRANSLATE_NOOP("LegalPaste", "the day it was passed"),
    "database": QT_TRANSLATE_NOOP("LegalPaste", "from the table of properties"),
}
_NOTES = {
    "several-documents": QT_TRANSLATE_NOOP(
        "LegalPaste", "There are several documents in this text; the first one was read"
    ),
    "draft": QT_TRANSLATE_NOOP("LegalPaste", "Number or date is left blank: a draft"),
    "unreadable": QT_TRANSLATE_NOOP("LegalPaste", "This text cannot be read; nothing is suggested"),
    "number-differs": QT_TRANSLATE_NOOP(
        "LegalPaste", "The number in the text is not the one in the table of properties"
    ),
    "date-differs": QT_TRANSLATE_NOOP("LegalPaste", "The date in the text is not the one in the table of properties"),
    "date-impossible": QT_TRANSLATE_NOOP("LegalPaste", "The date in the text is in no calendar"),
    "effect-differs": QT_TRANSLATE_NOOP(
        "LegalPaste", "The clause on effect gives another day than the table of properties"
    ),
    "effect-unsettled": QT_TRANSLATE_NOOP("LegalPaste", "The text does not settle the day of effect:"),
    "signer-differs": QT_TRANSLATE_NOOP("LegalPaste", "The signature is not that of the table of properties"),
}
_ODD = {
    "duplicate": QT_TRANSLATE_NOOP("LegalPaste", "stands twice"),
    "gap": QT_TRANSLATE_NOOP("LegalPaste", "something is missing before it"),
    "letter": QT_TRANSLATE_NOOP("LegalPaste", "is no Vietnamese letter"),
    "sign": QT_TRANSLATE_NOOP("LegalPaste", "has a comma"),
}


class Stand(StrEnum):
    """What is to be done with a row."""

    SURE = "sure"
    CHECK = "check"
    EMPTY = "empty"
    TOLD = "told"


@dataclass(frozen=True)
class Suggestion:
    """One row. `fields`: what accepting it writes; `shown` and `detail`: its words; `spans`: its evidence in the text."""

    name: str
    label: str
    shown: str
    detail: str
    stand: Stand
    fields: Mapping[str, Json]
    spans: Sequence[Span]


def suggestions(
    found: Extract, text: str, kind: Kind, *, lang: str, today: date, translate: Translate
) -> tuple[Suggestion, ...]:
    """All rows of the panel, in its order."""
    rows = [_field(name, found, text, kind=kind, lang=lang, translate=translate) for name in _ROWS]
    rows = [_state(row, found, today, translate) if row.name == "tinh_trang" else row for row in rows]
    rows.insert(2, _group(found, kind, lang, translate))
    rows.append(_grounds(found, translate))
    rows.append(_structure(found, translate))
    notes = _notes(found, translate)
    rows += [notes] if notes is not None else []
    return tuple(sorted(rows, key=lambda row: row.stand is Stand.EMPTY))  # what is missing comes last


def _field(name: Field, found: Extract, text: str, *, kind: Kind, lang: str, translate: Translate) -> Suggestion:
    own = _FIELD.get(name, name)
    field = kind.field(own)
    words = label(field.label, lang) if field is not None else name
    value = found.facts.values.get(name)
    if value is None:
        said = translate("LegalPaste", "not in the text: write it by hand")
        return Suggestion(name, words, said, "", Stand.EMPTY, {}, ())
    evidence = " ".join(text[value.span.start : value.span.end].split())
    rule = translate("LegalPaste", _RULES[value.rule]) if value.rule in _RULES else ""
    shown = as_sentence(value.value, text) if name == "trich_yeu" else _shown(name, value)
    quoted = "" if evidence.casefold() == shown.casefold() else f"“{evidence}”"
    detail = " · ".join(part for part in (quoted, rule) if part)
    stand = Stand.SURE if value.confidence > LIKELY else Stand.CHECK
    return Suggestion(name, words, shown, detail, stand, _fields(own, value, found, text), (value.span,))


def _state(row: Suggestion, found: Extract, today: date, translate: Translate) -> Suggestion:
    """Where the text says no state, what follows from its dates."""
    if row.stand is not Stand.EMPTY:
        return row
    facts = found.facts
    if "draft" in facts.notes:
        return replace(row, shown="Dự thảo", stand=Stand.CHECK, fields={"tinh_trang": "Dự thảo"})
    status = suggest_status(facts.date("ngay_hieu_luc"), facts.date("ngay_het_hieu_luc"), relations=(), today=today)
    if status.state is None:
        return row
    why = translate("LegalPaste", "from the dates of effect; other documents may have changed it")
    return replace(row, shown=status.state, detail=why, stand=Stand.CHECK, fields={"tinh_trang": status.state})


def _fields(own: str, value: Found, found: Extract, text: str) -> Mapping[str, Json]:
    if own == "summary":
        sentence = as_sentence(value.value, text)
        kind = found.facts.values.get("loai_van_ban")
        return {"summary": sentence, "title": _title(kind.value if kind else "", sentence)}
    return {own: value.value}


def _title(kind: str, sentence: str) -> str:
    if not kind:
        return sentence
    return f"{kind} {sentence[:1].lower()}{sentence[1:]}"


def _shown(name: Field, value: Found) -> str:
    return date.fromisoformat(value.value).strftime("%d/%m/%Y") if name.startswith("ngay") else value.value


def _group(found: Extract, kind: Kind, lang: str, translate: Translate) -> Suggestion:
    """What follows from type and number; a person looks at it."""
    field, plain = kind.field("nhom"), found.facts.plain
    words = label(field.label, lang) if field is not None else "nhom"
    group = group_of(plain.get("loai_van_ban"), plain.get("so_hieu")) if field is not None else None
    if group is None:
        return Suggestion(
            "nhom", words, translate("LegalPaste", "not settled by type and number"), "", Stand.EMPTY, {}, ()
        )
    why = translate("LegalPaste", "from type and number")
    return Suggestion("nhom", words, group, why, Stand.CHECK, {"nhom": group}, ())


def _grounds(found: Extract, translate: Translate) -> Suggestion:
    grounds = found.facts.can_cu
    count = len(grounds)
    words = translate("LegalPaste", "Grounds")
    shown = translate("LegalPaste", "documents: %n", None, count)
    spans = tuple(ground.span for ground in grounds)
    return Suggestion("can_cu", words, shown, " · ".join(map(_cited, grounds)), Stand.TOLD, {}, spans)


def _cited(ground: Ground) -> str:
    return f"{ground.loai} {ground.so_hieu}" if ground.so_hieu else ground.ten or ground.loai or ""


def _structure(found: Extract, translate: Translate) -> Suggestion:
    structure = found.structure
    counts = [
        (structure.phan, "Phần"),
        (structure.chuong, "Chương"),
        (structure.muc, "Mục"),
        (structure.dieu, "Điều"),
        (structure.khoan, "khoản"),
        (structure.diem, "điểm"),
    ]
    own = f"{structure.dieu_quyet_dinh} + " if structure.dieu_quyet_dinh else ""
    parts = [f"{own if name == 'Điều' else ''}{count} {name}" for count, name in counts if count]
    chapters = [f"{node.label} {node.title}".strip() for node in structure.nodes if node.level == "chuong"]
    shown = ", ".join(parts) or translate("LegalPaste", "no articles")
    detail = " · ".join(chapters)
    return Suggestion("structure", translate("LegalPaste", "Structure"), shown, detail, Stand.TOLD, {}, ())


def _notes(found: Extract, translate: Translate) -> Suggestion | None:
    said = [translate("LegalPaste", _NOTES[note]) for note in found.facts.notes if note in _NOTES]
    if "effect-unsettled" in found.facts.notes and found.facts.effect_rule:
        said = [f"{line} “{found.facts.effect_rule}”" if line.endswith(":") else line for line in said]
    said += [flag.label + " " + translate("LegalPaste", _ODD[flag.kind]) for flag in found.structure.flags]
    if not said:
        return None
    spans = tuple(flag.span for flag in found.structure.flags)
    return Suggestion("notes", translate("LegalPaste", "To note"), said[0], " · ".join(said[1:]), Stand.TOLD, {}, spans)


def accepted_fields(rows: Sequence[Suggestion], accepted: frozenset[str], kind: Kind) -> dict[str, Json]:
    """What the accepted rows write; a choice that the kind does not offer is "Văn bản khác"."""
    fields: dict[str, Json] = {}
    for row in rows:
        if row.name in accepted:
            fields.update(row.fields)
    for name, other in (("loai_van_ban", _OTHER_TYPE), ("tinh_trang", None)):
        offered = _choices(kind, name)
        if offered and fields.get(name) not in (None, *offered):
            del fields[name]
            fields |= {name: other} if other in offered else {}
    return fields


def _choices(kind: Kind, name: str) -> list[Json]:
    field = kind.field(name)
    offered = field.schema.get("enum") if field is not None else None
    return offered if isinstance(offered, list) else []
