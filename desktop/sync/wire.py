"""The portal's answers as values: strictly read (`docs/wire.md`), so that nothing unexpected reaches the store."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.application.records import Meta, Step
from desktop.domain.board import Delegation, Member, delegation_from_json, member_from_json
from desktop.domain.digest import Json, revision_id
from desktop.domain.entry import Head, Phase, Returned, State
from desktop.domain.errors import BadContent, NotOurPortal, Rule
from desktop.domain.ids import EntryId, MemberId, OpId, Rid
from desktop.domain.profile import profile_from_json
from desktop.domain.revision import Content, Revision
from desktop.sync.reading import HASH, MEMBER, TARGET, UUID, Reading

MOST_CHANGES = 500  # in one answer
PAGE = 250  # asked for: one is on its way while one is written, and a cut costs no more than an answer
KNOWN_TYPES = frozenset({"entry", "tombstone", "out_of_scope", "board", "delegation", "side_draft"})
_HISTORY = 10_000
_PEOPLE = 1_000
_FAULTS = 1_000


@dataclass(frozen=True)
class Result:
    """What became of one operation; `head` is live, `raw` is the answer as it came."""

    op_id: OpId
    outcome: str
    replay: bool
    rule: Rule | None
    pointers: tuple[str, ...]
    head: Head | None
    raw: Mapping[str, Json]


@dataclass(frozen=True)
class SideDraft:
    """A text of this member's own that was not settled yet; `content` None once it is."""

    entry_id: EntryId
    base_rid: Rid | None
    content: Content | None
    server_time: str


@dataclass(frozen=True)
class Change:
    """The latest state of one target. Only the member that belongs to `type` is set; none for an unknown type."""

    type: str
    target: str
    seq: int
    raw: Mapping[str, Json]
    head: Head | None = None
    meta: Meta | None = None
    member: Member | None = None
    delegation: Delegation | None = None
    side: SideDraft | None = None


@dataclass(frozen=True)
class Reply:
    epoch: str
    server_time: str
    server_seq: int
    bundle_rev: str
    results: tuple[Result, ...]
    changes: tuple[Change, ...]
    next_cursor: str | None
    has_more: bool
    retry_after: int | None


@dataclass(frozen=True)
class Body:
    """One revision with its entry as it stands; `revision` is None when the portal no longer keeps that text."""

    head: Head
    told: Reading
    revision: Revision | None
    steps: tuple[Step, ...]
    published: tuple[Rid, ...]

    @property
    def meta(self) -> Meta:
        """Read only where it is wanted: the feed has told it already unless the head moved meanwhile."""
        return _meta(self.told)


@dataclass(frozen=True)
class Bundle:
    """The rules in force; fetched before the answer that speaks of them is applied. `rev` is the hash of all else."""

    rev: str
    value: Mapping[str, Json]


