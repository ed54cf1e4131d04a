"""Relations of documents on the public page, both ways, and lists narrowed by group and type."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from server_stub.store import migrate
from server_stub.store import tables as t
from server_stub.store.engine import open_database
from tests.contract.site.asking import check_html
from tests.contract.site.conftest import Site, law
from tests.unit.server_stub.house import article, install_in


def relation(act: str, name: str, entry: str | None = None) -> dict[str, str]:
    return {"id": f"{act}:{entry or name}", "act": act, "name": name} | ({"entry": entry} if entry else {})


def section_of(page: str) -> str:
    found = re.search(r'<section class="lien-quan".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_a_relation_is_read_and_followed_from_both_pages(site: Site) -> None:
    old, _ = site.house.published(law("Quy chế cũ"))
    hidden, _ = site.house.draft(content=law("Dự thảo", so_hieu="9/2026/QĐ-UBND"))
    others = [
        relation("replaces", "17/2011/QĐ-UBND", old), relation("basis", "Luật Công nghệ thông tin"),
        relation("related", "9/2026/QĐ-UBND", hidden),
    ]  # fmt: skip
    new, _ = site.house.published(
        law("Quy chế mới", so_hieu="20/2026/QĐ-UBND", ngay_hieu_luc="2026-11-01", relations=others)
    )
    own = site.get(f"/van-ban/{new}").text
    check_html(own)
    assert f'<a href="/van-ban/{old}">17/2011/QĐ-UBND</a>' in section_of(own)
    assert "Luật Công nghệ thông tin" in section_of(own)
    assert hidden not in own  # what is not public has no address
    assert section_of(own).index("Căn cứ") < section_of(own).index("Thay thế")
    assert "het-hieu-luc" not in own
    other = site.get(f"/van-ban/{old}").text
    check_html(other)
    assert f'<a href="/van-ban/{new}">20/2026/QĐ-UBND</a>' in section_of(other)
    assert "Bị thay thế bởi" in section_of(other)
    notice = re.search(r'<p class="het-hieu-luc".*?</p>', other)
    assert notice is not None
    assert "có hiệu lực từ 01/11/2026" in notice[0]


def test_a_withdrawn_document_does_nothing_to_others(site: Site) -> None:
    old, _ = site.house.published(law("Quy chế cũ"))
    new, rid = site.house.published(law("Quy chế mới", relations=[relation("repeals", "17/2011/QĐ-UBND", old)]))
    assert "Bị bãi bỏ bởi" in site.get(f"/van-ban/{old}").text
    op = site.house.command("unpublish", new, ver=3, on_rid=rid, reason="Sai")
    assert site.house.outcome("truongban", op)[0] == "applied"
    assert "lien-quan" not in site.get(f"/van-ban/{old}").text


def test_a_text_relates_neither_to_itself_nor_to_another_kind(site: Site) -> None:
    house = site.house
    news, _ = house.published(article())
    own = house.id()
    for other, code in ((own, "itself"), (news, "kind")):
        content = law(relations=[relation("basis", "x"), relation("amends", "y", other)])
        told = house.do("ctv.vanhoa", house.put(own, content))
        assert told["outcome"] == "invalid", other
        assert {"pointer": "/fields/relations/1/entry", "code": code} in told["errors"]
    unknown = law(relations=[relation("amends", "y", "01930000-0000-7000-8000-00000000ffff")])
    assert house.do("ctv.vanhoa", house.put(own, unknown))["outcome"] == "applied"


@pytest.mark.parametrize("wrong", [{"act": "eats"}, {"entry": "không"}, {"name": ""}, {"id": ""}])
def test_what_is_no_relation_is_refused(site: Site, wrong: dict[str, str]) -> None:
    content = law(relations=[relation("basis", "Luật") | wrong])
    assert site.house.do("ctv.vanhoa", site.house.put(site.house.id(), content))["outcome"] == "invalid"


def numbers(page: str) -> list[str]:
    return re.findall(r'class="bang-so"><a [^>]*>([^<]+)<', page)


def test_documents_are_narrowed_by_group_and_type(site: Site) -> None:
    for number, group, kind in (
        ("1/2026/QĐ-UBND", "Quy phạm pháp luật", "Quyết định"), ("2/CT-UBND", "Chỉ đạo, điều hành", "Chỉ thị"),
        ("3/QĐ-UBND", "Chỉ đạo, điều hành", "Quyết định"), ("4/BC-UBND", "", "Báo cáo"),
    ):  # fmt: skip
        more = {"nhom": group} if group else {}
        site.house.published(law(f"Văn bản {number}", so_hieu=number, loai_van_ban=kind, **more))
    page = site.get("/van-ban")
    check_html(page.text)
    assert numbers(page.text) == ["4/BC-UBND", "3/QĐ-UBND", "2/CT-UBND", "1/2026/QĐ-UBND"]
    directing = quote("Chỉ đạo, điều hành")
    assert numbers(site.get(f"/van-ban?nhom={directing}").text) == ["3/QĐ-UBND", "2/CT-UBND"]
    both = f"nhom={directing}&loai_van_ban={quote('Quyết định')}"
    assert numbers(site.get(f"/van-ban?{both}").text) == ["3/QĐ-UBND"]
    assert numbers(site.get(f"/chuyen-muc/van-ban-quy-pham?{both}").text) == ["3/QĐ-UBND"]
    assert "Không có văn bản nào như vậy" in site.get(f"/van-ban?nhom={quote('Văn bản khác')}").text
    assert len(numbers(site.get("/van-ban?nhom=la&la=1").text)) == 4  # what nobody offers is let go
    assert '<option value="Chỉ đạo, điều hành" selected>' in site.get(f"/van-ban?nhom={directing}").text


def test_documents_are_narrowed_by_status_and_each_tells_its_own(site: Site) -> None:
    told = ("Còn hiệu lực", "Chưa có hiệu lực", "Hết hiệu lực", "Hết hiệu lực một phần")
    for number, status in enumerate(told):
        site.house.published(law(f"Văn bản {number}", so_hieu=f"{number}/QĐ-UBND", tinh_trang=status))
    page = site.get("/van-ban").text
    assert re.findall(r'class="bang-tinh">([^<]+)<', page) == list(reversed(told))
    for number, status in enumerate(told):
        narrowed = site.get(f"/van-ban?tinh_trang={quote(status)}").text
        check_html(narrowed)
        assert numbers(narrowed) == [f"{number}/QĐ-UBND"]


def test_a_narrowed_list_keeps_its_choice_from_page_to_page(site: Site) -> None:
    for number in range(21):
        site.house.published(law(f"Văn bản {number}", so_hieu=f"{number}/QĐ-UBND", nhom="Văn bản khác"))
    site.house.published(law("Luật", so_hieu="99/2026/QĐ-UBND", nhom="Quy phạm pháp luật"))
    first = site.get(f"/van-ban?nhom={quote('Văn bản khác')}").text
    follows = re.search(r'rel="next" href="([^"]+)"', first)
    assert follows is not None
    assert numbers(site.get(follows[1].replace("&amp;", "&")).text) == ["0/QĐ-UBND"]


def test_the_types_of_what_is_published_are_noted_by_the_migration(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'p.db'}", create=True)
    house = install_in(database)
    old, _ = house.published(law())
    house.published(law("Mới", relations=[relation("amends", "17", old)]))
    facts = {(row.name, row.value) for row in house.rows(t.publication_fact)}
    assert facts == {("loai_van_ban", "Quyết định"), ("tinh_trang", "Còn hiệu lực"), ("relations.amends", old)}
    migrate.downgrade(database.engine, "0007")
    migrate.upgrade(database.engine)
    noted = [row.name for row in house.rows(t.publication_fact)]
    assert sorted(noted) == ["loai_van_ban", "loai_van_ban", "tinh_trang", "tinh_trang"]
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []
    database.close()
