"""From a history that violates something to the fewest steps that still do."""

from tests.checker.history import Told, run

MOST_RUNS = 400


def shrink(told: Told, *, plain: bool = False) -> Told:
    """A history of the same seed with as many steps left out as the violation can spare; bounded in runs."""
    wanted = told.violations[0].name
    skip: set[int] = set()
    best, size, left = told, told.steps // 2, MOST_RUNS
    while size >= 1 and left > 0:
        for start in range(0, told.steps, size):
            block = set(range(start, min(start + size, told.steps))) - skip
            if not block or left <= 0:
                continue
            left -= 1
            tried = run(told.seed, told.steps, skip=skip | block, plain=plain)
            if any(violation.name == wanted for violation in tried.violations):
                skip |= block
                best = tried
        size //= 2
    return best
