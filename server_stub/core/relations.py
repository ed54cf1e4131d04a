"""What a text says of other entries, and what it may not: relate to itself, or to an entry of a kind that is not meant.

An entry that is not here, or that the actor may not know of, is no fault: it may come later, and nobody learns of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from server_stub.core.kinds import Kind
from server_stub.core.outcome import Outcome, invalid
from server_stub.core.work import Work


def related(kind: Kind, fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """(act, name, entry) of each relation; `entry` is None for a document that is not on the portal."""
    rows = fields.get(kind.relations) if kind.relations is not None else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and isinstance(row.get("act"), str) and isinstance(row.get("name"), str):
            entry = row.get("entry")
            yield row["act"], row["name"], entry if isinstance(entry, str) else None


def check_relations(work: Work, entry_id: str, content: Mapping[str, Any]) -> Outcome | None:
    """The refusal of a content whose relations cannot be, or None."""
    kind = work.catalog.kinds[content["kind"]]
    found = []
    for number, (_, _, other) in enumerate(related(kind, content["fields"])):
        entry = work.visible(other) if other is not None and other != entry_id else None
        if other == entry_id or (entry is not None and entry.kind not in kind.related_kinds):
            found.append((f"/fields/{kind.relations}/{number}/entry", "itself" if other == entry_id else "kind"))
    return invalid("invalid-content", tuple(found)) if found else None
