"""`./dev bench [NAME or prefix…] [--json FILE] [--seed S] [--documents N] [--list]`."""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import benchmarks
from benchmarks.harness import REGISTRY, UnknownBenchmarkError, as_json, as_line

NOT_BENCHMARKS = {
    "__main__",
    "anki_probe",
    "client",
    "counting",
    "harness",
    "office",
    "preview_window",
    "retext_probe",
    "sampling",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=benchmarks.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="names or beginnings of names; none: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows there")
    parser.add_argument("--seed", type=int, help="of what a benchmark makes up (legal); none: a fresh one")
    parser.add_argument("--documents", type=int, help="how many of them")
    parser.add_argument("--list", action="store_true", help="only the names")
    options = parser.parse_args(arguments)
    for name in ("seed", "documents"):
        if getattr(options, name) is not None:
            os.environ[f"BENCH_{name.upper()}"] = str(getattr(options, name))
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name not in NOT_BENCHMARKS:
            importlib.import_module(f"benchmarks.{found.name}")
    try:
        chosen = REGISTRY.chosen(options.names)
    except UnknownBenchmarkError as error:
        print(
            f"no benchmark is called {error}; known: {', '.join(item.name for item in REGISTRY.chosen([]))}",
            file=sys.stderr,
        )
        return 2
    if options.list:
        print("\n".join(item.name for item in chosen))
        return 0
    rows = []
    for item in chosen:
        rows.append(item.row())
        print(as_line(rows[-1]), flush=True)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(as_json(rows), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
