"""What was salvaged is laid over what the backup has: nothing unsent is dropped, nothing sent is doubled, doubts become cards."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.sqlite import insert

from desktop.application.ports import Work
from desktop.application.records import Draft, Shown
from desktop.application.shown import refresh
from desktop.domain.digest import canonical
from desktop.domain.errors import BadContent, NotFound, Rule
from desktop.domain.ids import EntryId, OpId, Rid
from desktop.domain.text import tidy
from desktop.store import codec
from desktop.store.salvage import Row, Salvage
from desktop.store.tables import COVERED, metadata

# Numbers that the damaged file may have given out are never given out again (`docs/wire.md`, device_seq).
_JUMP: Final = 1_000_000
# Told anew by the portal: an answer is judged by the heads and numbers that it has told here before.
_FORGOTTEN: Final = ("cursor", "server_seq")
# The last text of an entry that was frozen here, that the portal has not numbered, and that no operation names.
_NOT_SENT: Final = """
    SELECT entry_id, rid FROM revision WHERE rev_no = 0
    AND op_id NOT IN (SELECT op_id FROM operation) AND op_id NOT IN (SELECT op_id FROM settled)
    AND no = (SELECT max(no) FROM revision AS other WHERE other.entry_id = revision.entry_id)"""
_NO_BASE: Final = """
    SELECT entry_id FROM draft WHERE base_rid NOTNULL AND base_rid NOT IN (SELECT rid FROM revision)"""
_OLDER, _DOUBTFUL, _UNCERTAIN = "recovered-older", "recovered-doubtful", "recovered-uncertain"


@dataclass
class Mended:
    """How many operations wait, texts are being worked on; of these how many are `older` than the last that was told saved,
    and how many `doubtful`: read with a changed byte in them. `uncertain`: commands that are not sent but asked about.
    """

    queued: int = 0
    drafts: int = 0
    older: int = 0
    doubtful: int = 0
    uncertain: int = 0
    touched: set[str] = field(default_factory=set)


def mend(connection: Connection, work: Work, found: Salvage, *, files: Iterable[tuple[str, int]], at: str) -> Mended:
    """Inside the caller's transaction on a copy of the backup, or on empty tables. `at`: this machine's time (ISO 8601 UTC).

    `files`: (SHA-256, size in bytes) of the attachments that lie in the home.
    """
    mending = _Mending(connection, work, found, at)
    mending.texts()  # before the entries that name them: SQLite would look through those for every text
    mending.portal_view()
    mending.attachments(files)
    mending.queue()
    mending.drafts()
    mending.unsent_texts()
    mending.bases()
    mending.numbers()
    mending.references()
    mended = mending.mended
    mended.queued = work.queue.count()
    mended.drafts = len(work.drafts.dirty())
    _show(connection, work, mended.touched)
    return mended


class _Mending:
    def __init__(self, connection: Connection, work: Work, found: Salvage, at: str) -> None:
        self._connection = connection
        self._work = work
        self._found = found
        self._at = at
        self.mended = Mended()

    def portal_view(self) -> None:
        """The damaged file is younger than its backup, so its sound rows count; the portal tells all of it anew."""
        for name in ("member", "delegation", "bundle", "account", "blob", "card"):
            self._lay(name, self._found.rows.get(name, []))
        self.mended.touched.update(row["entry_id"] for row in self._found.rows.get("card", []))
        entries = {row["entry_id"]: row for row in self._all("entry")}
        newer = [row for row in self._found.rows.get("entry", []) if _is_newer(row, entries.get(row["entry_id"]))]
        self._lay("entry", newer)
        moved = {row["entry_id"] for row in newer}
        self._lay("history", [row for row in self._found.rows.get("history", []) if row["entry_id"] in moved])
        self.mended.touched |= moved
        self._lay("feed", [row for row in self._found.rows.get("feed", []) if _is_value(row)])
        for key in _FORGOTTEN:
            self._work.feed.set_value(key, None)
        rev = self._work.feed.value("bundle_rev")
        if rev is not None and self._work.feed.bundle(rev) is None:
            self._work.feed.set_value("bundle_rev", None)

    def attachments(self, files: Iterable[tuple[str, int]]) -> None:
        """What lies in the home is an attachment of it although its row is lost; whether the portal has it is asked anew."""
        if "blob" not in self._found.whole:
            for sha256, size in files:
                self._insert("blob", {"sha256": sha256, "size": size, "sent": False}, keep=True)

    def texts(self) -> None:
        known = {row.rid: row for row in self._connection.execute(text("SELECT rid, rev_no FROM revision"))}
        numbers = {row.no for row in self._connection.execute(text("SELECT no FROM revision"))}
        following = 1 + max(
            filter(_is_number, [*numbers, *(row["no"] for row in self._found.rows.get("revision", []))]), default=0
        )
        for row in self._found.rows.get("revision", []):
            if row["rid"] not in known:
                number = row["no"] if _is_number(row["no"]) and row["no"] not in numbers else following
                following += number == following
                self._insert("revision", {**row, "no": number})
                numbers.add(number)
            elif row["rev_no"] > known[row["rid"]].rev_no:
                told = {name: row[name] for name in ("rid", "rev_no", "actor", "server_time")}
                self._run(
                    "UPDATE revision SET rev_no = :rev_no, actor = :actor, server_time = :server_time WHERE rid = :rid",
                    told,
                )

    def queue(self) -> None:
        """Operations keep their ids: what the portal has had already it answers as before (`docs/wire.md`, ledger)."""
        rows = {row["op_id"]: row for row in self._found.rows.get("operation", [])}
        doubtful = self._found.doubtful.get("operation", [])
        first = self._highest_place() + _JUMP
        self._settled()
        done = {row["op_id"] for row in self._found.rows.get("settled", [])}
        before = {row["op_id"]: row for row in self._all("operation") if row["op_id"] not in done}
        self._run("DELETE FROM operation", {})
        self._run("DELETE FROM sqlite_sequence WHERE name = 'operation'", {})
        self._run("INSERT INTO sqlite_sequence (name, seq) VALUES ('operation', :last)", {"last": first - 1})
        # No digest covers a row's own number: the order is that of the numbers which one does cover.
        for place, row in enumerate(sorted({**before, **rows}.values(), key=lambda row: row["device_seq"]), first):
            self._insert("operation", {**row, "local_no": place})
        for row in rows.values():
            self._run("DELETE FROM settled WHERE op_id = :op_id", {"op_id": row["op_id"]})
            self._keep_text_of(row)
            self.mended.touched.add(row["entry_id"])
        for op_id, row in before.items():
            if op_id not in rows:
                self._only_in_backup(row, changed=any(other["op_id"] == op_id for other in doubtful))
        for row in doubtful:
            if row["op_id"] not in rows and row["op_id"] not in before:
                self._doubtful_operation(row)

    def _highest_place(self) -> int:
        """The last `local_no` that may have been given out: waiting and done operations share these numbers."""
        found = self._found.rows
        used = [
            row["local_no"] for name in ("operation", "settled") for row in (*found.get(name, []), *self._all(name))
        ]
        used += self._connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'operation'")).scalars()
        return max(filter(_is_number, [*used, self._found.last_place]), default=0)

    def _settled(self) -> None:
        taken = {row["local_no"]: row["op_id"] for row in self._all("settled")}
        following = self._highest_place() + 1
        for row in self._found.rows.get("settled", []):
            place = row["local_no"]
            if not _is_number(place) or taken.get(place, row["op_id"]) != row["op_id"]:
                place, following = following, following + 1
            taken[place] = row["op_id"]
            self._lay("settled", [{**row, "local_no": place}])

    def _only_in_backup(self, row: Row, *, changed: bool) -> None:
        """Answered since, taken back since, or unreadable: a text is sent again, a command only if it was sent before."""
        self.mended.touched.add(row["entry_id"])
        if "operation" in self._found.whole and not changed:
            self._run("DELETE FROM operation WHERE op_id = :op_id", {"op_id": row["op_id"]})
        elif row["type"] == "command" and not row["attempts"] and not changed:
            self._work.queue.withdraw(OpId(row["op_id"]), at=self._at)
            self._ask_again(row)

    def _doubtful_operation(self, row: Row) -> None:
        """Its bytes are not what was frozen: never sent. A text becomes the draft, of a command the person is told."""
        self.mended.touched.add(row["entry_id"])
        payload = _lenient(row["payload"])
        content = payload.get("content") if isinstance(payload, dict) else None
        if isinstance(content, dict):
            written = {**content, "entry_id": row["entry_id"], "base_rid": payload.get("base_rid"), "updated": ""}
            draft = _draft(written)
            if draft is not None and self._work.drafts.get(draft.entry_id) is None:
                self._keep_doubtful(draft)
                return
        self._ask_again(row)

    def _ask_again(self, row: Row) -> None:
        self.mended.uncertain += 1
        payload = _lenient(row["payload"])
        name = str(payload.get("name", row["type"])) if isinstance(payload, dict) else row["type"]
        self._card(row["entry_id"], _UNCERTAIN, op_id=OpId(row["op_id"]), name=name)

    def _keep_text_of(self, row: Row) -> None:
        """A queued text is a revision too, whatever became of that row."""
        payload = json.loads(row["payload"])
        if row["type"] != "put":
            return
        new = {
            "rid": payload["rid"], "entry_id": row["entry_id"], "base_rid": payload["base_rid"], "op_id": row["op_id"],
            "content": canonical(payload["content"]),
        }  # fmt: skip
        number = {"rev_no": 0, "actor": "", "server_time": "", "no": None, "signature": None}
        self._insert("revision", {**new, **number, "digest": codec.digest_of(new, COVERED["revision"])}, keep=True)

    def drafts(self) -> None:
        rows = {row["entry_id"]: row for row in self._found.rows.get("draft", [])}
        doubtful = {row["entry_id"]: row for row in self._found.doubtful.get("draft", [])}
        for row in self._all("draft"):
            if row["entry_id"] not in rows:
                self._older_draft(row, removed="draft" in self._found.whole)
        for row in rows.values():
            self._lay("draft", [row])
            self.mended.touched.add(row["entry_id"])
        for entry_id, row in doubtful.items():
            draft = _draft(row) if entry_id not in rows else None
            if draft is not None:
                self._keep_doubtful(draft)

    def unsent_texts(self) -> None:
        """A frozen text whose operation is lost would never be sent: it is the working copy again, on the base it had."""
        if "operation" in self._found.whole:
            return
        for row in self._connection.execute(text(_NOT_SENT)):
            entry_id = EntryId(row.entry_id)
            draft, lost = self._work.drafts.get(entry_id), self._work.revisions.get(Rid(row.rid))
            if lost is None or (draft is not None and (draft.dirty or draft.base_rid != lost.rid)):
                continue
            content = lost.content
            made = draft or Draft(entry_id, content.kind, content.lang, content.fields, content.attachments)
            self._work.drafts.put(replace(made, base_rid=lost.base_rid, dirty=True, updated=made.updated or self._at))
            self._card(entry_id, _UNCERTAIN)
            self.mended.uncertain += 1
            self.mended.touched.add(entry_id)

    def bases(self) -> None:
        """A text whose base is lost: told to stand on nothing, unless the portal's head is that base and comes again.

        The portal then answers with a conflict; to guess a base would overwrite what nobody has seen.
        """
        for row in self._connection.execute(text(_NO_BASE)):
            draft = self._work.drafts.get(EntryId(row.entry_id))
            entry = self._work.entries.get(EntryId(row.entry_id))
            if draft is not None:
                comes_again = entry is not None and entry.head.rid == draft.base_rid
                base = draft.base_rid if comes_again else None
                self._work.drafts.put(replace(draft, base_rid=base, dirty=True))
                self.mended.touched.add(draft.entry_id)

    def _older_draft(self, row: Row, *, removed: bool) -> None:
        entry_id = EntryId(row["entry_id"])
        self.mended.touched.add(entry_id)
        if removed or not row["dirty"]:  # sent since, or it says nothing that its revision does not say
            self._work.drafts.remove(entry_id)
        else:
            self.mended.older += 1
            self._card(entry_id, _OLDER, params={"saved": row["updated"]})

    def _keep_doubtful(self, draft: Draft) -> None:
        self.mended.doubtful += 1
        self.mended.touched.add(draft.entry_id)
        self._work.drafts.put(draft)
        self._card(draft.entry_id, _DOUBTFUL)

    def _card(
        self,
        entry_id: str,
        code: str,
        *,
        op_id: OpId | None = None,
        name: str = "put",
        params: dict[str, str] | None = None,
    ) -> None:
        rule = Rule(code, params=params or {})
        self._work.cards.add(
            EntryId(entry_id), op_id=op_id, name=name, outcome=code, rule=rule, pointers=(), at=self._at
        )

    def numbers(self) -> None:
        """Beyond everything that may have been given out."""
        found = self._found.rows
        used = [
            row["device_seq"] for name in ("operation", "settled") for row in (*found.get(name, []), *self._all(name))
        ]
        used += [row["value"] for row in (*found.get("counter", []), *self._all("counter"))]
        highest = max(filter(_is_number, used), default=0)
        self._lay("counter", [{"name": "device_seq", "value": highest + _JUMP}])

    def references(self) -> None:
        """Texts that are not here are fetched again; numbers of heads are the portal's to tell."""
        self._run("UPDATE entry SET body_rid = NULL WHERE body_rid NOT IN (SELECT rid FROM revision)", {})
        self._run("UPDATE entry SET seq = 0", {})

    def _all(self, name: str) -> Sequence[Row]:
        return [dict(row._mapping) for row in self._connection.execute(select(metadata.tables[name]))]

    def _lay(self, name: str, rows: Collection[Row]) -> None:
        statement = insert(metadata.tables[name]).prefix_with("OR REPLACE")
        for row in rows:
            self._connection.execute(statement, _typed(name, row))

    def _insert(self, name: str, row: Row, *, keep: bool = False) -> None:
        """`keep`: what stands already under one of its unique names stays."""
        statement = insert(metadata.tables[name])
        self._connection.execute(statement.prefix_with("OR IGNORE" if keep else "OR REPLACE"), _typed(name, row))

    def _run(self, statement: str, values: Row) -> None:
        self._connection.execute(text(statement), values)


