"""One entry as a window shows it: text, state, what may be done and why not, history."""

from collections.abc import Mapping, Sequence

from desktop.application.ports import Work
from desktop.application.records import Choice, Document, Step
from desktop.application.rules import Rules, Standing, standing
from desktop.application.shown import current_fields, kind_id
from desktop.domain.digest import Json
from desktop.domain.entry import Facts
from desktop.domain.errors import NotFound, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.domain.kind import missing
from desktop.domain.profile import Label
from desktop.domain.revision import Content
from desktop.domain.workflow import COMMANDS, Allowed, Command, Refused, Verdict, decide

# A refusal for one of these says that the command makes no sense here, so it is not offered at all.
_POINTLESS = frozenset({"phase", "step", "not-submitter", "never-submitted"})


def document(work: Work, rules: Rules, entry_id: EntryId) -> Document:
    """The entry as it stands on this machine; NotFound if this home does not have it."""
    now = standing(work, rules, entry_id)
    draft, entry, facts = now.draft, now.entry, now.facts
    fields = current_fields(work, now)
    head = _content(work, facts.head_rid) or (_content(work, entry.body_rid) if entry else None)
    kind = kind_id(work, now)
    return Document(
        entry_id=entry_id,
        kind=kind,
        lang=draft.lang if draft else head.lang if head else entry.meta.lang if entry else "vi",
        fields=fields,
        attachments=draft.attachments if draft else head.attachments if head else (),
        facts=facts,
        rev_no=entry.head.rev_no if entry else 0,
        content=head,
        published=_content(work, facts.published_rid),
        choices=choices(rules, now, kind, fields, absent=absent_file(work, now)),
        writable=writable(work, rules, now),
        saved_at=draft.updated if draft else "",
        dirty=draft is not None and draft.dirty,
        waiting=now.projected.waiting,
        base_rid=_base(work, now),
        conflict=entry.head.rid if entry and draft and draft.conflict else None,
        returned=entry.meta.returned if entry and not now.queued else None,
        cards=tuple(work.cards.of(entry_id)),
        history=_history(work, now, rules, entry_id),
        in_scope=entry.in_scope if entry else True,
        merged=draft is not None and draft.merged,
        original=_original(work, rules, fields),
    )


def choices(
    rules: Rules, now: Standing, kind: str, fields: Mapping[str, Json], *, absent: str | None
) -> tuple[Choice, ...]:
    """Every command that makes sense now, allowed or with the rule that forbids it; `absent` as `absent_file` tells."""
    verdicts = [
        (name, judge(rules, now, Command(name, reason="?"), kind=kind, fields=fields, absent=absent))
        for name in COMMANDS
    ]
    return tuple(
        _choice(rules, now.facts, name, verdict)
        for name, verdict in verdicts
        if isinstance(verdict, Allowed) or verdict.rule.code not in _POINTLESS
    )


def judge(
    rules: Rules, now: Standing, command: Command, *, kind: str, fields: Mapping[str, Json], absent: str | None
) -> Verdict:
    """The verdict on `command` for the text that stands here; a draft in conflict, unread or out of scope goes nowhere, nor does
    a text of which a file is not here (`absent`): nobody can have looked at it.
    """
    if now.draft is not None and now.draft.conflict is not None and command.name in {"submit", "approve"}:
        return Refused("conflict", Rule("conflict"))
    if now.draft is not None and now.draft.merged and command.name in {"submit", "approve"}:
        return Refused("conflict", Rule("merged-unread"))
    if now.entry is not None and not now.entry.in_scope:
        return Refused("forbidden", Rule("gone"))
    if command.name in {"submit", "approve"} and not now.is_readable:
        return Refused("invalid", Rule("body-missing"))
    if command.name in {"submit", "approve"} and absent is not None:
        return Refused("missing_blob", Rule("file-missing", params={"name": absent}))
    if command.name in {"submit", "approve"} and _shows_another(now):
        return Refused("stale_revision", Rule("other-revision", params={"rid": now.facts.head_rid or ""}))
    schema = rules.bundle.kinds.get(kind)

    def unfilled(gate: str) -> Sequence[str]:
        return missing(schema, rules.profile, fields, gate) if schema else ()

    return decide(rules.profile, now.facts, rules.actor, command, now=rules.now, missing=unfilled)


def absent_file(work: Work, now: Standing) -> str | None:
    """The name of a file of the text that stands here whose bytes are not on this machine; None if all are."""
    head = _content(work, now.facts.head_rid) if now.draft is None else None
    named = now.draft.attachments if now.draft else head.attachments if head else ()
    return next((str(file.get("name")) for file in named if not work.blobs.has(str(file.get("sha256")))), None)


def _shows_another(now: Standing) -> bool:
    """Whether the text on screen is a working copy that says nothing new, of a text that is the head no more."""
    return now.draft is not None and not now.draft.dirty and now.draft.base_rid != now.facts.head_rid


def _original(work: Work, rules: Rules, fields: Mapping[str, Json]) -> Content | None:
    """What the text is a translation of, as it stands on this machine; None where it is none, or that is not here."""
    of = fields.get("variant_of")
    if not isinstance(of, str):
        return None
    try:
        other = standing(work, rules, EntryId(of))
    except NotFound:
        return None
    if other.draft is not None:
        return Content(other.draft.kind, other.draft.lang, other.draft.fields, {}, other.draft.attachments)
    return _content(work, other.facts.head_rid)


def writable(work: Work, rules: Rules, now: Standing) -> Rule | None:
    """None if the member may write here, else why not."""
    if now.draft is not None and now.draft.conflict is not None:
        return None
    if now.entry is not None and not now.entry.in_scope:
        return Rule("gone")
    refused = now.may_write(rules, now.facts.section)
    if refused:
        return refused
    if now.draft is None and _content(work, now.facts.head_rid) is None:
        return Rule("body-missing")
    return None


def _base(work: Work, now: Standing) -> Rid | None:
    """The revision that `current_fields` stand on."""
    if now.draft is not None:
        return now.draft.base_rid
    head, stored = now.facts.head_rid, now.entry.body_rid if now.entry else None
    return head if _content(work, head) is not None else stored


def _choice(rules: Rules, facts: Facts, name: str, verdict: Verdict) -> Choice:
    step = rules.profile.step(facts.state.step)
    rule = rules.profile.commands.get(name)
    label: Label = rule.label if rule else {}
    if name == "approve" and step is not None:
        label = step.label
    if isinstance(verdict, Refused):
        return Choice(name, facts.state.step, label, allowed=False, rule=verdict.rule, pointers=verdict.pointers)
    return Choice(name, facts.state.step, label, allowed=True)


def _content(work: Work, rid: Rid | None) -> Content | None:
    revision = work.revisions.get(rid) if rid else None
    return revision.content if revision else None


def _history(work: Work, now: Standing, rules: Rules, entry_id: EntryId) -> tuple[Step, ...]:
    me = rules.actor.member
    waiting = tuple(
        Step(
            op_id=item.operation.op_id,
            type=item.operation.type,
            name=item.operation.name,
            rid=item.operation.rid,
            rev_no=0,
            actor=me.id,
            actor_label=me.label.get("vi", me.username),
            reason=str(item.operation.payload.get("reason") or ""),
            server_time="",
        )
        for item in now.queued
    )
    return (*work.revisions.history(entry_id), *waiting)
