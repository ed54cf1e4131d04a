"""What a reader sees: every page is sound HTML, names its language, and shows what it should."""

import itertools
import re

import html5lib
import pytest

from tests.contract.site.asking import Answer, check_html
from tests.contract.site.conftest import Shown, Site, law
from tests.unit.server_stub.house import CULTURE, article

QUERIES = ("", "le hoi", "khongcogi", '"><script>alert(1)</script>', "\x01\ud83d\udc1a\u200b", "%", "a" * 3000)


def every_page(shown: Shown) -> dict[str, Answer]:
    addresses = [
        "/", f"/chuyen-muc/{CULTURE}", f"/chuyen-muc/{CULTURE}?trang=2", "/chuyen-muc/van-ban-quy-pham",
        "/chuyen-muc/tin-kinh-te", f"/bai-viet/{shown.story}", f"/bai-viet/{shown.english}", f"/van-ban/{shown.law}",
        "/tim-kiem", "/khong-co", *(f"/tim-kiem?q={query.encode('utf-8', 'replace').decode()}" for query in QUERIES),
    ]  # fmt: skip
    return {address: shown.site.get(address) for address in addresses}


def test_every_page_is_html_without_a_parse_error(shown: Shown) -> None:
    for answer in every_page(shown).values():
        check_html(answer.text)


def test_a_site_without_anything_is_sound_too(site: Site) -> None:
    for address in ("/", f"/chuyen-muc/{CULTURE}", "/tim-kiem?q=a"):
        answer = site.get(address)
        assert answer.status == 200
        check_html(answer.text)
    assert "chưa đăng tin bài nào" in site.get("/").text


def test_every_page_has_landmarks_one_h1_headings_in_order_and_ids_once(shown: Shown) -> None:
    for address, answer in every_page(shown).items():
        tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
        levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch("h[1-6]", e.tag)]
        assert levels.count(1) == 1, address
        if f"/van-ban/{shown.law}" != address:  # a law's own levels are its approved text
            assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
                address,
                levels,
            )
        for landmark in ("header", "nav", "main", "footer"):
            assert tree.find(f".//{landmark}") is not None, address
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), address
        targets = re.findall(r'(?:aria-labelledby|for)="([^"]+)"|href="#([^"]+)"', answer.text)
        assert {a or b for a, b in targets} <= set(ids), address
        assert '<a class="bo-qua" href="#noi_dung">' in answer.text


def test_no_page_runs_or_loads_anything_foreign(shown: Shown) -> None:
    for address, answer in every_page(shown).items():
        assert not re.search(r"<script|<iframe|\son[a-z]+=|\sstyle=|javascript:", answer.text), address
        assert not re.search(r'(?:src|rel="stylesheet" href)="(?!/)', answer.text), address


def test_every_link_of_the_site_leads_somewhere(shown: Shown) -> None:
    links = {
        link for answer in every_page(shown).values() for link in re.findall(r'(?:href|src)="(/[^"]*)"', answer.text)
    }
    assert len(links) > 40
    for link in links:
        assert shown.site.get(link.replace("&amp;", "&")).status == 200, link


def test_a_page_speaks_the_language_of_its_entry(shown: Shown) -> None:
    english = shown.site.get(f"/bai-viet/{shown.english}").text
    assert '<html lang="en">' in english
    assert "Vietnamese version" in english
    assert f'href="/bai-viet/{shown.story}" hreflang="vi"' in english
    vietnamese = shown.site.get(f"/bai-viet/{shown.story}").text
    assert '<html lang="vi">' in vietnamese
    assert "Bản tiếng Anh" in vietnamese
    assert f'<a href="/bai-viet/{shown.english}" lang="en">Boat races</a>' in shown.site.get("/").text


def test_home_puts_urgent_notices_first_and_lists_documents_in_a_table(shown: Shown) -> None:
    main = shown.site.get("/").main
    assert main.index("Xả lũ lúc 14 giờ") < main.index("đua ghe") < main.index("Tin số 29")
    assert main.index('<table class="bang-van-ban">') < main.index("17/2011/QĐ-UBND")
    assert "06/06/2011" in main
    assert 'src="/_blob/' in main


def test_an_urgent_notice_leaves_the_top_when_enough_followed(site: Site) -> None:
    site.house.published(article("Thông báo khẩn cũ", urgent=True))
    assert "khan_ten" in site.get("/").text
    for number in range(40):
        site.house.published(article(f"Tin {number}"))
    assert "khan_ten" not in site.get("/").text


def test_text_of_people_is_never_markup(shown: Shown) -> None:
    home = shown.site.get("/").text
    assert "Lễ hội &#34;đua ghe&#34; &amp; &lt;chợ nổi&gt;" in home
    assert "Tóm tắt &lt;b&gt;&amp;amp;" in home


