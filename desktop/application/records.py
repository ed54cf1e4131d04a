"""Frozen values that cross layers: what the store keeps, what a list shows, what a document is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop.domain.digest import Json
from desktop.domain.entry import Facts, Head, Returned
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, MemberId, OpId, Rid
from desktop.domain.operation import Operation
from desktop.domain.revision import Content


@dataclass(frozen=True)
class Meta:
    """What the portal tells of an entry without its body (`docs/wire.md`, change type entry)."""

    kind: str
    lang: str
    title: str
    section: str | None = None
    author: str = ""
    owner: MemberId | None = None
    assignee: MemberId | None = None
    submitter: MemberId | None = None
    authors: tuple[MemberId, ...] = ()
    urgent: bool = False
    key: str = ""
    summary: str = ""
    returned: Returned | None = None
    updated: str = ""
    entered_rid: Rid | None = None


@dataclass(frozen=True)
class Entry:
    """The portal's view of an entry as last heard. `body_rid` is the revision whose content is stored here, if any."""

    head: Head
    meta: Meta
    in_scope: bool = True
    body_rid: Rid | None = None
    last_published_rid: Rid | None = None
    ever_submitted: bool = False


@dataclass(frozen=True)
class Draft:
    """The working copy on this machine. `base_rid` is the revision it started from (None: never frozen).

    `conflict` names the portal's head that this text conflicts with; a draft in conflict is never frozen by itself.
    `dirty` says that it differs from its base. `merged`: put together by the machine and not read by anybody yet.
    """

    entry_id: EntryId
    kind: str
    lang: str
    fields: Mapping[str, Json]
    attachments: tuple[Mapping[str, Json], ...] = ()
    base_rid: Rid | None = None
    dirty: bool = True
    conflict: Rid | None = None
    merged_from: Rid | None = None
    updated: str = ""
    merged: bool = False


@dataclass(frozen=True)
class PastText:
    """A text as it stood when its writer paused. `at`: this machine's time; `size`: bytes on disk."""

    no: int
    entry_id: EntryId
    at: str
    size: int


class Place(StrEnum):
    """Where a queued operation stands."""

    WAITING = "waiting"
    HELD = "held"


@dataclass(frozen=True)
class Queued:
    """An operation in the queue; `attempts` counts how often its bytes were sent."""

    operation: Operation
    local_no: int
    attempts: int = 0
    place: Place = Place.WAITING
    queued_at: str = ""


@dataclass(frozen=True)
class Applied:
    """An operation that the portal has confirmed; `rid` is the text of a put, `comment_id` that of a remark."""

    op_id: OpId
    entry_id: EntryId
    type: str
    name: str
    rid: Rid | None
    comment_id: str = ""


@dataclass(frozen=True)
class Settled:
    """An operation that has its final answer; `outcome` as on the wire, or "withdrawn". `at` is this machine's time."""

    operation: Operation
    outcome: str
    at: str
    queued_at: str = ""


@dataclass(frozen=True)
class Notice:
    """What is told of the whole home until its member has read it or, where `asks`, has answered yes or no.

    `rule.code` names it: one notice of a code at a time.
    """

    rule: Rule
    created: str
    asks: bool = False


@dataclass(frozen=True)
class Card:
    """Something a person must look at: a refused operation or a held draft. Never dropped silently."""

    id: int
    entry_id: EntryId
    op_id: OpId | None
    name: str
    outcome: str
    rule: Rule
    created: str
    pointers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One line of an entry's history, as the portal tells it or as it waits here (`server_time` empty)."""

    op_id: str
    type: str
    name: str
    rid: Rid | None
    rev_no: int
    actor: str
    actor_label: str
    reason: str
    server_time: str


@dataclass(frozen=True)
class Shown:
    """One row of a list: the projection of an entry, kept ready so that lists and counts are one query.

    `due`: by when it must be public (`domain.deadlines.Due.by`), "" for no deadline.
    """

    entry_id: EntryId
    kind: str
    lang: str
    title: str
    section: str
    key: str
    step: str
    phase: str
    returned: bool
    public: bool
    owner: str
    submitter: str
    assignee: str
    urgent: bool
    waiting: int
    conflict: bool
    card: bool
    rev_no: int
    updated: str
    in_scope: bool = True
    due: str = ""


