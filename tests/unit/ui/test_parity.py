"""What the checks say of a translation beside its original."""

from dataclasses import replace

from desktop.domain.ids import EntryId
from desktop.ui.presenters.parity import parity
from desktop.ui.presenters.words import untranslated
from tests.support.offices import Office


def said(office: Office, entry_id: EntryId, body: str) -> list[tuple[str, str]]:
    document, kind = office.drafting.open(entry_id), office.library.kinds()["article"]
    return [
        (check.mark, check.text) for check in parity(kind, document, {**document.fields, "body": body}, untranslated)
    ]


def test_what_a_translation_lacks_or_has_more_is_worth_a_look() -> None:
    office = Office()
    english = office.drafting.translate(office.article(body="Ngày 22/11/2026 có 1.268 thủ tục."))
    assert said(office, english, "On 22 November 2026: 1,268 procedures.") == [
        ("✓", "Numbers, dates and paragraphs are those of the original")
    ]
    assert said(office, english, "On 23 November 2026: 1,268 procedures.\n\nNew.") == [
        ("●", "2 paragraphs, the original has 1"),
        ("●", "22/11/2026 of the original is missing"),
        ("●", "23/11/2026 is not in the original"),
    ]


def test_what_has_no_original_here_is_not_compared() -> None:
    office = Office()
    document = office.drafting.open(office.drafting.translate(office.article()))
    kind = office.library.kinds()["article"]
    assert parity(kind, replace(document, original=None), document.fields, untranslated) == ()
