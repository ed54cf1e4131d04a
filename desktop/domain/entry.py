"""An entry as people speak of it: its state, its head, and the facts a decision needs."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.ids import EntryId, MemberId, Rid


class Phase(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class State:
    """`step` is the step awaited, a step id of the profile; "public" is said by `published_rid`, never by `phase`."""

    step: str
    phase: Phase


@dataclass(frozen=True)
class Returned:
    """Why the entry came back: the operation that returned it, who did, and the reason in their words."""

    op_id: str
    reason: str
    by: str


@dataclass(frozen=True)
class Head:
    """What the portal says of an entry, live. `rev_no` is for people ("bản 7"); `seq` orders changes."""

    entry_id: EntryId
    rid: Rid | None
    rev_no: int
    state: State
    state_ver: int
    published_rid: Rid | None
    seq: int


@dataclass(frozen=True)
class Facts:
    """All that `workflow.decide` may look at. `authors` are those of the text up to submission; `entered_rid` is the text with
    which the awaited step was entered, None where the portal does not tell.
    """

    state: State
    state_ver: int
    head_rid: Rid | None
    published_rid: Rid | None
    section: str | None
    owner: MemberId | None
    submitter: MemberId | None = None
    assignee: MemberId | None = None
    authors: frozenset[MemberId] = field(default_factory=frozenset)
    last_published_rid: Rid | None = None
    ever_submitted: bool = False
    entered_rid: Rid | None = None
