"""Unsent work carried from one home to another of the same member: of a machine that died, or may not go in any more.

What was frozen keeps its op id, so the portal carries it out once, whoever brings it and however often (`docs/adr/0020`).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.application.freezing import Tools, same_text
from desktop.application.merging import keep_text
from desktop.application.package_file import Frozen, Package, draft_json, opened
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Draft
from desktop.application.rules import Rules, bundle_of, rules_of
from desktop.application.shown import refresh
from desktop.domain.errors import BadContent, NotAllowed, NotFound, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.operation import TEXTS, moved
from desktop.domain.revision import Content, Revision

_TAKEN = "packages_taken"
ASIDE, NOT_REPEATED = "package-aside", "not-repeated"


@dataclass(frozen=True)
class Brought:
    """What a package brings to this home, or brought. Texts, decisions and remarks are frozen; drafts are working copies.

    `already`: operations and working copies that this home has had; `left`: decisions that are not repeated, because the portal
    was restored since; `aside`: working copies where this home's own stands, kept among the earlier texts of their entries.
    """

    made_at: str
    username: str
    texts: int
    decisions: int
    remarks: int
    drafts: int
    aside: int
    files: int
    bytes: int
    already: int
    left: int
    oldest: str
    titles: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.decisions or self.remarks or self.drafts or self.aside or self.left)


@dataclass(frozen=True)
class _Plan:
    queued: Sequence[Frozen]
    left: Sequence[Frozen]
    drafts: Sequence[Draft]
    aside: Sequence[Draft]
    files: dict[str, Path]
    already: int


class Packages:
    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def pack(self, only: EntryId | None = None) -> Package | None:
        """What this home has not sent (`only`: of one entry); None before the first sign-in. Side drafts only mirror what is in it."""
        with self._store.read() as work:
            account = work.feed.account()
            if account is None:
                return None
            queue = [item for item in work.queue.all() if item.operation.type != "side"]
            return Package(
                self._tools.clock.now(), account.portal_url, work.feed.value("epoch") or "", account.member_id,
                account.username,
                tuple(Frozen(i.operation, i.queued_at) for i in queue if only in {None, i.operation.entry_id}),
                tuple(draft for draft in work.drafts.dirty() if only in {None, draft.entry_id}),
            )  # fmt: skip

    def look(self, path: Path) -> Brought:
        """What `bring_in` would do; nothing is written.

        BadContent (package-none, package-newer, package-damaged), NotAllowed (package-other-member, package-other-portal,
        package-sync-first), NotFound (not-signed-in).
        """
        package = opened(path)
        with self._store.read() as work:
            return _told(work, package, _plan(work, package))

    def bring_in(self, path: Path) -> Brought:
        """Queue what is frozen and lay down the working copies, all or nothing; refusals as of `look`."""
        package = opened(path)
        with self._store.read() as work:
            plan = _plan(work, package)
            kept = {sha256: _copied(work, sha256, file) for sha256, file in plan.files.items()}
        with self._store.write() as work:
            rules, plan = rules_of(work), _plan(work, package)
            told = _told(work, package, plan)
            for sha256, size in kept.items():
                work.blobs.add_kept(sha256, size)
            at = self._tools.clock.now()
            touched = {self._queue(work, rules, item, at=at) for item in plan.queued}
            touched |= {_leave(work, item, at=at) for item in plan.left}
            for draft in plan.drafts:
                work.drafts.put(draft)
            for draft in plan.aside:
                self._put_aside(work, rules, draft, at=at)
            _remember(work, (*plan.drafts, *plan.aside))
            touched |= {draft.entry_id for draft in (*plan.drafts, *plan.aside)}
            refresh(work, touched, rules=rules)
        self._announce(Changes(frozenset(touched), lists=True))
        return told

    def _queue(self, work: Work, rules: Rules, item: Frozen, *, at: str) -> EntryId:
        """At the end of this home's queue. The other machine may have sent it: it cannot be taken back unseen (`mark_sent`)."""
        made = moved(item.operation.payload, work.queue.next_seq())
        rid, content, base = made.rid, made.content, made.payload.get("base_rid")
        if rid is not None and content is not None and not work.revisions.has(rid):
            stands_on, actor = Rid(base) if isinstance(base, str) else None, rules.actor.member.id
            work.revisions.put(Revision(rid, made.entry_id, stands_on, content, made.op_id, actor=actor))
        local = work.drafts.get(made.entry_id)
        if rid is not None and local is not None and not (local.dirty or local.conflict):
            work.drafts.remove(made.entry_id)  # it says no more than its base, and this text is newer
        work.queue.add(made, at=item.queued_at or at)
        work.queue.mark_sent([made.op_id])
        return made.entry_id

    def _put_aside(self, work: Work, rules: Rules, draft: Draft, *, at: str) -> None:
        """One's own work stands here: the other text is among the earlier ones, and a card says so."""
        if draft.kind in rules.bundle.kinds:
            keep_text(work, rules, draft, self._tools)
        else:  # what cannot be rendered cannot be a revision
            text = Content(draft.kind, draft.lang, draft.fields, {}, draft.attachments)
            work.past.keep(draft.entry_id, text, at=draft.updated or at, portal_time=rules.now)
        work.cards.add(
            draft.entry_id, op_id=None, name="put", outcome="withdrawn", rule=Rule(ASIDE), pointers=(), at=at
        )


