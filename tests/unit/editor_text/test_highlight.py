"""Which parts of a line get which look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text.highlight import IN_TABLE, PLAIN, legal_label, spans


def seen(line: str, state: int = PLAIN) -> list[tuple[str, str]]:
    return [(line[span.start : span.start + span.length], span.role) for span in spans(line, state)[0]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## Một cửa", [("## Một cửa", "heading"), ("##", "mark")]),
        ("#không", []),
        ("một **hai** ba", [("**hai**", "bold"), ("**", "mark"), ("**", "mark")]),
        ("*một*", [("*một*", "italic"), ("*", "mark"), ("*", "mark")]),
        ("***x***", [("***x***", "bold"), ("***x***", "italic"), ("***", "mark"), ("***", "mark")]),
        ("2*3*4 và so_hieu_van_ban", []),
        ("`**mã**` x", [("`**mã**`", "code")]),
        ("> trích", [("> trích", "quote"), (">", "mark")]),
        ("- gạch", [("-", "list")]),
        ("12. số", [("12.", "list")]),
        ("1986. Năm", []),
        ("| a | b |", [("| a | b |", "table")]),
        ("xem [Cổng](https://a.vn)", [("[Cổng](https://a.vn)", "link"), ("](https://a.vn)", "mark")]),
        ("<https://a.gov.vn>", [("<https://a.gov.vn>", "link")]),
        ("số liệu[^1]", [("[^1]", "link")]),
        ("<so + tên>.vn", []),
        ('<td colspan="2">a</td>', [('<td colspan="2">', "html"), ("</td>", "html")]),
    ],
)
def test_line(line: str, expected: list[tuple[str, str]]) -> None:
    assert seen(line) == expected


def test_a_table_in_html_reaches_over_lines() -> None:
    _, state = spans('<table class="x">', PLAIN)
    assert state == IN_TABLE
    assert ("<tr>", "html") in seen("<tr>", state)
    assert spans("giữa", state)[1] == IN_TABLE
    assert spans("</table>", state)[1] == PLAIN


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


@given(st.text(max_size=80), st.sampled_from([PLAIN, IN_TABLE]))
def test_spans_lie_within_the_line(line: str, state: int) -> None:
    found, after = spans(line, state)
    assert after in {PLAIN, IN_TABLE}
    assert all(span.start >= 0 and span.start + span.length <= len(line) for span in found)
