"""Who may delegate a step and change the board, by the profile; the portal decides, this predicts.

Source: QĐ 2567/2007/QĐ-UBND Điều 17.
"""

from collections.abc import Sequence

from desktop.domain.board import Delegation, Member
from desktop.domain.errors import Rule
from desktop.domain.profile import Profile


def may_delegate(profile: Profile, me: Member, given: Delegation, to: Member | None, *, now: str) -> Rule | None:
    """None if `me` may give a step away so; `now` is the portal's time."""
    step = profile.step(given.step)
    if step is None or not step.delegable:
        return Rule("not-delegable", step.clause if step else "")
    if not me.has_role(profile.delegators):
        return Rule("role", step.clause)
    if to is None or not to.active or to.id == me.id:
        return Rule("invalid-content", params={"pointer": "/to", "reason": "unknown"})
    if given.end <= given.start:
        return Rule("invalid-content", params={"pointer": "/end", "reason": "before-start"})
    return Rule("expired") if given.end <= now else None


def may_change(profile: Profile, *, me: Member, changed: Member, members: Sequence[Member]) -> Rule | None:
    """None if `me` may make a member be `changed`; `members` is the whole board."""
    if not me.has_role(profile.managers):
        return Rule("role", profile.board_clause)
    others = [member for member in members if member.id != changed.id]
    for role in sorted({grant.role for grant in changed.grants}) if changed.active else ():
        limit = profile.limits.get(role)
        if limit is not None and sum(member.has_role((role,)) for member in others) >= limit:
            return Rule("board-limit", profile.board_clause, {"role": role, "limit": str(limit)})
    return None
