"""From draft to operation: the text is rendered, hashed and frozen, once; a frozen payload never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.application.ports import Chance, Clock, Pictures, Renderer, Work
from desktop.application.records import Draft
from desktop.application.rules import Rules
from desktop.domain import operation
from desktop.domain.errors import NotAllowed, Rule
from desktop.domain.ids import OpId, uuid7
from desktop.domain.kind import Kind, faults
from desktop.domain.operation import Operation, Stamp
from desktop.domain.revision import Content, Revision

RANDOM_BYTES = 10


@dataclass(frozen=True)
class Tools:
    """What is injected into every use case that makes something new."""

    clock: Clock
    chance: Chance
    renderer: Renderer
    pictures: Pictures | None = None  # without it they are taken as they are

    def new_id(self) -> str:
        return uuid7(milliseconds=self.clock.milliseconds(), random=self.chance.bytes(RANDOM_BYTES))


def stamp(work: Work, tools: Tools) -> Stamp:
    """A fresh op id and the next place in this device's sequence."""
    return Stamp(OpId(tools.new_id()), work.queue.next_seq(), tools.clock.now())


def freeze(work: Work, draft: Draft, rules: Rules, tools: Tools, *, auto: bool = False) -> Operation:
    """Freeze `draft` into a put at the end of the queue; NotAllowed in conflict, merged and unread, or with faulty fields."""
    if draft.conflict is not None:
        raise NotAllowed(Rule("conflict"))
    if draft.merged:
        raise NotAllowed(Rule("merged-unread"))
    kind = rules.kind(draft.kind)
    found = faults(kind, draft.fields)
    if found:
        first = found[0]
        raise NotAllowed(Rule("invalid-field", first.clause, {"pointer": first.pointer, "reason": first.code}))
    content = content_of(work, draft, kind, tools.renderer)
    made = operation.put(
        stamp(work, tools),
        draft.entry_id,
        content,
        base=draft.base_rid,
        merged_from=draft.merged_from,
        render_rev=tools.renderer.rev,
        auto=auto,
    )
    rid = made.rid
    if rid is None:
        raise AssertionError("a put has a rid")
    actor = rules.actor.member.id
    work.revisions.put(Revision(rid, draft.entry_id, draft.base_rid, content, made.op_id, actor=actor))
    work.queue.add(made, at=tools.clock.now())
    work.drafts.put(replace(draft, base_rid=rid, dirty=False, merged_from=None))
    return made


def content_of(work: Work, draft: Draft, kind: Kind, renderer: Renderer) -> Content:
    """The draft's content; HTML is rendered anew only where the text differs from the base's."""
    base = work.revisions.get(draft.base_rid) if draft.base_rid else None
    html: dict[str, str] = {}
    for field in kind.fields:
        text = draft.fields.get(field.name)
        if field.dialect is None or not isinstance(text, str):
            continue
        if base is not None and base.content.fields.get(field.name) == text and field.name in base.content.html:
            html[field.name] = base.content.html[field.name]
        else:
            html[field.name] = renderer.render(text, "legal" if field.dialect == "legal" else "prose")
    return Content(draft.kind, draft.lang, draft.fields, html, draft.attachments)


def same_text(draft: Draft, base: Content | None) -> bool:
    """Whether `draft` says what `base` says, rendered HTML aside."""
    return base is not None and _told(base.fields) == _told(draft.fields) and base.attachments == draft.attachments


def _told(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
