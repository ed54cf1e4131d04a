"""Quotation marks, dashes and units as they are printed, and what must stay as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text.typography import typed, typeset


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('Ông nói: "Chào" ("thân ái")', "Ông nói: “Chào” (“thân ái”)"),
        ('**"đậm"**', "**“đậm”**"),
        ("dài 10 km, rộng 5 ha", "dài 10\u00a0km, rộng 5\u00a0ha"),
        ("5 triệu đồng, 3 metro", "5\u00a0triệu đồng, 3 metro"),
        ("Nam - Bắc -- Trung", "Nam – Bắc – Trung"),
        ("- mục - hai", "- mục – hai"),
    ],
)
def test_typeset(text: str, made: str) -> None:
    assert typeset(text) == made


@pytest.mark.parametrize(
    "text",
    [
        '`"mã" - 1`',
        '<td class="giua">a</td>',
        '[a](https://a.vn "b")',
        "<https://a--b.vn>",
        "---",
        "| a | - |\n|---|---|",
        '<table class="x">\n"trong"\n</table>',
        "17/2011/QĐ-UBND",
        "2-3",
    ],
)
def test_what_stays(text: str) -> None:
    assert typeset(text) == text


@given(st.text(alphabet='" -a1km.|`<>\n', max_size=40))
def test_twice_is_once(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


@pytest.mark.parametrize(
    ("before", "sign", "becomes"),
    [
        ("", '"', "“"),
        ("nói: ", '"', "“"),
        ("nói", '"', "”"),
        ("Nam -", " ", "– "),
        ("Nam --", " ", "– "),
        ("-", " ", None),
        ("Nam-", " ", None),
        ("| -", " ", None),
        ("`", '"', None),
        ("<td class=", '"', None),
        ("[a](b ", '"', None),
        ("chữ", " ", None),
    ],
)
def test_typed(before: str, sign: str, becomes: str | None) -> None:
    assert typed(before, sign) == becomes
