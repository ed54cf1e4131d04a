"""What every panel is given: the desk, the bridge to other threads, the language, and who works here under which rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.application.desk import Desk
from desktop.application.messages import Sentence, sentence
from desktop.application.records import Changes
from desktop.domain.board import Member
from desktop.domain.digest import Json
from desktop.domain.errors import NotFound, Problem, Rule
from desktop.domain.ids import MemberId
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.ui.background.bridge import Bridge
from desktop.ui.presenters.times import Now
from desktop.ui.presenters.words import Translate


@dataclass(frozen=True)
class Bearings:
    """Who works here and the rules in force; `bundle` as served (profile, kinds, theme)."""

    me: Member
    profile: Profile
    kinds: Mapping[str, Kind]
    bundle: Mapping[str, Json]
    people: Mapping[MemberId, Member]


def read_bearings(desk: Desk) -> Bearings | None:
    """None before the first sign-in."""
    try:
        library = desk.library
        return Bearings(library.me(), library.profile(), library.kinds(), library.bundle(), library.people())
    except NotFound:
        return None


class Shell(QObject):
    """Signals: `bearings_changed()` when member, profile or kinds are others; `problem_met(Sentence)` for the notice bar."""

    bearings_changed = Signal()
    problem_met = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, *, lang: str = "vi", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bridge = bridge
        self.lang = lang
        self._bearings: Bearings | None = None
        bridge.changes_announced.connect(self._on_changes)
        bridge.problem_met.connect(self.tell)
        bridge.bug_met.connect(self.tell)

    @property
    def bearings(self) -> Bearings | None:
        return self._bearings

    @property
    def translate(self) -> Translate:
        return _translate

    def adopt(self, bearings: Bearings | None) -> None:
        """Take these as the rules in force."""
        if bearings != self._bearings:
            self._bearings = bearings
            self.bearings_changed.emit()

    def refresh(self) -> None:
        """Read member, profile and kinds again."""
        desk = self.desk
        self.bridge.store(lambda: read_bearings(desk), self.adopt, slot="bearings")

    def now(self) -> Now:
        """The clock and zone of this machine: shown, never trusted."""
        moment = datetime.now(UTC)
        return Now(moment, moment.astimezone().tzinfo or UTC)

    def explain(self, rule: Rule) -> str:
        """Why a rule says no, in one sentence."""
        said = sentence(rule, self.lang)
        return " ".join(part for part in (said.what, said.todo) if part)

    def sentence(self, problem: Problem | Rule) -> Sentence:
        return sentence(problem, self.lang)

    def tell(self, problem: Problem) -> None:
        """Show a problem in the notice bar."""
        self.problem_met.emit(self.sentence(problem))

    def _on_changes(self, changes: Changes) -> None:
        if changes.board or changes.bundle:
            self.refresh()


def _translate(context: str, text: str, comment: str | None = None, n: int = -1, /) -> str:
    return QCoreApplication.translate(context, text, comment, n)
