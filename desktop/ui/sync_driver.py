"""Syncing by itself: at the start, after a gesture, at an interval, when the network changes; and by F5.

The schedule is the desk's `pace`; this only owns the timer. The request runs in the network lane.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation

from desktop.application.ports import SyncReport
from desktop.application.records import Changes, SyncStatus
from desktop.application.waiting import Summary
from desktop.domain.errors import NotFound, PortalBusy, Problem, SignInRefused
from desktop.domain.ids import EntryId
from desktop.ui.presenters.waiting import Ended
from desktop.ui.shell import Shell

_MILLISECONDS = 1000
_LOG = 30
_UNKNOWN = SyncStatus(online=False, since="", last_sync="", waiting=0, cards=0)


class SyncDriver(QObject):
    """Signals: `status_changed(SyncStatus)`; `ended(bool)` after each sync; `sign_in_needed()`; `problem_met(Problem)` only of
    a sync that a person asked for; `summary_wanted(Summary)`: much would be sent, or after long: `agree` lets it go;
    `pause_changed(bool)`; `log_changed(tuple[Ended])`, the last first.
    """

    status_changed = Signal(object)
    ended = Signal(bool)
    sign_in_needed = Signal()
    problem_met = Signal(object)
    summary_wanted = Signal(object)
    pause_changed = Signal(bool)
    log_changed = Signal(object)

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._running = False
        self._again = False
        self._asked = False
        self._asked_again = False
        self._status = _UNKNOWN
        self._looking = False
        self._agreed = False
        self._paused = False
        self._log: tuple[Ended, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._run)
        shell.bridge.changes_announced.connect(self._on_changes)

    @property
    def status(self) -> SyncStatus:
        return replace(self._status, running=self._running)

    @property
    def running(self) -> bool:
        return self._running

    def start(self) -> None:
        """Begin; also watches the system's network."""
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._on_network)
        self.read_status()
        self._arm()

    def stop(self) -> None:
        """No sync begins any more."""
        self._timer.stop()
        self._shell.desk.pace.stopped()

    def pause(self, on: bool) -> None:  # noqa: FBT001  connected to a toggle
        """Nothing is sent by itself any more, until the window is closed: a pause that is forgotten must not outlive it."""
        self._paused = on
        self.pause_changed.emit(on)
        self._arm()

    def agree(self) -> None:
        """A person has seen what would be sent, and said yes."""
        self._agreed = True

    def gesture(self) -> None:
        """A person submitted or approved: send it now."""
        self._shell.desk.pace.gesture()
        self._again = self._again or self._running
        self._arm()

    def sync_now(self) -> None:
        """F5, or a sign-in."""
        if self._running:  # the one that runs began before anybody asked
            self._again = self._asked_again = True
        else:
            self._asked = True
            self._shell.desk.pace.asked()
        self._arm()

    def freeze(self, entry_ids: frozenset[EntryId]) -> None:
        """Texts that were closed or left alone go up at the next sync."""
        drafting = self._shell.desk.drafting
        self._shell.bridge.store(lambda: drafting.freeze_idle(entry_ids), self._on_frozen, self._on_not_frozen)

    def read_status(self) -> None:
        """Ask the exchange where it stands."""
        exchange = self._shell.desk.exchange
        self._shell.bridge.store(exchange.status, self._on_status, self._on_no_status, slot="sync-status")

    def _arm(self) -> None:
        held = self._running or self._looking or (self._paused and not self._asked)
        wait = None if held else self._shell.desk.pace.wait()
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(round(wait * _MILLISECONDS))

    @Slot()
    def _run(self) -> None:
        if self._running or self._looking:
            return
        if self._agreed:
            self._begin()
            return
        self._looking = True
        waiting = self._shell.desk.waiting
        self._shell.bridge.store(waiting.summary, self._on_summary, lambda _problem: self._on_summary(None))

    def _on_summary(self, summary: Summary | None) -> None:
        """Much, or after long, or a decision of yesterday: nothing goes before a person has said so."""
        self._looking = False
        if summary is not None and summary.due and not self._agreed:
            self._asked = False
            self.summary_wanted.emit(summary)
        else:
            self._begin()

    def _begin(self) -> None:
        if self._running:
            return
        self._running = True
        self.status_changed.emit(self.status)
        exchange = self._shell.desk.exchange
        self._shell.bridge.network(exchange.run, self._on_done, self._on_problem, on_end=self._on_end)

    def _on_done(self, report: SyncReport) -> None:
        self._agreed = False  # for what was there; what comes is looked at anew
        self._note(Ended(self._shell.now().moment.isoformat(), report.sent, report.received))
        self._shell.desk.pace.succeeded(again_in=report.again_in)
        self._finish(ok=True)

    def _on_problem(self, problem: Problem) -> None:
        pace = self._shell.desk.pace
        self._note(Ended(self._shell.now().moment.isoformat(), problem=self._shell.sentence(problem).title))
        if isinstance(problem, SignInRefused | NotFound):
            pace.stopped()
            self.sign_in_needed.emit()
        else:
            pace.failed(retry_after=problem.retry_after if isinstance(problem, PortalBusy) else None)
            if self._asked:
                self.problem_met.emit(problem)
        self._finish(ok=False)

    def _on_end(self) -> None:
        """Also after a job that died of a bug, which has neither answer."""
        if self._running:
            self._shell.desk.pace.failed()
            self._finish(ok=False)

    def _finish(self, *, ok: bool) -> None:
        self._running = False
        self._asked, self._asked_again = self._asked_again, False
        pace = self._shell.desk.pace
        if self._asked:
            pace.asked()
        elif self._again:
            pace.gesture()
        self._again = False
        self.read_status()
        self._arm()
        self.ended.emit(ok)

    def _note(self, ended: Ended) -> None:
        """Syncs that ended alike and brought nothing are one line, with the time of the last."""
        last = self._log[0] if self._log else None
        alike = last is not None and replace(last, at=ended.at) == ended and not (ended.sent or ended.received)
        self._log = (ended, *self._log[1 if alike else 0 : _LOG])
        self.log_changed.emit(self._log)

    def _on_status(self, status: SyncStatus) -> None:
        self._status = status
        self.status_changed.emit(self.status)

    def _on_no_status(self, problem: Problem) -> None:
        """Not signed in yet: there is nothing to tell."""
        del problem

    def _on_frozen(self, count: int) -> None:
        if count:
            self.gesture()

    def _on_not_frozen(self, problem: Problem) -> None:
        """A text that cannot be frozen stays a draft here; its own head says why when it is sent."""
        del problem

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        del changes
        self.read_status()

    @Slot(object)
    def _on_network(self, reachability: QNetworkInformation.Reachability) -> None:
        del reachability
        self._shell.desk.pace.network_changed()
        self._arm()
