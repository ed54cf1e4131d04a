"""`toasoan extract FILE`: what a legal document says of itself, under keys that stay the same."""

from collections.abc import Mapping
from typing import cast

from desktop.domain.digest import Json
from desktop.domain.legal.extract import Extract
from desktop.domain.legal.source import Span
from desktop.domain.legal.structure import headings
from desktop.domain.legal.values import FIELDS, Ground

_COUNTS = ("phan", "chuong", "muc", "tieu_muc", "dieu", "khoan", "diem", "dieu_quyet_dinh", "dieu_phu_luc")


def as_json(found: Extract, text: str) -> Mapping[str, Json]:
    """The answer; a value that the text does not give is null, its evidence stands under `evidence`."""
    facts, structure = found.facts, found.structure
    values = facts.values
    answer: dict[str, Json] = {name: values[name].value if name in values else None for name in FIELDS}
    answer["quyen_han_ky"] = facts.quyen_han_ky
    answer["quy_tac_hieu_luc"] = facts.effect_rule
    answer["can_cu"] = [_ground(ground) for ground in facts.can_cu]
    answer["structure"] = {name: int(getattr(structure, name)) for name in _COUNTS}
    answer["dieu_headings"] = [
        {"so": node.number, "tieu_de": node.title or None, "span": _span(node.span)} for node in headings(structure)
    ]
    answer["trich_dan"] = [_ground(ground) for ground in found.citations]
    answer["evidence"] = {
        name: {
            "span": _span(value.span),
            "text": text[value.span.start : value.span.end],
            "confidence": cast("Json", value.confidence),  # printed, never stored: content has no floats
            "rule": value.rule,
        }
        for name, value in values.items()
    }
    answer["canh_bao"] = [{"loai": flag.kind, "nhan": flag.label, "span": _span(flag.span)} for flag in structure.flags]
    answer["ghi_chu"] = list(facts.notes)
    answer["so_van_ban"] = len(found.documents)
    return answer


def as_text(answer: Mapping[str, Json]) -> str:
    """The same for a person: one line a property, nothing for what is absent."""
    lines = [f"{name}: {answer[name]}" for name in (*FIELDS, "quyen_han_ky", "quy_tac_hieu_luc") if answer[name]]
    lines += [f"{name}: {count}" for name, count in _members(answer["structure"]) if count]
    lines += [f"can_cu: {_cited(ground)}" for ground in _items(answer["can_cu"])]
    lines += [f"ghi_chu: {note}" for note in _items(answer["ghi_chu"])]
    return "\n".join(lines)


def _ground(ground: Ground) -> dict[str, Json]:
    return {
        "loai": ground.loai, "so_hieu": ground.so_hieu, "ngay": ground.ngay, "ten": ground.ten,
        "span": _span(ground.span),
    }  # fmt: skip


def _span(span: Span) -> Json:
    return [span.start, span.end]


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _members(value: Json) -> list[tuple[str, Json]]:
    return list(value.items()) if isinstance(value, dict) else []


def _cited(ground: Json) -> str:
    parts = [text for name, text in _members(ground) if name != "span" and isinstance(text, str)]
    return " · ".join(parts)