def _typed(name: str, row: Row) -> Row:
    """As SQLAlchemy wants it: truth is no number there."""
    table = metadata.tables[name]
    return {key: bool(value) if _is_truth(table, key) and value is not None else value for key, value in row.items()}


def _is_truth(table: Any, key: str) -> bool:  # noqa: ANN401  a table's columns by name
    return bool(table.columns[key].type.python_type is bool)


def _is_number(value: int | None) -> bool:
    """Whether a row may have had it: a changed byte makes larger ones, a row that no table leads to has none."""
    return value is not None and 0 <= value < 2**52


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


def _lenient(data: object) -> Any:  # noqa: ANN401  JSON with a byte changed, or None
    try:
        return json.loads(data.decode("utf-8", "replace"), strict=False) if isinstance(data, bytes) else None
    except ValueError:
        return None


def _draft(row: Row) -> Draft | None:
    """A working copy out of a row with a changed byte, or out of a text; None if there is nothing to read in it."""
    fields = row["fields"] if isinstance(row["fields"], dict) else _lenient(row["fields"])
    files = row["attachments"] if isinstance(row["attachments"], list) else _lenient(row["attachments"])
    fields = tidy(fields)
    files = [item for item in files if isinstance(item, dict)] if isinstance(files, list) else []
    try:
        canonical([fields, files])
    except BadContent:
        return None
    if not isinstance(fields, dict) or not all(isinstance(row[name], str) for name in ("entry_id", "kind", "lang")):
        return None
    conflict, merged_from, base = (_rid(row.get(name)) for name in ("conflict", "merged_from", "base_rid"))
    return Draft(
        EntryId(row["entry_id"]), row["kind"], row["lang"], fields, tuple(files), base, conflict=conflict,
        merged_from=merged_from, updated=str(row["updated"]),
    )  # fmt: skip


def _rid(value: object) -> Rid | None:
    return Rid(value) if isinstance(value, str) else None


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
