"""Writing drafts: what is kept, what is refused, and that a refusal keeps what stood before."""

import unicodedata

import pytest

from desktop.application.records import ListQuery
from desktop.application.transfers import KNOWN_LIMIT
from desktop.domain.entry import Phase
from desktop.domain.errors import BadContent, NotAllowed, NotFound
from desktop.domain.ids import EntryId
from tests.support.offices import Office


def test_a_new_draft_is_in_the_list_of_drafts() -> None:
    office = Office()
    entry_id = office.article()
    assert [row.entry_id for row in office.library.rows(ListQuery("drafts"))] == [entry_id]
    assert office.library.counts(["drafts", "returned", "step:xac_thuc"])["drafts"] == 1


def test_what_is_saved_is_what_is_opened_in_stored_form() -> None:
    office = Office()
    entry_id = office.article(title=unicodedata.normalize("NFD", "Huế\r\n"))
    assert office.drafting.open(entry_id).fields["title"] == "Huế\n"


def test_every_save_is_announced() -> None:
    office = Office()
    entry_id = office.article()
    assert all(entry_id in changes.entries for changes in office.announced)
    assert len(office.announced) == 2


def test_search_finds_text_without_marks() -> None:
    office = Office()
    entry_id = office.article(body="Đường Nguyễn Huệ thông xe")
    assert [row.entry_id for row in office.library.rows(ListQuery(text="duong nguyen hue"))] == [entry_id]
    assert [row.entry_id for row in office.library.rows(ListQuery(text="Đường"))] == [entry_id]
    assert office.library.rows(ListQuery(text="không có từ này")) == []


def test_a_section_of_somebody_else_is_refused_and_the_draft_stands() -> None:
    office = Office()
    entry_id = office.article()
    with pytest.raises(NotAllowed) as caught:
        office.drafting.save(entry_id, {"title": "Khác", "section": "tin-kinh-te"})
    assert caught.value.rule.code == "section"
    assert "19.a" in caught.value.rule.clause
    assert office.drafting.open(entry_id).fields["title"] == "Một cửa cho 1.268 thủ tục"


def test_another_members_draft_is_read_only() -> None:
    office = Office()
    entry_id = EntryId("01930000-0000-7000-8000-000000000001")
    office.portal_says(entry_id, body="x", step="nhap_moi", phase=Phase.DRAFT, state_ver=0, owner="u-btv.tin")
    with pytest.raises(NotAllowed):
        office.drafting.save(entry_id, {"title": "y"})
    assert office.drafting.open(entry_id).writable is not None


def test_too_large_a_text_is_refused_by_name() -> None:
    office = Office()
    entry_id = office.article()
    with pytest.raises(BadContent) as caught:
        office.drafting.save(entry_id, {"body": "x" * 9_000_000})
    assert caught.value.rule.code == "too-large"


def test_an_unknown_entry_or_kind_is_not_found() -> None:
    office = Office()
    with pytest.raises(NotFound):
        office.drafting.open(EntryId("01930000-0000-7000-8000-00000000ffff"))
    with pytest.raises(NotFound):
        office.drafting.create("khong-co")


