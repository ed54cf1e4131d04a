"""One member's program: the real store, use cases, cycle and HTTP client; a command a line on stdin, an answer a line on stdout.

An answer is written after what it tells was committed: whatever was answered must never be missing again.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.domain.digest import Json
from desktop.domain.errors import Problem
from desktop.domain.ids import EntryId
from desktop.store.home_lock import locked
from tests.contract.line.desks import Desk, desk

_FORWARD = ("approve", "submit", "revise", "return", "unpublish", "restore")


def live(home: str, url: str, tokens: str, seed: str) -> None:
    """Until stdin ends."""
    with locked(Path(home)), desk(Path(home), url, tokens=tokens, seed=int(seed)) as seat:
        for line in sys.stdin:
            order = json.loads(line)
            try:
                answer = _DO[order["do"]](seat, order)
            except Problem as problem:
                answer = {"problem": problem.code}
            _say(answer)


def _say(answer: Mapping[str, Any]) -> None:
    """In one write, so that a life that is killed leaves no half line."""
    os.write(1, f"{json.dumps(answer)}\n".encode())


def _write(seat: Desk, order: dict[str, Any]) -> dict[str, Any]:
    """Append a word to a text, or begin one with it."""
    if order["entry"] is None:
        entry_id = seat.drafting.create("article", section="tin-hoat-dong")
        _say({"begun": entry_id})
        before, seen = "", None
        fields: dict[str, Json] = {"title": "Tin", "section": "tin-hoat-dong", "source": {"name": "VP"}}
    else:
        entry_id = EntryId(order["entry"])
        document = seat.drafting.open(entry_id)
        before, seen = str(document.fields.get("body") or ""), document.base_rid
        fields = dict(document.fields)
    fields["body"] = "\n\n".join(part for part in (before, order["word"]) if part)
    seat.drafting.save(entry_id, fields, seen_rid=seen)
    return {"entry": entry_id, "saved": order["word"]}


def _attach(seat: Desk, order: dict[str, Any]) -> dict[str, Any]:
    seat.drafting.attach(EntryId(order["entry"]), name="bieu-mau.pdf", data=b"%PDF-1.7 " + order["word"].encode())
    return {"attached": order["word"]}


def _freeze(seat: Desk, order: dict[str, Any]) -> dict[str, Any]:
    return {"frozen": seat.drafting.freeze_idle([EntryId(order["entry"])])}


def _give(seat: Desk, order: dict[str, Any]) -> dict[str, Any]:
    """The step that this member may take, bound to the text that is read here."""
    entry_id = EntryId(order["entry"])
    document = seat.drafting.open(entry_id)
    allowed = [choice.name for choice in document.choices if choice.allowed]
    named = [name for name in _FORWARD if name in allowed]
    if not named:
        return {"nothing": True}
    name, facts = named[order["draw"] % len(named)], document.facts
    reason = "Thiếu nguồn" if name in {"return", "unpublish"} else ""
    seat.stages.give(
        entry_id, name, reason=reason,
        read_rid=facts.head_rid, read_step=facts.state.step, read_state_ver=facts.state_ver,
    )  # fmt: skip
    return {"given": name, "body": document.fields.get("body")}


def _sync(seat: Desk, _order: dict[str, Any]) -> dict[str, Any]:
    report = seat.cycle.run()
    return {"sent": report.sent, "again": report.again_in is not None}


def _tell(seat: Desk, order: dict[str, Any]) -> dict[str, Any]:
    """All that stands here of one entry."""
    entry_id = EntryId(order["entry"])
    with seat.store.read() as work:
        entry, draft = work.entries.get(entry_id), work.drafts.get(entry_id)
        texts = [str(item.content.fields.get("body") or "") for item in work.revisions.of(entry_id)]
        texts += [str(draft.fields.get("body") or "")] if draft is not None else []
        head = entry.head if entry is not None and entry.in_scope else None
        return {
            "head": [head.rid, head.state.step, head.state.phase.value, head.state_ver, head.published_rid]
            if head
            else None,
            "words": " ".join(texts).split(),
            "waiting": len(work.queue.of(entry_id)),
            "cards": len(work.cards.of(entry_id)),
        }


_DO = {"write": _write, "attach": _attach, "freeze": _freeze, "give": _give, "sync": _sync, "tell": _tell}
