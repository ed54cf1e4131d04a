"""A translation beside its original, as lines of the checks: worth a look, never in the way."""

from collections.abc import Mapping

from desktop.application.records import Document
from desktop.domain.digest import Json
from desktop.domain.kind import Kind
from desktop.domain.parity import Difference, differences
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.presenters.words import Translate

CLAUSE = "Dự thảo Quy chế Bình Phước Điều 7.2"


def parity(kind: Kind, document: Document, fields: Mapping[str, Json], translate: Translate) -> tuple[Check, ...]:
    """What the long texts in `fields` say otherwise than the original's; nothing where there is no original here."""
    original = document.original
    if original is None:
        return ()
    names = [field.name for field in kind.fields if field.dialect]
    there, here = ("\n\n".join(_text(texts, name) for name in names) for texts in (original.fields, fields))
    found = differences(there, here, langs=(original.lang, document.lang))
    if not found:
        return (
            Check(Weight.OK, translate("Checks", "Numbers, dates and paragraphs are those of the original"), CLAUSE),
        )
    return tuple(Check(Weight.NOTE, _said(each, translate), CLAUSE) for each in found)


def _text(fields: Mapping[str, Json], name: str) -> str:
    text = fields.get(name)
    return text if isinstance(text, str) else ""


def _said(found: Difference, translate: Translate) -> str:
    if found.what == "paragraphs":
        text = translate("Checks", "{here} paragraphs, the original has {there}")
    elif found.here:
        text = translate("Checks", "{here} is not in the original")
    else:
        text = translate("Checks", "{there} of the original is missing")
    return text.format(here=_shown(found.here), there=_shown(found.there))


def _shown(value: str) -> str:
    """A date as people write it."""
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}/{month}/{year}" if len(year) == 4 and day.isdigit() and month.isdigit() else value  # noqa: PLR2004
