"""From the type of an operation to what carries it out; an unknown type is answered, never an error."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from server_stub.core.board import apply_board, apply_delegation
from server_stub.core.command import apply_command
from server_stub.core.outcome import Outcome, invalid, refused
from server_stub.core.put import apply_put
from server_stub.core.shape import TYPES, op_faults
from server_stub.core.side_draft import apply_side
from server_stub.core.small_ops import apply_assign, apply_claim, apply_comment, apply_personal
from server_stub.core.work import Work

Apply = Callable[[Work, Mapping[str, Any]], Outcome]

TABLE: Final[Mapping[str, Apply]] = {
    "put": apply_put,
    "command": apply_command,
    "comment": apply_comment,
    "assign": apply_assign,
    "claim": apply_claim,
    "delegation": apply_delegation,
    "board": apply_board,
    "personal": apply_personal,
    "side": apply_side,
}


def apply(work: Work, op: Mapping[str, Any]) -> Outcome:
    """Judge and carry out one operation."""
    if op["type"] not in TYPES:
        return refused("unsupported", "unsupported")
    faults = op_faults(op)
    if faults:
        return invalid("invalid-content", faults)
    return TABLE[op["type"]](work, op)
