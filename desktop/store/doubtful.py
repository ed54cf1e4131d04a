"""Rows with a changed byte in them, read as far as they still say something."""

import json
from typing import Any

from desktop.application.records import Draft
from desktop.domain.digest import canonical
from desktop.domain.errors import BadContent
from desktop.domain.ids import EntryId, Rid
from desktop.domain.text import tidy
from desktop.store.salvage import Row


def lenient(data: object) -> Any:  # noqa: ANN401  JSON with a byte changed, or None
    try:
        return json.loads(data.decode("utf-8", "replace"), strict=False) if isinstance(data, bytes) else None
    except ValueError:
        return None


def draft_of(row: Row) -> Draft | None:
    """A working copy out of a row with a changed byte, or out of a text; None if there is nothing to read in it."""
    fields = row["fields"] if isinstance(row["fields"], dict) else lenient(row["fields"])
    files = row["attachments"] if isinstance(row["attachments"], list) else lenient(row["attachments"])
    fields = tidy(fields)
    files = [item for item in files if isinstance(item, dict)] if isinstance(files, list) else []
    try:
        canonical([fields, files])
    except BadContent:
        return None
    if not isinstance(fields, dict) or not all(isinstance(row[name], str) for name in ("entry_id", "kind", "lang")):
        return None
    conflict, merged_from, base = (_rid(row.get(name)) for name in ("conflict", "merged_from", "base_rid"))
    return Draft(
        EntryId(row["entry_id"]), row["kind"], row["lang"], fields, tuple(files), base, conflict=conflict,
        merged_from=merged_from, updated=str(row["updated"]),
    )  # fmt: skip


def _rid(value: object) -> Rid | None:
    return Rid(value) if isinstance(value, str) else None