def test_the_navigation_marks_where_one_is(shown: Shown) -> None:
    section = shown.site.get(f"/chuyen-muc/{CULTURE}").text
    assert f'<a href="/chuyen-muc/{CULTURE}" aria-current="page">' in section
    entry = shown.site.get(f"/bai-viet/{shown.story}").text
    assert f'<a href="/chuyen-muc/{CULTURE}" aria-current="true">' in entry


def test_a_section_is_read_page_by_page_to_its_end(shown: Shown) -> None:
    seen: list[str] = []
    address: str | None = f"/chuyen-muc/{CULTURE}"
    while address is not None:
        text = shown.site.get(address).text
        seen += re.findall(r'<h2><a href="/bai-viet/([^"]+)"', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = following[1] if following else None
    assert len(seen) == len(set(seen)) == 33
    assert seen[0] == shown.urgent


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "1.0", "٣", "999999", "1&trang=zz"])
def test_a_page_that_is_not_there_is_not_found(shown: Shown, number: str) -> None:
    assert shown.site.get(f"/chuyen-muc/{CULTURE}?trang={number}").status == 404


def test_neighbours_in_the_section_are_linked(site: Site) -> None:
    first, _ = site.house.published(article("Thứ nhất"))
    second, _ = site.house.published(article("Thứ hai"))
    site.house.published(law())
    third, _ = site.house.published(article("Thứ ba"))
    text = site.get(f"/bai-viet/{second}").text
    assert f'rel="prev" href="/bai-viet/{first}"' in text
    assert f'rel="next" class="sau" href="/bai-viet/{third}"' in text


def test_a_correction_says_both_dates(site: Site) -> None:
    entry_id, rid = site.house.published(article("Bản một"))
    site.house.later(days=2)
    assert site.house.outcome("truongban", site.house.command("revise", entry_id, ver=3))[0] == "applied"
    op = site.house.put(entry_id, article("Bản hai"), base=rid)
    assert site.house.outcome("truongban", op)[0] == "applied"
    before = site.get(f"/bai-viet/{entry_id}").text
    assert "Bản một" in before
    assert "Bản hai" not in before
    assert "Cập nhật" not in before
    site.house.walk(entry_id, op["rid"], to="published", ver=4, by="truongban")
    after = site.get(f"/bai-viet/{entry_id}").text
    assert "Bản hai" in after
    assert re.search(r"Đăng <time[^>]*>22/11/2026 .*Cập nhật <time[^>]*>24/11/2026 ", after)


def test_search_finds_with_and_without_marks_and_shows_where(shown: Shown) -> None:
    for query in ("đua ghe", "dua ghe", "ĐUA  GHE"):
        text = shown.site.get(f"/tim-kiem?q={query}").main
        assert f"/bai-viet/{shown.story}" in text
        assert "<mark>đua</mark> <mark>ghe</mark>" in text
    assert f"/van-ban/{shown.law}" in shown.site.get("/tim-kiem?q=17/2011/QD-UBND").main
    assert "Không tìm thấy" in shown.site.get("/tim-kiem?q=du ghe").main


def test_search_gives_all_results_page_by_page(shown: Shown) -> None:
    assert "30 kết quả" in shown.site.get("/tim-kiem?q=tin so").main
    hits = [re.findall(r"<h2>", shown.site.get(f"/tim-kiem?q=tin so&trang={number}").main) for number in (1, 2, 3)]
    assert [len(page) for page in hits] == [10, 10, 10]
    assert shown.site.get("/tim-kiem?q=tin so&trang=4").status == 404


def test_what_is_named_in_the_title_comes_before_what_only_mentions_it(site: Site) -> None:
    named, _ = site.house.published(article("Bảo tàng tỉnh"))
    mentioned, _ = site.house.published(
        article("Tin khác", summary="x " * 150, body="Thăm bảo tàng tỉnh.", html="<p>Thăm.</p>")
    )
    found = re.findall(r'<h2><a href="/bai-viet/([^"]+)"', site.get("/tim-kiem?q=bao tang tinh").main)
    assert found == [named, mentioned]


def test_a_section_leads_to_those_below_it_and_back(shown: Shown) -> None:
    above = shown.site.get("/chuyen-muc/cong-khai").text
    assert re.findall(r'<li><a href="/chuyen-muc/([a-z-]+)">', above[above.index("muc-con") :]) == [
        "quy-hoach", "chien-luoc", "du-an", "thong-ke",
    ]  # fmt: skip
    below = shown.site.get("/chuyen-muc/quy-hoach").text
    way = below[below.index("khung duong") : below.index("<main")]
    assert 'href="/chuyen-muc/cong-khai"' in way
    nav = below[below.index("cong-muc") : below.index("</header>")]
    assert 'href="/chuyen-muc/cong-khai" aria-current' in nav
    assert "/chuyen-muc/quy-hoach" not in nav
