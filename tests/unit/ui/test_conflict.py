"""A conflict as people read it: places by name, what differs by word, what must be decided, and what stays when a text moves."""

import pytest

from desktop.application.merging import ConflictView
from desktop.domain.conflict import Decision, Side
from desktop.domain.diff3 import Change
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId, Rid
from desktop.domain.merge import differences, merge
from desktop.domain.revision import Content
from desktop.ui.presenters.conflict import Alike, Sheet, kept_choices, left_text, questions, sheet, told
from desktop.ui.presenters.conflict_heads import heads, whose
from desktop.ui.presenters.marks import Mark, Run, added_only, marked
from desktop.ui.presenters.values import FieldWords
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import DEPUTY, KINDS, NOW, PROFILE
from tests.support.torn import FIELDS, FILES, apart, mine, theirs

WORDS = FieldWords(KINDS["article"], PROFILE, "vi", untranslated)
KEEP, TAKE = Decision(Side.MINE), Decision(Side.THEIRS)


def view(
    my: dict[str, Json] | None = None, their: dict[str, Json] | None = None, *, known: bool = True
) -> ConflictView:
    base = Content("article", "vi", dict(FIELDS), {}, FILES[:1])
    ours = Content("article", "vi", my if my is not None else mine(FIELDS), {}, FILES[:1])
    other = Content("article", "vi", their if their is not None else theirs(FIELDS), {}, FILES)
    kind, start = KINDS["article"], base if known else Content("article", "vi", {}, {})
    return ConflictView(
        EntryId("e"), "article", base if known else None, ours, other, Rid("h"), "seen", 5, "Phó ban", "2026-11-22T01:41:00Z",
        merge(kind, start, mine=ours, theirs=other), differences(kind, start, mine=ours, theirs=other), by_id=DEPUTY.id,
        base_no=4, base_at="2026-11-20T02:12:00Z", mine_at="2026-11-22T02:05:00Z",
    )  # fmt: skip


def made(**given: object) -> Sheet:
    return sheet(view(**given), WORDS, whose="Phó ban")  # type: ignore[arg-type]  # of `view`


def test_a_field_and_a_paragraph_are_asked_and_the_rest_is_merged() -> None:
    found = [(place.name, place.change, place.asked) for place in made().places]
    assert found == [
        ("Ngày diễn ra sự kiện", Change.CONFLICT, True), ("Tác giả", Change.THEIRS, False), ("Attached file", Change.THEIRS, False),
        ("Nội dung", Change.CONFLICT, True), ("Nội dung", Change.MINE, False),
    ]  # fmt: skip
    assert {place.pointer for place in made().places if place.asked} == questions(view())


def test_dates_sections_and_files_are_shown_as_people_read_them() -> None:
    places = {place.pointer: place for place in made().places}
    assert [run.text for run in places["/event_date"].base] == ["10/10/2015"]
    file = next(place for place in made().places if place.files)
    assert [(run.text, run.mark) for run in file.theirs] == [("phieu-gop-y.docx · 84 KB", Mark.ADDED)]
    assert (file.files[0].name, file.edit) == ("phieu-gop-y.docx", None)
    assert WORDS.value("/section", "tin-hoat-dong") == "Tin hoạt động"
    assert (WORDS.name("/source/name"), WORDS.value("/urgent", value=True)) == ("Nguồn tin – Tên nguồn", "yes")


def test_the_words_that_differ_are_marked_against_the_original() -> None:
    place = next(place for place in made().places if place.asked and place.long)
    assert [run.text for run in place.mine if run.mark is Mark.REMOVED] == ["10"]
    assert [run.text for run in place.theirs if run.mark is Mark.ADDED] == [" bằng văn bản", "12"]
    assert place.edit == "Ý kiến góp ý gửi về Trung tâm Tin học trước ngày 15/10/2015."


