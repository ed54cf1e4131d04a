"""When the next sync by itself is due."""

from itertools import pairwise

from desktop.sync.schedule import Schedule
from tests.support.offices import SeededChance

NOW = 1000.0


def started() -> Schedule:
    return Schedule.at_start(NOW, SeededChance())


def failing(times: int, seed: int = 1) -> tuple[Schedule, float]:
    """A schedule after so many failures in a row, each as soon as it was due, and when the last was."""
    chance, now, schedule = SeededChance(seed), NOW, started()
    for _ in range(times):
        now += schedule.wait(now) or 0.0
        schedule = schedule.failed(now, chance)
    return schedule, now


def test_the_first_sync_of_a_session_is_due_at_once() -> None:
    assert started().wait(NOW) == 0.0


def test_after_a_success_the_next_comes_in_a_minute_give_or_take_a_quarter() -> None:
    waits = [started().succeeded(NOW, SeededChance(seed)).wait(NOW) for seed in range(200)]
    assert all(wait is not None and 45.0 <= wait <= 75.0 for wait in waits)
    assert len({round(wait or 0) for wait in waits}) > 10


def test_a_stage_gesture_is_sent_at_once() -> None:
    assert started().succeeded(NOW, SeededChance()).gesture(NOW + 1).wait(NOW + 1) == 0.0


def test_failures_wait_longer_and_a_success_forgets_them() -> None:
    schedule = started()
    for _ in range(3):
        schedule = schedule.failed(NOW, SeededChance())
    assert schedule.failures == 3
    assert schedule.succeeded(NOW, SeededChance()).failures == 0


def test_a_gesture_does_not_go_past_what_the_portal_asked_for_but_a_person_may() -> None:
    busy = started().failed(NOW, SeededChance(), retry_after=120.0)
    assert (busy.gesture(NOW + 1).wait(NOW + 1) or 0) >= 119.0
    assert (busy.network_changed(NOW + 1, SeededChance()).wait(NOW + 1) or 0) >= 119.0
    assert busy.asked(NOW + 1).wait(NOW + 1) == 0.0


def test_a_new_network_is_tried_soon() -> None:
    quiet = started().succeeded(NOW, SeededChance())
    assert (quiet.network_changed(NOW + 10, SeededChance()).wait(NOW + 10) or 0) <= 2.0


def test_the_first_contact_after_an_outage_is_spread_over_half_a_minute() -> None:
    waits = []
    for seed in range(100):
        away, now = failing(8, seed)
        waits.append(away.network_changed(now + 10, SeededChance(seed)).wait(now + 10) or 0.0)
    assert max(waits) <= 30.0
    assert max(waits) > 25.0
    assert min(waits) < 5.0


def test_a_flapping_network_is_probed_no_more_than_once_in_five_seconds() -> None:
    chance, now, schedule = SeededChance(), NOW, started().failed(NOW, SeededChance())
    probes = [NOW]
    while now < NOW + 600:
        now += 0.25
        schedule = schedule.network_changed(now, chance)
        if schedule.wait(now) == 0.0:
            probes.append(now)
            schedule = schedule.failed(now, chance) if len(probes) % 3 else schedule.succeeded(now, chance)
    assert len(probes) > 20
    assert min(later - earlier for earlier, later in pairwise(probes)) >= 5.0


def test_after_five_failures_in_a_row_only_time_a_network_or_a_person_brings_a_probe() -> None:
    shut, now = failing(4)
    assert (shut.gesture(now + 10).wait(now + 10) or 0) == 0.0
    away, now = failing(5)
    assert away.gesture(now + 1) == away
    assert away.asked(now + 1).wait(now + 1) == 0.0


def test_of_a_portal_that_is_away_a_person_may_ask_once_in_five_seconds() -> None:
    away, now = failing(5)
    asked = away.asked(now).failed(now, SeededChance())
    for pressed in (0.5, 1.0, 4.5):
        asked = asked.asked(now + pressed)
        assert asked.wait(now + 5.0) == 0.0
        assert (asked.wait(now + 4.9) or 0) > 0.0


def test_a_start_after_an_outage_waits_a_little_and_keeps_to_what_the_portal_asked_for() -> None:
    waits = [Schedule.at_start(NOW, SeededChance(seed), outage=0.0).wait(NOW) or 0.0 for seed in range(50)]
    assert 20.0 < max(waits) <= 30.0
    wished = Schedule.at_start(NOW, SeededChance(), outage=1200.0)
    assert (wished.gesture(NOW).wait(NOW) or 0) >= 1200.0
    assert wished.asked(NOW).wait(NOW) == 0.0
    assert (Schedule.at_start(NOW, SeededChance(), outage=9e9).wait(NOW) or 0) <= 3600.0


def test_after_a_refused_sign_in_nothing_starts_by_itself() -> None:
    stopped = started().stopped()
    assert stopped.gesture(NOW).wait(NOW) is None
    assert stopped.network_changed(NOW, SeededChance()).wait(NOW) is None
    assert stopped.asked(NOW).wait(NOW) == 0.0
