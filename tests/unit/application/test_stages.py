"""Gestures: text frozen with its command, effects shown at once, refusals with their rule, nothing queued by a refusal."""

from dataclasses import replace

import pytest

from desktop.application.records import Draft, ListQuery
from desktop.domain.digest import content_hash, revision_id
from desktop.domain.entry import Phase
from desktop.domain.errors import NotAllowed, Rule
from desktop.domain.ids import EntryId, Rid
from tests.support.offices import Office, member

ENTRY = EntryId("01930000-0000-7000-8000-000000000001")


def waiting_at(office: Office, step: str, *, state_ver: int = 1) -> Rid:
    return office.portal_says(
        ENTRY, body="Nội dung", step=step, phase=Phase.WAITING, state_ver=state_ver, submitter="u-ctv.vanhoa"
    )


def test_submitting_freezes_the_text_and_names_it() -> None:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    put, submit = office.queued(entry_id)
    assert (put["type"], put["base_rid"], put["auto"]) == ("put", None, False)
    assert put["rid"] == revision_id(parents=[], content=content_hash(put["content"]), op_id=put["op_id"])
    assert put["content"]["html"]["body"] == "<p>Sáng 22/11, khai trương.</p>"
    assert (submit["name"], submit["on_rid"], submit["on_state_ver"]) == ("submit", put["rid"], 0)
    assert put["device_seq"] + 1 == submit["device_seq"]


def test_the_effect_is_shown_at_once() -> None:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    document = office.drafting.open(entry_id)
    assert (document.facts.state.step, document.facts.state.phase) == ("xac_thuc", Phase.WAITING)
    assert document.waiting == 2
    assert document.writable is not None
    row = office.library.rows(ListQuery("submitted"))[0]
    assert (row.entry_id, row.waiting, row.phase) == (entry_id, 2, "waiting")


def test_an_incomplete_article_is_not_submitted_and_names_what_is_missing() -> None:
    office = Office()
    entry_id = office.article(source={})
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(entry_id, "submit")
    assert caught.value.rule.code == "incomplete"
    assert caught.value.rule.params["fields"] == "/source/name"
    assert office.queued(entry_id) == []
    assert office.drafting.open(entry_id).dirty


def test_a_faulty_value_is_not_frozen() -> None:
    office = Office()
    entry_id = office.article(event_date="hôm qua")
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(entry_id, "submit")
    assert caught.value.rule.params["pointer"] == "/event_date"
    assert office.queued(entry_id) == []


def test_recalling_what_was_never_sent_takes_it_back() -> None:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    office.stages.give(entry_id, "recall")
    assert [op["type"] for op in office.queued(entry_id)] == ["put"]
    assert office.drafting.open(entry_id).facts.state.phase is Phase.DRAFT


def test_recalling_what_may_have_arrived_is_a_command() -> None:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    with office.store.write() as work:
        work.queue.mark_sent([item.operation.op_id for item in work.queue.of(entry_id)])
    office.stages.give(entry_id, "recall")
    names = [op.get("name", "put") for op in office.queued(entry_id)]
    assert names == ["put", "submit", "recall"]
    assert office.queued(entry_id)[-1]["on_state_ver"] == 1
    assert office.drafting.open(entry_id).writable is None


def test_a_draft_that_never_left_is_discarded_without_a_command() -> None:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "discard")
    assert office.library.rows(ListQuery("drafts")) == []
    assert office.queued(entry_id) == []


def test_a_deputy_verifies_exactly_the_text_on_screen() -> None:
    office = Office("phoban1")
    rid = waiting_at(office, "xac_thuc")
    office.stages.give(ENTRY, "approve", read_rid=rid)
    (approve,) = office.queued(ENTRY)
    assert (approve["on_rid"], approve["step"], approve["on_state_ver"]) == (rid, "xac_thuc", 1)
    assert office.drafting.open(ENTRY).facts.state.step == "dang_tai"


def test_a_text_that_was_not_read_is_not_approved() -> None:
    office = Office("phoban1")
    waiting_at(office, "xac_thuc")
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(ENTRY, "approve", read_rid=Rid("0" * 64))
    assert caught.value.rule.code == "other-revision"
    assert office.queued(ENTRY) == []


def test_who_holds_two_steps_passes_only_the_one_on_screen() -> None:
    office = Office("phoban1")
    with office.store.write() as work:
        me = member("phoban1")
        work.board.put_member(replace(me, grants=(*me.grants, *member("truongban").grants)))
    rid = waiting_at(office, "xac_thuc")
    screen = office.drafting.open(ENTRY).facts
    assert waiting_at(office, "dang_tai", state_ver=2) == rid
    seen = {"read_step": screen.state.step}, {"read_state_ver": screen.state_ver}
    for read, code in zip(seen, ("step", "state-moved"), strict=True):
        for name, reason in (("approve", ""), ("return", "Thiếu nguồn")):
            with pytest.raises(NotAllowed) as caught:
                office.stages.give(ENTRY, name, reason=reason, read_rid=rid, **read)  # type: ignore[arg-type]  # a table
            assert caught.value.rule.code == code
    assert office.queued(ENTRY) == []
    screen = office.drafting.open(ENTRY).facts
    office.stages.give(ENTRY, "approve", read_rid=rid, read_step=screen.state.step, read_state_ver=screen.state_ver)
    assert office.queued(ENTRY)[0]["step"] == "dang_tai"


def test_a_draft_is_not_thrown_away_by_a_screen_that_is_out_of_date() -> None:
    office = Office()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(entry_id, "recall", read_state_ver=0)
    assert caught.value.rule.code == "state-moved"
    assert len(office.queued(entry_id)) == 2


