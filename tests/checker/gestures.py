"""What a person at a seat does in one step: write, give a command, settle a conflict; always through the use cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.application.records import Choice, Document, ListQuery, Shown
from desktop.domain.digest import Json
from desktop.domain.errors import NotAllowed, NotFound
from desktop.domain.ids import EntryId, Rid
from tests.checker.cast import CULTURE, NEWS
from tests.checker.client import Client
from tests.checker.times import Dice
from tests.checker.watch import DISCARDED, SET_ASIDE, Born, Saved, Watch

Fields = dict[str, Json]
Moment = tuple[int, int]
STALE = 0.3


def _any(_row: Shown) -> bool:
    return True


@dataclass
class Hands:
    """Shared by all seats of a history. `entries` are in the order of their making; `tokens` counts pieces of text."""

    watch: Watch
    entries: list[EntryId] = field(default_factory=list)
    tokens: int = 0
    remarks: int = 0
    stale: float = STALE
    # What stands open in a window, as of when it was opened: (moment, document) by seat and entry.
    screens: dict[tuple[str, EntryId], tuple[Moment, Document]] = field(default_factory=dict)
    lists: dict[str, tuple[Moment, Sequence[Shown]]] = field(default_factory=dict)
    touched: list[EntryId] = field(default_factory=list)
    overriding: set[tuple[str, EntryId]] = field(default_factory=set)
    more: Mapping[str, Callable[["Hands", Client, Dice], str]] = field(default_factory=dict)

    def gesture(self, kind: str, client: Client, dice: Dice) -> str:
        """Carry out a step of this kind; what came of it, in a few words."""
        self.touched.clear()
        try:
            result = {**_KINDS, **self.more}[kind](self, client, dice)
        except NotAllowed as refusal:
            self.watch.counts["here", refusal.rule.code] += 1
            result = f"not allowed: {refusal.rule.code}"
        for entry_id in self.touched:
            self._screen(client, entry_id, stale=False)  # the window shows what its own seat has done
        return result

    def create(self, client: Client, dice: Dice) -> str:
        section = dice.pick([NEWS, CULTURE])
        entry_id = client.drafting.create("article", section=section)
        self.entries.append(entry_id)
        self.touched.append(entry_id)
        fields: Fields = {"title": "Tin", "section": section, "source": {"name": "VP"}}
        if dice.happens(0.1):
            del fields["source"]
        self._save(client, entry_id, fields, at_end=True)
        return f"{self.watch.name(entry_id)} in {section}"

    def edit(self, client: Client, dice: Dice) -> str:
        document = self.pick(client, dice, lambda found: found.writable is None, likely=_open)
        if document is None:
            return "nothing"
        fields: Fields = dict(document.fields)
        if dice.happens(0.08):
            fields["title"] = "" if fields.get("title") else "Tin"
        if dice.happens(0.06):
            fields["section"] = dice.pick([NEWS, CULTURE])
        if dice.happens(0.5):
            fields.setdefault("source", {"name": "VP"})
        self._save(client, document.entry_id, fields, at_end=dice.happens(0.5), seen_rid=document.base_rid)
        return self.watch.name(document.entry_id)

    def give(self, client: Client, dice: Dice) -> str:
        document = self.pick(client, dice, lambda found: any(choice.allowed for choice in found.choices))
        if document is None:
            return "nothing"
        choice = _choice(document, dice)
        if choice is None:
            return "reads"
        return self._command(client, document, choice.name)

    def forward(self, client: Client, entry_id: EntryId, names: Sequence[str]) -> str:
        """The first of these commands that the seat may give now, as somebody who reads what stands there."""
        try:
            document = client.drafting.open(entry_id)
        except NotFound:
            return "nothing"
        allowed = {choice.name for choice in document.choices if choice.allowed}
        name = next((name for name in names if name in allowed), None)
        return "nothing" if name is None else self._command(client, document, name)

    def _command(self, client: Client, document: Document, name: str) -> str:
        entry_id, reason = document.entry_id, "Thiếu nguồn" if name in {"return", "unpublish"} else ""
        if name == "discard":
            self._give_up(client, document, DISCARDED)
        with self.watched(client, entry_id):
            facts = document.facts
            client.stages.give(
                entry_id, name, reason=reason,
                read_rid=facts.head_rid, read_step=facts.state.step, read_state_ver=facts.state_ver,
            )  # fmt: skip
        if name == "approve":
            self._note_approval(client, document)
        return f"{name} {self.watch.name(entry_id)}"

    def freeze(self, client: Client, dice: Dice) -> str:
        with client.store.read() as work:
            dirty = sorted(draft.entry_id for draft in work.drafts.dirty())
        chosen = dice.some(dirty)
        self.touched += chosen
        for entry_id in chosen:
            with self.watched(client, entry_id):
                client.drafting.freeze_idle([entry_id])
        return ", ".join(self.watch.name(entry_id) for entry_id in chosen) or "nothing"

    def resolve(self, client: Client, dice: Dice) -> str:
        document = self.pick(
            client, dice, lambda found: found.conflict is not None or found.merged, likely=_in_conflict
        )
        if document is None:
            return "nothing"
        self.watch.counts["step", "merged" if document.merged else "conflict"] += 1
        if document.merged:
            client.conflicts.confirm(document.entry_id, seen_at=document.saved_at)
            return f"reads the merged {self.watch.name(document.entry_id)}"
        if dice.happens(0.6):
            client.conflicts.keep_mine(document.entry_id, seen_rid=document.facts.head_rid)
            self.overriding.add((client.seat.name, document.entry_id))
            return f"keeps own {self.watch.name(document.entry_id)}"
        self._give_up(client, document, SET_ASIDE)
        client.conflicts.take_theirs(document.entry_id)
        return f"takes theirs {self.watch.name(document.entry_id)}"

    def dismiss(self, client: Client, dice: Dice) -> str:
        cards = client.library.cards()
        if not cards:
            return "nothing"
        client.conflicts.dismiss(dice.pick(cards).id)
        return "a card"

    def attach(self, client: Client, dice: Dice) -> str:
        document = self.pick(client, dice, lambda found: found.writable is None, likely=_open)
        if document is None:
            return "nothing"
        client.drafting.attach(
            document.entry_id, name="bieu-mau.pdf", data=b"%PDF-1.7 " + dice.bytes(16), seen_rid=document.base_rid
        )
        return self.watch.name(document.entry_id)

    def copy(self, client: Client, dice: Dice) -> str:
        document = self.pick(client, dice, lambda found: bool(found.fields))
        if document is None:
            return "nothing"
        made = client.drafting.copy_as_new(document.entry_id)
        self.entries.append(made)
        return f"{self.watch.name(document.entry_id)} as {self.watch.name(made)}"

    def _save(
        self, client: Client, entry_id: EntryId, fields: Fields, *, at_end: bool, seen_rid: Rid | None = None
    ) -> None:
        """Add a paragraph that nobody else writes, last or first; it counts as saved when the call returns.

        Of two people one of whom writes at the end and the other at the beginning, the machine puts both together.
        """
        self.tokens += 1
        token = f"t{self.tokens}"
        body = fields.get("body")
        before = [body] if isinstance(body, str) and body else []
        fields["body"] = "\n\n".join([*before, token] if at_end else [token, *before])
        client.drafting.save(entry_id, fields, seen_rid=seen_rid)
        self.watch.saved.append(Saved(token, client.seat, entry_id))

    def pick(
        self, client: Client, dice: Dice, wanted: Callable[[Document], bool], *, likely: Callable[[Shown], bool] = _any
    ) -> Document | None:
        """One of the entries on the seat's list that fit, opened as a window would; later ones are likelier."""
        listed = {row.entry_id: row for row in self._list(client)}
        order = [entry_id for entry_id in self.entries if entry_id in listed and likely(listed[entry_id])]
        for _ in range(min(3, len(order))):
            entry_id = order.pop(max(dice.below(len(order)), dice.below(len(order))))
            document = self._screen(client, entry_id, stale=dice.happens(self.stale))
            if document is None:
                what = f"{client.seat.name}: {self.watch.name(entry_id)} is listed and cannot be opened"
                self.watch.blame("I0", what)
            elif wanted(document):
                self.touched.append(entry_id)
                return document
        return None

    def _screen(self, client: Client, entry_id: EntryId, *, stale: bool) -> Document | None:
        """The entry as the seat sees it: opened now, or as it has stood there since before the last syncs."""
        key = (client.seat.name, entry_id)
        opened, document = self.screens.get(key, (None, None))
        if opened is not None and (opened == client.moment or (stale and opened[0] == client.starts)):
            return document
        try:
            document = client.drafting.open(entry_id)
        except NotFound:
            self.screens.pop(key, None)
            return None
        self.screens[key] = (client.moment, document)
        return document

    def _list(self, client: Client) -> Sequence[Shown]:
        """The seat's list; read again only when something was written there."""
        moment, rows = self.lists.get(client.seat.name, (None, ()))
        if moment != client.moment:
            rows = client.library.rows(ListQuery(limit=500))
            self.lists[client.seat.name] = (client.moment, rows)
        return rows

    def _give_up(self, client: Client, document: Document, how: str) -> None:
        """A person lets go of what stands on this screen."""
        here = set(str(document.fields.get("body") or "").split())
        for saved in self.watch.saved:
            if saved.seat == client.seat and saved.entry_id == document.entry_id and saved.token in here:
                saved.given_up = how

    def watched(self, client: Client, entry_id: EntryId) -> "_Watched":
        return _Watched(self, client, entry_id)

    def _note_approval(self, client: Client, document: Document) -> None:
        """What was on the screen, and the text that the queued approval names."""
        last = client.queued(document.entry_id)[-1].operation
        rid = str(last.payload["on_rid"])
        with client.store.read() as work:
            text = work.revisions.get(rid)  # type: ignore[arg-type]  # a rid
        if text is None or dict(text.content.fields) != dict(document.fields):
            shown, named = document.fields.get("body"), text.content.fields.get("body") if text else None
            self.watch.blame("I3", f"{client.seat.name} approves {named!r} and reads {shown!r}")
        if last.payload["step"] != document.facts.state.step:
            what = f"{last.payload['step']} where the screen says {document.facts.state.step}"
            self.watch.blame("I3", f"{client.seat.name} approves {what}")
        self.watch.approved[last.op_id] = (rid, dict(document.fields))


