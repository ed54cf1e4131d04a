"""What differs between three contents, and answers to what was not asked: a person may choose otherwise than the machine."""

from hypothesis import given

from desktop.domain.conflict import ATTACHMENTS, LANG, Decision, Difference, Side
from desktop.domain.diff3 import Change
from desktop.domain.merge import differences, merge
from tests.support.triples import Triple, triples
from tests.unit.domain.test_merge import RICH, content

MINE, THEIRS = Decision(Side.MINE), Decision(Side.THEIRS)
FILE = {"sha256": "a" * 64, "role": "attachment", "name": "bieu.pdf"}
BASE = content({"title": "t", "number": "1", "body": "a\n\nb\n\nc", "tags": ["x"], "count": 1, "place": {"name": "p"}})
MY = content(
    {"title": "t", "number": "2", "body": "a1\n\nb\n\nc", "tags": ["x", "y"], "count": 1, "place": {"name": "q"}}, FILE
)
THEIR = content(
    {"title": "t", "number": "1", "body": "a\n\nb\n\nc2", "tags": [], "count": 1, "place": {"name": "r"}}, lang="en"
)


def by_pointer() -> dict[str, Difference]:
    return {found.pointer: found for found in differences(RICH, BASE, mine=MY, theirs=THEIR)}


def test_every_difference_says_who_made_it() -> None:
    assert {pointer: found.change for pointer, found in by_pointer().items()} == {
        "/number": Change.MINE,
        "/body": Change.CONFLICT,  # both changed the field; its hunks say where
        "/tags/x": Change.THEIRS,
        "/tags/y": Change.MINE,
        "/place/name": Change.CONFLICT,
        f"{ATTACHMENTS}/{'a' * 64}:attachment": Change.MINE,
        LANG: Change.THEIRS,
    }


def test_texts_come_with_their_paragraphs() -> None:
    hunks = by_pointer()["/body"].hunks
    assert [hunk.change for hunk in hunks if hunk.change is not Change.NONE] == [Change.MINE, Change.THEIRS]
    assert "".join(hunk.mine for hunk in hunks) == "a1\n\nb\n\nc"
    assert by_pointer()["/place/name"].hunks == ()


def test_what_nobody_touched_is_no_difference() -> None:
    assert differences(RICH, BASE, mine=BASE, theirs=BASE) == ()
    assert [found.pointer for found in differences(RICH, BASE, mine=MY, theirs=MY)] == [
        "/number", "/body", "/tags/y", "/place/name", f"{ATTACHMENTS}/{'a' * 64}:attachment",
    ]  # fmt: skip
    assert {found.change for found in differences(RICH, BASE, mine=MY, theirs=MY)} == {Change.BOTH}


def test_all_that_is_asked_is_among_the_differences() -> None:
    asked = {conflict.pointer for conflict in merge(RICH, BASE, mine=MY, theirs=THEIR).conflicts}
    assert asked == {"/place/name"}
    assert asked <= set(by_pointer())


def test_an_answer_stands_also_where_nothing_was_asked() -> None:
    answers = {
        "/number": THEIRS,
        "/body#0": THEIRS,
        "/tags/x": MINE,
        "/place/name": Decision(Side.EDITED, "s"),
        LANG: MINE,
        f"{ATTACHMENTS}/{'a' * 64}:attachment": THEIRS,
    }
    found = merge(RICH, BASE, mine=MY, theirs=THEIR, decisions=answers)
    assert found.clean
    assert found.fields == {
        "title": "t", "number": "1", "body": "a\n\nb\n\nc2", "tags": ["x", "y"], "count": 1, "place": {"name": "s"},
    }  # fmt: skip
    assert (found.lang, found.attachments) == ("vi", ())


def test_one_sided_changes_may_be_turned_down() -> None:
    assert merge(RICH, BASE, mine=MY, theirs=BASE, decisions={"/number": THEIRS}).fields["number"] == "1"
    assert merge(RICH, BASE, mine=BASE, theirs=THEIR, decisions={LANG: MINE}).lang == "vi"
    whole = merge(RICH, BASE, mine=MY, theirs=BASE, decisions={"/tags": THEIRS})
    assert whole.fields["tags"] == ["x"]


@given(triples())
def test_taking_one_side_everywhere_is_that_side(triple: Triple) -> None:
    base, mine, theirs = (content({"body": "\n\n".join(side)}) for side in (triple.base, triple.mine, triple.theirs))
    told = differences(RICH, base, mine=mine, theirs=theirs)
    for side, answer in ((mine, MINE), (theirs, THEIRS)):
        found = merge(RICH, base, mine=mine, theirs=theirs, decisions={item.pointer: answer for item in told})
        assert found.clean
        assert (found.fields.get("body") or "") == side.fields["body"]


def test_a_protected_text_that_one_side_wrote_may_be_turned_down_or_written_anew_by_place() -> None:
    before, after = content({"number": "1", "title": "t"}), content({"number": "1", "title": "t2"})
    other = content({"number": "1", "title": "t", "count": 3})
    for answer, title in ((MINE, "t"), (THEIRS, "t2"), (Decision(Side.EDITED, "t3"), "t3")):
        made = merge(RICH, before, mine=other, theirs=after, decisions={"/title#0": answer})
        assert (made.clean, made.fields["title"], made.fields["count"]) == (True, title, 3)


def test_a_place_written_by_hand_stays_a_paragraph_of_its_own() -> None:
    sides = [content({"body": f"a\n\n{middle}\n\nc"}) for middle in ("b", "b1", "b2")]
    made = merge(
        RICH, sides[0], mine=sides[1], theirs=sides[2], decisions={"/body#1": Decision(Side.EDITED, "b3\n\nb4")}
    )
    assert made.fields["body"] == "a\n\nb3\n\nb4\n\nc"
