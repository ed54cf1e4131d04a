"""What was salvaged is laid over what the backup has: nothing unsent is dropped, nothing sent is doubled, doubts become cards."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, text

from desktop.application.ports import Work
from desktop.application.records import Draft, Shown
from desktop.application.shown import refresh
from desktop.domain.errors import NotFound
from desktop.domain.ids import EntryId, Rid
from desktop.store.doubtful import draft_of
from desktop.store.mending_ground import OLDER, UNCERTAIN, Ground, Mended, is_number
from desktop.store.mending_queue import Queue
from desktop.store.salvage import Row, Salvage

# Told anew by the portal: an answer is judged by the heads and numbers that it has told here before.
_FORGOTTEN: Final = ("cursor", "server_seq")
# The last text of an entry that was frozen here, that the portal has not numbered, and that no operation names.
_NOT_SENT: Final = """
    SELECT entry_id, rid FROM revision WHERE rev_no = 0
    AND op_id NOT IN (SELECT op_id FROM operation) AND op_id NOT IN (SELECT op_id FROM settled)
    AND no = (SELECT max(no) FROM revision AS other WHERE other.entry_id = revision.entry_id)"""
_NO_BASE: Final = """
    SELECT entry_id FROM draft WHERE base_rid NOTNULL AND base_rid NOT IN (SELECT rid FROM revision)"""


def mend(connection: Connection, work: Work, found: Salvage, *, files: Iterable[tuple[str, int]], at: str) -> Mended:
    """Inside the caller's transaction on a copy of the backup, or on empty tables. `at`: this machine's time (ISO 8601 UTC).

    `files`: (SHA-256, size in bytes) of the attachments that lie in the home.
    """
    ground = Ground(connection, work, found, at)
    texts, queue = _Texts(ground), Queue(ground)
    texts.revisions()  # before the entries that name them: SQLite would look through those for every text
    texts.portal_view()
    texts.attachments(files)
    queue.lay()
    texts.drafts()
    texts.unsent()
    texts.bases()
    queue.numbers()
    texts.references()
    mended = ground.mended
    mended.queued = work.queue.count()
    mended.drafts = len(work.drafts.dirty())
    _show(connection, work, mended.touched)
    return mended


class _Texts:
    """What the portal told, what was written, and what of it was never sent."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._work = ground.work
        self._found = ground.found
        self._mended = ground.mended

    def portal_view(self) -> None:
        """The damaged file is younger than its backup, so its sound rows count; the portal tells all of it anew."""
        for name in ("member", "delegation", "bundle", "account", "blob", "card"):
            self._ground.lay(name, self._found.rows.get(name, []))
        self._mended.touched.update(row["entry_id"] for row in self._found.rows.get("card", []))
        entries = {row["entry_id"]: row for row in self._ground.all("entry")}
        newer = [row for row in self._found.rows.get("entry", []) if _is_newer(row, entries.get(row["entry_id"]))]
        self._ground.lay("entry", newer)
        moved = {row["entry_id"] for row in newer}
        self._ground.lay("history", [row for row in self._found.rows.get("history", []) if row["entry_id"] in moved])
        self._mended.touched |= moved
        self._ground.lay("feed", [row for row in self._found.rows.get("feed", []) if _is_value(row)])
        for key in _FORGOTTEN:
            self._work.feed.set_value(key, None)
        rev = self._work.feed.value("bundle_rev")
        if rev is not None and self._work.feed.bundle(rev) is None:
            self._work.feed.set_value("bundle_rev", None)

    def attachments(self, files: Iterable[tuple[str, int]]) -> None:
        """What lies in the home is an attachment of it although its row is lost; whether the portal has it is asked anew."""
        if "blob" not in self._found.whole:
            for sha256, size in files:
                self._ground.insert("blob", {"sha256": sha256, "size": size, "sent": False}, keep=True)

    def revisions(self) -> None:
        known = {row.rid: row for row in self._ground.connection.execute(text("SELECT rid, rev_no FROM revision"))}
        numbers = {row.no for row in self._ground.connection.execute(text("SELECT no FROM revision"))}
        following = 1 + max(
            filter(is_number, [*numbers, *(row["no"] for row in self._found.rows.get("revision", []))]), default=0
        )
        for row in self._found.rows.get("revision", []):
            if row["rid"] not in known:
                number = row["no"] if is_number(row["no"]) and row["no"] not in numbers else following
                following += number == following
                self._ground.insert("revision", {**row, "no": number})
                numbers.add(number)
            elif row["rev_no"] > known[row["rid"]].rev_no:
                told = {name: row[name] for name in ("rid", "rev_no", "actor", "server_time")}
                self._ground.run(
                    "UPDATE revision SET rev_no = :rev_no, actor = :actor, server_time = :server_time WHERE rid = :rid",
                    told,
                )

    def drafts(self) -> None:
        rows = {row["entry_id"]: row for row in self._found.rows.get("draft", [])}
        doubtful = {row["entry_id"]: row for row in self._found.doubtful.get("draft", [])}
        for row in self._ground.all("draft"):
            if row["entry_id"] not in rows:
                self._older_draft(row, removed="draft" in self._found.whole)
        for row in rows.values():
            self._ground.lay("draft", [row])
            self._mended.touched.add(row["entry_id"])
        for entry_id, row in doubtful.items():
            draft = draft_of(row) if entry_id not in rows else None
            if draft is not None:
                self._ground.keep_doubtful(draft)

    def unsent(self) -> None:
        """A frozen text whose operation is lost would never be sent: it is the working copy again, on the base it had."""
        if "operation" in self._found.whole:
            return
        for row in self._ground.connection.execute(text(_NOT_SENT)):
            entry_id = EntryId(row.entry_id)
            draft, lost = self._work.drafts.get(entry_id), self._work.revisions.get(Rid(row.rid))
            if lost is None or (draft is not None and (draft.dirty or draft.base_rid != lost.rid)):
                continue
            content = lost.content
            made = draft or Draft(entry_id, content.kind, content.lang, content.fields, content.attachments)
            self._work.drafts.put(
                replace(made, base_rid=lost.base_rid, dirty=True, updated=made.updated or self._ground.at)
            )
            self._ground.card(entry_id, UNCERTAIN)
            self._mended.uncertain += 1
            self._mended.touched.add(entry_id)

    def bases(self) -> None:
        """A text whose base is lost: told to stand on nothing, unless the portal's head is that base and comes again.

        The portal then answers with a conflict; to guess a base would overwrite what nobody has seen.
        """
        for row in self._ground.connection.execute(text(_NO_BASE)):
            draft = self._work.drafts.get(EntryId(row.entry_id))
            entry = self._work.entries.get(EntryId(row.entry_id))
            if draft is not None:
                comes_again = entry is not None and entry.head.rid == draft.base_rid
                base = draft.base_rid if comes_again else None
                self._work.drafts.put(replace(draft, base_rid=base, dirty=True))
                self._mended.touched.add(draft.entry_id)

    def _older_draft(self, row: Row, *, removed: bool) -> None:
        entry_id = EntryId(row["entry_id"])
        self._mended.touched.add(entry_id)
        if removed or not row["dirty"]:  # sent since, or it says nothing that its revision does not say
            self._work.drafts.remove(entry_id)
        else:
            self._mended.older += 1
            self._ground.card(entry_id, OLDER, params={"saved": row["updated"]})

    def references(self) -> None:
        """Texts that are not here are fetched again; numbers of heads are the portal's to tell."""
        self._ground.run("UPDATE entry SET body_rid = NULL WHERE body_rid NOT IN (SELECT rid FROM revision)", {})
        self._ground.run("UPDATE entry SET seq = 0", {})


def _is_newer(row: Row, known: Row | None) -> bool:
    return known is None or row["seq"] > known["seq"] or row["body_rid"] != known["body_rid"]


def _is_value(row: Row) -> bool:
    """What is kept as JSON under a key must still be it."""
    value = row["value"]
    if not value.startswith(("[", "{")):
        return True
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def _show(connection: Connection, work: Work, touched: Collection[str]) -> None:
    """The rows of lists; without rules (the home must sign in again) just enough to find a text by."""
    entries = [EntryId(entry_id) for entry_id in sorted(touched)]
    try:
        refresh(work, entries)
    except NotFound:
        connection.execute(text("DELETE FROM shown"))
        for draft in filter(None, map(work.drafts.get, entries)):
            work.lists.show(_plain(draft), text="")


def _plain(draft: Draft) -> Shown:
    title, section = (draft.fields.get(name) for name in ("title", "section"))
    return Shown(
        draft.entry_id, draft.kind, draft.lang, title=str(title or ""), section=str(section or ""), key="", step="",
        phase="draft", returned=False, public=False, owner="", submitter="", assignee="", urgent=False, waiting=0,
        conflict=False, card=False, rev_no=0, updated=draft.updated,
    )  # fmt: skip
