"""Relations between documents: stated in one text, shown at both, and what follows of them for what is in force."""

import hashlib
from datetime import date

import pytest

from desktop.application.records import Entry, Meta
from desktop.application.relating import Related
from desktop.application.shown import refresh
from desktop.domain.digest import Json
from desktop.domain.entry import Head, Phase, State
from desktop.domain.ids import EntryId, Rid
from desktop.domain.legal.source import Span
from desktop.domain.legal.values import Ground
from desktop.domain.relations import Relation, number_key
from desktop.domain.revision import Content, Revision
from tests.support.offices import Office

TODAY = date(2026, 11, 28)
OLD, NEW, LAW = (EntryId(f"01930000-0000-7000-8000-00000000000{n}") for n in range(3))


def published(
    office: Office, entry_id: EntryId, number: str, *relations: Relation, public: bool = True, **more: str
) -> None:
    """A legal document as a sync brings it."""
    fields: dict[str, Json] = {
        "title": f"Văn bản {number}", "section": "van-ban-quy-pham", "so_hieu": number, "body": "Điều 1. Phạm vi",
        "loai_van_ban": "Quyết định", "ngay_ban_hanh": "2011-06-06", "ngay_hieu_luc": "2011-06-16",
        "relations": [relation.as_json() for relation in relations], **more,
    }  # fmt: skip
    rid = Rid(hashlib.sha256(f"{number}{entry_id}".encode()).hexdigest())
    head = Head(entry_id, rid, 1, State("dang_tai", Phase.PUBLISHED), 3, rid if public else None, 3)
    with office.store.write() as work:
        content = Content("legal-document", "vi", fields, {"body": "<p>Điều 1.</p>"})
        work.revisions.put(Revision(rid, entry_id, None, content, "op-portal", 1))
        work.entries.put(
            Entry(head, Meta("legal-document", "vi", str(fields["title"]), "van-ban-quy-pham"), body_rid=rid)
        )
        refresh(work, [entry_id])


def told(related: tuple[Related, ...]) -> list[tuple[str, str, bool]]:
    return [(each.relation.act, each.relation.name, each.other is not None) for each in related]


def test_a_relation_is_stated_once_and_seen_from_both_sides() -> None:
    office = Office()
    published(office, OLD, "17/2011/QĐ-UBND")
    published(office, NEW, "20/2026/QĐ-UBND", Relation("replaces", "17/2011/QĐ-UBND", OLD), Relation("basis", "Luật X"))
    assert told(office.relating.of(NEW, today=TODAY).own) == [
        ("replaces", "17/2011/QĐ-UBND", True), ("basis", "Luật X", False),
    ]  # fmt: skip
    assert told(office.relating.of(OLD, today=TODAY).inverse) == [("replaces", "20/2026/QĐ-UBND", True)]
    assert office.relating.of(NEW, today=TODAY).inverse == ()


@pytest.mark.parametrize(
    ("act", "effect", "public", "state"),
    [
        ("replaces", "2026-11-01", True, "Hết hiệu lực"),
        ("repeals", "2026-11-01", True, "Hết hiệu lực"),
        ("repeals-part", "2026-11-01", True, "Hết hiệu lực một phần"),
        ("replaces", "2026-12-01", True, "Còn hiệu lực"),
        ("replaces", "2026-11-01", False, "Còn hiệu lực"),  # a draft ends nothing
        ("guides", "2026-11-01", True, "Còn hiệu lực"),
    ],
)
def test_what_another_document_does_suggests_the_status(act: str, effect: str, public: bool, state: str) -> None:  # noqa: FBT001
    office = Office()
    published(office, OLD, "17/2011/QĐ-UBND")
    published(office, NEW, "20/2026/QĐ-UBND", Relation(act, "17/2011", OLD), public=public, ngay_hieu_luc=effect)
    status = office.relating.of(OLD, today=TODAY).status
    assert status is not None
    assert status.state == state


def test_a_draft_of_this_machine_relates_as_it_is_typed() -> None:
    office = Office()
    published(office, OLD, "17/2011/QĐ-UBND")
    mine = office.drafting.create("legal-document", section="van-ban-quy-pham")
    said = Relation("amends", "17/2011/QĐ-UBND", OLD)
    office.drafting.save(mine, {"title": "Sửa đổi", "section": "van-ban-quy-pham", "relations": [said.as_json()]})
    assert told(office.relating.of(OLD, today=TODAY).inverse) == [("amends", "Sửa đổi", True)]
    office.drafting.save(mine, {"title": "Sửa đổi", "section": "van-ban-quy-pham"})
    assert office.relating.of(OLD, today=TODAY).inverse == ()


def cited(number: str, *, day: str | None = None, kind: str | None = "Quyết định") -> Ground:
    return Ground(kind, number, day, None, Span(0, 0))


def test_documents_that_a_text_names_are_found_and_doubtful_ones_are_not() -> None:
    office = Office()
    kind = office.library.kinds()["legal-document"]
    published(office, OLD, "17/2011/QĐ-UBND")
    published(office, NEW, "818/QĐ-UBND")

    def found(*grounds: Ground) -> list[EntryId]:
        return [row.entry_id for _, row in office.relating.named(kind, grounds)]

    assert found(cited("17/2011/QĐ-UBND", day="2011-06-06")) == [OLD]
    assert found(cited("17/2011/qđ-ubnd")) == [OLD]
    assert found(cited("17/2011/QĐ-UBND", day="2012-06-06")) == []
    assert found(cited("17/2011/QĐ-UBND", kind="Nghị quyết")) == []
    assert found(cited("818/QĐ-UBND")) == []  # every year and every province has one
    assert found(cited("818/QĐ-UBND", day="2011-06-06")) == [NEW]
    published(office, LAW, "17/2011/QĐ-UBND")
    assert found(cited("17/2011/QĐ-UBND")) == []


def test_numbers_are_one_however_they_are_written() -> None:
    assert number_key("Số: 064/2007/NĐ–CP") == number_key("64/2007/nđ-cp")
    assert number_key("64/2007/NĐ-CP") != number_key("64/2008/NĐ-CP")


def test_a_search_for_a_relation_offers_other_documents_only() -> None:
    office = Office()
    kind = office.library.kinds()["legal-document"]
    published(office, OLD, "17/2011/QĐ-UBND")
    published(office, NEW, "20/2026/QĐ-UBND")
    office.article(title="Về Quyết định 17/2011")
    assert [row.entry_id for row in office.relating.find(kind, "17/2011", but=NEW)] == [OLD]
    assert office.relating.find(kind, "17/2011", but=OLD) == []
    assert office.relating.find(kind, "  ") == ()
