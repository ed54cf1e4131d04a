"""Texts that two people changed, put into a seeded desk as a sync would have: three versions, their history, the draft here."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from desktop.application.records import Draft, Entry, Meta, Step
from desktop.application.shown import refresh
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Phase, State
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.revision import Content, Revision
from tests.support.seeded_desk import Seeded, members

BODY = """Sau thời hạn nói trên, nếu không nhận được văn bản góp ý thì xem như các cơ quan đã nhất trí.

Ý kiến góp ý gửi về Trung tâm Tin học trước ngày 10/10/2015.

Các đơn vị gửi kèm bản điện tử.

Văn phòng tổng hợp và báo cáo Ủy ban nhân dân tỉnh.

Hồ sơ lưu tại Phòng Hành chính.

Trân trọng."""
FIELDS: Mapping[str, Json] = {
    "title": "Lấy ý kiến dự thảo Quy chế", "section": "tin-hoat-dong", "body": BODY, "source": {"name": "Văn phòng UBND tỉnh"},
    "event_date": "2015-10-10", "authors": [{"id": "tin-hoc", "name": "Phòng Tin học", "share": "100"}],
}  # fmt: skip
BYTES = (b"%PDF-1.4 " + b"1" * 123_991, b"PK\x03\x04" + b"2" * 83_996)
FILES: tuple[Mapping[str, Json], ...] = tuple(
    {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "name": name, "role": "attachment", "alt": ""}
    for data, name in zip(BYTES, ("du-thao-quy-che.pdf", "phieu-gop-y.docx"), strict=True)
)


def mine(fields: Mapping[str, Json]) -> dict[str, Json]:
    """What the person here made of it: a date, a paragraph, the end."""
    body = str(fields["body"]).replace("10/10/2015", "15/10/2015").replace("Trân trọng.", "Trân trọng cảm ơn.")
    return {**fields, "body": body, "event_date": "2015-10-15"}


def theirs(fields: Mapping[str, Json]) -> dict[str, Json]:
    """What the other made of it: another date, the same paragraph, the author."""
    body = str(fields["body"]).replace("góp ý gửi về", "góp ý bằng văn bản gửi về").replace("10/10/2015", "12/10/2015")
    return {
        **fields,
        "body": body,
        "event_date": "2015-10-12",
        "authors": [{"id": "tin-hoc", "name": "Phòng Tin học – Công báo", "share": "100"}],
    }


def apart(fields: Mapping[str, Json]) -> dict[str, Json]:
    """What another may change without meeting `mine`: nobody need decide."""
    body = str(fields["body"]).replace("tổng hợp và báo cáo", "tổng hợp, báo cáo trước 20/10")
    return {**fields, "body": body, "authors": [{"id": "tin-hoc", "name": "Phòng Tin học – Công báo", "share": "100"}]}


def tear(given: Seeded, number: int = 1, *, other: str = "phoban1", told: bool = True) -> EntryId:
    """An entry of this home's member in conflict: one field and one paragraph to decide; `told` with its card."""
    entry_id, base, head = _portal(given, number, theirs(FIELDS), other)
    with given.store.write() as work:
        draft = Draft(entry_id, "article", "vi", mine(_called(number)), FILES[:1], base_rid=base, conflict=head)
        work.drafts.put(replace(draft, updated="2026-11-22T02:05:00Z"))
        if told:
            work.cards.add(
                entry_id, op_id=None, name="put", outcome="conflict", rule=Rule("conflict"), pointers=(),
                at="2026-11-22T02:10:00Z",
            )  # fmt: skip
        refresh(work, [entry_id])
    return entry_id


def apart_here(given: Seeded, number: int = 1, *, other: str = "phoban1") -> EntryId:
    """The same, but neither met the other: what a merge settles without a question."""
    entry_id, base, head = _portal(given, number, apart(FIELDS), other)
    with given.store.write() as work:
        draft = Draft(entry_id, "article", "vi", mine(_called(number)), FILES[:1], base_rid=base, conflict=head)
        work.drafts.put(replace(draft, updated="2026-11-22T02:05:00Z"))
        refresh(work, [entry_id])
    return entry_id


def _called(number: int) -> dict[str, Json]:
    """The fields of the base; the first entry keeps its plain title."""
    return {**FIELDS, "title": FIELDS["title"] if number == 1 else f"{FIELDS['title']} ({number})"}


def _portal(given: Seeded, number: int, new: Mapping[str, Json], other: str) -> tuple[EntryId, Rid, Rid]:
    """The portal's side: the base by this member, then the other's text. Entry, base and head."""
    entry_id, board = EntryId(f"0193a000-0000-7000-8000-{number:012x}"), members()
    me, them = given.desk.library.me(), board[other]
    title = str(_called(number)["title"])
    first = _revision(entry_id, {**FIELDS, "title": title}, base=None, by=me.id, no=4, at="2026-11-20T02:12:00Z")
    second = _revision(entry_id, {**new, "title": title}, base=first.rid, by=them.id, no=5, at="2026-11-22T01:41:00Z")
    steps = [
        Step(item.op_id, "put", "put", item.rid, item.rev_no, who.id, who.label["vi"], "", item.server_time)
        for item, who in ((first, me), (second, them))
    ]
    head = Head(entry_id, second.rid, 5, State("nhap_moi", Phase.DRAFT), 0, None, 9000 + number)
    meta = Meta("article", "vi", title, "tin-hoat-dong", owner=me.id, updated="2026-11-22T01:41:00Z")
    with given.store.write() as work:
        for data in BYTES:
            work.blobs.add(data)
        for item in (first, second):
            work.revisions.put(item)
        work.entries.put(Entry(head, meta, body_rid=second.rid))
        work.revisions.set_history(entry_id, steps)
    return entry_id, first.rid, second.rid


def _revision(
    entry_id: EntryId, fields: Mapping[str, Json], *, base: Rid | None, by: MemberId, no: int, at: str
) -> Revision:
    content = Content("article", "vi", fields, {"body": f"<p>{fields['body']}</p>"}, FILES[: 1 if base is None else 2])
    rid = Rid(hashlib.sha256(f"{entry_id}{no}".encode()).hexdigest())
    return Revision(rid, entry_id, base, content, f"op-{entry_id}-{no}", no, by, at)
