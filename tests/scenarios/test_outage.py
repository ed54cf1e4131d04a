"""A portal that is away for two hours: few requests, none lost, and nobody waits long when it is back (virtual time)."""

from collections.abc import Iterator

import pytest

from desktop.sync.pace import Pacer, outage_wish
from tests.checker.times import Dice
from tests.scenarios.scene import Scene

TWO_HOURS = 7200.0


def outage(scene: Scene, name: str, pace: Pacer, fault: str, *, every: float) -> Iterator[float]:
    """When each attempt of two hours is made, while its member sends something every so many seconds."""
    start, gesture = scene.time.moment, every
    while (passed := (scene.time.moment - start).total_seconds()) < TWO_HOURS:
        wait = pace.wait()
        assert wait is not None
        if passed + wait > gesture:
            scene.time.pass_by(max(gesture - passed, 0.0))
            gesture += every
            pace.gesture()
            continue
        scene.time.pass_by(wait)
        assert scene.sync(name, fault) in {"offline", "not-our-portal"}
        pace.failed(retry_after=None)
        yield passed + wait


@pytest.mark.parametrize("fault", ["lost-request", "captive-portal"])
@pytest.mark.parametrize("every", [20.0, 600.0])
def test_two_hours_without_the_portal_are_thirty_requests_at_most(fault: str, every: float) -> None:
    scene = Scene("ctv1")
    clock = scene.clients["ctv1"].machine.clock
    most = 0
    for seed in range(5):
        pace = Pacer(clock, Dice("outage", seed))
        scene.lines["ctv1"].asked.clear()
        attempts = 0
        for _ in outage(scene, "ctv1", pace, fault, every=every):
            attempts += 1
        assert len(scene.lines["ctv1"].asked) == attempts
        assert 25 <= attempts <= 30
        most = max(most, attempts)
        assert (pace.wait() or 0.0) <= 300.0  # it is heard again within five minutes
    assert most >= 28


def test_a_program_that_starts_after_an_outage_knows_it_until_the_portal_answers() -> None:
    scene = Scene("ctv1")
    client = scene.clients["ctv1"]

    def wish() -> float | None:
        with client.store.read() as work:
            return outage_wish(work)

    assert wish() is None
    assert scene.sync("ctv1", "portal-busy") == "portal-busy"  # it asked to be left alone for five seconds
    assert wish() == 5.0
    client.start()
    assert wish() == 5.0
    assert scene.sync("ctv1") == "done"
    assert wish() is None
