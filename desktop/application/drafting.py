"""Writing: a new entry, what is open in a window, and the draft that is on disk within half a second."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from desktop.application.documents import document
from desktop.application.freezing import Tools, freeze, same_text
from desktop.application.merging import on_screen
from desktop.application.past import earlier_text, remember
from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Document, Draft
from desktop.application.rules import Rules, Standing, bundle_of, rules_of, standing
from desktop.application.shown import refresh
from desktop.application.transfers import begun, described, file_limit
from desktop.domain.digest import MAX_ENTRY_BYTES, Json, canonical
from desktop.domain.errors import BadContent, NotAllowed, NotFound, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.text import tidy
from desktop.domain.workflow import may_write

_HEAD = 4_096


class Drafting:
    """Source: QĐ 2567/2007/QĐ-UBND Điều 19.a (step 1, entering)."""

    def __init__(self, store: Store, tools: Tools, announce: Announce) -> None:
        self._store = store
        self._tools = tools
        self._announce = announce

    def create(self, kind: str, *, lang: str = "vi", section: str | None = None) -> EntryId:
        """A new empty draft; NotFound for a kind the portal does not have, NotAllowed without the right to enter."""
        entry_id = EntryId(self._tools.new_id())
        with self._store.write() as work:
            rules = rules_of(work)
            rules.kind(kind)
            refused = may_write(rules.profile, None, rules.actor, section=section, now=rules.now)
            _require(refused.rule if refused else None)
            fields: dict[str, Json] = {"section": section} if section else {}
            work.drafts.put(Draft(entry_id, kind, lang, fields, updated=self._tools.clock.now()))
            refresh(work, [entry_id], rules=rules)
        self._announce(Changes(frozenset({entry_id}), lists=True))
        return entry_id

    def open(self, entry_id: EntryId) -> Document:
        """Everything a window needs of the entry; NotFound if this home does not have it."""
        with self._store.read() as work:
            return document(work, rules_of(work), entry_id)

    def save(self, entry_id: EntryId, fields: Mapping[str, Json], *, seen_rid: Rid | None = None) -> str:
        """Write the draft; returns when (ISO 8601 UTC, this machine). NotAllowed, BadContent, StorageProblem keep it unsaved.

        `seen_rid` is the revision that the text on screen stands on (`Document.base_rid`). A head that came in meanwhile was
        not seen: the draft stands on what was, and the portal answers with a conflict instead of overwriting it. Nor was
        a text that was merged meanwhile: it is merged again, with what was typed.
        """
        with self._store.write() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            tidied = tidy(dict(fields))
            _check_size(tidied)
            draft = self._draft(work, now, rules, seen_rid=seen_rid)
            if seen_rid is not None:
                draft = on_screen(work, rules, draft, seen_rid, at=self._tools.clock.now())
            remember(work, draft, at=self._tools.clock.now(), portal_time=rules.now)
            at = self._write(work, replace(draft, fields=tidied if isinstance(tidied, dict) else {}), rules, now)
        self._announce(Changes(frozenset({entry_id}), lists=True))
        return at

    def take_back(self, entry_id: EntryId, earlier: Rid | int) -> str:
        """Write an earlier text into the draft: a revision by its rid, or what was kept at a pause by its number.

        What stood here is kept like one left at a pause, so nothing is lost by it. NotFound, NotAllowed; returns as `save`.
        """
        with self._store.write() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            content = earlier_text(work, entry_id, earlier)
            if content is None:
                raise NotFound(Rule("not-found"))
            draft = self._draft(work, now, rules)
            remember(work, draft, at=self._tools.clock.now(), portal_time=rules.now, always=True)
            written = replace(draft, fields=content.fields, attachments=content.attachments)
            at = self._write(work, written, rules, now)
        self._announce(Changes(frozenset({entry_id}), lists=True))
        return at

    def attach(
        self,
        entry_id: EntryId,
        *,
        name: str,
        data: bytes | Path,
        role: str = "attachment",
        alt: str = "",
        source: str = "",
        licence: str = "",
        seen_rid: Rid | None = None,
    ) -> str:
        """Copy a file into this home and name it in the draft; returns its SHA-256. BadContent for one that can never go up.

        A path is copied piece by piece and hashed as it was copied, whatever happens to the original afterwards.
        `seen_rid` as in `save`: where no draft stands, one is begun from the text on the screen, not from what came in while
        the file was read. A draft that stands keeps its base: nothing of its text is replaced here.
        A picture is made fit to be published first (EXIF goes, the theme's size), but not the stamped `original`.
        """
        if role != "original":
            name, data = self._fitted(name, data)
        sha256, size = self._brought_in(data)
        with self._store.write() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            draft = self._draft(work, now, rules, seen_rid=seen_rid)
            if isinstance(data, bytes):
                work.blobs.add(data)
            else:
                work.blobs.add_kept(sha256, size)
            told = described(alt=alt, source=source, licence=licence)
            item = begun(work, sha256, size, entry_id=entry_id, name=name, role=role, told=told)
            others = tuple(file for file in draft.attachments if file.get("sha256") != sha256)
            self._write(work, replace(draft, attachments=(*others, item)), rules, now)
        self._announce(Changes(frozenset({entry_id}), lists=True))
        return sha256

    def freeze_idle(self, entry_ids: Collection[EntryId]) -> int:
        """Freeze those of `entry_ids` that are dirty and can be frozen; returns how many. What is held stays a draft."""
        frozen: set[EntryId] = set()
        with self._store.write() as work:
            rules = rules_of(work)
            for entry_id in entry_ids:
                draft = work.drafts.get(entry_id)
                if draft is None or not draft.dirty or draft.conflict is not None:
                    continue
                now = standing(work, rules, entry_id)
                if now.entry is not None and not now.entry.in_scope:
                    continue  # the portal would answer "gone" every time
                try:
                    _require(now.may_write(rules, now.facts.section))
                    freeze(work, draft, rules, self._tools, auto=True)
                except NotAllowed:
                    continue
                frozen.add(entry_id)
            refresh(work, frozen, rules=rules)
        if frozen:
            self._announce(Changes(frozenset(frozen), lists=True))
        return len(frozen)

    def copy_as_new(self, entry_id: EntryId) -> EntryId:
        """A new draft of one's own with the text that stands here, for work that may not go back where it came from."""
        return self._begun_with(entry_id)

    def translate(self, entry_id: EntryId) -> EntryId:
        """A new draft of one's own in the portal's other language, to be written over the text that stands here.

        A translation is an entry of its own with its own stage. Source: Dự thảo Quy chế Bình Phước Điều 7.2.
        """
        return self._begun_with(entry_id, translated=True)

    def describe(
        self, entry_id: EntryId, sha256: str, *, alt: str, source: str, licence: str, seen_rid: Rid | None = None
    ) -> None:
        """What a file of the entry shows, its author or source, and under which licence; NotFound for another file."""
        with self._store.write() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            draft = self._draft(work, now, rules, seen_rid=seen_rid)
            told = described(alt=alt, source=source, licence=licence)
            if all(file.get("sha256") != sha256 for file in draft.attachments):
                raise NotFound(Rule("gone"))
            files = tuple({**file, **told} if file.get("sha256") == sha256 else file for file in draft.attachments)
            self._write(work, replace(draft, attachments=files), rules, now)
        self._announce(Changes(frozenset({entry_id}), lists=True))

    def detach(self, entry_id: EntryId, sha256: str, *, seen_rid: Rid | None = None) -> bool:
        """Take a file out of the entry; False, and it stays, where a text still shows it."""
        with self._store.write() as work:
            rules = rules_of(work)
            now = standing(work, rules, entry_id)
            draft = self._draft(work, now, rules, seen_rid=seen_rid)
            if f"/_blob/{sha256}" in str(draft.fields):
                return False
            files = tuple(file for file in draft.attachments if file.get("sha256") != sha256)
            self._write(work, replace(draft, attachments=files), rules, now)
        self._announce(Changes(frozenset({entry_id}), lists=True))
        return True

    def _fitted(self, name: str, data: bytes | Path) -> tuple[str, bytes | Path]:
        """A picture as it may be published, any other file as it is."""
        pictures = self._tools.pictures
        if pictures is None:
            return name, data
        try:
            head = data[:_HEAD] if isinstance(data, bytes) else _head(data)
            if not pictures.knows(head):
                return name, data
            whole = data if isinstance(data, bytes) else data.read_bytes()
        except OSError as error:
            raise BadContent(Rule("file-unreadable", params={"file": name}), str(error)) from error
        made, fitting = pictures.fit(whole, name=name, longest=self._longest())
        return fitting, made

    def _longest(self) -> int | None:
        """The longer side of a picture as the portal's theme wants it, in pixels."""
        with self._store.read() as work:
            theme = bundle_of(work).raw.get("theme")
        images = theme.get("images") if isinstance(theme, dict) else None
        longest = images.get("longest") if isinstance(images, dict) else None
        return longest if isinstance(longest, int) and longest > 0 else None

    def _begun_with(self, entry_id: EntryId, *, translated: bool = False) -> EntryId:
        made = EntryId(self._tools.new_id())
        with self._store.write() as work:
            rules = rules_of(work)
            source = document(work, rules, entry_id)
            lang, fields = source.lang, source.fields
            if translated:
                lang = "en" if lang == "vi" else "vi"
                fields = {**fields, "variant_of": fields.get("variant_of") or entry_id}
            at = self._tools.clock.now()
            work.drafts.put(Draft(made, source.kind, lang, fields, source.attachments, updated=at))
            refresh(work, [made], rules=rules)
        self._announce(Changes(frozenset({made}), lists=True))
        return made

    def _brought_in(self, data: bytes | Path) -> tuple[str, int]:
        """(SHA-256, size) of what is to be attached; a path lies in the home afterwards. BadContent."""
        with self._store.read() as work:
            most = file_limit(work)
            if isinstance(data, bytes):
                found = hashlib.sha256(data).hexdigest(), len(data)
            else:
                try:
                    found = work.blobs.copy(data, most=most)
                except OSError as error:
                    raise BadContent(Rule("file-unreadable", params={"file": data.name}), str(error)) from error
        _check_limit(found[1], most)
        return found

    def _draft(self, work: Work, now: Standing, rules: Rules, *, seen_rid: Rid | None = None) -> Draft:
        """The draft that stands, or one begun from `seen_rid` or the head; NotAllowed when the member may not write."""
        if now.draft is None or now.draft.conflict is None:
            _require(now.may_write(rules, now.facts.section))
        if now.draft is not None:
            return now.draft
        begun = seen_rid or now.facts.head_rid
        head = work.revisions.get(begun) if begun else None
        if head is None:
            raise NotAllowed(Rule("body-missing"))
        content = head.content
        return Draft(
            head.entry_id, content.kind, content.lang, content.fields, content.attachments, head.rid, dirty=False
        )

    def _write(self, work: Work, draft: Draft, rules: Rules, now: Standing) -> str:
        base = work.revisions.get(draft.base_rid) if draft.base_rid else None
        section = draft.fields.get("section")
        moved = section if isinstance(section, str) else None
        if moved != now.facts.section and draft.conflict is None:
            _require(now.may_write(rules, moved))
        at = self._tools.clock.now()
        dirty = draft.conflict is not None or not same_text(draft, base.content if base else None)
        if dirty or now.entry is None or now.queued or draft.base_rid == now.facts.head_rid:
            work.drafts.put(replace(draft, dirty=dirty, updated=at))
        else:
            # Nothing is left of what was typed, and another text stands by now: it is shown, not passed on unseen.
            work.drafts.remove(draft.entry_id)
        refresh(work, [draft.entry_id], rules=rules)
        return at


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _require(refused: Rule | None) -> None:
    if refused is not None:
        raise NotAllowed(refused)


def _check_size(fields: Json) -> None:
    _check_limit(len(canonical(fields)), MAX_ENTRY_BYTES)


def _check_limit(size: int, most: int) -> None:
    if size > most:
        raise BadContent(Rule("too-large", params={"limit": f"{most // (1024 * 1024)} MiB"}))