@dataclass(frozen=True)
class ListQuery:
    """Which rows: `box` is drafts, returned, submitted, published, step:<id>, kind:<id>, conflicts, cards or all.

    `text` is what a person typed, marks and đ optional. Newest first; what has `text` in its title before all else, unless `by_date`.
    `marks` are words of `domain.filtering`: with any of them it goes by date.
    """

    box: str = "all"
    text: str = ""
    kind: str | None = None
    urgent: bool = False
    by_date: bool = False
    limit: int = 200
    offset: int = 0
    marks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Everything that must be found."""
        return " ".join((*self.marks, self.text)).strip()

    @property
    def goes_by_date(self) -> bool:
        return self.by_date or bool(self.marks)


@dataclass(frozen=True)
class Account:
    """The (portal, member) a home belongs to."""

    portal_url: str
    member_id: MemberId
    username: str
    device_id: str
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Device:
    """A signed-in device of some member; times are the portal's, empty where it was not heard of since. `waiting`: operations
    that it had and could not send when it was last heard of, None where it does not say. `current`: the one that asks.
    """

    id: str
    name: str
    username: str
    signed_in: str
    seen: str = ""
    waiting: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Choice:
    """A command a person may want: allowed, or not and why (`rule`). `step` is the gate an approval would pass."""

    name: str
    step: str
    label: Mapping[str, str]
    allowed: bool
    rule: Rule | None = None
    pointers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """Everything a window needs to show one entry. `content.html` is that of the stored revision, not of the draft.

    `base_rid` is the revision that the text on screen stands on; `Drafting.save` wants it back. `merged`: the machine put
    this text together from two people's, and nobody has read it yet (`Conflicts.confirm`). `original`: what this is a
    translation of, as it stands here.
    """

    entry_id: EntryId
    kind: str
    lang: str
    fields: Mapping[str, Json]
    attachments: tuple[Mapping[str, Json], ...]
    facts: Facts
    rev_no: int
    content: Content | None
    published: Content | None
    choices: tuple[Choice, ...]
    writable: Rule | None
    saved_at: str
    dirty: bool
    waiting: int
    conflict: Rid | None
    returned: Returned | None
    cards: tuple[Card, ...]
    history: tuple[Step, ...]
    in_scope: bool = True
    base_rid: Rid | None = None
    merged: bool = False
    original: Content | None = None


@dataclass(frozen=True)
class KeptOriginal:
    """A picture as it came, beside the one made of it; `size` in bytes."""

    path: Path
    size: int


@dataclass(frozen=True)
class Swept:
    """The files of a home, in bytes. `unused`: (SHA-256, size) of what nothing speaks of and is old enough to go; `young` are not.

    `left_over`: remains of copies and downloads. `lone`: pictures as they came (`originals`) whose picture nothing speaks of; they
    stay. `unread`: a database here that cannot be read and may speak of any of them: nothing is removed then.
    """

    files: int
    size: int
    unused: tuple[tuple[str, int], ...]
    young: int
    left_over: int
    left_over_size: int
    originals: int
    originals_size: int
    lone: tuple[Path, ...]
    unread: str = ""
    removed: bool = False


@dataclass(frozen=True)
class Lost:
    """A file that a text here names and whose bytes are not here. `portal`: a text that the portal has names it too."""

    sha256: str
    name: str
    size: int
    entry_id: EntryId
    title: str
    portal: bool


@dataclass(frozen=True)
class Changes:
    """What a use case or a sync touched, so that only the views concerned refresh."""

    entries: frozenset[EntryId] = frozenset()
    lists: bool = False
    board: bool = False
    bundle: bool = False
    transfers: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.entries | other.entries,
            self.lists or other.lists,
            self.board or other.board,
            self.bundle or other.bundle,
            self.transfers or other.transfers,
        )


@dataclass(frozen=True)
class SyncStatus:
    """The status bar's answer. Times are this machine's, ISO 8601 UTC; `problem` is an EnvironmentProblem's code."""

    online: bool
    since: str
    last_sync: str
    waiting: int
    cards: int
    problem: str = ""
    running: bool = False
    signed_in: bool = True
    keyring: bool = True
    notices: tuple[Notice, ...] = ()
