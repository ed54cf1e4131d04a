"""The rules in force for one transaction: the portal profile, the kinds, who acts, and the portal's last known time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.application.ports import Work
from desktop.application.records import Draft, Entry, Queued
from desktop.domain.board import Actor, Member, in_the_gift, member_from_json
from desktop.domain.digest import Json
from desktop.domain.entry import Facts
from desktop.domain.errors import NotFound, Rule
from desktop.domain.ids import EntryId, MemberId
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile, profile_from_json
from desktop.domain.projection import Projected, project, unborn
from desktop.domain.workflow import may_write


@dataclass(frozen=True)
class Bundle:
    """What the portal serves as one dated whole; parsed once per `rev`."""

    rev: str
    profile: Profile
    kinds: Mapping[str, Kind]
    raw: Mapping[str, Json]


@dataclass(frozen=True)
class Rules:
    """`now` is the portal's time as last heard (ISO 8601 UTC), never this machine's."""

    bundle: Bundle
    actor: Actor
    now: str

    @property
    def profile(self) -> Profile:
        return self.bundle.profile

    def kind(self, kind_id: str) -> Kind:
        kind = self.bundle.kinds.get(kind_id)
        if kind is None:
            raise NotFound(Rule("unknown-kind", params={"kind": kind_id}))
        return kind


# A bundle is named by the hash of its content: what is kept here can never be out of date.
_PARSED: dict[str, Bundle] = {}


def bundle_of(work: Work) -> Bundle:
    """The bundle this home judges by; NotFound before the first sign-in."""
    rev = work.feed.value("bundle_rev")
    if rev is None:
        raise NotFound(Rule("not-signed-in"))
    if rev not in _PARSED:
        raw = work.feed.bundle(rev)
        if raw is None:
            raise NotFound(Rule("not-signed-in"))
        _PARSED[rev] = parse_bundle(rev, raw)
    return _PARSED[rev]


def parse_bundle(rev: str, raw: Mapping[str, Json]) -> Bundle:
    profile, kinds = raw["profile"], raw["kinds"]
    if not isinstance(profile, dict) or not isinstance(kinds, dict):
        raise TypeError("a bundle needs a profile and kinds")
    parsed = {name: Kind(name, schema) for name, schema in kinds.items() if isinstance(schema, dict)}
    return Bundle(rev, profile_from_json(profile), parsed, raw)


def rules_of(work: Work) -> Rules:
    """The rules for the member this home belongs to; NotFound before the first sign-in."""
    account = work.feed.account()
    member = work.board.member(account.member_id) if account else None
    if account is None or member is None:
        raise NotFound(Rule("not-signed-in"))
    bundle = bundle_of(work)
    delegators = bundle.profile.delegators
    received = [in_the_gift(d, work.board.member(d.giver), delegators) for d in work.board.delegations(member.id)]
    actor = Actor(member, tuple(given for given in received if given is not None))
    return Rules(bundle, actor, work.feed.value("server_time") or "")


def board_of(work: Work) -> Mapping[MemberId, Member]:
    """The members as they will be when what waits here has been agreed to."""
    members = {member.id: member for member in work.board.members()}
    for item in work.queue.all():
        payload = item.operation.payload
        known = members.get(MemberId(str(payload.get("member_id"))))
        if item.operation.type == "board" and known is not None:
            members[known.id] = member_from_json({**payload, "id": known.id, "username": known.username})
    return members


@dataclass(frozen=True)
class Standing:
    """Everything known of one entry: the portal's view, the queue, the draft, and the projection of all three.

    `agreed` leaves out the draft: what the portal will judge by what is queued now, since no draft goes before it.
    """

    entry: Entry | None
    draft: Draft | None
    queued: tuple[Queued, ...]
    projected: Projected
    agreed: Facts

    @property
    def facts(self) -> Facts:
        return self.projected.facts

    @property
    def is_readable(self) -> bool:
        """Whether the text that a command would name is on this machine: what cannot be read is not sent on."""
        if self.draft is not None and self.draft.dirty:
            return True
        head = self.facts.head_rid
        told = self.entry.body_rid if self.entry else None
        return head in {None, told} or any(item.operation.rid == head for item in self.queued)

    def may_write(self, rules: Rules, section: str | None) -> Rule | None:
        """None if the member may put a text of `section` here, else the rule that says no."""
        born = self.entry is not None or bool(self.queued)
        refused = may_write(rules.profile, self.facts if born else None, rules.actor, section=section, now=rules.now)
        return refused.rule if refused else None


def standing(work: Work, rules: Rules, entry_id: EntryId) -> Standing:
    """Where `entry_id` stands; NotFound if this home has never heard of it."""
    entry, draft = work.entries.get(entry_id), work.drafts.get(entry_id)
    queued = tuple(item for item in work.queue.of(entry_id) if item.operation.is_of_entry)
    if entry is None and draft is None and not queued:
        raise NotFound(Rule("gone"))
    facts = portal_facts(entry) if entry else unborn(rules.profile, rules.actor)
    projected = project(rules.profile, facts, [item.operation for item in queued], rules.actor)
    agreed = projected.facts
    if draft is not None and draft.dirty:
        section = draft.fields.get("section")
        facts = replace(projected.facts, section=section if isinstance(section, str) else None)
        projected = replace(projected, facts=facts)
    return Standing(entry, draft, queued, projected, agreed)


def portal_facts(entry: Entry) -> Facts:
    """The facts as the portal last told them."""
    head, meta = entry.head, entry.meta
    return Facts(
        state=head.state,
        state_ver=head.state_ver,
        head_rid=head.rid,
        published_rid=head.published_rid,
        section=meta.section,
        owner=meta.owner,
        submitter=meta.submitter,
        assignee=meta.assignee,
        authors=frozenset(meta.authors),
        last_published_rid=entry.last_published_rid,
        ever_submitted=entry.ever_submitted or meta.submitter is not None,
        entered_rid=meta.entered_rid,
    )
