"""Files on their way to the portal: how far each has come, what may hold it back, and what a member has set for them.

The numbers stand in the feed's values, written once a part; the bytes never pass through here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from desktop.application.ports import Announce, Clock, Store, Work
from desktop.application.records import Changes
from desktop.domain.digest import Json
from desktop.domain.errors import NotFound, Rule
from desktop.domain.files import Media, media_of
from desktop.domain.ids import EntryId
from desktop.domain.text import tidy_text

_KEY, _SETTINGS, _LIMITS = "transfers", "transfer_settings", "limits"
KNOWN_LIMIT = 64 * 1024 * 1024  # of one file, until the portal has told


class Held(StrEnum):
    """Why a file does not move."""

    NO = ""
    PAUSED = "paused"
    AFTER_HOURS = "after-hours"
    REFUSED = "refused"


@dataclass(frozen=True)
class Moving:
    """One file as far as it has come. `place`: its upload at the portal. `speed`: bytes a second of the last part.

    `name` and `entry_id` outlive the draft that it was attached to.
    """

    name: str = ""
    entry_id: str = ""
    place: str = ""
    done: int = 0
    speed: float = 0.0
    paused: bool = False
    refused: str = ""


@dataclass(frozen=True)
class TransferRules:
    """`cap` in bytes a second, 0 for none. Videos wait for the hours between `begin` and `end` of this machine's day."""

    cap: int = 0
    videos_after_hours: bool = False
    begin: int = 18
    end: int = 7


@dataclass(frozen=True)
class FileTransfer:
    """A file that the portal lacks, or (`coming`) this home, in the order in which they go; `sent`: how much has gone, or come.

    `needed`: a waiting command, or work that is under way here, cannot go on without it.
    """

    sha256: str
    name: str
    size: int
    sent: int
    speed: float
    media: Media
    held: Held
    needed: bool
    entry_id: EntryId | None
    refused: str = ""
    coming: bool = False


class Transfers:
    def __init__(self, store: Store, clock: Clock, announce: Announce) -> None:
        self._store = store
        self._clock = clock
        self._announce = announce

    def files(self) -> Sequence[FileTransfer]:
        """What is still to go up, first what goes first."""
        with self._store.read() as work:
            return outgoing(work, now=self._clock.now())

    def pause(self, sha256: str) -> None:
        """From the next part on; what has arrived stays there. NotFound."""
        self._change(sha256, paused=True)

    def resume(self, sha256: str) -> None:
        """Also of a file that was refused: it is offered once more. NotFound."""
        self._change(sha256, paused=False)

    def rules(self) -> TransferRules:
        with self._store.read() as work:
            return rules_of(work)

    def set_rules(self, rules: TransferRules) -> None:
        with self._store.write() as work:
            work.feed.set_value(_SETTINGS, json.dumps(asdict(rules)))
        self._announce(Changes(transfers=True))

    def _change(self, sha256: str, *, paused: bool) -> None:
        with self._store.write() as work:
            if sha256 not in {known for known, _size in work.blobs.unsent()}:
                raise NotFound(Rule("gone"))
            now = moving(work, sha256)
            set_moving(work, sha256, replace(now, paused=paused, refused=now.refused if paused else "", speed=0.0))
        self._announce(Changes(transfers=True))


def moving(work: Work, sha256: str) -> Moving:
    return _known(work).get(sha256, Moving())


def described(*, alt: str = "", source: str = "", licence: str = "") -> dict[str, Json]:
    """What a person says of a file, as an entry keeps it."""
    return {"alt": tidy_text(alt), "source": tidy_text(source), "licence": tidy_text(licence)}


def begun(
    work: Work, sha256: str, size: int, *, entry_id: EntryId, name: str, role: str, told: Mapping[str, Json]
) -> dict[str, Json]:
    """A file was attached: whatever became of it before, it is to go up. Returns what the entry says of it; `told`: `described`."""
    name = tidy_text(name)
    set_moving(work, sha256, Moving(name, entry_id, place=moving(work, sha256).place))
    return {"sha256": sha256, "size": size, "name": name, "role": role, **told}


