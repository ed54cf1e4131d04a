"""The expected answer of every cell, by hand from docs/wire.md ("States and commands") and the roles in the profile.

Neither program's interpreter is used: what the portal may do is said here a second time, in other words.
"""

from dataclasses import dataclass

from tests.matrix.line import OTHER, SAME
from tests.matrix.plan import COMMANDS, FIRST, PROFILE, PUBLISH, STATES, STEPS, VERIFY, Cell, State

APPLIED = "applied"
# Which phases a command leaves from; unpublish asks whether something is public instead.
FROM = {
    "submit": ("draft",), "recall": ("waiting",), "approve": ("waiting",), "return": ("waiting",),
    "revise": ("published", "unpublished"), "restore": ("discarded", "unpublished"), "discard": ("draft",),
}  # fmt: skip
# Where the applied command leads: (step, phase) by command and, where it matters, by the state before.
TO = {
    "submit": (VERIFY, "waiting"), "recall": (FIRST, "draft"), "return": (FIRST, "draft"), "revise": (FIRST, "draft"),
    "discard": (FIRST, "discarded"), "restore discarded": (FIRST, "draft"), "restore unpublished": (PUBLISH, "published"),
    f"approve {VERIFY}": (PUBLISH, "waiting"), f"approve {PUBLISH}": (PUBLISH, "published"),
}  # fmt: skip
# Roles that hold in every section here; the others are given theirs one by one.
WIDE = ("phoban", "truongban", "cntt")
INSIDE = ("owner", "assignee", "author", "submitter", "same-section")
DELEGATED = {"verifier": VERIFY, "publisher": PUBLISH}


@dataclass(frozen=True)
class Expect:
    """Outcome, rule code ("" for none) and, when a command is applied, the state afterwards."""

    outcome: str
    rule: str = ""
    to: tuple[str, str] | None = None
    public: bool | None = None


GONE = Expect("gone", "gone")
UNSUPPORTED = Expect("unsupported", "unsupported")


def expected(cell: Cell) -> Expect:
    """KeyError for a cell that is not in the tables."""
    state = STATES[cell.state]
    if cell.op == "wish":  # no known type of operation: whatever it is about
        return UNSUPPORTED
    if not visible(cell.role, cell.relation, state):
        return GONE
    if cell.op in {"vanish", "schedule"}:
        return UNSUPPORTED
    if cell.op in COMMANDS:
        return _command(cell, state)
    return _other(cell, state)


def visible(role: str, relation: str, state: State) -> bool:
    """Authors, owner, assignee; whoever holds a later step there; a published entry: every member."""
    return relation in ("owner", "assignee", "author") or state.public or is_section_editor(role, relation)


def is_section_editor(role: str, relation: str) -> bool:
    return any(lacking(role, relation, step) == "" for step in (VERIFY, PUBLISH))


def lacking(role: str, relation: str, step: str, section: str = SAME) -> str:
    """Why the actor does not hold the step in the section: a rule code, or "" when they do."""
    by_role = _by_role(role, relation, STEPS[step]["roles"], section)
    if by_role == "" or not STEPS[step].get("delegable"):
        return by_role
    if DELEGATED.get(relation) == step:
        return ""
    return "delegation-expired" if relation == "lapsed" else by_role


def _by_role(role: str, relation: str, roles: list[str], section: str = SAME) -> str:
    if role not in roles:
        return "role"
    own = SAME if relation in INSIDE else OTHER
    everywhere = role in WIDE and relation in INSIDE
    return "" if section == own or everywhere else "section"


def _command(cell: Cell, state: State) -> Expect:
    rule = PROFILE["workflow"]["commands"][cell.op]
    if cell.variant == "old-version":
        return Expect("invalid_state", "state-moved")
    if not (state.public if cell.op == "unpublish" else state.phase in FROM[cell.op]):
        return Expect("invalid_state", "phase")
    if cell.variant == "other-step":
        return Expect("invalid_state", "step")
    if cell.variant == "other-revision":
        return Expect("stale_revision", "other-revision")
    refusal = _command_right(cell.op, cell.role, cell.relation, state)
    if refusal:
        return Expect("forbidden", refusal)
    if cell.variant == "no-reason" and rule.get("reason"):
        return Expect("invalid", "reason-required")
    if state.faulty and cell.op in ("submit", "approve"):
        return Expect("missing_blob" if state.faulty == "blob-missing" else "invalid", state.faulty)
    return _after(cell.op, state)


def _command_right(op: str, role: str, relation: str, state: State) -> str:
    """A rule code, or "" when the actor may."""
    match op:
        case "approve" | "return":
            return lacking(role, relation, state.step)
        case "submit":
            if relation in ("owner", "assignee"):
                return lacking(role, relation, FIRST)
            return "" if is_section_editor(role, relation) else "not-yours"
        case "recall":
            return "" if relation in ("owner", "submitter") else "not-submitter"
        case "discard":
            if relation != "owner":
                return "not-yours"
            return "never-submitted" if state.submitted else ""
        case "restore" if state.phase == "discarded":
            return "" if relation == "owner" else "not-yours"
        case "revise" | "unpublish" | "restore":
            return _by_role(role, relation, PROFILE["workflow"]["commands"][op]["roles"])
    raise KeyError(op)


def _after(op: str, state: State) -> Expect:
    if op == "unpublish":
        to = (PUBLISH, "unpublished") if state.phase == "published" else (state.step, state.phase)
        return Expect(APPLIED, to=to, public=False)
    name = {"approve": f"approve {state.step}", "restore": f"restore {state.phase}"}.get(op, op)
    published = name in (f"approve {PUBLISH}", "restore unpublished")
    return Expect(APPLIED, to=TO[name], public=True if published else state.public)


def _other(cell: Cell, state: State) -> Expect:
    role, relation = cell.role, cell.relation
    match cell.op:
        case "comment":
            return Expect(APPLIED)
        case "comment-unknown":
            return Expect("stale_revision", "other-revision")
        case "put" | "personal":
            return _put(role, relation, state)
        case "put-elsewhere":
            found = _put(role, relation, state)
            if found.outcome != APPLIED:
                return found
            refusal = lacking(role, relation, FIRST, OTHER)
            return Expect("forbidden", refusal) if refusal else found
        case "put-on-old":
            found = _put(role, relation, state)
            return Expect("conflict", "conflict") if found.outcome == APPLIED else found
        case "assign" | "unassign" | "assign-outsider":
            if relation not in ("owner", "assignee") and not is_section_editor(role, relation):
                return Expect("forbidden", "not-yours")
            return Expect("forbidden", "section") if cell.op == "assign-outsider" else Expect(APPLIED)
        case "claim" | "release":
            if state.phase != "waiting":
                return Expect("invalid_state", "phase")
            refusal = lacking(role, relation, state.step)
            return Expect("forbidden", refusal) if refusal else Expect(APPLIED)
    raise KeyError(cell.op)


def _put(role: str, relation: str, state: State) -> Expect:
    if state.phase == "draft":
        mine = relation in ("owner", "assignee") or is_section_editor(role, relation)
        return Expect(APPLIED) if mine else Expect("forbidden", "not-yours")
    if state.phase == "waiting":
        refusal = lacking(role, relation, state.step)
        return Expect("forbidden", refusal) if refusal else Expect(APPLIED)
    return Expect("invalid_state", "phase")
