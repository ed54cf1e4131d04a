"""The one bridge between the GUI thread and the others: jobs go out, frozen results come back by a queued signal."""

import contextlib
import itertools
import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from desktop.application.records import Changes
from desktop.domain.errors import Bug, Problem
from desktop.ui.background.lane import Lane

_ASIDE = 2  # threads: a picture need not wait for an import
log = logging.getLogger(__name__)

Value = TypeVar("Value")
LaneName = Literal["store", "network", "pure", "page", "aside"]
_WITHOUT_EFFECT: frozenset[LaneName] = frozenset({"pure", "page"})


@dataclass(frozen=True)
class _Outcome:
    """What a job ended with: a value, a problem that a rule or the machine made, or an exception nobody expected."""

    value: object = None
    problem: Problem | None = None
    bug: BaseException | None = None
    skipped: bool = False


@dataclass(frozen=True)
class _Callbacks:
    lane: LaneName
    slot: str | None
    on_done: Callable[[object], None] | None
    on_problem: Callable[[Problem], None] | None
    on_end: Callable[[], None] | None


class Job:
    """A handle on work that was given away. `cancel` silences its callbacks; a pure job that has not begun is skipped."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._silenced = threading.Event()

    @property
    def silenced(self) -> bool:
        return self._silenced.is_set()

    def cancel(self) -> None:
        self._silenced.set()


class Bridge(QObject):
    """Made in the GUI thread; its lanes are called there, `announce` from any thread.

    Two lanes that reckon in Python are one too many: a key waits for the interpreter behind each of them. So what is reckoned
    goes one after the other, but for the page, which follows every key.

    Signals: `changes_announced(Changes)`, joined per turn of the event loop; `problem_met(Problem)` when the caller gave no
    `on_problem`; `bug_met(Bug)` for an exception that is no Problem (logged with its traceback); `busy_changed(lane, bool)`.
    """

    changes_announced = Signal(object)
    problem_met = Signal(object)
    bug_met = Signal(object)
    busy_changed = Signal(str, bool)
    _landed = Signal(object, object)
    _changes_came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[LaneName, Lane] = {
            "store": Lane("store"),
            "network": Lane("network"),
            "pure": Lane("pure"),
            "page": Lane("page"),
            "aside": Lane("aside", _ASIDE),
        }
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Callbacks] = {}
        self._latest: dict[str, Job] = {}
        self._running: Counter[LaneName] = Counter()
        self._changes_lock = threading.Lock()
        self._changes: Changes | None = None
        self._closed = False
        # A signal on its way out of another thread while Qt destroys its sender ends the process.
        self._closing = threading.Lock()
        # Queued also from the GUI thread itself: a callback never runs inside the call that started its job.
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)
        self._changes_came.connect(self._on_changes_came, Qt.ConnectionType.QueuedConnection)

    @property
    def store(self) -> "Door":
        """The serial store lane; a job always runs, even when a newer one of the same `slot` silences its answer."""
        return Door("store", self._give)

    @property
    def network(self) -> "Door":
        """The serial network lane."""
        return Door("network", self._give)

    @property
    def pure(self) -> "Door":
        """For what is reckoned and has no effect but its value; a job is skipped when superseded before it begins."""
        return Door("pure", self._give)

    @property
    def page(self) -> "Door":
        """As `pure`, for the page beside the text, which waits for nothing else."""
        return Door("page", self._give)

    @property
    def aside(self) -> "Door":
        """For what takes long without the interpreter: another process at work, a picture that is decoded."""
        return Door("aside", self._give)

    def announce(self, changes: Changes) -> None:
        """From any thread: tells the views, in the GUI thread, what was touched."""
        with self._changes_lock:
            first = self._changes is None
            self._changes = changes if self._changes is None else self._changes | changes
        if first:
            self._emit(self._changes_came)

    def shutdown(self, seconds: float = 10.0) -> bool:
        """Finishes everything given to the store lane (an autosave!) and drops the rest; no callback runs any more.

        False: the store lane was not finished within `seconds`.
        """
        with self._closing:
            self._closed = True
        self._waiting.clear()
        for name, lane in self._lanes.items():
            lane.stop(drain=name == "store")
        return self._lanes["store"].join(seconds)

    def _give(self, fn: Callable[[], object], callbacks: _Callbacks) -> Job:
        job, lane, slot = Job(next(self._numbers)), callbacks.lane, callbacks.slot
        if self._closed:
            job.cancel()
            return job
        if slot is not None:
            if (older := self._latest.get(slot)) is not None:
                older.cancel()
            self._latest[slot] = job
        self._waiting[job.number] = callbacks
        self._running[lane] += 1
        if self._running[lane] == 1:
            self.busy_changed.emit(lane, self._is_busy(lane))
        self._lanes[lane].put(lambda: self._run(job, fn, skippable=lane in _WITHOUT_EFFECT))
        return job

    def _run(self, job: Job, fn: Callable[[], object], *, skippable: bool) -> None:
        """In a worker thread."""
        outcome = _Outcome(skipped=True) if skippable and job.silenced else _carry_out(fn)
        self._emit(self._landed, job, outcome)

    def _emit(self, signal: SignalInstance, *told: object) -> None:
        """From any thread: the slots run later, in the GUI thread. After `shutdown` nobody waits for it."""
        with self._closing, contextlib.suppress(RuntimeError):  # a bridge that nobody shut down
            if not self._closed:
                signal.emit(*told)

    def _is_busy(self, lane: LaneName) -> bool:
        return self._running[lane] > 0

    @Slot(object, object)
    def _on_landed(self, job: Job, outcome: _Outcome) -> None:
        callbacks = self._waiting.pop(job.number, None)
        if callbacks is None:
            return
        self._running[callbacks.lane] -= 1
        if not self._running[callbacks.lane]:
            self.busy_changed.emit(callbacks.lane, self._is_busy(callbacks.lane))
        if callbacks.slot is not None and self._latest.get(callbacks.slot) is job:
            del self._latest[callbacks.slot]
        if outcome.bug is not None:
            self._report(outcome.bug)
        if job.silenced or outcome.skipped:
            return
        if outcome.problem is not None:
            self._tell(outcome.problem, callbacks.on_problem)
        elif outcome.bug is None and callbacks.on_done is not None and _alive(callbacks.on_done):
            callbacks.on_done(outcome.value)
        if callbacks.on_end is not None and _alive(callbacks.on_end):
            callbacks.on_end()

    def _tell(self, problem: Problem, on_problem: Callable[[Problem], None] | None) -> None:
        if on_problem is None:
            self.problem_met.emit(problem)
        elif _alive(on_problem):
            on_problem(problem)

    def _report(self, error: BaseException) -> None:
        log.error("a background job failed", exc_info=error)
        bug = error if isinstance(error, Bug) else Bug(f"{type(error).__name__}: {error}")
        self.bug_met.emit(bug)

    @Slot()
    def _on_changes_came(self) -> None:
        with self._changes_lock:
            changes, self._changes = self._changes, None
        if changes is not None:
            self.changes_announced.emit(changes)


@dataclass(frozen=True)
class Door:
    """The way into one lane of the bridge."""

    lane: LaneName
    give: Callable[[Callable[[], object], _Callbacks], Job]

    def __call__(
        self,
        fn: Callable[[], Value],
        on_done: Callable[[Value], None] | None = None,
        on_problem: Callable[[Problem], None] | None = None,
        *,
        on_end: Callable[[], None] | None = None,
        slot: str | None = None,
    ) -> Job:
        """Runs `fn` there; then, in the GUI thread, `on_done` or `on_problem`, and `on_end` in any case. A newer job of the same
        `slot` silences the answers of an older one.
        """
        done = cast("Callable[[object], None] | None", on_done)
        return self.give(fn, _Callbacks(self.lane, slot, done, on_problem, on_end))


def _carry_out(fn: Callable[[], object]) -> _Outcome:
    try:
        return _Outcome(value=fn())
    except Bug as error:
        return _Outcome(bug=error)
    except Problem as error:
        return _Outcome(problem=error)
    except Exception as error:  # noqa: BLE001  the boundary: whatever it is, it is told and logged in the GUI thread
        return _Outcome(bug=error)


def _alive(callback: Callable[..., object]) -> bool:
    """False when the callback is a method of a widget that Qt has already destroyed."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or bool(shiboken6.isValid(owner))
