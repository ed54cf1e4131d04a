"""Editing commands: what they make of a text and a selection, and that twice is as before."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text import commands
from desktop.editor.text.commands import Edited, Selection

Command = Callable[[str, Selection], Edited]


def marked(text: str) -> tuple[str, Selection]:
    """`a‹b›c` → text and selection; a lone `‹` is a caret."""
    start = text.index("‹")
    text = text.replace("‹", "", 1)
    end = text.find("›")
    return text.replace("›", "", 1), Selection(start, end if end >= 0 else start)


def shown(edited: Edited) -> str:
    start, end = edited.selection.start, edited.selection.end
    inner = f"‹{edited.text[start:end]}›" if end > start else "‹"
    return edited.text[:start] + inner + edited.text[end:]


HEADING_2 = partial(commands.heading, level=2)
HEADING_3 = partial(commands.heading, level=3)


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        (commands.bold, "mở ‹Trung tâm› mới", "mở **‹Trung tâm›** mới"),
        (commands.bold, "mở ‹Trung tâm ›mới", "mở **‹Trung tâm›** mới"),
        (commands.bold, "mở Tr‹ung", "mở **‹Trung›**"),
        (commands.bold, "‹", "**‹**"),
        (commands.bold, "**‹đậm›**", "‹đậm›"),
        (commands.bold, "‹**đậm**›", "‹đậm›"),
        (commands.bold, "*‹x›*", "***‹x›***"),
        (commands.bold, "***‹x›***", "*‹x›*"),
        (commands.italic, "‹x›", "*‹x›*"),
        (commands.italic, "**‹x›**", "***‹x›***"),
        (commands.italic, "***‹x›***", "**‹x›**"),
        (commands.italic, "*‹x›*", "‹x›"),
        (HEADING_2, "Một c‹ửa\nhai", "## Một c‹ửa\nhai"),
        (HEADING_2, "## Một c‹ửa", "Một c‹ửa"),
        (HEADING_3, "## Một c‹ửa", "### Một c‹ửa"),
        (HEADING_2, "‹", "## ‹"),
        (commands.bullet_list, "‹một\nhai›\nba", "‹- một\n- hai›\nba"),
        (commands.bullet_list, "‹- một\n- hai›", "‹một\nhai›"),
        (commands.bullet_list, "‹1. một\n\n2. hai›", "‹- một\n\n- hai›"),
        (commands.bullet_list, "‹  - một\nhai›", "‹  - một\n- hai›"),
        (commands.bullet_list, "‹một\n›hai", "- ‹một›\nhai"),
        (commands.numbered_list, "‹một\n\nhai\nba›", "‹1. một\n\n2. hai\n3. ba›"),
        (commands.numbered_list, "‹1. một\n2. hai›", "‹một\nhai›"),
        (commands.numbered_list, "‹- một\n- hai›", "‹1. một\n2. hai›"),
        (commands.quote, "‹một\n\nhai›", "‹> một\n>\n> hai›"),
        (commands.quote, "‹> một\n>\n> hai›", "‹một\n\nhai›"),
        (commands.link, "xem ‹Cổng› nhé", "xem [Cổng](‹) nhé"),
        (commands.link, "‹https://a.gov.vn›", "[‹](https://a.gov.vn)"),
        (commands.link, "‹", "[‹]()"),
        (partial(commands.link, address="https://a.vn/b (c)"), "‹Cổng›", "[Cổng](https://a.vn/b%20%28c%29)‹"),
    ],
)
def test_command(command: Command, before: str, after: str) -> None:
    assert shown(command(*marked(before))) == after


def test_a_table_stands_in_a_block_of_its_own() -> None:
    edited = commands.table(*marked("Trước‹ đây\nSau"), columns=2, rows=1)
    assert edited.text == "Trước đây\n\n|   |   |\n|---|---|\n|   |   |\n\nSau"
    assert edited.text[edited.selection.start - 2 : edited.selection.start] == "| "
    assert commands.table("", Selection(0, 0), columns=3, rows=2).text.count("\n") == 4


TEXTS = st.text(alphabet=st.sampled_from("ab đ\n"), max_size=30)


@pytest.mark.parametrize(
    "command", [commands.bold, commands.italic, HEADING_2, commands.bullet_list, commands.numbered_list, commands.quote]
)
@given(text=TEXTS, ends=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_nothing_but_signs_comes_or_goes(command: Command, text: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(end, len(text)) for end in ends)
    edited = command(text, Selection(start, end))
    again = command(edited.text, edited.selection)
    assert [char for char in edited.text if char in "abđ"] == [char for char in text if char in "abđ"]
    assert [char for char in again.text if char in "abđ"] == [char for char in text if char in "abđ"]
    for done in (edited, again):
        assert 0 <= done.selection.start <= done.selection.end <= len(done.text)


@pytest.mark.parametrize("command", [commands.bold, commands.italic])
@given(
    text=st.text(alphabet=st.sampled_from("ab đ"), max_size=20), ends=st.tuples(st.integers(0, 20), st.integers(0, 20))
)
def test_emphasis_twice_is_as_before(command: Command, text: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(end, len(text)) for end in ends)
    if text[start:end].strip():
        edited = command(text, Selection(start, end))
        assert command(edited.text, edited.selection).text == text


def test_an_address_pasted_over_words_is_a_link() -> None:
    made = commands.paste_address("xem Cổng nhé", Selection(4, 8), address="https://a.vn/x(1)")
    assert made is not None
    assert made.text == "xem [Cổng](https://a.vn/x%281%29) nhé"


@pytest.mark.parametrize(
    ("text", "selection", "address"),
    [
        ("xem Cổng", Selection(4, 4), "https://a.vn"),
        ("xem Cổng", Selection(4, 8), "chữ thường"),
        ("https://b.vn", Selection(0, 12), "https://a.vn"),
        ("một\nhai", Selection(0, 7), "https://a.vn"),
    ],
)
def test_otherwise_it_is_pasted_as_it_is(text: str, selection: Selection, address: str) -> None:
    assert commands.paste_address(text, selection, address=address) is None


def test_footnotes_are_numbered_on_and_stand_at_the_end() -> None:
    first = commands.footnote("Một câu.\n\nHai.\n", Selection(7, 7))
    assert first.text == "Một câu[^1].\n\nHai.\n\n[^1]: \n"
    assert first.selection.start == len(first.text) - 1
    second = commands.footnote(first.text, Selection(18, 18))
    assert second.text.endswith("\n[^1]: \n[^2]: \n")


def test_within_a_link_its_address_is_selected() -> None:
    text = "một\nxem [Cổng **tỉnh**](https://a.vn) và [x](y)"
    for words in ("tỉnh", "a.vn"):
        at = text.index(words) + 1
        made = commands.link(text, Selection(at, at))
        assert made.text == text
        assert text[made.selection.start : made.selection.end] == "https://a.vn"
    outside = commands.link(text, Selection(6, 6))
    assert outside.text.count("[") == 3
