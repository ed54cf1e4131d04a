"""Three texts, paragraph by paragraph: what a merge may never do, and `git merge-file` as the judge of what it does."""

import random
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.diff3 import Change, Hunk, compare
from desktop.domain.paragraphs import joined, split
from tests.support.triples import Triple, triples

DIALECTS = st.sampled_from(["prose", "legal"])
GAPS = {"prose": "\n\n", "legal": "\n"}


def hunks(triple: Triple, dialect: str = "prose") -> tuple[Hunk, ...]:
    base, mine, theirs = (GAPS[dialect].join(side) for side in (triple.base, triple.mine, triple.theirs))
    return compare(base, mine, theirs=theirs, dialect=dialect)


def merged(found: Sequence[Hunk], dialect: str = "prose") -> list[str]:
    return list(split(joined((hunk.merged for hunk in found), dialect), dialect).keys)


def clean(found: Sequence[Hunk]) -> bool:
    return all(hunk.change is not Change.CONFLICT for hunk in found)


@given(triples(), DIALECTS)
def test_the_hunks_are_the_three_texts(triple: Triple, dialect: str) -> None:
    found = hunks(triple, dialect)
    gap = GAPS[dialect]
    assert "".join(hunk.base for hunk in found) == gap.join(triple.base)
    assert "".join(hunk.mine for hunk in found) == gap.join(triple.mine)
    assert "".join(hunk.theirs for hunk in found) == gap.join(triple.theirs)


@given(triples(), DIALECTS)
def test_one_sides_changes_are_all_taken(triple: Triple, dialect: str) -> None:
    for mine, theirs, wanted in (
        (triple.base, triple.theirs, triple.theirs),
        (triple.mine, triple.base, triple.mine),
        (triple.mine, triple.mine, triple.mine),
    ):
        found = hunks(Triple(triple.base, mine, theirs), dialect)
        assert clean(found)
        assert joined((hunk.merged for hunk in found), dialect) == GAPS[dialect].join(wanted)


@given(triples())
def test_who_is_called_mine_makes_no_difference(triple: Triple) -> None:
    swapped = {Change.MINE: Change.THEIRS, Change.THEIRS: Change.MINE}
    one, other = hunks(triple), hunks(Triple(triple.base, triple.theirs, triple.mine))
    assert [(h.change, h.mine, h.theirs) for h in one] == [
        (swapped.get(h.change, h.change), h.theirs, h.mine) for h in other
    ]
    if clean(one):
        assert merged(one) == merged(other)


@given(triples())
def test_a_clean_merge_adds_up_the_changes_of_both(triple: Triple) -> None:
    """No paragraph comes from nowhere, none that one side added is lost, none that one side took out stays."""
    found = hunks(triple)
    base, mine, theirs = Counter(triple.base), Counter(triple.mine), Counter(triple.theirs)
    if not clean(found):
        return
    both: Counter[str] = Counter()  # what both did alike counts once
    for hunk in found:
        if hunk.change is Change.BOTH:
            both.update(split(hunk.mine).keys)
            both.subtract(split(hunk.base).keys)
    result = Counter(merged(found))
    for word in {*base, *mine, *theirs, *result}:
        assert result[word] == mine[word] + theirs[word] - base[word] - both[word], word


@given(triples())
def test_changes_of_two_people_stand_apart(triple: Triple) -> None:
    """Between what one and the other changed there is a paragraph that stands once in each text, and nobody touched it."""
    since: Change | None = None
    for hunk in hunks(triple):
        if hunk.change is Change.NONE:
            once = [
                text.count(word) == 1
                for word in split(hunk.base).keys
                for text in (triple.base, triple.mine, triple.theirs)
            ]
            apart = any(all(once[at : at + 3]) for at in range(0, len(once), 3))
            since = None if apart else since
        else:
            assert since in {None, hunk.change}
            since = hunk.change


@given(triples())
def test_paragraphs_stay_whole_when_put_together(triple: Triple) -> None:
    found = hunks(triple)
    pieces = [word for hunk in found for word in split(hunk.merged).keys]
    assert merged(found) == pieces


def random_triple(seed: int) -> Triple:
    dice = random.Random(seed)  # noqa: S311  repeatable on purpose
    words = [f"p{number}" for number in range(dice.choice([2, 3, 5, 12, 60]))]
    distinct = dice.sample(words, min(len(words), 9))
    base = distinct if dice.random() < 0.4 else [dice.choice(words) for _ in range(dice.randint(0, 9))]
    return Triple(base, _edited(dice, base, words), _edited(dice, base, words))


def _edited(dice: random.Random, base: list[str], words: list[str]) -> list[str]:
    text = list(base)
    for _ in range(dice.randint(0, 3)):
        place = dice.randint(0, max(len(text) - 1, 0))
        match dice.choice(["replace", "add", "remove", "move"]):
            case "add":
                text.insert(dice.randint(0, len(text)), dice.choice(words))
            case "replace" if text:
                text[place] = dice.choice(words)
            case "remove" if text:
                del text[place]
            case "move" if text:
                moved = text.pop(place)
                text.insert(dice.randint(0, len(text)), moved)
    return text