def test_a_text_that_is_not_on_this_machine_is_not_approved() -> None:
    office = Office("phoban1")
    waiting_at(office, "xac_thuc")
    with office.store.write() as work:
        entry = work.entries.get(ENTRY)
        assert entry is not None
        work.entries.put(replace(entry, head=replace(entry.head, rid=Rid("0" * 64))))
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(ENTRY, "approve")
    assert caught.value.rule.code == "body-missing"


def test_a_correcting_deputy_approves_the_corrected_text() -> None:
    office = Office("phoban1")
    rid = waiting_at(office, "xac_thuc")
    fields = dict(office.drafting.open(ENTRY).fields)
    office.drafting.save(ENTRY, {**fields, "body": "Nội dung đã sửa"})
    office.stages.give(ENTRY, "approve", read_rid=rid)
    put, approve = office.queued(ENTRY)
    assert put["base_rid"] == rid
    assert approve["on_rid"] == put["rid"]


@pytest.mark.parametrize(
    ("username", "step", "code"),
    [("ctv.vanhoa", "xac_thuc", "role"), ("phoban1", "dang_tai", "role"), ("truongban", "xac_thuc", "role")],
)
def test_a_step_of_another_role_is_offered_disabled_with_its_clause(username: str, step: str, code: str) -> None:
    office = Office(username)
    waiting_at(office, step)
    approve = next(choice for choice in office.stages.choices(ENTRY) if choice.name == "approve")
    assert not approve.allowed
    assert approve.rule is not None
    assert (approve.rule.code, "19." in approve.rule.clause) == (code, True)
    with pytest.raises(NotAllowed):
        office.stages.give(ENTRY, "approve")


def test_returning_needs_a_reason() -> None:
    office = Office("phoban1")
    waiting_at(office, "xac_thuc")
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(ENTRY, "return", reason="  ")
    assert caught.value.rule.code == "reason-required"
    office.stages.give(ENTRY, "return", reason="Thiếu nguồn")
    assert office.queued(ENTRY)[0]["reason"] == "Thiếu nguồn"


def test_what_came_back_is_shown_as_returned_until_it_moves_on() -> None:
    office = Office()
    office.portal_says(ENTRY, body="x", step="nhap_moi", phase=Phase.DRAFT, state_ver=2, reason="Thiếu nguồn")
    assert [row.entry_id for row in office.library.rows(ListQuery("returned"))] == [ENTRY]
    returned = office.drafting.open(ENTRY).returned
    assert returned is not None
    assert returned.reason == "Thiếu nguồn"
    office.stages.give(ENTRY, "submit")
    assert office.library.rows(ListQuery("returned")) == []


def test_a_chain_of_steps_made_offline_predicts_its_versions() -> None:
    office = Office("truongban")
    rid = office.portal_says(
        ENTRY, body="x", step="dang_tai", phase=Phase.WAITING, state_ver=2, submitter="u-ctv.vanhoa"
    )
    office.stages.give(ENTRY, "approve", read_rid=rid)
    office.stages.give(ENTRY, "unpublish", reason="Nhầm số liệu")
    office.stages.give(ENTRY, "revise")
    assert [op["on_state_ver"] for op in office.queued(ENTRY)] == [2, 3, 4]
    assert office.queued(ENTRY)[1]["on_rid"] == rid


def test_html_is_rendered_only_where_the_text_changed() -> None:
    office = Office()
    office.portal_says(ENTRY, body="x", step="nhap_moi", phase=Phase.DRAFT, state_ver=0)
    before = len(office.renderer.dialects)
    fields = dict(office.drafting.open(ENTRY).fields)
    office.drafting.save(ENTRY, {**fields, "title": "Tin mới"})
    office.stages.give(ENTRY, "submit")
    assert len(office.renderer.dialects) == before


@pytest.mark.parametrize(("username", "name"), [("ctv.vanhoa", "submit"), ("phoban1", "approve")])
def test_a_working_copy_of_an_older_text_sends_no_other_text_on(username: str, name: str) -> None:
    office = Office(username)
    step, phase = ("nhap_moi", Phase.DRAFT) if name == "submit" else ("xac_thuc", Phase.WAITING)
    old = office.portal_says(ENTRY, body="đang đọc", step=step, phase=phase, state_ver=1)
    fields = office.drafting.open(ENTRY).fields
    head = office.portal_says(ENTRY, body="của người khác", step=step, phase=phase, state_ver=1)
    with office.store.write() as work:  # as a home kept it before such copies were put away
        work.drafts.put(Draft(ENTRY, "article", "vi", fields, base_rid=old, dirty=False))
    with pytest.raises(NotAllowed) as caught:
        office.stages.give(ENTRY, name, read_rid=head)
    assert caught.value.rule.code == "other-revision"
    assert office.queued(ENTRY) == []


def test_a_discarded_draft_stays_as_a_revision_and_asks_nothing_more() -> None:
    office = Office()
    entry_id = office.article(body="chưa gửi bao giờ")
    with office.store.write() as work:
        rule = Rule("invalid-field")
        work.cards.add(entry_id, op_id=None, name="put", outcome="invalid", rule=rule, pointers=(), at="")
    office.stages.give(entry_id, "discard")
    assert office.library.cards() == []
    assert office.library.rows(ListQuery()) == []
    with office.store.read() as work:
        assert [text.content.fields["body"] for text in work.revisions.of(entry_id)] == ["chưa gửi bao giờ"]
        assert work.drafts.get(entry_id) is None
