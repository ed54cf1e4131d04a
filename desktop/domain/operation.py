"""One immutable thing sent to the portal: made once, by a person's gesture, and never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from desktop.domain.board import Delegation, Member
from desktop.domain.digest import Json, revision_id
from desktop.domain.ids import EntryId, MemberId, OpId, Rid
from desktop.domain.revision import Content
from desktop.domain.workflow import Command

DECIDES_OF_PEOPLE = frozenset({"board", "delegation"})
TEXTS = frozenset({"put", "comment", "personal", "side"})  # everything else decides something
_TARGETS: Mapping[str, str] = {"board": "member_id", "delegation": "delegation_id", "side": "side_id"}


@dataclass(frozen=True)
class Operation:
    """`payload` is the op exactly as it travels (`docs/wire.md`); a retry sends the same bytes.

    `entry_id` is what the queue orders by. What decides of people is of no entry: there it is the member or the delegation.
    """

    op_id: OpId
    device_seq: int
    type: str
    entry_id: EntryId
    payload: Mapping[str, Json]

    @property
    def is_of_entry(self) -> bool:
        return self.type not in DECIDES_OF_PEOPLE and self.type != "side"  # a side draft waits under an id of its own

    @property
    def name(self) -> str:
        """The command's name, or the type of anything else."""
        return str(self.payload.get("name", self.type))

    @property
    def rid(self) -> Rid | None:
        """The revision a put makes."""
        rid = self.payload.get("rid")
        return Rid(rid) if isinstance(rid, str) else None

    @property
    def content(self) -> Content | None:
        """The text that a put carries."""
        value = self.payload.get("content")
        return Content.from_json(value) if self.type == "put" and isinstance(value, dict) else None


@dataclass(frozen=True)
class Stamp:
    """What every op carries: its id, its place in the device's sequence, this machine's clock (never trusted)."""

    op_id: OpId
    device_seq: int
    client_time: str


def put(
    stamp: Stamp,
    entry_id: EntryId,
    content: Content,
    *,
    base: Rid | None,
    merged_from: Rid | None = None,
    render_rev: int,
    auto: bool = False,
) -> Operation:
    """A new revision of an entry; its rid is a hash over parents, content and this op."""
    parents = [rid for rid in (base, merged_from) if rid is not None]
    rid = revision_id(parents=parents, content=content.hash, op_id=stamp.op_id)
    payload: dict[str, Json] = {
        **_envelope(stamp, "put"),
        "entry_id": entry_id,
        "base_rid": base,
        "merged_from": merged_from,
        "rid": rid,
        "content": content.as_json(),
        "render_rev": render_rev,
        "auto": auto,
    }
    return Operation(stamp.op_id, stamp.device_seq, "put", entry_id, payload)


def command(stamp: Stamp, entry_id: EntryId, given: Command, *, about: Rid | None = None) -> Operation:
    """A person's decision, bound to the state version and, where it names a text, to the revision that was read.

    `about`: the text that the reason of a return speaks of; nothing is checked by it.
    """
    payload: dict[str, Json] = {**_envelope(stamp, "command"), "entry_id": entry_id, "name": given.name}
    optional: dict[str, Json] = {
        "on_state_ver": given.on_state_ver,
        "on_rid": given.on_rid,
        "step": given.step,
        "reason": given.reason or None,
        "about": about,
    }
    payload.update({key: value for key, value in optional.items() if value is not None})
    return Operation(stamp.op_id, stamp.device_seq, "command", entry_id, payload)


def comment(stamp: Stamp, entry_id: EntryId, comment_id: str, *, on_rid: Rid, text: str) -> Operation:
    """A remark on one revision: it decides nothing, and is possible in every state."""
    payload: dict[str, Json] = {
        **_envelope(stamp, "comment"), "comment_id": comment_id, "entry_id": entry_id, "on_rid": on_rid, "text": text,
    }  # fmt: skip
    return Operation(stamp.op_id, stamp.device_seq, "comment", entry_id, payload)


