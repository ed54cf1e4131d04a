"""The head of a document: one way forward at most, each refused command with its reason and clause, an honest save mark."""

from dataclasses import replace

from desktop.domain.entry import Phase
from desktop.domain.errors import Rule
from desktop.ui.presenters.gestures import offer
from desktop.ui.presenters.header import Saved, Stand, saved_text, stages, title, told_stages
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import DOCUMENT, KINDS, NOW, PROFILE, at, choice, step

EMPTY = ("/source/name", "/section")


def explain(rule: Rule) -> str:
    return " ".join(part for part in (f"no: {rule.code}", rule.params.get("fields", "")) if part)


def test_sending_is_the_way_forward_of_a_draft_and_says_why_when_it_may_not_be() -> None:
    clause = "QĐ 2567/2007/QĐ-UBND Điều 19.a"
    document = at(
        "nhap_moi", Phase.DRAFT,
        choices=(choice("discard"), choice("submit", allowed=False, rule=Rule("incomplete", clause), pointers=EMPTY)),
    )  # fmt: skip
    made = offer(document, PROFILE, KINDS["article"], lang="vi", explain=explain, translate=untranslated)
    assert made.primary is not None
    assert (made.primary.text, made.primary.allowed) == ("Gửi xác thực", False)
    assert made.primary.why == f"no: incomplete Nguồn tin, Chuyên mục ({clause})"
    assert [gesture.name for gesture in made.others] == ["discard"]


def test_an_approval_names_the_step_and_the_revision_read() -> None:
    document = at(
        "dang_tai", Phase.WAITING, choices=(choice("approve", "dang_tai"), choice("return")), rev_no=7, dirty=False
    )
    made = offer(document, PROFILE, KINDS["article"], lang="vi", explain=explain, translate=untranslated)
    assert made.primary is not None
    assert made.primary.text == "Đăng tải revision 7"
    returning = made.named("return")
    assert returning is not None
    assert returning.reason
    changed = offer(
        replace(document, dirty=True), PROFILE, KINDS["article"], lang="vi", explain=explain, translate=untranslated
    )
    assert changed.primary is not None
    assert changed.primary.text == "Đăng tải this text"


def test_an_entry_that_can_only_go_back_has_no_way_forward() -> None:
    document = at("xac_thuc", Phase.WAITING, choices=(choice("recall"),))
    made = offer(document, PROFILE, KINDS["article"], lang="vi", explain=explain, translate=untranslated)
    assert made.primary is None
    assert made.named("recall") is not None


def test_the_steps_show_what_is_done_awaited_and_ahead() -> None:
    waiting = stages(at("xac_thuc", Phase.WAITING), PROFILE, lang="vi")
    assert [(stage.label, stage.stand) for stage in waiting] == [
        ("Nhập mới", Stand.DONE), ("Xác thực", Stand.CURRENT), ("Đăng tải", Stand.AHEAD),
    ]  # fmt: skip
    assert {stage.stand for stage in stages(at("dang_tai", Phase.PUBLISHED), PROFILE, lang="vi")} == {Stand.DONE}


def test_whoever_decides_reads_who_took_each_step_since_the_text_last_came_back() -> None:
    history = (
        step("put"), step("submit", at="2026-11-19T02:12:00Z"), step("return", reason="thiếu nguồn"),
        step("submit", at="2026-11-20T02:12:00Z", rev=3), step("approve", by="Phó Trưởng ban", at="2026-11-21T08:40:00Z", rev=3),
    )  # fmt: skip
    document = at("dang_tai", Phase.WAITING, history=history)
    told = told_stages(document, PROFILE, {}, lang="vi", mine=True, now=NOW, translate=untranslated)
    assert [stage.told for stage in told] == [
        "Cộng tác viên 20/11 09:12",
        "Phó Trưởng ban 21/11 15:40",
        "waits for you",
    ]


def test_the_save_mark_says_saved_only_of_a_text_on_disk() -> None:
    assert saved_text(Saved.KEPT, "2026-11-22T02:41:00Z", NOW, untranslated) == "✓ saved 09:41"
    assert all("✓" not in saved_text(state, "", NOW, untranslated) for state in Saved if state is not Saved.KEPT)


def test_a_document_without_a_title_is_still_called_something() -> None:
    assert title(DOCUMENT, KINDS["article"], untranslated) == "Một cửa cho 1.268 thủ tục"
    assert title(replace(DOCUMENT, fields={}), KINDS["article"], untranslated) == "(no title yet)"
