"""What a window or a command line works with: every use case of one home, put together by wiring."""

from dataclasses import dataclass

from desktop.application.archive import Archive
from desktop.application.conflicts import Conflicts
from desktop.application.drafting import Drafting
from desktop.application.library import Library
from desktop.application.missing import Incoming
from desktop.application.notices import Notices
from desktop.application.packages import Packages
from desktop.application.ports import Administered, Exchange, Originals, OutwardLine, OwnWords, Pace
from desktop.application.relating import Relating
from desktop.application.session import Session
from desktop.application.stages import Stages
from desktop.application.transfers import Transfers
from desktop.application.waiting import Waiting


@dataclass(frozen=True)
class Desk:
    drafting: Drafting
    stages: Stages
    library: Library
    session: Session
    conflicts: Conflicts
    notices: Notices
    waiting: Waiting
    packages: Packages
    exchange: Exchange
    pace: Pace
    transfers: Transfers
    incoming: Incoming
    archive: Archive
    words: OwnWords
    originals: Originals
    relating: Relating
    administered: Administered
    line: OutwardLine
