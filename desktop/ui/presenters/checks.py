"""What is checked before an entry goes on: Unicode, the source, what must be filled, pictures described. Each with its clause.

Source: QĐ 2567/2007/QĐ-UBND Điều 8.2, 19.a; QĐ 818/QĐ-UBND Điều 5.5.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.demands import Demand, is_empty
from desktop.domain.digest import Json
from desktop.domain.kind import GATES, Field, Kind, faults, missing, sum_of
from desktop.domain.official import unofficial
from desktop.domain.profile import Profile
from desktop.editor.text.normalise import normalise
from desktop.ui.presenters.decimals import decimal_shown
from desktop.ui.presenters.words import Translate, label

UNICODE_CLAUSE = "QĐ 2567/2007/QĐ-UBND Điều 8.2"
ALT_CLAUSE = "QĐ 2567/2007/QĐ-UBND Điều 8"
_JOINT = " – "
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")


class Weight(StrEnum):
    """How much a finding matters: passed, worth a look, stands in the way."""

    OK = "ok"
    NOTE = "note"
    STOP = "stop"


@dataclass(frozen=True)
class Check:
    """One line of the panel. `pointer` names the field, `line` (1-based) the place in the long text, 0: none."""

    weight: Weight
    text: str
    clause: str = ""
    pointer: str = ""
    line: int = 0

    @property
    def mark(self) -> str:
        return {Weight.OK: "✓", Weight.NOTE: "●", Weight.STOP: "✕"}[self.weight]


def checks(
    kind: Kind,
    profile: Profile,
    fields: Mapping[str, Json],
    attachments: Sequence[Mapping[str, Json]] = (),
    *,
    gate: str,
    lang: str,
    translate: Translate,
) -> tuple[Check, ...]:
    """Everything found for the text in `fields` before `gate` (submit, approve, publish); passed checks are told too."""
    found = [_unicode(fields, translate)]
    found += _filled(kind, profile, fields, gate=gate, lang=lang, translate=translate)
    found += _source(kind, profile, fields, translate)
    found += _faults(kind, fields, lang, translate)
    found += _addresses(kind, fields, lang, translate)
    found += _pictures(kind, fields, translate)
    found += _files(attachments, translate)
    return tuple(found)


def problems(found: Sequence[Check]) -> tuple[Check, ...]:
    """What the bar under the text shows: everything that did not pass, the gravest first."""
    return tuple(
        sorted((item for item in found if item.weight is not Weight.OK), key=lambda item: item.weight != "stop")
    )


def _unicode(fields: Mapping[str, Json], translate: Translate) -> Check:
    left = sum(normalise(text).combining for text in _texts(dict(fields)))
    if left:
        text = translate("Checks", "Loose tone marks: %n (not Unicode as in TCVN 6909)", None, left)
        return Check(Weight.NOTE, text, UNICODE_CLAUSE)
    return Check(Weight.OK, translate("Checks", "Unicode TCVN 6909"), UNICODE_CLAUSE)


def _filled(
    kind: Kind, profile: Profile, fields: Mapping[str, Json], *, gate: str, lang: str, translate: Translate
) -> list[Check]:
    due = GATES[: GATES.index(gate) + 1]
    unmet = [demand for demand in profile.demands if demand.is_unmet(kind.id, fields, due)]
    asked = {demand.any_of[0] for demand in unmet}
    unfilled = missing(kind, profile, fields, gate)
    if not unfilled:
        return [Check(Weight.OK, translate("Checks", "Everything required is filled in"))]
    empty = [pointer for pointer in unfilled if not pointer.startswith("/source") and pointer not in asked]
    found = [_empty(kind, pointer, fields, lang, translate) for pointer in empty]
    return found + [_unmet(kind, demand, lang, translate) for demand in unmet]


def _empty(kind: Kind, pointer: str, fields: Mapping[str, Json], lang: str, translate: Translate) -> Check:
    """What is missing at `pointer`: a field, a member of a row, or what is left to a sum."""
    name, *inner = pointer.strip("/").split("/")
    field = kind.field(name)
    if field is None:
        return Check(Weight.STOP, translate("Checks", "{field}: must be filled in").format(field=pointer), "", pointer)
    called = label(field.label, lang)
    first = kind.field(field.follows)
    if first is not None and not is_empty(fields.get(name)):
        text = translate("Checks", "{field}: before “{other}”").format(field=called, other=label(first.label, lang))
        return Check(Weight.STOP, text, field.clause, pointer)
    if field.total is not None and inner == [field.total[0]]:
        made, wanted = decimal_shown(sum_of(fields.get(name), field.total[0])), decimal_shown(field.total[1])
        text = translate("Checks", "{field}: the shares make {sum} %, not {wanted} %")
        text = text.format(field=called, sum=made, wanted=wanted)
    elif inner:
        text = translate("Checks", "{field}, line {line}: {part} must be filled in")
        text = text.format(field=called, line=int(inner[0]) + 1, part=_part(field, inner[-1], lang))
    else:
        text = translate("Checks", "{field}: must be filled in").format(field=called)
    return Check(Weight.STOP, text, field.clause, pointer)


def _unmet(kind: Kind, demand: Demand, lang: str, translate: Translate) -> Check:
    """What the profile demands of this text: one of some members, by their names."""
    names = [_called(kind, pointer, lang) for pointer in demand.any_of]
    called = names[0]
    if names[1:]:
        other = names[1].removeprefix(names[0].rpartition(_JOINT)[0] + _JOINT)
        called = translate("Checks", "{one} or {other}").format(one=called, other=other)
    text = translate("Checks", "{field}: must be filled in").format(field=called)
    return Check(Weight.STOP, text, demand.clause, demand.any_of[0])


def _called(kind: Kind, pointer: str, lang: str) -> str:
    """The field at `pointer`, and the member of it where one is named: "Nguồn tin – Tên nguồn"."""
    name, *inner = pointer.strip("/").split("/")
    field = kind.field(name)
    if field is None:
        return pointer
    part = _part(field, inner[-1], lang) if inner else ""
    return _JOINT.join(word for word in (label(field.label, lang), part) if word)


def _part(field: Field, name: str, lang: str) -> str:
    part = next((part for part in (*field.columns, *field.members) if part.name == name), None)
    return label(part.label, lang) if part else ""


def _source(kind: Kind, profile: Profile, fields: Mapping[str, Json], translate: Translate) -> list[Check]:
    if not profile.require_source.get(kind.id) or kind.field("source") is None:
        return []
    source = fields.get("source")
    if is_empty(source.get("name") if isinstance(source, dict) else None):
        return [Check(Weight.STOP, translate("Checks", "The source is missing"), profile.source_clause, "/source/name")]
    return [Check(Weight.OK, translate("Checks", "The source is stated"), profile.source_clause)]


def _faults(kind: Kind, fields: Mapping[str, Json], lang: str, translate: Translate) -> list[Check]:
    return [
        Check(
            Weight.STOP,
            fault_text(kind, fault.pointer, fault.code, lang=lang, translate=translate),
            fault.clause,
            fault.pointer,
        )
        for fault in faults(kind, fields)
    ]


def fault_text(kind: Kind, pointer: str, code: str, *, lang: str, translate: Translate) -> str:
    """What is wrong with the value at `pointer`, by the name of its field."""
    words = {
        "maxLength": translate("Checks", "{field}: too long"),
        "format-date": translate("Checks", "{field}: not a date"),
        "pattern": translate("Checks", "{field}: not in the form expected"),
    }
    text = words.get(code, translate("Checks", "{field}: not a value of this field"))
    return text.format(field=_called(kind, pointer, lang))


def _addresses(kind: Kind, fields: Mapping[str, Json], lang: str, translate: Translate) -> list[Check]:
    """Addresses that are not official: worth a look, no more (002's own board has a private one)."""
    text = translate("Checks", "{field}: {address} is not an official address (…{domain})")
    return [
        Check(
            Weight.NOTE,
            text.format(field=_called(kind, found.pointer, lang), address=found.address, domain=found.domain),
            found.clause,
            found.pointer,
        )
        for found in unofficial(kind, fields)
    ]


def _pictures(kind: Kind, fields: Mapping[str, Json], translate: Translate) -> list[Check]:
    bodies = [field for field in kind.fields if field.dialect]
    images = [
        (field.name, text.count("\n", 0, image.start()) + 1, image["alt"].strip())
        for field in bodies
        if isinstance(text := fields.get(field.name), str)
        for image in _IMAGE.finditer(text)
    ]
    if images and all(alt for _, _, alt in images):
        return [Check(Weight.OK, translate("Checks", "Every picture is described"), ALT_CLAUSE)]
    text = translate("Checks", "Line {line}: picture without a description for blind readers")
    return [
        Check(Weight.NOTE, text.format(line=line), ALT_CLAUSE, f"/{name}", line)
        for name, line, alt in images
        if not alt
    ]


def _files(attachments: Sequence[Mapping[str, Json]], translate: Translate) -> list[Check]:
    bare = [str(item.get("name", "")) for item in attachments if item.get("role") == "image" and not item.get("alt")]
    text = translate("Checks", "“{name}”: picture without a description")
    return [Check(Weight.NOTE, text.format(name=name), ALT_CLAUSE) for name in bare]


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