def _plan(work: Work, package: Package) -> _Plan:
    """What this home would do with it, once it is known to be its member's, of this portal, and met before."""
    _admit(work, package)
    epoch, rules = work.feed.value("epoch"), rules_of(work)
    known = {item.operation.op_id for item in work.queue.all()}
    new = [
        item
        for item in package.operations
        if item.operation.op_id not in known and work.queue.settled(item.operation.op_id) is None
    ]
    left = [item for item in new if package.epoch != epoch and item.operation.type not in TEXTS]
    queued = [item for item in new if item not in left]
    fresh = [draft for draft in package.drafts if not _is_here(work, draft)]
    mine = [draft for draft in fresh if not _has_room(work, rules, draft, queued)]
    return _Plan(
        queued, left, [draft for draft in fresh if draft not in mine], mine,
        {name: file for name, file in package.files.items() if not work.blobs.has(name)},
        already=len(package.operations) - len(new) + len(package.drafts) - len(fresh),
    )  # fmt: skip


def _admit(work: Work, package: Package) -> None:
    account, epoch = work.feed.account(), work.feed.value("epoch")
    if account is None:
        raise NotFound(Rule("not-signed-in"))
    if (
        package.portal_url != account.portal_url and package.epoch != epoch
    ):  # it may have moved, or been restored; not both
        raise NotAllowed(Rule("package-other-portal", params={"portal": package.portal_url}))
    if package.member_id != account.member_id:
        raise NotAllowed(Rule("package-other-member", params={"member": package.username}))
    if epoch is None:  # whether decisions may be repeated is not known before
        raise NotAllowed(Rule("package-sync-first"))


def _is_here(work: Work, draft: Draft) -> bool:
    """Whether this working copy was taken up before, or its text stands here as that of the same base."""
    if _key(draft) in _taken(work):
        return True
    local = work.drafts.get(draft.entry_id)
    if local is not None and local.base_rid == draft.base_rid and local.lang == draft.lang and _says(local, draft):
        return True
    return any(
        known.base_rid == draft.base_rid and known.content.lang == draft.lang and same_text(draft, known.content)
        for known in work.revisions.of(draft.entry_id)
    )


def _has_room(work: Work, rules: Rules, draft: Draft, coming: Sequence[Frozen]) -> bool:
    """Whether no work of this home's own stands where the working copy wants to: nothing typed, no text queued that it does not
    go on from.
    """
    if draft.kind not in rules.bundle.kinds:
        return work.drafts.get(draft.entry_id) is None
    local = work.drafts.get(draft.entry_id)
    if local is not None and (local.dirty or local.conflict is not None):
        return False
    before = [item.operation for item in work.queue.of(draft.entry_id)]
    texts = [made for made in (*before, *(item.operation for item in coming)) if made.type == "put"]
    ours = [text for text in texts if text.entry_id == draft.entry_id]
    return not ours or ours[-1].rid == draft.base_rid


def _says(local: Draft, other: Draft) -> bool:
    return same_text(local, Content(other.kind, other.lang, other.fields, {}, other.attachments))


def _leave(work: Work, item: Frozen, *, at: str) -> EntryId:
    """A portal that came back from a backup gets no decision of before: it is told, and its id is not taken again."""
    made = moved(item.operation.payload, work.queue.next_seq())
    work.queue.add(made, at=item.queued_at or at)
    work.queue.withdraw(made.op_id, at=at)
    rule = Rule(NOT_REPEATED)
    work.cards.add(made.entry_id, op_id=made.op_id, name=made.name, outcome="withdrawn", rule=rule, pointers=(), at=at)
    return made.entry_id


def _copied(work: Work, sha256: str, file: Path) -> int:
    try:
        found, size = work.blobs.copy(file, most=file.stat().st_size)
    except OSError as error:
        raise BadContent(Rule("package-damaged", params={"file": str(file)}), str(error)) from error
    if found != sha256:
        raise BadContent(Rule("package-damaged", params={"file": str(file)}))
    return size


def _told(work: Work, package: Package, plan: _Plan) -> Brought:
    kinds = [item.operation.type for item in plan.queued]
    texts, remarks = kinds.count("put"), kinds.count("comment")
    return Brought(
        package.made_at, package.username, texts, len(kinds) - texts - remarks, remarks, len(plan.drafts), len(plan.aside),
        len(plan.files), sum(file.stat().st_size for file in plan.files.values()), plan.already, len(plan.left),
        min((item.queued_at for item in plan.queued), default=""), _titles(work, plan),
    )  # fmt: skip


def _titles(work: Work, plan: _Plan) -> tuple[str, ...]:
    """What the entries are called, by the newest text that tells it."""
    kinds, found = bundle_of(work).kinds, dict[str, str]()
    for item in (*plan.queued, *plan.left):
        if item.operation.is_of_entry:
            entry = work.entries.get(item.operation.entry_id)
            found.setdefault(item.operation.entry_id, entry.meta.title if entry else "")
    texts = [(item.operation.entry_id, item.operation.content) for item in plan.queued]
    drafts = [(d.entry_id, Content(d.kind, d.lang, d.fields, {})) for d in (*plan.drafts, *plan.aside)]
    for entry_id, text in (*texts, *drafts):
        kind = kinds.get(text.kind) if text else None
        if text is not None:
            found[entry_id] = str(text.fields.get(kind.title_field if kind else "title") or "").strip()
    return tuple(found.values())


def _key(draft: Draft) -> str:
    said = json.dumps({**draft_json(draft), "updated": None}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _taken(work: Work) -> frozenset[str]:
    return frozenset(json.loads(work.feed.value(_TAKEN) or "[]"))


def _remember(work: Work, drafts: Sequence[Draft]) -> None:
    """So that the same package, brought in once more, does not lay its text over what was written since."""
    if drafts:
        work.feed.set_value(_TAKEN, json.dumps(sorted(_taken(work) | {_key(draft) for draft in drafts})))
