"""`python -m tests.checker.mutating [NAME…] [--bound N]`: seed one bug after another into the product; exit 1 if one lives."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.checker.history import run
from tests.checker.mutants import MUTANTS, Patch
from tests.checker.mutants_beyond import BEYOND
from tests.checker.mutants_office import OFFICE
from tests.checker.mutants_sides import SIDES

ALL: Mapping[Patch, str] = {**MUTANTS, **BEYOND, **OFFICE, **SIDES}
STEPS = 60
BOUND = 5_000  # the rarest needs two thousand


@dataclass(frozen=True)
class Verdict:
    """`killer` is the violated invariant, "" for a bug that nothing noticed in `histories` of them."""

    mutant: str
    killer: str
    histories: int


def hunt(mutant: Patch, *, bound: int, first: int = 0) -> Verdict:
    """Run histories with the bug, over the plain store, until one violates something."""
    run(0, 1, plain=True)  # the databases of this process are made by sound code
    with pytest.MonkeyPatch.context() as patch:
        mutant(patch)
        for number in range(bound):
            violations = run(first + number, STEPS, stress=ALL[mutant], plain=True).violations
            if violations:
                return Verdict(name(mutant), violations[0].name, number + 1)
    return Verdict(name(mutant), "", bound)


def name(mutant: Patch) -> str:
    return str(getattr(mutant, "__name__", mutant))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev mutants", description=__doc__)
    parser.add_argument("mutants", nargs="*", help="all of them by default")
    parser.add_argument("--bound", type=int, default=BOUND, help="histories per bug before it counts as living")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    given = parser.parse_args(arguments)
    chosen = [mutant for mutant in ALL if not given.mutants or name(mutant) in given.mutants]
    if len(chosen) < len(given.mutants):
        parser.error("known are: " + ", ".join(name(mutant) for mutant in ALL))
    lived = 0
    for mutant in chosen:
        found = hunt(mutant, bound=given.bound, first=given.seed)
        lived += not found.killer
        sys.stdout.write(f"{found.mutant:<28} {found.killer or 'LIVES':<6} {found.histories:>5}  {mutant.__doc__}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} mutants, {lived} live\n")
    return 1 if lived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
