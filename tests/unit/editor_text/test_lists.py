"""Enter, Tab and Shift+Tab in lists and quotations; numbers count on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.text.commands import Edited, Selection
from desktop.editor.text.lists import enter, moved, renumbered

CARET = "‸"


def at(marked: str) -> tuple[str, int]:
    return marked.replace(CARET, ""), marked.index(CARET)


def shown(edited: Edited) -> str:
    return edited.text[: edited.selection.end] + CARET + edited.text[edited.selection.end :]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. một‸\n2. hai\n3. ba", "1. một\n2. ‸\n3. hai\n4. ba"),
        ("1. một‸hai", "1. một\n2. ‸hai"),
        ("9. chín‸", "9. chín\n10. ‸"),
        ("1. một\n2. ‸\n3. ba", "1. một\n‸\n2. ba"),
        ("- a\n  1. b‸\n  2. c\n- d", "- a\n  1. b\n  2. ‸\n  3. c\n- d"),
        ("> - a‸", "> - a\n> - ‸"),
        ("> a‸", "> a\n> ‸"),
        ("1. một\n\n2. hai‸\n\n3. ba", "1. một\n\n2. hai\n3. ‸\n\n4. ba"),
    ],
)
def test_enter(before: str, after: str) -> None:
    edited = enter(*at(before))
    assert edited is not None
    assert shown(edited) == after


@pytest.mark.parametrize("marked", ["chữ‸", "‸- a", "1‸. a", "1986. Năm‸"])
def test_enter_is_only_a_new_line(marked: str) -> None:
    assert enter(*at(marked)) is None


@pytest.mark.parametrize(
    ("before", "deeper", "after"),
    [
        ("1. một\n2. hai‸\n3. ba", True, "1. một\n  1. hai‸\n2. ba"),
        ("1. một\n  1. hai‸\n2. ba", False, "1. một\n2. hai‸\n3. ba"),
        ("- a‸", False, "- a‸"),
        ("chữ‸", True, "chữ‸"),
    ],
)
def test_tab(before: str, deeper: bool, after: str) -> None:  # noqa: FBT001  a parameter
    text, caret = at(before)
    assert shown(moved(text, Selection(caret, caret), deeper=deeper)) == after


def test_all_that_is_selected_moves() -> None:
    edited = moved("- a\n- b\n- c", Selection(1, 7), deeper=True)
    assert edited == Edited("  - a\n  - b\n- c", Selection(3, 11))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3. a\n7. b", "3. a\n4. b"),
        ("1. a\nchữ\n\nĐoạn khác\n\n1. b", "1. a\nchữ\n\nĐoạn khác\n\n1. b"),
        ("1. a\n  tiếp theo\n5. b", "1. a\n  tiếp theo\n2. b"),
    ],
)
def test_numbers_of_a_list_count_on(text: str, numbers: str) -> None:
    assert renumbered(Edited(text, Selection(0, 0))).text == numbers


@given(st.text(alphabet="-1.9 >a\n*", max_size=40), st.data())
def test_any_text_keeps_its_words_and_its_caret(text: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(0, len(text)))
    for edited in (enter(text, caret), moved(text, Selection(caret, caret), deeper=True)):
        if edited is not None:
            assert edited.text.count("a") == text.count("a")
            assert 0 <= edited.selection.start <= edited.selection.end <= len(edited.text)
