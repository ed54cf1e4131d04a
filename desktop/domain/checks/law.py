"""What is wrong in a legal document by its own words: labels, counts, references into nothing, its name for itself, its dates.

Source: the defects Y1 to Y15 of the five regulations; Nghị định 30/2020/NĐ-CP, Phụ lục I (layout).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.errors import Rule
from desktop.domain.finding import Finding
from desktop.domain.legal.parts import Part, read_parts
from desktop.domain.legal.source import Source
from desktop.domain.legal.structure import Structure, read_structure

_LAYOUT = "NĐ 30/2020/NĐ-CP Phụ lục I"
_ODDITIES: Mapping[str, str] = {"duplicate": "law-duplicate", "gap": "law-gap", "letter": "law-letter"}
_AS_IN = re.compile(r"[Nn]hư\s+[Đđ]iều\s+(?P<number>\d{1,3})")
_OF_THIS = re.compile(
    r"Điều\s+(?P<number>\d{1,3})(?:\s+(?:của\s+)?)(?P<name>Quy chế|Quy định|Quyết định|Điều lệ|Nội quy)\s+này",
    re.IGNORECASE,
)
_NAMES_ITSELF = re.compile(r"(?P<name>Quy chế|Quy định|Điều lệ|Nội quy)\s+này")
_COUNTED = re.compile(
    r"gồm\s+(?:có\s+)?(?P<chapters>\d{1,3})\s+chương\s*(?:,|và)?\s*(?:gồm\s+)?(?P<articles>\d{1,3})\s+điều",
    re.IGNORECASE,
)
_BLANK_NUMBER = re.compile(r"[Ss]ố\s*:[\s.…]*/[A-ZĐ]{2,}[\w-]*")
_BLANK_DATE = re.compile(r"ngày[ .…]{1,12}tháng[ .…]{1,12}năm\s+\d{4}|ngày\s*/\s*/\s*\d{4}")


def law_findings(text: str) -> tuple[Finding, ...]:
    """Everything found in `text`, in its order; places are those of `text`."""
    source = Source(text)
    parts = read_parts(source)
    structure = read_structure(source, parts)
    found = [
        *_labels(structure, text),
        *_as_in(text, source, parts, structure),
        *_of_this(text, structure),
        *_own_name(text, source, parts),
        *_counts(text, structure),
        *_draft(text),
    ]
    return tuple(sorted(found, key=lambda item: (item.start, item.end)))


def _labels(structure: Structure, text: str) -> Iterator[Finding]:
    for flag in structure.flags:
        code = _ODDITIES.get(flag.kind)
        if code is not None:
            yield Finding(Rule(code, _LAYOUT, {"label": flag.label}), flag.span.start, flag.span.end)
    for node in structure.nodes:
        if node.level == "dieu" and node.label.endswith((",", ":")):
            right = f"{node.label[:-1].rstrip()}."
            params = {"label": node.label, "right": right}
            start, end = node.span.start, node.span.start + len(node.label)
            if " ".join(text[start:end].split()) == node.label:
                yield Finding(Rule("law-sign", _LAYOUT, params), start, end, (right,))


def _last_article(structure: Structure, kinds: frozenset[str]) -> int:
    numbers = [
        int(digits[0])
        for node in structure.nodes
        if node.level == "dieu" and node.part in kinds and (digits := re.match(r"\d+", node.number))
    ]
    return max(numbers, default=0)


def _as_in(text: str, source: Source, parts: Sequence[Part], structure: Structure) -> Iterator[Finding]:
    """Whom a document is sent to ("Như Điều 3") by an article that it does not have."""
    last = _last_article(structure, frozenset({"main"}))
    for found in _AS_IN.finditer(text) if last else ():
        if int(found["number"]) > last and _part_at(source, parts, found.start()) == "main":
            yield Finding(Rule("law-dangling", params={"found": found[0], "last": str(last)}), *found.span())


def _of_this(text: str, structure: Structure) -> Iterator[Finding]:
    last = _last_article(structure, frozenset({"main", "attached"}))
    for found in _OF_THIS.finditer(text) if last else ():
        if int(found["number"]) > last:
            yield Finding(Rule("law-dangling", params={"found": found[0], "last": str(last)}), *found.span())


def _part_at(source: Source, parts: Sequence[Part], at: int) -> str:
    line = next((n for n, item in enumerate(source.lines) if source.span(item.start, item.end).end > at), 0)
    return next((part.kind for part in parts if part.first <= line < part.end), "main")


def _own_name(text: str, source: Source, parts: Sequence[Part]) -> Iterator[Finding]:
    """A text called QUY CHẾ that says "Quy định này" of itself."""
    for part in parts:
        if part.kind != "attached":
            continue
        lines = [line for line in source.lines[part.first : part.end] if line.text]
        title = next((line for line in lines[:3] if line.upper), None)
        name = title.text.strip(" *#").capitalize() if title is not None else ""
        known = next((word for word in ("Quy chế", "Quy định", "Điều lệ", "Nội quy") if name.startswith(word)), None)
        if known is None or not lines:
            continue
        start = source.span(lines[0].start, lines[0].end).start
        end = source.span(lines[-1].start, lines[-1].end).end
        for found in _NAMES_ITSELF.finditer(text, start, end):
            if found["name"] != known:
                right = f"{known} này"
                yield Finding(Rule("law-own-name", params={"found": found[0], "right": right}), *found.span(), (right,))


def _counts(text: str, structure: Structure) -> Iterator[Finding]:
    for found in _COUNTED.finditer(text):
        told = int(found["chapters"]), int(found["articles"])
        if told != (structure.chuong, structure.dieu):
            params = {"found": found[0], "chapters": str(structure.chuong), "articles": str(structure.dieu)}
            yield Finding(Rule("law-count", params=params), *found.span())


def _draft(text: str) -> Iterator[Finding]:
    """A number or a date that is still to be filled in: once, for the whole text."""
    found = _BLANK_NUMBER.search(text) or _BLANK_DATE.search(text)
    if found is not None:
        yield Finding(Rule("law-draft", params={"found": " ".join(found[0].split())}), *found.span())
