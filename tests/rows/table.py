"""`python -m tests.rows.table [GROUP|ROW…] [--run]`: what the regulations demand, row by row, with its tests; exit 1 where one lacks.

A row is a clause or a fault of the regulations' own texts; `./dev rows legal` shows those that the group concerns. A row that must
be and has no test, or whose test fails with `--run`, makes the exit code 1.
"""

import argparse
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenarios.catalogue import Results

FILE = Path(__file__).with_name("rows.toml")


@dataclass(frozen=True)
class Row:
    """`source`: regulation and Điều. `must`: the regulation orders it. `later`: what is still to come, if anything is."""

    code: str
    groups: tuple[str, ...]
    what: str
    source: str
    must: bool
    tests: tuple[str, ...] = ()
    later: str = ""


def rows() -> Sequence[Row]:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        Row(
            code, tuple(it["groups"]), it["what"], it["source"], it.get("must", False),
            tuple(it.get("tests", ())), it.get("later", ""),
        )
        for code, it in told.items()
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev rows", description=__doc__)
    parser.add_argument("names", nargs="*", help="groups or rows; all of them by default")
    parser.add_argument("--run", action="store_true", help="run the tests, too")
    given = parser.parse_args(arguments)
    every = rows()
    known = {name for row in every for name in (row.code, *row.groups)}
    if unknown := set(given.names) - known:
        parser.error("there is no " + ", ".join(sorted(unknown)))
    wanted = set(given.names)
    chosen = [row for row in every if not wanted or wanted & {row.code, *row.groups}]
    results = Results()
    tests = sorted({test for row in chosen for test in row.tests})
    if given.run and tests:
        pytest.main(["-q", "-n0", "-p", "no:randomly", "--no-header", "--no-summary", *tests], plugins=[results])
    untested = [row for row in chosen if row.must and not row.tests]
    failed = [row for row in chosen if given.run and row.tests and results.of(row.tests) != "passed"]
    for row in chosen:
        result = "no test" if not row.tests else results.of(row.tests) if given.run else "tested"
        lines = [f"{row.code:<4} {'M' if row.must else 'S'} {result:<8} {row.what} ({row.source})", *row.tests]
        lines += [f"still to come: {row.later}"] if row.later else []
        sys.stdout.write("\n                ".join(lines) + "\n")
    sys.stdout.write(f"{len(chosen)} rows, {len(untested)} that must be have no test, {len(failed)} not passed\n")
    return 1 if untested or failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
