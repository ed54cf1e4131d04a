"""Looking: lists, counts, search, people, and the rules in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.application.past import earlier_text
from desktop.application.ports import Store, Work
from desktop.application.records import Card, ListQuery, Shown
from desktop.application.rules import bundle_of, rules_of
from desktop.domain.board import Member
from desktop.domain.digest import Json
from desktop.domain.errors import NotFound, Rule
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.domain.revision import Content


@dataclass(frozen=True)
class Version:
    """One stored text of an entry. `rev_no` 0: the portal has not numbered it; `waiting`: it is still to be sent, else kept here.

    `key` is a revision's rid, or the number of a text that was kept when its writer paused.
    """

    key: Rid | int
    rev_no: int
    by: str
    by_label: str
    at: str
    waiting: bool = False


class Library:
    """Everything here reads; nothing needs the portal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, query: ListQuery) -> Sequence[Shown]:
        """One page of a list, newest first, or the best matches first when `query.text` is given."""
        with self._store.read() as work:
            return work.lists.rows(query, me=_me(work))

    def count(self, query: ListQuery) -> int:
        with self._store.read() as work:
            return work.lists.count(query, me=_me(work))

    def counts(self, boxes: Sequence[str]) -> Mapping[str, int]:
        """How many rows each box holds, by one query."""
        with self._store.read() as work:
            return work.lists.counts(boxes, me=_me(work))

    def cards(self) -> Sequence[Card]:
        """What a person must look at, oldest first."""
        with self._store.read() as work:
            return work.cards.open()

    def me(self) -> Member:
        """The member this home belongs to; NotFound before the first sign-in."""
        with self._store.read() as work:
            return rules_of(work).actor.member

    def people(self) -> Mapping[MemberId, Member]:
        with self._store.read() as work:
            return {member.id: member for member in work.board.members()}

    def profile(self) -> Profile:
        with self._store.read() as work:
            return bundle_of(work).profile

    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of the portal, in its profile's order."""
        with self._store.read() as work:
            bundle = bundle_of(work)
            return {name: bundle.kinds[name] for name in bundle.profile.kinds if name in bundle.kinds}

    def bundle(self) -> Mapping[str, Json]:
        """The bundle as served: profile, kinds, theme."""
        with self._store.read() as work:
            return bundle_of(work).raw

    def earlier(self, entry_id: EntryId, key: Rid | int) -> Content | None:
        """The text of a `Version`, if it is stored here."""
        with self._store.read() as work:
            return earlier_text(work, entry_id, key)

    def dropped(self, entry_id: EntryId) -> int:
        """How many texts that were kept at a pause are kept no more: too old, or too many."""
        with self._store.read() as work:
            return work.past.dropped(entry_id)

    def versions(self, entry_id: EntryId) -> Sequence[Version]:
        """Every text of the entry that is stored here: what was left at a pause, then what was frozen, each the newest first."""
        with self._store.read() as work:
            told = {step.rid: step for step in work.revisions.history(entry_id) if step.type == "put"}
            queued = {item.operation.rid for item in work.queue.of(entry_id)}
            texts = work.revisions.of(entry_id)
            left = work.past.of(entry_id)
            me = _me(work)
        made = []
        for text in texts:
            step = told.get(text.rid)
            number = text.rev_no or (step.rev_no if step else 0)
            by, name = (step.actor, step.actor_label) if step else (text.actor, "")
            at = step.server_time if step else text.server_time
            made.append(Version(text.rid, number, by, name, at, waiting=text.rid in queued))
        pauses = [Version(text.no, 0, me, "", text.at) for text in left]
        return pauses + sorted(made, key=lambda one: (one.rev_no == 0, one.rev_no), reverse=True)

    def blob(self, sha256: str) -> bytes | None:
        """The bytes of an attachment, if they are on this machine."""
        with self._store.read() as work:
            return work.blobs.read(sha256)


def _me(work: Work) -> MemberId:
    account = work.feed.account()
    if account is None:
        raise NotFound(Rule("not-signed-in"))
    return account.member_id
