"""The editorial board as the portal tells it: members and delegations."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from desktop.domain.board import Delegation, Grant, Member
from desktop.domain.ids import MemberId
from desktop.store import codec
from desktop.store.line import Line
from desktop.store.tables import delegation, member

_MEMBERS: Final = select(member).order_by(member.c.username)
_MEMBER: Final = select(member).where(member.c.id == bindparam("member_id"))
_PUT_MEMBER: Final = codec.upsert(member, key="id")
_DELEGATIONS: Final = (
    select(delegation)
    .where(delegation.c.holder == bindparam("of_holder"))
    .order_by(delegation.c.start, delegation.c.id)
)
_ALL_DELEGATIONS: Final = select(delegation).order_by(delegation.c.start, delegation.c.id)
_PUT_DELEGATION: Final = codec.upsert(delegation, key="id")


class BoardRows:
    def __init__(self, connection: Line) -> None:
        self._connection = connection

    def members(self) -> Sequence[Member]:
        return [member_of(row) for row in self._connection.execute(_MEMBERS)]

    def member(self, member_id: MemberId) -> Member | None:
        row = self._connection.execute(_MEMBER, {"member_id": member_id}).one_or_none()
        return member_of(row) if row else None

    def put_member(self, member: Member) -> None:
        grants = [{"role": grant.role, "sections": _listed(grant.sections)} for grant in member.grants]
        self._connection.execute(
            _PUT_MEMBER,
            {
                "id": member.id,
                "username": member.username,
                "label": codec.heard(dict(member.label)),
                "grants": codec.heard(grants),
                "active": member.active,
            },
        )

    def delegations(self, holder: MemberId | None) -> Sequence[Delegation]:
        """All that was ever delegated to `holder` (None: to anybody), revoked and past ones too."""
        if holder is None:
            return [delegation_of(row) for row in self._connection.execute(_ALL_DELEGATIONS)]
        return [delegation_of(row) for row in self._connection.execute(_DELEGATIONS, {"of_holder": holder})]

    def put_delegation(self, delegation: Delegation) -> None:
        self._connection.execute(
            _PUT_DELEGATION,
            {
                "id": delegation.id,
                "giver": delegation.giver,
                "holder": delegation.holder,
                "step": delegation.step,
                "sections": None if delegation.sections is None else codec.heard(_listed(delegation.sections)),
                "start": delegation.start,
                "end": delegation.end,
                "revoked": delegation.revoked,
            },
        )


@codec.of_row
def member_of(row: Row[Any]) -> Member:
    grants = (Grant(item["role"], _set(item["sections"])) for item in codec.read(row.grants))
    return Member(MemberId(row.id), row.username, codec.read(row.label), tuple(grants), row.active)


@codec.of_row
def delegation_of(row: Row[Any]) -> Delegation:
    return Delegation(
        id=row.id,
        giver=MemberId(row.giver),
        holder=MemberId(row.holder),
        step=row.step,
        sections=None if row.sections is None else _set(codec.read(row.sections)),
        start=row.start,
        end=row.end,
        revoked=row.revoked,
    )


def _listed(sections: frozenset[str] | None) -> list[str] | None:
    return None if sections is None else sorted(sections)


def _set(sections: list[str] | None) -> frozenset[str] | None:
    return None if sections is None else frozenset(sections)
