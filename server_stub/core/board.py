"""The operations on people: `board` (roles of a member) and `delegation` (a step, for a time).

Source: docs/wire.md; limits, managers and delegators stand in the profile.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from server_stub.core import record
from server_stub.core.moment import normal
from server_stub.core.outcome import Outcome, applied, invalid, refused
from server_stub.core.people import load_person, mandates_of, person_of
from server_stub.core.profile import Profile
from server_stub.core.work import Work
from server_stub.core.workflow import Actor
from server_stub.store import tables as t


def apply_board(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Change a member's roles, label or activity; a manager's right by the profile."""
    rule = work.catalog.profile.board
    if not work.me.has_role(rule.managers):
        return refused("forbidden", "role", clause=rule.clause)
    if load_person(work.db, op["member_id"]) is None:
        return refused("gone", "gone")
    roles = [{"role": item["role"], "sections": item.get("sections")} for item in op["roles"]]
    refusal = roles_refusal(work.catalog.profile, roles)
    if refusal is None and op["active"]:
        refusal = _limit_refusal(work, op["member_id"], roles)
    if refusal is not None:
        return refusal
    work.db.execute(
        update(t.member)
        .where(t.member.c.id == op["member_id"])
        .values(roles=json.dumps(roles), label=json.dumps(op["label"], ensure_ascii=False), active=op["active"])
    )
    if not op["active"]:
        work.db.execute(
            update(t.session)
            .where(t.session.c.member_id == op["member_id"], t.session.c.revoked.is_(None))
            .values(revoked=work.now)
        )
    work.touch("board", op["member_id"])
    record.append(work, op, kind="board", target=op["member_id"])
    _look_again(work)
    return applied(None)


def roles_refusal(profile: Profile, roles: list[dict[str, Any]]) -> Outcome | None:
    """What is wrong with a list of roles by itself."""
    named = {role for step in profile.steps for role in step.in_sections}
    for index, item in enumerate(roles):
        where = f"/roles/{index}"
        if item["role"] not in profile.roles:
            return invalid("invalid-content", ((f"{where}/role", "unknown"),))
        if item["sections"] is None and item["role"] in named:
            return invalid("sections-needed", ((f"{where}/sections", "required"),), clause=profile.board.clause)
        if any(section not in profile.sections for section in item["sections"] or ()):
            return invalid("unknown-section", ((f"{where}/sections", "unknown"),))
    return None


def apply_delegation(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Give a step away for a time, or take it back."""
    found = work.db.execute(select(t.delegation).where(t.delegation.c.id == op["delegation_id"])).one_or_none()
    if found is not None and found.from_member != work.me.id:
        return refused("forbidden", "not-yours")
    if op["revoke"]:
        if found is None:
            return refused("gone", "gone")
        work.db.execute(update(t.delegation).where(t.delegation.c.id == found.id).values(revoked=True))
    else:
        refusal = refused("invalid_state", "state-moved") if found is not None else _delegation_refusal(work, op)
        if refusal is not None:
            return refusal
        work.db.execute(
            insert(t.delegation).values(
                id=op["delegation_id"], from_member=work.me.id, to_member=op["to"], step=op["step"],
                sections=None if op["sections"] is None else json.dumps(op["sections"]), start=normal(op["start"]),
                end=normal(op["end"]), reason=op["reason"], revoked=False, op_id=op["op_id"],
            )
        )  # fmt: skip
    work.touch("delegation", op["delegation_id"])
    record.append(
        work, op, kind="delegation", target=op["delegation_id"], reason=op["reason"],
        delegation=op["delegation_id"],
    )  # fmt: skip
    _look_again(work)
    return applied(None)


def _delegation_refusal(work: Work, op: Mapping[str, Any]) -> Outcome | None:
    profile = work.catalog.profile
    step = profile.step(op["step"])
    if step is None or not step.delegable:
        return refused("forbidden", "not-delegable", clause="" if step is None else step.clause)
    if not work.me.has_role(profile.delegators):
        return refused("forbidden", "role", clause=step.clause)
    if any(section not in profile.sections for section in op["sections"] or ()):
        return invalid("unknown-section", (("/sections", "unknown"),))
    receiver = load_person(work.db, op["to"])
    if receiver is None or not receiver.active or receiver.id == work.me.id:
        return invalid("invalid-content", (("/to", "unknown"),))
    if normal(op["end"]) <= normal(op["start"]):
        return invalid("invalid-content", (("/end", "before-start"),))
    if normal(op["end"]) <= work.now:
        return refused("expired", "expired")
    return None


def _limit_refusal(work: Work, member_id: str, roles: list[dict[str, Any]]) -> Outcome | None:
    rule = work.catalog.profile.board
    others = [
        person_of(row) for row in work.db.execute(select(t.member).where(t.member.c.id != member_id, t.member.c.active))
    ]
    for role in {item["role"] for item in roles}:
        limit = rule.limits.get(role)
        if limit is not None and sum(person.has_role((role,)) for person in others) >= limit:
            return refused("invalid", "board-limit", clause=rule.clause, role=role, limit=str(limit))
    return None


def _look_again(work: Work) -> None:
    """The actor's own rights may just have changed; what follows in the request is judged by the new ones."""
    person = load_person(work.db, work.me.id)
    if person is not None:
        work.become(Actor(person, mandates_of(work.db, person.id)))
