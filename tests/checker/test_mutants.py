"""The checker can fail: each bug seeded into the product is noticed within a bounded number of histories."""

import re

import pytest

from tests.checker.history import run
from tests.checker.mutants import Patch
from tests.checker.mutating import ALL, STEPS, hunt, main, name

BOUND = 150
# `./dev mutants` has the time for these.
LATE = {
    "approval_aimed_anew", "commands_mean_what_stands", "forks_unnoticed", "lost_texts_stay_lost", "out_of_scope_ignored",
    "merged_texts_go_unread", "screens_are_always_new", "lost_side_drafts_stay_lost",
}  # fmt: skip


@pytest.mark.parametrize("mutant", [mutant for mutant in ALL if name(mutant) not in LATE], ids=name)
def test_a_seeded_bug_is_noticed(mutant: Patch) -> None:
    assert hunt(mutant, bound=BOUND).killer


def test_without_a_seeded_bug_the_same_histories_are_clean() -> None:
    stresses = sorted(set(ALL.values()))
    told = [run(seed, STEPS, stress=stress, plain=True).violations for stress in stresses for seed in range(5)]
    assert told == [()] * len(told)


def test_there_are_enough_bugs_and_each_says_what_it_is() -> None:
    assert len(ALL) >= 20
    assert all(mutant.__doc__ for mutant in ALL)


def test_a_bug_that_nothing_notices_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No history at all notices nothing."""
    assert main(["no_ledger", "--bound", "0"]) == 1
    assert "LIVES" in capsys.readouterr().out


def test_a_bug_that_is_noticed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["side_drafts_for_everybody"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^side_drafts_for_everybody +I8 +\d+ ", said)
    assert "0 live" in said