def bundle_from_json(value: Mapping[str, Json]) -> Bundle:
    """The answer of `GET /v1/bundle`; NotOurPortal when it is not what its `rev` says, or cannot be judged by."""
    reading = Reading(value)
    rev = reading.matching("rev", HASH)
    rest = {key: item for key, item in value.items() if key != "rev"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(text.encode()).hexdigest() != rev:
        raise NotOurPortal("the bundle does not have the rev that it claims")
    for name in reading.object("kinds").members:
        reading.object("kinds").object(name)
    try:
        profile_from_json(reading.object("profile").members)
    except (KeyError, TypeError) as error:
        raise NotOurPortal(f"the portal profile lacks {error}") from error
    return Bundle(rev, value)


def reply_from_json(value: Mapping[str, Json], *, sent: Sequence[OpId]) -> Reply:
    """The answer to a sync that sent `sent`; NotOurPortal unless it has one result for each, in that order."""
    reading = Reading(value)
    results = tuple(_result(item) for item in reading.objects("results", len(sent)))
    if [result.op_id for result in results] != list(sent):
        raise NotOurPortal("the results of the reply are not those of the operations sent")
    return Reply(
        epoch=reading.matching("epoch", UUID),
        server_time=reading.text("server_time"),
        server_seq=reading.number("server_seq"),
        bundle_rev=reading.matching("bundle_rev", HASH),
        results=results,
        changes=tuple(_change(item) for item in reading.objects("changes", MOST_CHANGES)),
        next_cursor=reading.text_or_none("next_cursor"),
        has_more=reading.flag("has_more"),
        retry_after=None if value.get("retry_after") is None else reading.number("retry_after"),
    )


def change_from_json(value: Mapping[str, Json]) -> Change:
    """A change that was kept as it came; NotOurPortal when it is not one."""
    return _change(Reading(value))


def body_from_json(value: Mapping[str, Json]) -> Body:
    """An element of `POST /v1/entries/batch`; NotOurPortal when its text does not have the rid it claims."""
    reading = Reading(value)
    head = _head(reading.object("entry"))
    history = reading.objects("history", _HISTORY)
    return Body(
        head=head,
        told=reading.object("meta"),
        revision=_revision(reading, head.entry_id),
        steps=tuple(_step(item) for item in history),
        published=tuple(rid for item in history if (rid := _published(item)) is not None),
    )


def _revision(reading: Reading, entry_id: EntryId) -> Revision | None:
    content = reading.object_or_none("content")
    if content is None:
        return None
    rid, op_id = Rid(reading.matching("rid", HASH)), reading.matching("op_id", UUID)
    base, merged = (reading.matching_or_none(key, HASH) for key in ("base_rid", "merged_from"))
    try:
        text = Content.from_json(content.members)
        made = revision_id(parents=[r for r in (base, merged) if r is not None], content=text.hash, op_id=op_id)
    except (TypeError, BadContent) as error:
        raise NotOurPortal(f"the content of {rid} is malformed: {error}") from error
    if made != rid:
        raise NotOurPortal(f"the content of {rid} does not have that id")
    return Revision(
        rid=rid,
        entry_id=entry_id,
        base_rid=Rid(base) if base is not None else None,
        content=text,
        op_id=op_id,
        rev_no=reading.number_or_zero("rev_no"),
    )


def _result(reading: Reading) -> Result:
    rule, head = reading.object_or_none("rule"), reading.object_or_none("head")
    errors = reading.objects("errors", _FAULTS)
    # The portal points into the content, a form into its fields.
    pointers = tuple(item.text("pointer").removeprefix("/fields") for item in errors)
    return Result(
        op_id=OpId(reading.matching("op_id", UUID)),
        outcome=reading.text("outcome"),
        replay=reading.flag("replay"),
        rule=_rule(rule, pointers, reason=errors[0].text("code") if errors else "") if rule else None,
        pointers=pointers,
        head=_head(head) if head else None,
        raw=reading.members,
    )


def _rule(reading: Reading, pointers: Sequence[str], *, reason: str) -> Rule:
    """With the places and the reason that its sentence may name, where the rule itself does not tell them."""
    params = reading.object_or_none("params")
    words = {key: params.text(key) for key in params.members} if params else {}
    places = {"pointer": pointers[0], "fields": ", ".join(pointers), "reason": reason} if pointers else {}
    return Rule(reading.text("code"), reading.text_or_none("clause") or "", {**places, **words})


def _change(reading: Reading) -> Change:
    kind, target = reading.text("type"), reading.matching("target", TARGET)
    seq, raw = reading.number("seq"), reading.members
    match kind:
        case "entry":
            head = _head(reading.object("head"))
            if head.entry_id != target:
                raise NotOurPortal(f"the change of {target} carries another entry")
            return Change(kind, target, seq, raw, head=head, meta=_meta(reading.object("meta")))
        case "tombstone" | "out_of_scope":
            reading.matching("target", UUID)
            return Change(kind, target, seq, raw)
        case "board":
            return Change(kind, target, seq, raw, member=_member(reading.object("member")))
        case "delegation":
            return Change(kind, target, seq, raw, delegation=_delegation(reading.object("delegation")))
        case "side_draft":
            return Change(kind, target, seq, raw, side=_side(reading.object("side")))
    return Change(kind, target, seq, raw)


def _side(reading: Reading) -> SideDraft:
    content, base = reading.object_or_none("content"), reading.matching_or_none("base_rid", HASH)
    try:
        text = Content.from_json(content.members) if content is not None else None
    except (TypeError, BadContent) as error:
        raise NotOurPortal(f"a side draft is malformed: {error}") from error
    entry_id = EntryId(reading.matching("entry_id", UUID))
    return SideDraft(entry_id, Rid(base) if base is not None else None, text, reading.text("server_time"))


def _head(reading: Reading) -> Head:
    state = reading.object("state")
    rid, published = (reading.matching_or_none(key, HASH) for key in ("rid", "published_rid"))
    return Head(
        entry_id=EntryId(reading.matching("entry_id", UUID)),
        rid=Rid(rid) if rid is not None else None,
        rev_no=reading.number_or_zero("rev_no"),
        state=State(state.text("step"), state.read("phase", Phase)),
        state_ver=reading.number("state_ver"),
        published_rid=Rid(published) if published is not None else None,
        seq=reading.number("seq"),
    )


def _meta(reading: Reading) -> Meta:
    returned = reading.object_or_none("returned")
    owner, assignee, submitter = (_person(reading, key) for key in ("owner", "assignee", "submitter"))
    entered = reading.matching_or_none("entered_rid", HASH)
    return Meta(
        kind=reading.text("kind"),
        lang=reading.text("lang"),
        title=reading.text_or_none("title") or "",
        section=reading.text_or_none("section"),
        author=reading.text_or_none("author") or "",
        owner=owner,
        assignee=assignee,
        submitter=submitter,
        authors=tuple(MemberId(str(item)) for item in reading.items("authors", _PEOPLE)),
        urgent=reading.flag("urgent", otherwise=False),
        key=reading.text_or_none("key") or "",
        summary=reading.text_or_none("summary") or "",
        returned=Returned(returned.text("op_id"), returned.text("reason"), returned.text("by")) if returned else None,
        updated=reading.text_or_none("updated") or "",
        entered_rid=Rid(entered) if entered is not None else None,
    )


def _person(reading: Reading, key: str) -> MemberId | None:
    found = reading.matching_or_none(key, MEMBER)
    return MemberId(found) if found is not None else None


def _member(reading: Reading) -> Member:
    reading.matching("id", MEMBER)
    reading.text("username")
    for role in reading.objects("roles", _PEOPLE):
        role.text("role")
    return member_from_json(reading.members)


def _delegation(reading: Reading) -> Delegation:
    reading.matching("id", UUID)
    for key in ("from", "to"):
        reading.matching(key, MEMBER)
    for key in ("step", "start", "end"):
        reading.text(key)
    return delegation_from_json(reading.members)


def _step(reading: Reading) -> Step:
    rid = reading.matching_or_none("rid", HASH)
    return Step(
        op_id=reading.text("op_id"),
        type=reading.text("type"),
        name=reading.text_or_none("name") or reading.text("type"),
        rid=Rid(rid) if rid is not None else None,
        rev_no=reading.number_or_zero("rev_no"),
        actor=reading.text_or_none("actor") or "",
        actor_label=_label(reading.members.get("actor_label")),
        reason=reading.text_or_none("reason") or "",
        server_time=reading.text("server_time"),
    )


def _label(value: Json) -> str:
    """What the portal calls the actor: one text, or one per language (Vietnamese is taken)."""
    if isinstance(value, dict):
        value = value.get("vi")
    return value if isinstance(value, str) else ""


def _published(reading: Reading) -> Rid | None:
    """The text that a line of the history made public, if it did."""
    after, rid = reading.members.get("to"), reading.matching_or_none("rid", HASH)
    made_public = isinstance(after, dict) and after.get("phase") == Phase.PUBLISHED
    return Rid(rid) if rid is not None and made_public else None
