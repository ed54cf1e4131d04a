"""Cards in a seeded desk, as the portal's refusals leave them."""

from dataclasses import replace

from desktop.application.records import ListQuery, Step
from desktop.application.shown import refresh
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId, Rid
from tests.support.seeded_desk import Seeded

AT = "2026-11-22T02:10:00Z"


def card(
    given: Seeded,
    entry_id: EntryId,
    name: str,
    outcome: str,
    *,
    code: str,
    op_id: OpId | None = None,
    pointers: tuple[str, ...] = (),
) -> None:
    with given.store.write() as work:
        work.cards.add(entry_id, op_id=op_id, name=name, outcome=outcome, rule=Rule(code), pointers=pointers, at=AT)
        refresh(work, [entry_id])


def first(given: Seeded, box: str) -> EntryId:
    return given.desk.library.rows(ListQuery(box))[0].entry_id


def stale(given: Seeded) -> EntryId:
    """An approval of this member met a newer text: what was read is stored, the portal has gone on."""
    entry_id = given.desk.library.rows(ListQuery("step:xac_thuc"))[0].entry_id
    given.desk.stages.give(entry_id, "approve")
    with given.store.write() as work:
        entry = work.entries.get(entry_id)
        assert entry is not None
        assert entry.head.rid is not None
        read = work.revisions.get(entry.head.rid)
        assert read is not None
        op = work.queue.of(entry_id)[0].operation
        work.queue.settle(op.op_id, outcome="stale_revision", answer={"outcome": "stale_revision"}, at=AT)
        fields = {**read.content.fields, "body": f"{read.content.fields['body']}\n\nĐoạn mới thêm sau khi đọc."}
        html = {"body": f"{read.content.html.get('body', '')}<p>Đoạn mới thêm sau khi đọc.</p>"}
        rid = Rid("c" * 64)
        content = replace(read.content, fields=fields, html={**read.content.html, **html})
        work.revisions.put(replace(read, rid=rid, base_rid=read.rid, content=content, op_id="op-newer", rev_no=9))
        work.entries.put(replace(entry, head=replace(entry.head, rid=rid, rev_no=9), body_rid=rid))
        step = Step("op-newer", "put", "put", rid, 9, "u-btv.tin", "Biên tập viên", "", "2026-11-22T01:41:00Z")
        work.revisions.set_history(entry_id, [*work.revisions.history(entry_id), step])
    card(given, entry_id, "approve", "stale_revision", code="other-revision", op_id=op.op_id)
    return entry_id
