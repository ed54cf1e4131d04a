"""`python -m tests.checker N [--seed S] [--engine]`: N random histories from seed S on; exit 1 on any violation."""

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice

from tests.checker.history import ENGINE_STEPS, STEPS, Told, run
from tests.checker.report import SHOWN, Sum
from tests.checker.shrink import shrink

TWICE = 25  # every so many seeds, one runs again, on the same store and on the other one: I9
MANY = 200
SAID = 500
CHUNK = 5


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev check-sync", description=__doc__)
    parser.add_argument("histories", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument(
        "--engine", action="store_true", help="shorter ones, over a store in dictionaries: ten times as many"
    )
    parser.add_argument("--processes", type=int, help="default: two when there are many histories")
    given = parser.parse_args(arguments)
    processes = given.processes or (min(2, os.cpu_count() or 1) if given.histories >= MANY else 1)
    found = Sum()
    for told, twins in _all(range(given.seed, given.seed + given.histories), processes, engine=given.engine):
        found.add(told, twins=twins)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{found.histories} histories, {len(found.bad)} bad ")
        elif found.histories % SAID == 0:  # of a run of hours that does not come to its end, something is known
            sys.stderr.write(f"{found.histories} histories from seed {given.seed}, {len(found.bad)} bad\n")
            sys.stderr.flush()
    shrunk = [shrink(told, plain=given.engine) for told in islice(found.bad, SHOWN)]
    for line in found.lines(shrunk=shrunk):
        sys.stdout.write(f"{line}\n")
    return 0 if found.sound else 1


def _all(seeds: range, processes: int, *, engine: bool) -> Iterator[tuple[Told, Sequence[str]]]:
    one = partial(told_of, engine=engine)
    if processes == 1:
        _collect_seldom()
        yield from map(one, seeds)
        return
    with ProcessPoolExecutor(processes, initializer=_collect_seldom) as pool:
        yield from pool.map(one, seeds, chunksize=CHUNK)


def _collect_seldom() -> None:
    """A history leaves few cycles behind, and to look for them after every few objects costs a seventh of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def told_of(seed: int, *, engine: bool) -> tuple[Told, Sequence[str]]:
    """One history, and what its repetitions told."""
    steps = ENGINE_STEPS if engine else STEPS
    told = run(seed, steps, plain=engine)
    again = (engine, not engine) if seed % TWICE == 0 else ()
    return told, [run(seed, steps, plain=plain).digest for plain in again]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
