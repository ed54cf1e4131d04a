"""The history of a working copy: each text as its writer left it for a while, for as long and as many as there is room for."""

from datetime import datetime, timedelta

from desktop.application.freezing import same_text
from desktop.application.ports import Work
from desktop.application.records import Draft
from desktop.domain.ids import EntryId, Rid
from desktop.domain.revision import Content

PAUSE = timedelta(seconds=20)
AGE = timedelta(days=180)  # of the portal's time: a clock that is wrong for an hour drops nothing
MOST = 8 * 1024 * 1024  # bytes on disk for one entry: some hundred texts of a long regulation, packed
MOST_IN_ALL = 128 * 1024 * 1024


def remember(work: Work, draft: Draft, *, at: str, portal_time: str, always: bool = False) -> None:
    """Before `draft` is written over: keep it, if its writer had paused since (or `always`) and no revision says the same."""
    if not draft.dirty or not (always or _paused(draft.updated, at)):
        return
    base = work.revisions.get(draft.base_rid) if draft.base_rid else None
    if same_text(draft, base.content if base else None):
        return
    content = Content(draft.kind, draft.lang, draft.fields, {}, draft.attachments)
    if work.past.keep(draft.entry_id, content, at=draft.updated, portal_time=portal_time):
        oldest = (datetime.fromisoformat(portal_time) - AGE).isoformat() if portal_time else ""
        work.past.trim(before=oldest, most=MOST, most_in_all=MOST_IN_ALL)


def earlier_text(work: Work, entry_id: EntryId, earlier: Rid | int) -> Content | None:
    """A text of the entry that stands no more: a revision by its rid, or what was kept at a pause by its number."""
    if isinstance(earlier, int):
        return work.past.text(earlier) if any(text.no == earlier for text in work.past.of(entry_id)) else None
    revision = work.revisions.get(earlier)
    return revision.content if revision and revision.entry_id == entry_id else None


def _paused(before: str, now: str) -> bool:
    """Either way: the clock of a machine may be set back."""
    return not before or abs(datetime.fromisoformat(now) - datetime.fromisoformat(before)) >= PAUSE
