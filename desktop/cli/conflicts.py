"""The verb `conflict`: what two people wrote, shown, previewed and settled; and a merged text that has been read."""

import json
from pathlib import Path

from desktop.application.desk import Desk
from desktop.application.merging import ConflictView
from desktop.cli.parser import Arguments
from desktop.domain.conflict import Decision, Decisions, Side
from desktop.domain.diff3 import Change
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId, Rid


def conflict(desk: Desk, entry_id: EntryId, given: Arguments) -> tuple[dict[str, Json], str]:
    """Carry out what is asked; how the entry stands then, as data and for people. NotAllowed, BadContent."""
    document = desk.drafting.open(entry_id)
    told = _answers(given.answers) if given.answers else None
    if given.read:
        desk.conflicts.confirm(entry_id, seen_at=document.saved_at)
    elif given.keep == "theirs":
        desk.conflicts.take_theirs(entry_id)
    elif given.keep == "mine":
        desk.conflicts.keep_mine(entry_id, seen_rid=document.conflict)
    elif told is not None and not given.preview:
        head, mine, choices = told
        desk.conflicts.resolve(entry_id, seen_rid=head, seen_mine=mine, choices=choices)
    return _standing(desk, entry_id, told[2] if told is not None and given.preview else {})


def _standing(desk: Desk, entry_id: EntryId, choices: Decisions) -> tuple[dict[str, Json], str]:
    document = desk.drafting.open(entry_id)
    view = desk.conflicts.view(entry_id, choices) if document.conflict else None
    data: dict[str, Json] = {
        "entry": entry_id, "conflict": view is not None, "merged": document.merged, "fields": dict(document.fields),
        "view": _view(view) if view else None,
    }  # fmt: skip
    if view is None:
        return data, "Đã gộp, chưa đọc lại (--read)." if document.merged else "Không có xung đột."
    lines = [f"{found.pointer}: {found.change.value}" for found in view.differences]
    return data, "\n".join(
        [f"Bản {view.rev_no} của {view.by or '…'}", *lines, f"Còn hỏi: {', '.join(_open(view)) or '-'}"]
    )


def _view(view: ConflictView) -> dict[str, Json]:
    differences: list[Json] = [
        {
            "pointer": found.pointer, "rule": found.rule, "change": found.change.value, "base": found.base,
            "mine": found.mine, "theirs": found.theirs,
            "hunks": [
                {"pointer": f"{found.pointer}#{number}", "change": hunk.change.value, "base": hunk.base, "mine": hunk.mine,
                 "theirs": hunk.theirs}
                for number, hunk in enumerate(found.hunks) if hunk.change is not Change.NONE
            ],
        }
        for found in view.differences
    ]  # fmt: skip
    return {
        "head": view.head_rid, "mine": view.mine_seen, "rev_no": view.rev_no, "by": view.by, "at": view.at,
        "questions": list(_open(view)), "differences": differences, "fields": dict(view.merged.fields),
    }  # fmt: skip


def _open(view: ConflictView) -> list[str]:
    """What still needs an answer, place by place."""
    return [
        pointer
        for asked in view.merged.conflicts
        for pointer in ([asked.hunk_pointer(number) for number in asked.open_hunks] or [asked.pointer])
    ]


def _answers(path: Path) -> tuple[Rid, str, Decisions]:
    """`{"head", "mine", "choices": {pointer: "mine" | "theirs" | {"edited": value}}}`; BadContent for anything else."""
    try:
        told = json.loads(path.read_text("utf-8"))
        choices = {str(pointer): _decision(value) for pointer, value in told["choices"].items()}
        return Rid(str(told["head"])), str(told["mine"]), choices
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadContent(Rule("unreadable-file", params={"file": str(path)})) from error


def _decision(value: Json) -> Decision:
    if isinstance(value, dict):
        return Decision(Side.EDITED, value["edited"])
    return Decision({"mine": Side.MINE, "theirs": Side.THEIRS}[str(value)])
