"""Keeps the rows that lists show in step with what they are a projection of, in the same transaction."""

from collections.abc import Collection, Mapping, Sequence

from desktop.application.ports import Work
from desktop.application.records import Queued, Shown, Step
from desktop.application.rules import Rules, Standing, rules_of, standing
from desktop.domain.deadlines import due
from desktop.domain.deadlines import rules_of as rules_for
from desktop.domain.digest import Json
from desktop.domain.entry import Phase
from desktop.domain.errors import NotFound
from desktop.domain.filtering import filter_words
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile

Texts = Mapping[str, Json]


def refresh(work: Work, entry_ids: Collection[EntryId], *, rules: Rules | None = None) -> None:
    """Write the list row and the search text of each entry anew; entries without local traces are hidden.

    `rules` spares reading them again where the caller has them.
    """
    if not entry_ids:
        return
    rules = rules or rules_of(work)
    for entry_id in entry_ids:
        try:
            now = standing(work, rules, entry_id)
        except NotFound:
            work.lists.hide(entry_id)
        else:
            _refresh_one(work, rules, now)


def _refresh_one(work: Work, rules: Rules, now: Standing) -> None:
    fields = current_fields(work, now)
    kind = rules.bundle.kinds.get(kind_id(work, now))
    work.lists.show(_row(work, rules.profile, now, fields, kind), text=_search_text(fields, kind))


def current_fields(work: Work, now: Standing) -> Texts:
    """The newest text known here: the draft, else the projected head's, else the body stored last, else nothing."""
    if now.draft is not None:
        return now.draft.fields
    for rid in (now.facts.head_rid, now.entry.body_rid if now.entry else None):
        revision = work.revisions.get(rid) if rid else None
        if revision is not None:
            return revision.content.fields
    return {}


def _row(work: Work, profile: Profile, now: Standing, fields: Texts, kind: Kind | None) -> Shown:
    facts, entry, draft = now.facts, now.entry, now.draft
    entry_id = draft.entry_id if draft else entry.head.entry_id if entry else now.queued[0].operation.entry_id
    meta = entry.meta if entry else None
    title = str(fields.get(kind.title_field if kind else "title") or (meta.title if meta else ""))
    key = str(fields.get(kind.key_field) or "") if kind and kind.key_field else ""
    returned = meta is not None and meta.returned is not None and facts.state.phase is Phase.DRAFT and not now.queued
    return Shown(
        entry_id=entry_id,
        kind=kind_id(work, now),
        lang=draft.lang if draft else meta.lang if meta else "vi",
        title=title,
        section=facts.section or "",
        key=key or (meta.key if meta else ""),
        step=facts.state.step,
        phase=facts.state.phase.value,
        returned=returned,
        public=facts.published_rid is not None,
        owner=facts.owner or "",
        submitter=facts.submitter or "",
        assignee=facts.assignee or "",
        urgent=bool(fields.get("urgent", meta.urgent if meta else False)),
        waiting=now.projected.waiting,
        conflict=draft is not None and draft.conflict is not None,
        card=bool(work.cards.of(entry_id)),
        rev_no=entry.head.rev_no if entry else 0,
        updated=max(draft.updated if draft else "", meta.updated if meta else ""),
        in_scope=entry.in_scope if entry else True,
        due=_due(work, profile, now, fields, kind, entry_id),
    )


def _due(work: Work, profile: Profile, now: Standing, fields: Texts, kind: Kind | None, entry_id: EntryId) -> str:
    """By when it must be public, "" where it is or nothing says so."""
    if kind is None or now.facts.state.phase not in {Phase.DRAFT, Phase.WAITING} or not rules_for(profile.raw, kind.id):
        return ""
    public = now.facts.published_rid is not None
    changed = changed_at(work.revisions.history(entry_id), now.queued) if public else ""
    found = due(profile.raw, kind.id, fields=fields, public=public, changed_at=changed)
    return found.by if found is not None else ""


def changed_at(history: Sequence[Step], queued: Sequence[Queued]) -> str:
    """When what is public was taken up to be changed: the portal's time, or this machine's for what waits."""
    waiting = [item.queued_at for item in queued if item.operation.name == "revise"]
    told = [step.server_time for step in history if step.name == "revise" and step.server_time]
    return (waiting or told or [""])[-1]


def kind_id(work: Work, now: Standing) -> str:
    """Which kind the entry is; "" where nothing of it is here."""
    if now.draft is not None:
        return now.draft.kind
    if now.entry is not None:
        return now.entry.meta.kind
    revision = work.revisions.get(now.facts.head_rid) if now.facts.head_rid else None
    return revision.content.kind if revision else ""


def _search_text(fields: Texts, kind: Kind | None) -> str:
    """All searchable text but the title, one line per field, and what lists are narrowed by."""
    return "\n".join((*kind.search_words(fields), *filter_words(kind, fields))) if kind else ""
