"""How a line reads: its kind, where its text begins, what its signs are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text.highlight import (
    IN_TABLE,
    PLAIN,
    Picture,
    legal_label,
    picture_of,
    read_line,
    state_after,
)

LINK, NOTE = "[Cổng](https://a.vn)", "[^1]"


def seen(line: str, state: int = PLAIN) -> list[tuple[str, str]]:
    found = read_line(line, state).spans
    return [(line[span.start : span.start + span.length], span.role) for span in found if span.length]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## Một cửa ##", [("## Một cửa ##", "heading"), ("## ", "mark"), (" ##", "mark")]),
        ("#không", []),
        ("một **hai** ba", [("**hai**", "bold"), ("**", "mark"), ("**", "mark")]),
        ("*một*", [("*một*", "italic"), ("*", "mark"), ("*", "mark")]),
        ("__một__ và a_b_c", [("__một__", "bold"), ("__", "mark"), ("__", "mark")]),
        ("***x***", [("***x***", "bold"), ("***x***", "italic"), ("***", "mark"), ("***", "mark")]),
        ("2*3*4 và so_hieu_van_ban", []),
        ("a \\*b\\* c", [("\\", "mark"), ("\\", "mark")]),
        ("`**mã**` x", [("`**mã**`", "code"), ("`", "mark"), ("`", "mark")]),
        ("> trích", [("> trích", "quote"), ("> ", "mark")]),
        ("- gạch", [("- ", "mark")]),
        ("  12. số", [("  ", "mark"), ("12. ", "sign")]),
        ("1986. Năm", []),
        ("---", [("---", "mark")]),
        (f"xem {LINK}", [(LINK, "link"), ("[", "mark"), ("](https://a.vn)", "mark")]),
        ("<https://a.gov.vn>", [("<https://a.gov.vn>", "link"), ("<", "mark"), (">", "mark")]),
        (f"số liệu{NOTE}", [(NOTE, "link"), (NOTE, "above"), ("[^", "mark"), ("]", "mark")]),
        ("[^1]: chú", [("[^", "mark"), ("1", "link"), ("]:", "mark")]),
        ("H<sub>2</sub>O", [("<sub>2</sub>", "below"), ("<sub>", "mark"), ("</sub>", "mark")]),
        ("<so + tên>.vn", []),
        ('<td colspan="2">a</td>', [('<td colspan="2">', "html"), ("</td>", "html")]),
    ],
)
def test_line(line: str, expected: list[tuple[str, str]]) -> None:
    assert seen(line) == expected


def test_signs_within_signs() -> None:
    line = "**đậm *cả hai* đậm** [Cổng **x**](https://a.vn/*y*)"
    marks = [text for text, role in seen(line) if role == "mark"]
    assert sorted(marks) == sorted(["**", "**", "*", "*", "[", "](https://a.vn/*y*)", "**", "**"])


@pytest.mark.parametrize(
    ("line", "kind", "body"),
    [
        ("", "blank", 0),
        ("### Mục", "heading", 4),
        ("> - a", "item", 4),
        ("  1. a", "item", 5),
        ("    tiếp theo", "text", 4),
        ("| a | b |", "row", 0),
        ("* * *", "rule", 0),
        ("![ảnh](/_blob/ab)", "picture", 0),
        ("xem ![ảnh](/_blob/ab)", "text", 0),
    ],
)
def test_kind_and_where_the_text_begins(line: str, kind: str, body: int) -> None:
    found = read_line(line, PLAIN)
    assert (found.kind, found.body) == (kind, body)


def test_law_has_no_lists_and_no_rules() -> None:
    assert [read_line(line, PLAIN, "legal").kind for line in ("- a", "1. b", "---")] == ["text"] * 3
    assert ("1.", "label") in [
        ("1. b"[span.start : span.start + span.length], span.role) for span in read_line("1. b", PLAIN, "legal").spans
    ]


def test_a_picture_is_taken_apart() -> None:
    assert picture_of('![Lễ \\[x\\]](/_blob/ab "Ảnh: A")') == Picture("Lễ \\[x\\]", "/_blob/ab", "Ảnh: A")
    assert picture_of("chữ ![a](b)") is None


def test_a_table_in_html_reaches_over_lines() -> None:
    state = state_after('<table class="x">', PLAIN)
    assert state == IN_TABLE
    assert read_line("<tr>", state).kind == "html"
    assert seen("**giữa**", state) == []
    assert state_after("giữa", state) == IN_TABLE
    assert state_after("</table>", state) == PLAIN


@given(
    st.text(max_size=80) | st.text(alphabet='*_`[]()<>!\\| ab#-1.>^:"/', max_size=40),
    st.sampled_from([PLAIN, IN_TABLE]),
)
def test_any_line_is_read_and_every_span_lies_in_it(line: str, state: int) -> None:
    for dialect in ("prose", "legal"):
        for span in read_line(line, state, dialect).spans:
            assert 0 <= span.start <= span.start + span.length <= len(line)


@pytest.mark.parametrize(
    ("line", "label"),
    [("Điều 5. Phạm vi", "Điều 5."), ("  2. Hai", "2."), ("đ) năm", "đ)"), ("**Điều 5.** x", "Điều 5.")],
)
def test_labels_of_law(line: str, label: str) -> None:
    span = legal_label(line)
    assert span is not None
    assert line[span.start : span.start + span.length] == label
    assert span.role == "label"


def test_no_label_no_span() -> None:
    assert legal_label("Căn cứ Luật") is None