def side(stamp: Stamp, side_id: str, entry_id: EntryId, content: Content | None, *, base: Rid | None) -> Operation:
    """A text that cannot be settled yet, for its writer's own devices; None once it is. It waits beside its entry's queue."""
    payload: dict[str, Json] = {
        **_envelope(stamp, "side"), "side_id": side_id, "entry_id": entry_id, "base_rid": base,
        "content": content.as_json() if content else None,
    }  # fmt: skip
    return Operation(stamp.op_id, stamp.device_seq, "side", EntryId(side_id), payload)


def assign(stamp: Stamp, entry_id: EntryId, assignee: MemberId | None) -> Operation:
    """Give the entry to somebody, or to nobody."""
    payload: dict[str, Json] = {**_envelope(stamp, "assign"), "entry_id": entry_id, "assignee": assignee}
    return Operation(stamp.op_id, stamp.device_seq, "assign", entry_id, payload)


def claim(stamp: Stamp, entry_id: EntryId, *, release: bool) -> Operation:
    """Tell the others that one is reading the entry now, or no more."""
    payload: dict[str, Json] = {**_envelope(stamp, "claim"), "entry_id": entry_id, "release": release}
    return Operation(stamp.op_id, stamp.device_seq, "claim", entry_id, payload)


def delegate(stamp: Stamp, given: Delegation, *, reason: str) -> Operation:
    """Give a step away for a time or, where `given` is revoked, take it back."""
    payload: dict[str, Json] = {
        **_envelope(stamp, "delegation"), "delegation_id": given.id, "to": given.holder, "step": given.step,
        "sections": _listed(given.sections), "start": given.start, "end": given.end, "reason": reason,
        "revoke": given.revoked,
    }  # fmt: skip
    return Operation(stamp.op_id, stamp.device_seq, "delegation", EntryId(given.id), payload)


def board(stamp: Stamp, member: Member) -> Operation:
    """The member as they shall be."""
    roles: list[Json] = [{"role": grant.role, "sections": _listed(grant.sections)} for grant in member.grants]
    payload: dict[str, Json] = {
        **_envelope(stamp, "board"), "member_id": member.id, "roles": roles, "label": dict(member.label),
        "active": member.active,
    }  # fmt: skip
    return Operation(stamp.op_id, stamp.device_seq, "board", EntryId(member.id), payload)


def moved(payload: Mapping[str, Json], device_seq: int) -> Operation:
    """An operation frozen on another of its member's devices, in this one's sequence; its id, by which the portal knows it, stays.

    TypeError or ValueError for what is no operation, or a put whose rid is not that of its text.
    """
    op_id, kind = payload.get("op_id"), payload.get("type")
    target = payload.get(_TARGETS.get(str(kind), "entry_id"))
    if not (isinstance(op_id, str) and isinstance(kind, str) and isinstance(target, str)):
        raise TypeError("an operation needs an id, a type and what it is about")
    made = Operation(OpId(str(UUID(op_id))), device_seq, kind, EntryId(target), {**payload, "device_seq": device_seq})
    if kind == "put":
        parents = [rid for rid in (payload.get("base_rid"), payload.get("merged_from")) if isinstance(rid, str)]
        if made.content is None or made.rid != revision_id(parents=parents, content=made.content.hash, op_id=op_id):
            raise ValueError("the text of a put is not the one that was frozen")
    return made


def _listed(sections: frozenset[str] | None) -> list[Json] | None:
    return None if sections is None else [*sorted(sections)]


def command_of(payload: Mapping[str, Json]) -> Command:
    """The command that a frozen payload carries."""
    version, on_rid, step = payload.get("on_state_ver"), payload.get("on_rid"), payload.get("step")
    return Command(
        name=str(payload.get("name")),
        on_state_ver=version if isinstance(version, int) else None,
        on_rid=on_rid if isinstance(on_rid, str) else None,
        step=step if isinstance(step, str) else None,
        reason=str(payload.get("reason") or ""),
    )


def _envelope(stamp: Stamp, kind: str) -> dict[str, Json]:
    return {"op_id": stamp.op_id, "device_seq": stamp.device_seq, "type": kind, "client_time": stamp.client_time}
