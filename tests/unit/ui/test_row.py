"""A row of the list says what state the entry is in and what happens with it now."""

from dataclasses import replace

import pytest

from desktop.application.records import Shown
from desktop.ui.presenters.row import Pill, RowWords, row
from desktop.ui.presenters.words import untranslated
from desktop.ui.theme.tokens import Tone
from tests.support.desk_values import NOW, PROFILE, SHOWN

WORDS = RowWords(PROFILE, {"article": "Tin bài"}, "vi", online=False, now=NOW, translate=untranslated)


@pytest.mark.parametrize(
    ("shown", "pill"),
    [
        (SHOWN, Pill("Bản nháp", Tone.DRAFT)),
        (replace(SHOWN, returned=True), Pill("Returned", Tone.URGENT)),
        (replace(SHOWN, phase="waiting", step="xac_thuc"), Pill("Chờ xác thực", Tone.VERIFY)),
        (replace(SHOWN, phase="waiting", step="dang_tai"), Pill("Chờ đăng", Tone.PUBLISH)),
        (replace(SHOWN, phase="waiting", step="a-step-of-tomorrow"), Pill("Waiting", Tone.VERIFY)),
        (replace(SHOWN, phase="published"), Pill("Published", Tone.PUBLISHED)),
        (replace(SHOWN, phase="published", waiting=1), Pill("Chờ đăng", Tone.PUBLISH)),
        (replace(SHOWN, phase="unpublished"), Pill("Withdrawn", Tone.QUIET)),
        (replace(SHOWN, conflict=True), Pill("Conflict", Tone.URGENT)),
    ],
)
def test_the_pill_names_the_state(shown: Shown, pill: Pill) -> None:
    assert row(shown, WORDS).pills == (pill,)


def test_an_urgent_entry_carries_a_second_pill_first() -> None:
    pills = row(replace(SHOWN, urgent=True), WORDS).pills
    assert [pill.text for pill in pills] == ["URGENT", "Bản nháp"]


@pytest.mark.parametrize(
    ("shown", "online", "right"),
    [
        (SHOWN, False, "09:41"),
        (replace(SHOWN, updated="2026-11-20T02:41:00Z"), False, "20/11"),
        (replace(SHOWN, updated="2025-11-20T02:41:00Z"), False, "20/11/2025"),
        (replace(SHOWN, updated=""), False, "on this machine"),
        (replace(SHOWN, phase="waiting", waiting=2), False, "↑ waits for network"),
        (replace(SHOWN, phase="waiting", waiting=2), True, "↑ sending"),
        (replace(SHOWN, phase="waiting"), True, "✓ sent"),
        (replace(SHOWN, phase="published"), True, "✓ 09:41"),
        (replace(SHOWN, card=True, waiting=1), True, "to settle"),
    ],
)
def test_the_right_side_says_what_happens_now(shown: Shown, *, online: bool, right: str) -> None:
    assert row(shown, replace(WORDS, online=online)).right == right


def test_the_detail_is_the_section_else_the_kind_and_the_number_when_the_title_lacks_it() -> None:
    assert row(SHOWN, WORDS).detail == "Văn hóa – Xã hội"
    assert row(replace(SHOWN, section="", lang="en"), WORDS).detail == "EN · Tin bài"
    assert row(replace(SHOWN, key="17/2011/QĐ-UBND"), WORDS).detail == "Văn hóa – Xã hội · 17/2011/QĐ-UBND"


def test_a_row_without_a_title_says_so_and_speaks_as_one_sentence() -> None:
    made = row(replace(SHOWN, title=" "), WORDS)
    assert made.title == "(no title yet)"
    assert made.spoken == "(no title yet), Bản nháp, Văn hóa – Xã hội, 09:41"


@pytest.mark.parametrize(
    ("shown", "right", "late"),
    [
        (replace(SHOWN, due="2026-11-22"), "due 22/11", False),
        (replace(SHOWN, due="2026-11-20"), "was due 20/11", True),
        (replace(SHOWN, due="2025-11-20"), "was due 20/11/2025", True),
        (replace(SHOWN, due="2026-11-21T02:00:00+00:00"), "was due 21/11 09:00", True),
        (replace(SHOWN, due="2026-11-20", card=True), "to settle", True),
    ],
)
def test_what_must_be_public_by_a_day_tells_it(shown: Shown, right: str, *, late: bool) -> None:
    told = row(shown, WORDS)
    assert (told.right, told.late) == (right, late)
