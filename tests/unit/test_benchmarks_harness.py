"""The harness: what is registered, chosen, measured and written."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.harness import Measured, Registry, UnknownBenchmarkError, as_json, benchmark, interleaved

ROW_MEMBERS = {"name", "value", "unit", "better", "reference", "reference_value", "ratio"}


@pytest.fixture
def registry() -> Registry:
    registry = Registry()
    for name in ("store.save", "store.open", "start.cold"):
        register = benchmark(name, unit="ms", better="lower", reference="nothing at all", registry=registry)
        register(lambda: Measured(3.0, 2.0))
    return registry


def test_no_name_means_all_in_order(registry: Registry) -> None:
    assert [item.name for item in registry.chosen([])] == ["start.cold", "store.open", "store.save"]


def test_a_prefix_chooses_its_names(registry: Registry) -> None:
    assert [item.name for item in registry.chosen(["store"])] == ["store.open", "store.save"]


def test_a_name_that_nothing_starts_with_is_refused(registry: Registry) -> None:
    with pytest.raises(UnknownBenchmarkError):
        registry.chosen(["store", "render"])


def test_two_of_one_name_are_refused(registry: Registry) -> None:
    with pytest.raises(ValueError, match=r"store\.save"):
        benchmark("store.save", unit="ms", better="lower", reference="", registry=registry)(lambda: Measured(1, 1))


def test_a_row_has_the_agreed_members_and_the_ratio(registry: Registry) -> None:
    (row,) = as_json([registry.chosen(["store.save"])[0].row()])
    assert set(row) == ROW_MEMBERS
    assert row["ratio"] == pytest.approx(1.5)


@pytest.mark.parametrize("figures", [Measured(0, 1), Measured(1, 0)])
def test_a_figure_of_zero_is_no_measurement(figures: Measured) -> None:
    registry = Registry()
    benchmark("empty", unit="ms", better="lower", reference="", registry=registry)(lambda: figures)
    with pytest.raises(ValueError, match="empty"):
        registry.chosen([])[0].row()


def ticking(step: float) -> Callable[[], float]:
    ticks: Iterator[int] = count()
    return lambda: next(ticks) * step


def test_subject_and_reference_take_turns_and_get_medians() -> None:
    calls: list[str] = []
    got = interleaved(lambda: calls.append("own"), lambda: calls.append("other"), rounds=2, clock=ticking(0.5))
    assert calls == ["own", "other"] * 5
    assert got == Measured(500.0, 500.0)


def test_an_unknown_name_ends_the_command_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-benchmark"]) == 2
    assert "no-such-benchmark" in capsys.readouterr().err


def test_rows_are_written_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, registry: Registry) -> None:
    monkeypatch.setattr("benchmarks.__main__.REGISTRY", registry)
    assert main(["store.save", "--json", str(tmp_path / "new" / "rows.json")]) == 0
    (row,) = json.loads((tmp_path / "new" / "rows.json").read_text(encoding="utf-8"))
    assert row["name"] == "store.save"
