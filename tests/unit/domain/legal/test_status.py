"""In force or not, on a day: from the dates of a document and from what others do to it."""

from datetime import date

import pytest

from desktop.domain.legal.status import Act, Relation, suggest_status

START, DAY = date(2015, 5, 31), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (None, None, None),
        (START, None, "Còn hiệu lực"),
        (DAY, None, "Còn hiệu lực"),
        (date(2020, 1, 2), None, "Chưa có hiệu lực"),
        (START, DAY, "Còn hiệu lực"),
        (START, date(2019, 12, 31), "Hết hiệu lực"),
        (None, date(2019, 12, 31), "Hết hiệu lực"),
    ],
)
def test_dates_alone(start: date | None, end: date | None, state: str | None) -> None:
    assert suggest_status(start, end, relations=(), today=DAY).state == state


@pytest.mark.parametrize(
    ("act", "since", "state"),
    [
        ("replaces", DAY, "Hết hiệu lực"),
        ("repeals", DAY, "Hết hiệu lực"),
        ("replaces", date(2020, 1, 2), "Còn hiệu lực"),
        ("replaces", None, "Còn hiệu lực"),
        ("repeals-part", DAY, "Hết hiệu lực một phần"),
        ("amends", DAY, "Còn hiệu lực"),
    ],
)
def test_what_another_document_does(act: Act, since: date | None, state: str) -> None:
    told = suggest_status(START, None, relations=[Relation(act, "20/2019/QĐ-UBND", since)], today=DAY)
    assert told.state == state
    assert told.by == ("20/2019/QĐ-UBND" if state.startswith("Hết") else "")