def by_git(triple: Triple, folder: Path) -> list[str] | None:
    """The lines of git's merge; None for a conflict."""
    names = []
    for name, side in (("mine", triple.mine), ("base", triple.base), ("theirs", triple.theirs)):
        (folder / name).write_text("".join(f"{word}\n" for word in side), encoding="utf-8")
        names.append(str(folder / name))
    told = subprocess.run(["git", "merge-file", "-p", "-q", *names], capture_output=True, text=True, check=False)
    assert told.returncode >= 0, told.stderr
    return told.stdout.split("\n")[:-1] if told.returncode == 0 else None


def compare_with_git(seeds: range, folder: Path) -> Counter[str]:
    """How often we agree, how often we ask where git does not, and the seeds where we merge and git does otherwise."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        triple = random_triple(seed)
        found, git = hunks(triple), by_git(triple, folder)
        if clean(found):
            counts["same" if git == merged(found) else f"seed {seed}"] += 1
        else:
            counts["both ask" if git is None else "stricter"] += 1
    return counts


def test_git_merges_alike_or_less_carefully(tmp_path: Path) -> None:
    counts = compare_with_git(range(300), tmp_path)
    assert set(counts) == {"same", "both ask", "stricter"}, counts
    assert counts["same"] > counts["stricter"]


@pytest.mark.full
@pytest.mark.timeout(900)
def test_git_merges_alike_or_less_carefully_many_times(tmp_path: Path) -> None:
    counts = compare_with_git(range(1000, 11000), tmp_path)
    assert set(counts) == {"same", "both ask", "stricter"}, counts


def test_a_regulation_edited_by_two() -> None:
    text = resources.path("texts", "000.txt").read_text("utf-8").strip()
    lines = text.split("\n")
    mine = [line.replace("Điều 2.", "Điều 2. (sửa)") for line in lines]
    theirs = [line for line in lines if not line.startswith("Điều 20.")]
    assert mine != lines != theirs
    found = compare(text, "\n".join(mine), theirs="\n".join(theirs), dialect="legal")
    assert clean(found)
    assert {hunk.change for hunk in found} == {Change.NONE, Change.MINE, Change.THEIRS}
    wanted = [line for line in mine if not line.startswith("Điều 20.")]
    assert merged(found, "legal") == [line for line in wanted if line.strip(" \t\xa0")]


def test_neighbours_are_one_question() -> None:
    found = compare("a\n\nb\n\nc", "A\n\nb\n\nc", theirs="a\n\nB\n\nc")
    assert [(hunk.change, hunk.mine, hunk.theirs) for hunk in found] == [
        (Change.CONFLICT, "A\n\nb\n\n", "a\n\nB\n\n"),
        (Change.NONE, "c", "c"),
    ]


def test_a_moved_paragraph_is_not_edited_behind_the_movers_back() -> None:
    base = "a\n\nb\n\nc\n\nd"
    found = compare(base, "b\n\nc\n\na\n\nd", theirs="A\n\nb\n\nc\n\nd")
    assert not clean(found)


def test_empty_lines_are_nobodys_change() -> None:
    found = compare("a\n\nb\n\nc", "a\n\n\n\nb\n\nc", theirs="a\n\nb\n\nC")
    assert joined(hunk.merged for hunk in found) == "a\n\n\n\nb\n\nC"


def test_the_last_paragraph_may_stop_being_the_last() -> None:
    found = compare("a\n\nb\n\nc", "a\n\nb", theirs="A\n\nb\n\nc")
    assert joined(hunk.merged for hunk in found) == "A\n\nb"
    found = compare("a\n\nb\n\nc", "A\n\nb\n\nc", theirs="a\n\nb\n\nc\n\nd")
    assert joined(hunk.merged for hunk in found) == "A\n\nb\n\nc\n\nd"


def test_what_one_moved_and_the_other_took_out_is_a_question() -> None:
    found = compare("a\n\nb\n\nc\n\nd\n\ne", "a\n\nc\n\nd\n\ne", theirs="a\n\nc\n\nd\n\ne\n\nb")
    assert [(hunk.change, hunk.mine) for hunk in found if hunk.change is not Change.NONE] == [
        (Change.CONFLICT, "c\n\nd\n\ne")
    ]


def test_a_repeated_paragraph_does_not_keep_changes_apart() -> None:
    found = compare("a\n\n***\n\nb\n\n***\n\nc", "A\n\n***\n\nb\n\n***\n\nc", theirs="a\n\n***\n\nB\n\n***\n\nc")
    assert not clean(found)


def test_repetitions_that_stay_are_found_between_changes() -> None:
    base = ["x", "y"] * 3
    found = compare("\n\n".join(base), "\n\n".join(["a", *base[:3], "b", *base[3:], "c"]), theirs="\n\n".join(base))
    assert [hunk.mine.strip() for hunk in found if hunk.change is Change.MINE] == ["a", "b", "c"]


def test_too_many_repetitions_are_not_searched() -> None:
    base = ["x", "y"] * 500
    mine, theirs = ["a", *base[::-1], "b"], [*base, "c"]
    found = compare("\n\n".join(base), "\n\n".join(mine), theirs="\n\n".join(theirs))
    assert not clean(found)
    assert sum(hunk.change is Change.NONE for hunk in found) <= 1


def test_a_conflict_reaches_to_where_its_paragraph_went() -> None:
    found = compare("a\n\nb\n\nc\n\nd", "b\n\nc\n\nd\n\na", theirs="A\n\nb\n\nc\n\nd")
    assert [(hunk.change, hunk.theirs) for hunk in found] == [(Change.CONFLICT, "A\n\nb\n\nc\n\nd")]
