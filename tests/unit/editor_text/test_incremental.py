"""What is rendered part by part while it is written is, byte for byte, what the whole text renders to."""

from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import resources
from desktop.domain.text import tidy_text
from desktop.editor.text.html_text import contents
from desktop.editor.text.incremental import LiveRenderer
from desktop.editor.text.normalise import normalise
from desktop.editor.text.render import MarkdownRenderer

Dialect = Literal["prose", "legal"]
DIALECTS: tuple[Dialect, ...] = ("prose", "legal")
REAL = [
    normalise(path.read_text(encoding="utf-8")).text for path in sorted(resources.path("texts").glob("*.txt"))
]  # as the app imports them
# Everything that has to do with its neighbours, above all what was begun and never ended.
HOSTILE = (
    "", " ", "\t", "\xa0", "    ", "\x00", "\r", "\r\n", "\x0b", "\u0301", "\u0338", "\ue0fe\ue0ff",
    "- a", "* a", "+ a", "1. a", "12. a", "  - b", "    - c", "\t1. d", "        - e", "1986. a", "a\n- b\n\n- c\n\n\n- d",
    "> a", ">> b", "> - a\n>   b", "> 1. a", "lười",
    "```", "```py\na\n\nb", "~~~", "``", "`", "    mã",
    "[a]", "[a][b]", "[b]: https://e.vn", "[a](https://e.vn", "![a](/_blob/" + "0" * 64 + ' "tên")', "<https://e.vn>",
    "[^1]", "[^1]: chú thích", "[^2]: hai\n\n    tiếp", "x[^1]y[^2][^1]", "    tiếp nữa", "[^]: rỗng", "- [^1]", "> [^2]: a",
    "///Footnotes Go Here///", "*[HTML]: a", "HTML",
    "a\n===", "a\n---", "---", "***", "* * *", "# A", "## A #", "#### A", "###### A", "#A", "# fn1", "## Điều 1", "# 1. A",
    "<div>", "</div>", "<div>a</div>", "<div>\n\na\n\n</div>", "<div>a</div> \xa0", "</div>&#13;", "<table><tr><td>a", "</td></tr>",
    "<table><tr><td>a</td></tr></table>", "<table>a<tr><td>b</td></tr></table>", "<p>a", "</p>", "<pre>", "</pre>",
    "<pre>\n\n\na</pre>", "<ul><li>a", "</li></ul>", '<h2 id="a">a</h2>', '<h2 id="dieu-1">a</h2>', "<blockquote>",
    "<b>a", "</b>", "<i>b</b>", "<a href='https://e.vn'>", "</a>", "<font>", "</font>", "<center>", "</center>", "<font>a</font>",
    "<nobr>", "<tt>", "<h1>a</h1>", "<h5>", "<br>", "<!--", "-->", "<script>", "</script>", "<so + tên>", "<", ">", "&", "&amp", "&lt;b>",
    "| a | b |\n|---|:-:|\n| c | d |", "| a", "|---|---|", "a|b\n-|-\nc|d", "|",
    "*a", "a*", "**a", "__a__", "_a_", "***a**", "\\*", "\\", "**a\n\nb**", "=", ":", "~", "^",
    "Điều 1. Phạm vi", "Điều 1", "Điều 1. a;", "Điều 2. b", "**Điều 3.** c", "## Điều 4. d", "Điều 5, E", "Điều 1. | a", "Điều 1. <b>",
    "Chương I", "CHƯƠNG II\nQUY ĐỊNH", "Mục 1\nTÊN", "Phần thứ nhất", "QUY CHẾ\nTÊN", "(Ban hành kèm theo", "Phụ lục 1", "PHỤ LỤC",
    "1. Khoản", "1.1. a", "a) điểm", "đ) điểm", "Căn cứ Luật", "TIÊU ĐỀ", "- gạch",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\n\n\n", "\n \n", "\n\t\n", "\n\xa0\n", " ", "", "\n\nA\n\n", "\nĐiều 7. A\n", "\nĐiều 1. B\n")


def hostile_text() -> st.SearchStrategy[str]:
    piece = st.tuples(st.sampled_from(HOSTILE), st.sampled_from(BREAKS)).map("".join)
    return st.lists(piece, max_size=14).map("".join)


def real_text() -> st.SearchStrategy[str]:
    """A stretch of a regulation, cut anywhere."""

    def stretch(text: str, start: int, length: int) -> str:
        return text[start % len(text) :][:length]

    return st.builds(stretch, st.sampled_from(REAL), st.integers(0, 40_000), st.integers(0, 1_500))


class Edits:
    """A text, and what is done to it: (place, how much goes, what comes), places as shares of its length.

    What comes may be a stretch of a regulation, as a paste brings it.
    """

    strategy = st.lists(
        st.tuples(
            st.integers(0, 1_000),
            st.integers(0, 30),
            st.one_of(
                st.sampled_from(HOSTILE), st.sampled_from(BREAKS), hostile_text(), real_text(), st.text(max_size=3)
            ),
        ),
        max_size=6,
    )

    @staticmethod
    def carry_out(text: str, edits: list[tuple[int, int, str]]) -> list[str]:
        states = [text]
        for share, gone, come in edits:
            at = share * len(text) // 1_000
            text = text[:at] + come + text[at + gone :]
            states.append(text)
        return [*states, *states[-2::-1]]  # and all of it undone


def holds(dialect: Dialect, states: list[str]) -> None:
    live, oracle = LiveRenderer(dialect), MarkdownRenderer()
    for text in states:
        rendered = live.render(text)
        whole = oracle.render(text, dialect)
        assert rendered.html == whole, repr(text)
        assert rendered.headings == contents(whole)
        assert sum(piece.lines for piece in rendered.pieces) == tidy_text(text).count("\n") + 1


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=hostile_text(), edits=Edits.strategy)
@example(text="# A\n\n[^1]\n\n# A\n\n[^1]: # A\n\n# A", edits=[(0, 0, "# A\n\n")])
@example(text="<b>a\n\nb", edits=[(900, 0, "</b>")])
@example(text="<font>a\n\n<p>b</font>c", edits=[])
@example(text="<div>a</div>&#13;\n\na", edits=[])
@example(text="<div></div>&#13;\n", edits=[])
@example(text="- a\n\n[^1]: b\n- c\n", edits=[])
@example(text="   \nA", edits=[])
@example(text="Điều 1. A\n\nQUY CHẾ\n\nA\n\nB\n\nC\n\nD\n\nE\nĐiều 1. B", edits=[(0, 0, "Điều 1. A\n")])
def test_any_edits_of_hostile_markdown(dialect: Dialect, text: str, edits: list[tuple[int, int, str]]) -> None:
    holds(dialect, Edits.carry_out(text, edits))


@pytest.mark.parametrize("dialect", DIALECTS)
@given(
    text=st.lists(st.one_of(real_text(), real_text(), hostile_text()), min_size=1, max_size=3).map("".join),
    edits=Edits.strategy,
)
def test_any_edits_of_a_regulation_with_hostile_markdown_in_it(
    dialect: Dialect, text: str, edits: list[tuple[int, int, str]]
) -> None:
    holds(dialect, Edits.carry_out(text, edits))
