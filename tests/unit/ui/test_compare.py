"""A comparison marks words only: the new page's tags stay as they are and the old page can be read back from it."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.presenters.compare import compared


def test_words_that_changed_are_struck_and_marked() -> None:
    before = "<p>Cập nhật ít nhất 01 lần trong ngày.</p>"
    after = "<p>Cập nhật ít nhất 02 lần trong mỗi ngày.</p>"
    assert compared(before, after) == (
        "<p>Cập nhật ít nhất <del>01</del> <ins>02</ins> lần trong <ins>mỗi </ins>ngày.</p>"
    )


def test_equal_pages_come_back_unchanged() -> None:
    page = "<h2>Điều 13</h2><p>1. <b>Cổng</b> &amp; báo.</p>"
    assert compared(page, page) == page


def test_a_removed_paragraph_stays_readable() -> None:
    assert compared("<p>Một.</p><p>Hai.</p>", "<p>Một.</p>") == "<p>Một.</p><del>Hai.</del>"


PIECES = st.lists(
    st.sampled_from(
        ["<p>Một hai</p>", "<p>ba <b>bốn</b> năm</p>", "<h2>Điều 5</h2>", "<ul><li>sáu</li><li>bảy tám</li></ul>"]
    ),
    max_size=6,
).map("".join)


@given(PIECES, PIECES)
def test_the_new_page_is_what_remains_without_the_struck_words(before: str, after: str) -> None:
    page = compared(before, after)
    without = re.sub(r"<del>.*?</del>(<br>| )?", "", page).replace("<ins>", "").replace("</ins>", "")
    assert without == after


@given(PIECES, PIECES)
def test_marks_never_cross_a_tag(before: str, after: str) -> None:
    page = compared(before, after)
    for mark in re.findall(r"<(?:ins|del)>(.*?)</(?:ins|del)>", page):
        assert "<" not in mark


@pytest.mark.parametrize("before", ["", "<p>a</p>" * 3, "<table><tr><td>1</td></tr></table>"])
def test_a_compared_page_parses_strictly(before: str) -> None:
    page = compared(before, "<p>a b</p><ul><li>c</li></ul>")
    html5lib.HTMLParser(strict=True).parseFragment(page)
