"""Registers benchmarks, measures them beside their reference, and makes the rows that are printed or written.

@benchmark("store.save", unit="ms", better="lower", reference="raw sqlite3, same PRAGMAs")
def save() -> Measured:
    with TemporaryDirectory() as folder:
        ...
        return interleaved(one_save, one_raw_save, rounds=200)
"""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Literal

Better = Literal["lower", "higher"]

WARM_UP = 3
SECOND = {"s": 1.0, "ms": 1_000.0, "us": 1_000_000.0}


@dataclass(frozen=True)
class Measured:
    """Both figures in the unit of the benchmark, taken in the same run."""

    value: float
    reference_value: float


@dataclass(frozen=True)
class Row:
    """One line of the result; `ratio` = value / reference_value."""

    name: str
    value: float
    unit: str
    better: Better
    reference: str
    reference_value: float
    ratio: float


@dataclass(frozen=True)
class Benchmark:
    name: str
    unit: str
    better: Better
    reference: str
    measure: Callable[[], Measured]

    def row(self) -> Row:
        """Runs it. ValueError when a figure is not above zero: then nothing was measured."""
        got = self.measure()
        if min(got.value, got.reference_value) <= 0:
            raise ValueError(f"{self.name} measured {got}")
        ratio = got.value / got.reference_value
        return Row(
            name=self.name,
            value=round(got.value, 4),
            unit=self.unit,
            better=self.better,
            reference=self.reference,
            reference_value=round(got.reference_value, 4),
            ratio=round(ratio, 3),
        )


class UnknownBenchmarkError(LookupError):
    """No benchmark has this name, nor a name that starts with it."""


class Registry:
    """Benchmarks by name; the module-level `benchmark` adds to the one that `./dev bench` runs."""

    def __init__(self) -> None:
        self._known: dict[str, Benchmark] = {}

    def add(self, item: Benchmark) -> None:
        if item.name in self._known:
            raise ValueError(f"two benchmarks are called {item.name}")
        self._known[item.name] = item

    def chosen(self, prefixes: Sequence[str]) -> list[Benchmark]:
        """All by name; with prefixes, those whose name starts with one of them."""
        for prefix in prefixes:
            if not any(name.startswith(prefix) for name in self._known):
                raise UnknownBenchmarkError(prefix)
        wanted = tuple(prefixes) or ("",)
        return [self._known[name] for name in sorted(self._known) if name.startswith(wanted)]


REGISTRY = Registry()


def benchmark(
    name: str, *, unit: str, better: Better, reference: str, registry: Registry = REGISTRY
) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
    """Registers a function without arguments that measures itself and its reference."""

    def register(measure: Callable[[], Measured]) -> Callable[[], Measured]:
        registry.add(Benchmark(name, unit, better, reference, measure))
        return measure

    return register


def interleaved(
    subject: Callable[[], object],
    reference: Callable[[], object],
    *,
    rounds: int,
    unit: str = "ms",
    clock: Callable[[], float] = perf_counter,
) -> Measured:
    """Medians of `rounds` calls of each, in turn, so that a busy or warm machine meets both alike; the first calls are not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + WARM_UP):
        for call, taken in zip((subject, reference), times, strict=True):
            start = clock()
            call()
            if number >= WARM_UP:
                taken.append((clock() - start) * SECOND[unit])
    return Measured(statistics.median(times[0]), statistics.median(times[1]))


def as_json(rows: Iterable[Row]) -> list[dict[str, str | float]]:
    return [asdict(row) for row in rows]


def as_line(row: Row) -> str:
    """`store.save  0.41 ms  (raw sqlite3: 0.39 ms)  1.051x, lower is better`."""
    own = f"{row.value:g} {row.unit}"
    other = f"{row.reference}: {row.reference_value:g} {row.unit}"
    return f"{row.name:<24} {own:>14}   {row.ratio:g}x of {other}; {row.better} is better"
