"""Stored text and the account of what changed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.editor.text.normalise import count_marks, normalise


def test_line_ends_and_unwanted_characters() -> None:
    done = normalise("một\r\nhai\rba\x00\ufffe\ud800\ufeff\x07bốn\x85năm")
    assert done.text == "một\nhai\nbabốn\nnăm"
    assert done.removed == {"U+0000": 1, "U+0007": 1, "U+D800": 1, "U+FEFF": 1, "U+FFFE": 1}


def test_marks_become_letters_and_strays_are_counted() -> None:
    done = normalise(unicodedata.normalize("NFD", "Tiếng Việt") + "z\u0323\u0308")
    assert done.text.startswith("Tiếng Việt")
    assert (done.composed, done.combining) == (5, 1)


def test_stored_text_comes_back_as_it_is() -> None:
    done = normalise("Điều 1.\tPhạm vi\n")
    assert (done.text, done.removed, done.composed, done.combining) == ("Điều 1.\tPhạm vi\n", {}, 0, 0)


@given(st.text())
def test_normalising_again_changes_nothing(text: str) -> None:
    done = normalise(text)
    assert normalise(done.text).text == done.text
    assert normalise(done.text).removed == {}
    assert done.combining == count_marks(done.text)


def test_the_regulations_hold_no_loose_marks() -> None:
    done = [normalise(path.read_text(encoding="utf-8")) for path in sorted(resources.path("texts").glob("*.txt"))]
    assert [item.combining for item in done] == [0] * 5
    assert [item.composed for item in done] == [93, 0, 4, 55, 0]
