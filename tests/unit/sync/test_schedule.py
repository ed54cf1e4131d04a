"""When the next sync by itself is due."""

from desktop.sync.schedule import Schedule
from tests.support.offices import SeededChance

NOW = 1000.0


def test_the_first_sync_of_a_session_is_due_at_once() -> None:
    assert Schedule.at_start(NOW).wait(NOW) == 0.0


def test_after_a_success_the_next_comes_in_a_minute_give_or_take_a_quarter() -> None:
    waits = [Schedule.at_start(NOW).succeeded(NOW, SeededChance(seed)).wait(NOW) for seed in range(200)]
    assert all(wait is not None and 45.0 <= wait <= 75.0 for wait in waits)
    assert len({round(wait or 0) for wait in waits}) > 10


def test_a_stage_gesture_is_sent_at_once() -> None:
    assert Schedule.at_start(NOW).succeeded(NOW, SeededChance()).gesture(NOW + 1).wait(NOW + 1) == 0.0


def test_failures_wait_longer_and_a_success_forgets_them() -> None:
    schedule = Schedule.at_start(NOW)
    for _ in range(3):
        schedule = schedule.failed(NOW, SeededChance())
    assert schedule.failures == 3
    assert schedule.succeeded(NOW, SeededChance()).failures == 0


def test_a_gesture_does_not_go_past_what_the_portal_asked_for_but_a_person_may() -> None:
    busy = Schedule.at_start(NOW).failed(NOW, SeededChance(), retry_after=120.0)
    assert (busy.gesture(NOW + 1).wait(NOW + 1) or 0) >= 119.0
    assert (busy.network_changed(NOW + 1, SeededChance()).wait(NOW + 1) or 0) >= 119.0
    assert busy.asked(NOW + 1).wait(NOW + 1) == 0.0


def test_a_new_network_is_tried_soon() -> None:
    offline = Schedule(due=NOW + 300, failures=8)
    changed = offline.network_changed(NOW, SeededChance())
    assert (changed.wait(NOW) or 0) <= 2.0
    assert changed.failures == 0


def test_after_a_refused_sign_in_nothing_starts_by_itself() -> None:
    stopped = Schedule.at_start(NOW).stopped()
    assert stopped.gesture(NOW).wait(NOW) is None
    assert stopped.network_changed(NOW, SeededChance()).wait(NOW) is None
    assert stopped.asked(NOW).wait(NOW) == 0.0
