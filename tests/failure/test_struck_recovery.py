"""A recovery that fails at any call is begun again at the next start: nothing of the damaged file is lost, and it stays."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.errors import StorageProblem
from desktop.store.opening import DATABASE
from tests.failure.damage import use
from tests.failure.faults import Fault, of_files, of_the_store
from tests.failure.recovering import broken, recover_and_use, texts_of
from tests.failure.scripts import Stage
from tests.failure.striking import Strikes

Texts = Mapping[str, Mapping[str, tuple[object, ...]]]
FAULTS = [pytest.param(fault, id=fault.name.replace(" ", "-")) for fault in (*of_the_store(), *of_files())]
MANY = 5000  # a recovery that is struck so often never ends


@dataclass(frozen=True)
class Bench:
    """A home to damage, and what its recovery yields when nothing fails."""

    stage: Stage
    home: Path
    wanted: Texts

    def strike(self, fault: Fault, *, first: int = 1, every: int = 1) -> Strikes:
        found = Strikes()
        for number in range(first, MANY, every):
            found.failed += self._once(fault, number)
            if not fault.struck:
                return found
            found.struck += 1
        raise AssertionError(f"a recovery never ends under {fault.name}")

    def _once(self, fault: Fault, number: int) -> bool:
        """Whether the start failed; the next one must come to the same end."""
        shutil.rmtree(self.home, ignore_errors=True)
        place = broken(self.stage, self.home)
        damaged = (self.home / DATABASE).read_bytes()
        failed = True
        with fault.installed():
            fault.arm(number)
            with suppress(StorageProblem), place.opened(recovering=True):
                failed = False
                fault.disarm()
            fault.disarm()
        with place.opened(recovering=True) as seat:
            use(seat)
        assert texts_of(self.home) == self.wanted, f"{fault.name}, call {number}"
        aside = [path.read_bytes() for path in self.home.glob("toasoan-damaged-*.sqlite")]
        assert damaged in aside, f"{fault.name}, call {number}: the damaged file is gone"
        assert not (self.home / "recovering").exists()
        return failed


@pytest.fixture(scope="module")
def bench(kept: Stage, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    home = tmp_path_factory.mktemp("struck") / "home"
    recover_and_use(broken(kept, home), {})
    return Bench(kept, home, texts_of(home))


@pytest.mark.parametrize("fault", FAULTS)
def test_many_calls_of_a_recovery_fail_and_the_next_start_goes_on(fault: Fault, bench: Bench) -> None:
    found = bench.strike(fault, first=1 + len(fault.name) * 7, every=211)
    assert found.failed <= found.struck


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("fault", FAULTS)
def test_whichever_call_of_a_recovery_fails_the_next_start_goes_on(
    fault: Fault, bench: Bench, record_property: Callable[[str, object], None]
) -> None:
    found = bench.strike(fault)
    record_property("figures", str(found))
    assert found.failed or "moment" in fault.name