class _Watched:
    """Notes the operations that come into the queue of an entry inside the block."""

    def __init__(self, hands: Hands, client: Client, entry_id: EntryId) -> None:
        self._hands, self._client, self._entry_id = hands, client, entry_id

    def __enter__(self) -> None:
        with self._client.store.read() as work:
            self._heard = work.feed.value("server_time") or ""
            entry = work.entries.get(self._entry_id)
            self._before = [item.operation.op_id for item in work.queue.of(self._entry_id)]
            self._epoch = work.feed.value("epoch")
            draft = work.drafts.get(self._entry_id)
            self._unread = draft is not None and draft.merged
        self._basis = (entry.head.rid, entry.head.state_ver) if entry else None

    def __exit__(self, *_error: object) -> None:
        seat, key = self._client.seat, (self._client.seat.name, self._entry_id)
        for item in self._client.queued(self._entry_id):
            operation = item.operation
            if operation.op_id in self._before:
                continue
            if operation.type == "put" and self._unread:
                self._hands.watch.blame("I3", f"{seat.name} sends a merged text that nobody has read")
            overrides = operation.type == "put" and key in self._hands.overriding
            if overrides:
                self._hands.overriding.discard(key)
            self._hands.watch.born[operation.op_id] = Born(
                seat, self._basis, tuple(self._before), overrides, self._epoch, self._heard
            )
            self._before.append(operation.op_id)


def _in_conflict(row: Shown) -> bool:
    return row.conflict or row.card


def _open(row: Shown) -> bool:
    return row.conflict or row.phase in {"draft", "waiting"}


def _choice(document: Document, dice: Dice) -> Choice | None:
    """Forward more often than back, so that entries get somewhere; sometimes a person only reads."""
    weights: Mapping[str, float] = {
        "submit": 8, "approve": 12, "return": 2, "revise": 3, "unpublish": 4, "restore": 3, "recall": 0.5, "discard": 0.3,
    }  # fmt: skip
    allowed: dict[str, Choice] = {choice.name: choice for choice in document.choices if choice.allowed}
    chosen = dice.weighted({"": 2.0} | {name: weights.get(name, 0.4) for name in allowed})
    return allowed.get(chosen)


_KINDS: Mapping[str, Callable[[Hands, Client, Dice], str]] = {
    "create": Hands.create,
    "edit": Hands.edit,
    "give": Hands.give,
    "freeze": Hands.freeze,
    "resolve": Hands.resolve,
    "dismiss": Hands.dismiss,
    "attach": Hands.attach,
    "copy": Hands.copy,
}
