"""Values for the store's contract: one of each record, complete enough that a lost member would show."""

from desktop.application.records import Entry, Meta, Shown
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Phase, Returned, State
from desktop.domain.ids import EntryId, MemberId, OpId, Rid
from desktop.domain.operation import Operation
from desktop.domain.revision import Content, Revision

ME = MemberId("u-ctv.vanhoa")
OTHER = MemberId("u-phoban1")
NOW = "2026-11-22T09:41:05.123456Z"
LATER = "2026-11-22T10:00:00.000000Z"


def entry(entry_id: str, *, rid: str | None = "r1", seq: int = 1, body_rid: str | None = None) -> Entry:
    """An entry that came back to its author."""
    return Entry(
        head=Head(EntryId(entry_id), _rid(rid), 3, State("nhap_moi", Phase.DRAFT), 2, Rid("r0"), seq),
        meta=Meta(
            kind="article",
            lang="vi",
            title="Đường làng mùa nước nổi",
            section="tin-van-hoa",
            author="Ban Biên tập",
            owner=ME,
            assignee=OTHER,
            submitter=ME,
            authors=(ME, OTHER),
            urgent=True,
            key="17/2011/QĐ-UBND",
            summary="Tóm tắt",
            returned=Returned("op-7", "Thiếu nguồn.", OTHER),
            updated=NOW,
        ),
        in_scope=True,
        body_rid=_rid(body_rid),
        last_published_rid=Rid("r0"),
        ever_submitted=True,
    )


def revision(rid: str, entry_id: str = "e-1", *, body: str = "Một", rev_no: int = 0) -> Revision:
    content = Content(
        kind="article",
        lang="vi",
        fields={"title": "Đường", "body": body, "tags": ["một", {"id": "t2"}], "number": 7, "none": None},
        html={"body": f"<p>{body}</p>"},
        attachments=({"sha256": "ab" * 32, "size": 3, "name": "ảnh.png"},),
    )
    return Revision(Rid(rid), EntryId(entry_id), None, content, "op-1", rev_no, "", "")


def operation(op_id: str, number: int, entry_id: str = "e-1", *, name: str = "submit") -> Operation:
    payload: dict[str, Json] = {
        "op_id": op_id,
        "device_seq": number,
        "type": "command",
        "entry_id": entry_id,
        "name": name,
    }
    return Operation(OpId(op_id), number, "command", EntryId(entry_id), {**payload, "reason": "Lý do “có dấu”\n"})


def shown(
    entry_id: str,
    *,
    title: str = "Đường làng",
    key: str = "",
    phase: Phase = Phase.DRAFT,
    step: str = "nhap_moi",
    owner: str = ME,
    submitter: str = "",
    assignee: str = "",
    **more: bool,
) -> Shown:
    """A row; the later its entry's id sorts, the newer it is."""
    return Shown(
        entry_id=EntryId(entry_id), kind="article", lang="vi", title=title, section="tin-van-hoa", key=key, step=step,
        phase=phase.value, returned=more.get("returned", False), public=more.get("public", False), owner=owner,
        submitter=submitter, assignee=assignee, urgent=more.get("urgent", False), waiting=int(more.get("waiting", False)),
        conflict=more.get("conflict", False), card=more.get("card", False), rev_no=0, updated=f"2026-{entry_id}",
        in_scope=more.get("in_scope", True),
    )  # fmt: skip


def _rid(value: str | None) -> Rid | None:
    return None if value is None else Rid(value)
