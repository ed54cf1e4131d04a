"""The checker can fail: each bug seeded into the product is noticed within a bounded number of histories."""

import pytest

from tests.checker.history import run
from tests.checker.mutants import MUTANTS, Patch

BOUND = 60


@pytest.mark.parametrize(("seed_in", "stress"), MUTANTS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_seeded_bug_is_noticed(seed_in: Patch, stress: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run(0, 1)  # the databases of this process are made by sound code
    seed_in(monkeypatch)
    assert any(run(seed, stress=stress).violations for seed in range(BOUND))


def test_without_a_seeded_bug_the_same_histories_are_clean() -> None:
    assert [run(seed).violations for seed in range(10)] == [()] * 10