def test_every_place_is_told_to_a_screen_reader() -> None:
    place = next(place for place in made().places if place.asked and place.long)
    assert place.spoken.startswith("Nội dung, 1/2. ● yours to decide. Original: Ý kiến góp ý")
    assert "removed: 10; added: 15;" in place.spoken
    assert "Phó ban: Ý kiến góp ý added: bằng văn bản;" in place.spoken


def test_what_nobody_touched_stands_between_as_paragraphs() -> None:
    alike = [row.paragraphs for row in made().rows if isinstance(row, Alike)]
    assert [len(paragraphs) for paragraphs in alike] == [1, 3]
    assert alike[1][0] == "Các đơn vị gửi kèm bản điện tử."


def test_the_foot_counts_down() -> None:
    found = made()
    assert "fields: 1, paragraphs: 1" in left_text(found.left({}), WORDS)
    one = found.left({"/event_date": KEEP})
    assert "paragraphs: 1" in left_text(one, WORDS)
    assert "fields" not in left_text(one, WORDS)
    paragraph = next(place.pointer for place in found.places if place.asked and place.long)
    assert "All is decided" in left_text(found.left({"/event_date": KEEP, paragraph: TAKE}), WORDS)


def test_an_unknown_original_asks_for_everything_and_marks_each_against_the_other() -> None:
    found = made(known=False)
    body = next(place for place in found.places if place.long)
    assert body.asked
    assert body.base == ()
    assert {run.mark for run in (*body.mine, *body.theirs)} == {Mark.SAME, Mark.ADDED}


@pytest.mark.parametrize(
    ("side", "said"),
    [(Side.MINE, "✓ mine is kept"), (Side.THEIRS, "✓ taken from Phó ban"), (Side.EDITED, "✓ written by hand")],
)
def test_a_decision_is_told(side: Side, said: str) -> None:
    assert told(made().places[0], side, WORDS, whose="Phó ban") == said


def test_nothing_is_asked_where_both_kept_apart() -> None:
    found = made(their=apart(FIELDS))
    assert found.left({}) == ()
    assert {told(place, None, WORDS, whose="B") for place in found.places} == {"✓ merged: mine", "✓ merged: from B"}


def test_answers_stay_while_they_speak_of_the_same_words() -> None:
    before = made()
    choices = {place.pointer: TAKE for place in before.places if place.asked}
    moved = made(their={**theirs(FIELDS), "event_date": "2015-10-13"})
    assert [pointer.split("#")[0] for pointer in kept_choices(before, moved, choices)] == ["/body"]
    assert kept_choices(before, before, choices) == choices
    assert kept_choices(None, before, choices) == {}


def test_the_columns_say_whose_text_they_are_and_of_when() -> None:
    found = heads(view(), WORDS, whose="Phó ban", now=NOW)
    assert found.base == ("Original", "revision 4 · 20/11 09:12 · Tin hoạt động")
    assert found.mine == ("Mine", "changed 09:05, on this machine · Tin hoạt động")
    assert found.theirs == ("From Phó ban", "revision 5 · 08:41 · Tin hoạt động")
    assert heads(view(known=False), WORDS, whose="B", now=NOW).base[1] == "not known on this machine"
    assert whose(view(), {DEPUTY.id: DEPUTY}, WORDS) == "Phó Trưởng ban"
    assert whose(view(), {}, WORDS) == "Phó ban"


def test_marks_put_together_are_the_new_text() -> None:
    runs = marked("một hai ba bốn", "một 2 ba năm sáu")
    assert "".join(run.text for run in runs if run.mark is not Mark.REMOVED) == "một 2 ba năm sáu"
    assert "".join(run.text for run in runs if run.mark is not Mark.ADDED) == "một hai ba bốn"
    assert marked("a", "a") == (Run("a"),)
    assert added_only("a b", "a c") == (Run("a "), Run("c", Mark.ADDED))
    assert [run.mark for run in marked("x " * 3000, "y " * 3000)] == [Mark.REMOVED, Mark.ADDED]
