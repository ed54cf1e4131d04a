"""The form comes from the kind's schema and the member's sections; the checks name the field and the clause."""

from dataclasses import replace

from desktop.domain.board import Member
from desktop.domain.digest import Json
from desktop.domain.kind import Kind
from desktop.ui.presenters.checks import Weight, checks, problems
from desktop.ui.presenters.form import form, merged, sections
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import CHIEF, CONTRIBUTOR, KINDS, PROFILE

FULL: dict[str, Json] = {
    "title": "Lễ khai trương", "section": "tin-van-hoa", "body": "Sáng nay…", "source": {"name": "Theo Cổng"},
}  # fmt: skip


def found(fields: dict[str, Json], gate: str = "submit", kind: str = "article") -> list[tuple[Weight, str, str]]:
    made = checks(KINDS[kind], PROFILE, fields, gate=gate, lang="vi", translate=untranslated)
    return [(check.weight, check.text, check.pointer) for check in made]


def test_the_form_leaves_out_the_hidden_and_names_the_long_text() -> None:
    made = form(KINDS["article"], PROFILE, CONTRIBUTOR, lang="vi")
    assert [field.name for field in made.fields] == [
        "title",
        "section",
        "genre",
        "event_date",
        "summary",
        "authors",
        "work",
        "source",
        "contributor",
        "urgent",
    ]
    assert (made.body, made.dialect, made.title) == ("body", "prose", "title")
    assert form(KINDS["legal-document"], PROFILE, CHIEF, lang="vi").dialect == "legal"


def test_a_contributor_is_offered_the_sections_of_the_grant_that_take_this_kind() -> None:
    fields = {field.name: field for field in form(KINDS["article"], PROFILE, CONTRIBUTOR, lang="vi").fields}
    assert [option.value for option in fields["section"].options] == ["tin-hoat-dong", "tin-van-hoa"]
    kept = {
        field.name: field
        for field in form(KINDS["article"], PROFILE, CONTRIBUTOR, lang="vi", section="thong-bao").fields
    }
    assert "thong-bao" in [option.value for option in kept["section"].options]


def test_what_must_be_filled_is_marked_with_its_clause() -> None:
    fields = {field.name: field for field in form(KINDS["article"], PROFILE, CONTRIBUTOR, lang="vi").fields}
    assert [name for name, field in fields.items() if field.required] == ["title", "section", "source"]
    assert fields["source"].clause == "QĐ 2567/2007/QĐ-UBND Điều 19.a"
    assert [part.name for part in fields["source"].parts] == ["name", "url", "author", "date"]


def test_the_sections_of_a_kind_stand_in_their_tree() -> None:
    def named(kind: str, me: Member) -> list[str]:
        made = form(KINDS[kind], PROFILE, me, lang="vi")
        return [option.label for field in made.fields if field.name == "section" for option in field.options]

    assert named("disclosure", CHIEF) == ["Quy hoạch, giá đất, ngân sách"]
    assert named("page", CHIEF) == ["Công khai thông tin", "Giới thiệu"]
    both = Kind("both", KINDS["page"].schema)
    tree = replace(PROFILE, sections=tuple(replace(section, kinds=("both",)) for section in PROFILE.sections))
    shown = [option.label for option in sections(both, tree, CHIEF, lang="vi")]
    assert shown[shown.index("Giới thiệu") + 1 :] == ["\u2003Tổ chức bộ máy", "\u2003Danh bạ", "\u2003Lịch công tác"]


def test_an_address_that_is_not_official_is_noted_and_a_period_that_ends_before_it_begins_is_stopped() -> None:
    made = found({"email": "vp@gmail.com"}, kind="contact")
    assert (Weight.NOTE, "Thư điện tử công vụ: vp@gmail.com is not an official address (…gov.vn)", "/email") in made
    period: dict[str, Json] = {"valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    assert (Weight.STOP, "Áp dụng đến: before “Áp dụng từ”", "/valid_to") in found(period, kind="disclosure")


def test_choices_come_from_the_schema() -> None:
    fields = {field.name: field for field in form(KINDS["legal-document"], PROFILE, CHIEF, lang="vi").fields}
    assert "Quyết định" in [option.value for option in fields["loai_van_ban"].options]


def test_what_the_form_does_not_show_stays_and_what_was_emptied_goes() -> None:
    before: dict[str, Json] = {"title": "a", "summary": "b", "x_of_tomorrow": 1}
    assert merged(before, {"title": "c", "summary": "", "urgent": False}) == {"title": "c", "x_of_tomorrow": 1}
    assert merged({"urgent": True}, {"urgent": False}) == {"urgent": False}


def test_a_complete_text_passes_everything() -> None:
    made = found(FULL)
    assert {weight for weight, _, _ in made} == {Weight.OK}
    assert [text for _, text, _ in made] == [
        "Unicode TCVN 6909",
        "Everything required is filled in",
        "The source is stated",
    ]


def test_an_empty_text_is_stopped_field_by_field() -> None:
    stopped = [pointer for weight, _, pointer in found({}) if weight is Weight.STOP]
    assert stopped == ["/title", "/section", "/body", "/source/name"]


def test_loose_tone_marks_wrong_dates_and_undescribed_pictures_are_named() -> None:
    made = found(
        {**FULL, "body": "Dòng một\n![](/_blob/x)\n![Lễ](/_blob/y)", "title": "q\u0303", "event_date": "22/11/2026"}
    )
    assert (Weight.NOTE, "Loose tone marks: 1 (not Unicode as in TCVN 6909)", "") in made
    assert (Weight.STOP, "Ngày diễn ra sự kiện: not a date", "/event_date") in made
    assert (Weight.NOTE, "Line 2: picture without a description for blind readers", "/body") in made


def test_the_bar_shows_what_stands_in_the_way_first() -> None:
    made = checks(
        KINDS["article"],
        PROFILE,
        {**FULL, "body": "![](x)", "title": ""},
        gate="submit",
        lang="vi",
        translate=untranslated,
    )
    assert [check.weight for check in problems(made)] == [Weight.STOP, Weight.NOTE]