def set_moving(work: Work, sha256: str, now: Moving) -> None:
    """What the portal has by now is forgotten."""
    known = {**_known(work), sha256: now}
    unsent = {name for name, _size in work.blobs.unsent()}
    kept = {name: asdict(item) for name, item in known.items() if name in unsent and item != Moving()}
    work.feed.set_value(_KEY, json.dumps(kept) if kept else None)


def rules_of(work: Work) -> TransferRules:
    stored = work.feed.value(_SETTINGS)
    return TransferRules(**json.loads(stored)) if stored else TransferRules()


def file_limit(work: Work) -> int:
    """The most bytes of one file that the portal takes, as last heard."""
    limits = json.loads(work.feed.value(_LIMITS) or "{}")
    return int(limits.get("file_bytes") or limits.get("blob_bytes") or KNOWN_LIMIT)


def videos_wait(work: Work, *, now: str) -> bool:
    """Whether videos that nobody waits for are to stay where they are at this hour."""
    rules = rules_of(work)
    return rules.videos_after_hours and not _is_after(rules, now)


def keep_limits(work: Work, limits: Mapping[str, int]) -> None:
    text = json.dumps(dict(limits), sort_keys=True)
    if work.feed.value(_LIMITS) != text:
        work.feed.set_value(_LIMITS, text)


def outgoing(work: Work, *, now: str) -> list[FileTransfer]:
    """What is to go up: what a waiting command needs, then pictures, documents, sound and video; small before large."""
    unsent = work.blobs.unsent()
    if not unsent:
        return []
    known, rules, named = _known(work), rules_of(work), _names(work)
    found = []
    for sha256, size in unsent:
        item = known.get(sha256, Moving())
        entry_of = EntryId(item.entry_id) if item.entry_id else None
        name, entry_id, needed = named.get(sha256, (item.name or sha256[:12], entry_of, False))
        media = media_of(name)
        held = Held.REFUSED if item.refused else Held.PAUSED if item.paused else Held.NO
        if not held and media is Media.VIDEO and rules.videos_after_hours and not needed and not _is_after(rules, now):
            held = Held.AFTER_HOURS
        found.append(
            FileTransfer(sha256, name, size, item.done, item.speed, media, held, needed, entry_id, item.refused)
        )
    return sorted(found, key=lambda file: (not file.needed, file.media.rank, file.size, file.sha256))


def _known(work: Work) -> dict[str, Moving]:
    stored = json.loads(work.feed.value(_KEY) or "{}")
    return {sha256: Moving(**item) for sha256, item in stored.items()}


def _names(work: Work) -> dict[str, tuple[str, EntryId, bool]]:
    """By SHA-256: what the member called it, in which entry, and whether a command waits behind it."""
    found: dict[str, tuple[str, EntryId, bool]] = {}
    for draft in work.drafts.dirty():
        for file in draft.attachments:
            found[str(file.get("sha256"))] = (str(file.get("name")), draft.entry_id, False)
    queue = work.queue.all()
    commanded = {item.operation.entry_id for item in queue if item.operation.type == "command"}
    for item in queue:
        content = item.operation.content
        for file in content.attachments if content is not None else ():
            entry_id = item.operation.entry_id
            found[str(file.get("sha256"))] = (str(file.get("name")), entry_id, entry_id in commanded)
    # The text may be at the portal already, and its command wait for the file.
    for entry_id in commanded:
        entry = work.entries.get(entry_id)
        text = work.revisions.get(entry.head.rid) if entry is not None and entry.head.rid else None
        for file in text.content.attachments if text is not None else ():
            found[str(file.get("sha256"))] = (str(file.get("name")), entry_id, True)
    return found


def _is_after(rules: TransferRules, now: str) -> bool:
    """By this machine's own day: nothing but the moment of sending hangs on it."""
    hour = datetime.fromisoformat(now).astimezone().hour
    if rules.begin <= rules.end:
        return rules.begin <= hour < rules.end
    return hour >= rules.begin or hour < rules.end
