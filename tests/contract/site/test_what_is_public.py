"""Only what is public can be read: everything else is one and the same 404."""

import re
from collections.abc import Iterator

import pytest

from server_stub.core.catalog import parse_catalog
from server_stub.resources import THEMES
from server_stub.site.answer import ASK_AGAIN, FOREVER
from server_stub.site.entry_page import entry_page
from server_stub.site.published import find
from server_stub.site.view import View, look
from tests.contract.site.asking import Answer, check_html
from tests.contract.site.conftest import PDF, PNG, Shown, Site, attachment, digest, law
from tests.unit.server_stub.house import CULTURE, article

SECRET = "chữ chưa công bố"


def faces(site: Site) -> Iterator[Answer]:
    """Every page where a text could be listed."""
    for address in ("/", f"/chuyen-muc/{CULTURE}", "/tim-kiem?q=cong bo"):
        yield site.get(address)


def without_request_id(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    return answer.status, {n: v for n, v in answer.headers.items() if n != "x-request-id"}, answer.body


@pytest.mark.parametrize("place", ["draft", "waiting", "verified"])
def test_nothing_is_readable_before_the_last_step(site: Site, place: str) -> None:
    entry_id, rid = site.house.draft(content=article(f"Bài {SECRET}", html=f"<p>{SECRET}</p>"))
    if place != "draft":
        site.house.walk(entry_id, rid, to=place)
    unknown = without_request_id(site.get("/bai-viet/01930000-0000-7000-8000-00000000ffff"))
    assert unknown[0] == 404
    for folder in ("bai-viet", "van-ban", "muc"):
        assert without_request_id(site.get(f"/{folder}/{entry_id}")) == unknown
    for answer in faces(site):
        assert f"Bài {SECRET}" not in answer.text
        assert entry_id not in answer.text


def test_what_is_withdrawn_is_gone_at_once_and_comes_back_with_restore(site: Site) -> None:
    entry_id, rid = site.house.published(article(f"Bài {SECRET}"))
    tag = site.get(f"/bai-viet/{entry_id}").headers["etag"]
    op = site.house.command("unpublish", entry_id, ver=3, on_rid=rid, reason="Sai")
    assert site.house.outcome("truongban", op)[0] == "applied"
    assert site.get(f"/bai-viet/{entry_id}", headers={"If-None-Match": tag}).status == 404
    for answer in faces(site):
        assert entry_id not in answer.text
    assert site.house.outcome("truongban", site.house.command("restore", entry_id, ver=4))[0] == "applied"
    assert site.get(f"/bai-viet/{entry_id}").status == 200


def test_a_running_revision_stays_unread(site: Site) -> None:
    entry_id, rid = site.house.published(article("Bản công khai"))
    assert site.house.outcome("truongban", site.house.command("revise", entry_id, ver=3))[0] == "applied"
    op = site.house.put(entry_id, article(SECRET, section="tin-kinh-te"), base=rid)
    assert site.house.outcome("truongban", op)[0] == "applied"
    for answer in (*faces(site), site.get(f"/bai-viet/{entry_id}")):
        assert SECRET not in answer.text
    assert entry_id not in site.get("/chuyen-muc/tin-kinh-te").text


def test_every_stray_address_gives_the_same_page(site: Site) -> None:
    pages = [
        site.get(address)
        for address in ("/x", "/bai-viet/", "/bai-viet/a/b", "/chuyen-muc/x", "/_blob/x", "/static/main.py", "/index.php?a=1",
                        "/static/../server_stub/app.py", "/bai-viet/%00", "/tim-kiem?trang=0")
    ]  # fmt: skip
    check_html(pages[0].text)
    assert {page.status for page in pages} == {404}
    assert len({page.body for page in pages}) == 1
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}


def test_an_entry_has_one_address(shown: Shown) -> None:
    assert shown.site.get(f"/van-ban/{shown.law}").status == 200
    for folder in ("bai-viet", "muc"):
        assert shown.site.get(f"/{folder}/{shown.law}").status == 404


def test_blobs_are_those_of_live_publications(site: Site) -> None:
    site.keep(PNG)
    site.keep(PDF)
    content = article("Ảnh", html=f'<p><img alt="" src="/_blob/{digest(PNG)}"></p>')
    content["attachments"] = [attachment(PNG, "ảnh đẹp.png", "image"), attachment(PDF, 'a"b;\\c.pdf')]
    entry_id, rid = site.house.draft(content=content)
    assert site.get(f"/_blob/{digest(PNG)}").status == 404
    site.house.walk(entry_id, rid, to="published")
    picture, paper = site.get(f"/_blob/{digest(PNG)}"), site.get(f"/_blob/{digest(PDF)}")
    assert (picture.status, picture.body, picture.headers["content-type"]) == (200, PNG, "image/png")
    assert picture.headers["content-disposition"].startswith(
        "inline; filename=\"anh-dep.png\"; filename*=UTF-8''%E1%BA%A3nh"
    )
    assert (paper.headers["content-type"], paper.body) == ("application/pdf", PDF)
    assert (
        paper.headers["content-disposition"] == "attachment; filename=\"a-b-c.pdf\"; filename*=UTF-8''a%22b%3B%5Cc.pdf"
    )
    assert "sandbox" in paper.headers["content-security-policy"]
    op = site.house.command("unpublish", entry_id, ver=3, on_rid=rid, reason="Sai")
    assert site.house.outcome("truongban", op)[0] == "applied"
    again = site.get(f"/_blob/{digest(PNG)}", headers={"If-None-Match": picture.headers["etag"]})
    assert again.status == 404


def test_pages_carry_the_headers_that_keep_them_still(shown: Shown) -> None:
    for address in ("/", f"/bai-viet/{shown.story}", "/tim-kiem?q=a", "/x"):
        headers = shown.site.get(address).headers
        assert "script" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in headers


def test_a_page_is_sent_once_to_who_has_it(shown: Shown) -> None:
    address = f"/bai-viet/{shown.story}"
    first = shown.site.get(address)
    assert first.headers["cache-control"] == ASK_AGAIN
    assert first.headers["last-modified"].endswith("GMT")
    again = shown.site.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    shown.site.house.published(article("Mới nhất"))
    changed = shown.site.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status == 200
    assert changed.main == first.main


def test_the_sheet_is_kept_forever_under_its_own_mark_only(shown: Shown) -> None:
    link = re.search(r'href="(/static/site\.css\?v=[^"]+)"', shown.site.get("/").text)
    assert link is not None
    sheet = shown.site.get(link[1])
    assert (sheet.status, sheet.headers["cache-control"]) == (200, FOREVER)
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert ":root { --colour-accent: #a3262a;" in sheet.text
    assert shown.site.get("/static/site.css?v=other").headers["cache-control"] == ASK_AGAIN
    assert "url(" not in sheet.text


def test_a_head_request_is_answered(shown: Shown) -> None:
    assert shown.site.get("/", method="HEAD").status == 200


def test_pages_are_packed_for_who_takes_it(shown: Shown) -> None:
    packed = shown.site.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == shown.site.get("/").headers["etag"]


def test_a_kind_the_bundle_no_longer_has_keeps_its_entries_readable(site: Site) -> None:
    entry_id, _ = site.house.published(law())
    with site.house.database.session() as session:
        db = session.connection()
        document = dict(look(db, THEMES).catalog.document)
        document["kinds"] = {name: kind for name, kind in document["kinds"].items() if name != "legal-document"}
        live = find(db, entry_id)
        assert live is not None
        page = entry_page(View(db, parse_catalog(document), THEMES), live)
    check_html(page)
    assert "Quyết định ban hành Quy chế" in page
