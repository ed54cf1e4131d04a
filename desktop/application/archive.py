"""Bringing an old portal's archive in: each document a draft with its own dates and files, none of them twice.

An entry's id comes of the document itself, so that an import that was cut off goes on where it stopped, on any machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop.application.archive_reading import Reading, Record, Source, read_archive
from desktop.application.freezing import Tools
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Draft, ListQuery
from desktop.application.rules import Rules, rules_of, standing
from desktop.application.shown import current_fields, refresh
from desktop.application.transfers import begun, described, file_limit
from desktop.domain.archive import identity, is_same
from desktop.domain.digest import MAX_ENTRY_BYTES, Json, canonical
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind, faults
from desktop.domain.text import tidy
from desktop.domain.workflow import may_write

BATCH = 25  # documents to a transaction: what an interruption can cost, and how long another gesture waits
_LOOKED_AT = 20


class Fate(StrEnum):
    NEW = "new"
    THERE = "there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one record, or would: `rule` says why it was refused."""

    place: str
    fate: Fate
    title: str
    entry_id: EntryId | None = None
    rule: Rule | None = None


@dataclass(frozen=True)
class Choice:
    """What kind the documents are of, in which section they lie unless the catalogue says; `dry`: only look."""

    kind: str = "legal-document"
    section: str | None = None
    lang: str = "vi"
    dry: bool = False


class Archive:
    def __init__(self, store: Store, tools: Tools, announce: Announce, reading: Reading) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce
        self._reading = reading

    def read(self, path: Path, choice: Choice) -> Source:
        """All that lies there; BadContent when it is no archive, NotFound for a kind that the portal does not have."""
        with self._store.read() as work:
            kind = rules_of(work).kind(choice.kind)
        source = read_archive(path, kind, self._reading)
        if choice.section is None:
            return source
        given: dict[str, Json] = {"section": choice.section}
        return replace(source, records=[replace(one, fields={**given, **one.fields}) for one in source.records])

    def bring_in(self, records: Sequence[Record], choice: Choice, done: Callable[[Outcome], None]) -> None:
        """Each record in its turn, BATCH to a transaction; `done` hears of each after it is on disk."""
        seen: set[EntryId] = set()
        for start in range(0, len(records), BATCH):
            for outcome in self._batch(records[start : start + BATCH], choice, seen):
                done(outcome)

    def _batch(self, records: Sequence[Record], choice: Choice, seen: set[EntryId]) -> Sequence[Outcome]:
        with self._store.read() as work:
            rules = rules_of(work)
            looked = [(record, _once(_look(work, rules, record, choice), seen)) for record in records]
        if choice.dry:
            return [outcome for _, outcome in looked]
        kept = [
            self._with_files(record, outcome) if outcome.fate is Fate.NEW else (outcome, ())
            for record, outcome in looked
        ]
        made: set[EntryId] = set()
        with self._store.write() as work:
            rules = rules_of(work)
            for (record, _), (outcome, files) in zip(looked, kept, strict=True):
                if outcome.fate is Fate.NEW and outcome.entry_id is not None:
                    self._put(work, outcome.entry_id, record, choice, files)
                    made.add(outcome.entry_id)
            refresh(work, made, rules=rules)
        if made:
            self._announce(Changes(frozenset(made), lists=True))
        return [outcome for outcome, _ in kept]

    def _with_files(self, record: Record, outcome: Outcome) -> tuple[Outcome, tuple[tuple[Path, str, int], ...]]:
        """The files copied into the home before anything speaks of them; one that cannot be refuses its document."""
        try:
            with self._store.read() as work:
                most = file_limit(work)
                return outcome, tuple((path, *work.blobs.copy(path, most=most)) for path in record.files)
        except BadContent as error:
            return replace(outcome, fate=Fate.REFUSED, rule=error.rule), ()
        except OSError as error:
            rule = Rule("file-unreadable", params={"file": getattr(error, "filename", None) or record.place})
            return replace(outcome, fate=Fate.REFUSED, rule=rule), ()

    def _put(
        self, work: Work, entry_id: EntryId, record: Record, choice: Choice, files: Sequence[tuple[Path, str, int]]
    ) -> None:
        attachments: list[dict[str, Json]] = []
        for path, sha256, size in files:
            work.blobs.add_kept(sha256, size)
            attachments.append(
                begun(work, sha256, size, entry_id=entry_id, name=path.name, role="attachment", told=described())
            )
        fields = tidy(dict(record.fields))
        made = Draft(entry_id, choice.kind, choice.lang, fields if isinstance(fields, dict) else {}, tuple(attachments))
        work.drafts.put(replace(made, updated=self._tools.clock.now()))


def _look(work: Work, rules: Rules, record: Record, choice: Choice) -> Outcome:
    kind = rules.kind(choice.kind)
    title = str(record.fields.get(kind.title_field) or record.fields.get(kind.key_field or "") or "")
    refused = _refusal(rules, record, choice)
    if refused is not None:
        return Outcome(record.place, Fate.REFUSED, title, rule=refused)
    there = _there(work, rules, record, kind)
    if there is not None:
        return Outcome(record.place, Fate.THERE, title, there)
    return Outcome(record.place, Fate.NEW, title, identity(kind, record.fields, record.place))


def _refusal(rules: Rules, record: Record, choice: Choice) -> Rule | None:
    kind = rules.kind(choice.kind)
    if not record.fields.get(kind.title_field):
        return Rule("archive-untitled")
    if record.absent:
        return Rule("archive-file-missing", params={"files": ", ".join(record.absent)})
    for fault in faults(kind, record.fields):
        return Rule("invalid-field", fault.clause, {"pointer": fault.pointer, "reason": fault.code})
    if len(canonical(record.fields)) > MAX_ENTRY_BYTES:
        return Rule("too-large", params={"limit": f"{MAX_ENTRY_BYTES // (1024 * 1024)} MiB"})
    section = record.fields.get("section")
    refused = may_write(
        rules.profile, None, rules.actor, section=section if isinstance(section, str) else None, now=rules.now
    )
    return refused.rule if refused else None


def _there(work: Work, rules: Rules, record: Record, kind: Kind) -> EntryId | None:
    """The entry that this document already is: brought in before, or written by a person."""
    entry_id = identity(kind, record.fields, record.place)
    if work.drafts.get(entry_id) is not None or work.entries.get(entry_id) is not None:
        return entry_id
    number = record.fields.get(kind.key_field) if kind.key_field else None
    if not isinstance(number, str):
        return None
    query = ListQuery(box=f"kind:{kind.id}", text=number, limit=_LOOKED_AT)
    for row in work.lists.rows(query, me=rules.actor.member.id):
        if is_same(record.fields, current_fields(work, standing(work, rules, row.entry_id)), kind=kind):
            return row.entry_id
    return None


def _once(outcome: Outcome, seen: set[EntryId]) -> Outcome:
    """A document that the archive has twice is new once."""
    if outcome.fate is not Fate.NEW or outcome.entry_id is None:
        return outcome
    again = outcome.entry_id in seen
    seen.add(outcome.entry_id)
    return replace(outcome, fate=Fate.THERE) if again else outcome
