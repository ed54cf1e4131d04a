"""`./dev matrix [--stride N]`: every cell, with counts by member, question and answer; exit 1 for any that is not as expected."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.matrix.run import run

SHOWN = 40


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev matrix", description=__doc__)
    parser.add_argument("--stride", type=int, default=1, help="only every Nth cell")
    given = parser.parse_args(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - began:6.1f} s  {text}\n")

    with tempfile.TemporaryDirectory() as folder:
        house = run(Path(folder), stride=given.stride, say=say)
    for line in _table(house.asked):
        sys.stdout.write(f"{line}\n")
    for fault in house.faults[:SHOWN]:
        sys.stdout.write(f"NOT AS EXPECTED  {fault}\n")
    total = sum(house.asked.values())
    seconds = time.monotonic() - began
    sys.stdout.write(f"{total} answers in {seconds:.0f} s, {len(house.faults)} not as expected\n")
    return 1 if house.faults else 0


def _table(asked: Counter[tuple[str, str, str]]) -> list[str]:
    """Per question: how often each answer came, by who asked."""
    lines = []
    for what in dict.fromkeys(what for _, what, _ in asked):
        lines.append(what)
        for who in dict.fromkeys(who for who, asked_what, _ in asked if asked_what == what):
            answers = Counter({answer: n for (w, q, answer), n in asked.items() if (w, q) == (who, what)})
            told = ", ".join(f"{answer} {count}" for answer, count in answers.most_common())
            lines.append(f"    {who:15} {told}")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