def test_saving_the_head_text_again_is_not_dirty() -> None:
    office = Office()
    entry_id = EntryId("01930000-0000-7000-8000-000000000001")
    office.portal_says(entry_id, body="x", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    fields = dict(office.drafting.open(entry_id).fields)
    office.drafting.save(entry_id, {**fields, "summary": ""})
    assert not office.drafting.open(entry_id).dirty
    office.drafting.save(entry_id, {**fields, "summary": "mới"})
    assert office.drafting.open(entry_id).dirty


def test_an_attachment_is_copied_and_named_by_its_hash() -> None:
    office = Office()
    entry_id = office.article()
    sha256 = office.drafting.attach(entry_id, name="ảnh.png", data=b"\x89PNG", role="image", alt="Lễ khai trương")
    document = office.drafting.open(entry_id)
    assert [item["sha256"] for item in document.attachments] == [sha256]
    assert office.library.blob(sha256) == b"\x89PNG"
    assert document.dirty


def test_idle_drafts_are_frozen_once_and_faulty_ones_are_held() -> None:
    office = Office()
    good, bad = office.article(), office.article(event_date="32/13/2026")
    assert office.drafting.freeze_idle([good, bad]) == 1
    assert office.drafting.freeze_idle([good, bad]) == 0
    assert [op["auto"] for op in office.queued(good)] == [True]
    assert office.queued(bad) == []


def test_a_copy_is_a_draft_of_ones_own() -> None:
    office = Office()
    entry_id = EntryId("01930000-0000-7000-8000-000000000001")
    office.portal_says(entry_id, body="x", step="nhap_moi", phase=Phase.DRAFT, state_ver=0, owner="u-btv.tin")
    copy = office.drafting.open(office.drafting.copy_as_new(entry_id))
    assert (copy.fields["body"], copy.facts.owner, copy.writable) == ("x", "u-ctv.vanhoa", None)


def test_a_head_that_came_in_while_typing_is_not_overwritten_silently() -> None:
    office = Office()
    entry_id = EntryId("01930000-0000-7000-8000-000000000001")
    seen = office.portal_says(entry_id, body="đang đọc", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    screen = office.drafting.open(entry_id)
    assert screen.base_rid == seen
    office.portal_says(entry_id, body="của người khác", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    office.drafting.save(entry_id, {**screen.fields, "body": "đang đọc và gõ"}, seen_rid=screen.base_rid)
    office.drafting.freeze_idle([entry_id])
    assert office.queued(entry_id)[0]["base_rid"] == seen


@pytest.mark.parametrize("name", ["submit", "approve"])
def test_a_letter_typed_and_undone_leaves_what_came_in_meanwhile_on_the_screen(name: str) -> None:
    office = Office("ctv.vanhoa" if name == "submit" else "phoban1")
    entry_id = EntryId("01930000-0000-7000-8000-000000000001")
    step, phase = ("nhap_moi", Phase.DRAFT) if name == "submit" else ("xac_thuc", Phase.WAITING)
    office.portal_says(entry_id, body="đang đọc", step=step, phase=phase, state_ver=1)
    screen = office.drafting.open(entry_id)
    office.drafting.save(entry_id, {**screen.fields, "body": "đang đọcx"}, seen_rid=screen.base_rid)
    head = office.portal_says(entry_id, body="của người khác", step=step, phase=phase, state_ver=1)
    office.drafting.save(entry_id, screen.fields, seen_rid=screen.base_rid)
    shown = office.drafting.open(entry_id)
    assert (shown.fields["body"], shown.base_rid, shown.dirty) == ("của người khác", head, False)
    office.drafting.save(entry_id, screen.fields, seen_rid=screen.base_rid)  # the screen has not heard of it yet
    assert office.drafting.open(entry_id).base_rid == head


def test_a_text_that_was_frozen_and_waits_keeps_its_working_copy() -> None:
    office = Office()
    entry_id = EntryId("01930000-0000-7000-8000-000000000001")
    office.portal_says(entry_id, body="đang đọc", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    typed = {**office.drafting.open(entry_id).fields, "body": "đang gõ"}
    office.drafting.save(entry_id, typed)
    office.drafting.freeze_idle([entry_id])
    office.drafting.save(entry_id, typed)
    with office.store.read() as work:
        kept = work.drafts.get(entry_id)
    assert kept is not None
    assert (kept.dirty, kept.base_rid) == (False, office.queued(entry_id)[0]["rid"])


def test_a_file_that_can_never_go_up_is_refused_by_name_and_leaves_nothing() -> None:
    office = Office()
    entry_id = office.article()
    with pytest.raises(BadContent) as caught:
        office.drafting.attach(entry_id, name="phim.mp4", data=bytes(KNOWN_LIMIT + 1))
    assert (caught.value.rule.code, caught.value.rule.params["limit"]) == ("too-large", "64 MiB")
    assert office.drafting.open(entry_id).attachments == ()


def test_a_translation_is_an_entry_of_its_own_that_knows_its_original() -> None:
    office = Office()
    entry_id = office.article(body="Sáng 22/11, khai trương.")
    english = office.drafting.translate(entry_id)
    document = office.drafting.open(english)
    assert (document.lang, document.fields["variant_of"], document.fields["body"]) == (
        "en",
        entry_id,
        "Sáng 22/11, khai trương.",
    )
    assert document.original is not None
    assert document.original.lang == "vi"
    office.drafting.save(entry_id, {**office.drafting.open(entry_id).fields, "body": "Chiều 22/11."})
    original = office.drafting.open(english).original
    assert original is not None
    assert original.fields["body"] == "Chiều 22/11."
    assert office.drafting.open(entry_id).original is None


def test_a_translation_of_a_translation_is_one_of_the_original() -> None:
    office = Office()
    entry_id = office.article()
    back = office.drafting.translate(office.drafting.translate(entry_id))
    document = office.drafting.open(back)
    assert (document.lang, document.fields["variant_of"]) == ("vi", entry_id)


def test_an_original_that_is_not_here_is_none() -> None:
    office = Office()
    entry_id = office.article(variant_of="0193e9a0-0000-7000-8000-00000000abcd")
    assert office.drafting.open(entry_id).original is None
