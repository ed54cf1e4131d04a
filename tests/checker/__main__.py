"""`python -m tests.checker N [--seed S] [--processes P]`: N random histories from seed S on; exit 1 on any violation."""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice

from tests.checker.history import Told, run
from tests.checker.report import SHOWN, Sum
from tests.checker.shrink import shrink

TWICE = 25  # every so many seeds, one runs a second time: I9
MANY = 200
CHUNK = 5


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev check-sync", description=__doc__)
    parser.add_argument("histories", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, help="default: two when there are many histories")
    given = parser.parse_args(arguments)
    processes = given.processes or (min(2, os.cpu_count() or 1) if given.histories >= MANY else 1)
    found = Sum()
    for told, twin in _all(range(given.seed, given.seed + given.histories), processes):
        found.add(told, twin=twin)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{found.histories} histories, {len(found.bad)} bad ")
    for line in found.lines(shrunk=[shrink(told) for told in islice(found.bad, SHOWN)]):
        sys.stdout.write(f"{line}\n")
    return 0 if found.sound else 1


def _all(seeds: range, processes: int) -> Iterator[tuple[Told, str | None]]:
    with ExitStack() as stack:
        if processes == 1:
            yield from map(_one, seeds)
            return
        pool = stack.enter_context(ProcessPoolExecutor(processes))
        yield from pool.map(_one, seeds, chunksize=CHUNK)


def _one(seed: int) -> tuple[Told, str | None]:
    told = run(seed)
    return told, run(seed).digest if seed % TWICE == 0 else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
