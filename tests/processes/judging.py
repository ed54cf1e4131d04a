"""What must hold when the faults have stopped: nothing lost, nothing doubled, everybody equal; read from the databases themselves."""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any


def faults_of_portal(database: Path, entries: Sequence[str]) -> list[str]:
    """Each operation at most once, and each public text one that was approved at the last step."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM record")]
        done = Counter(body["op_id"] for body in bodies)
        found = [f"operation {op_id} had {count} effects" for op_id, count in done.items() if count > 1]
        for table in ("revision", "ledger", "publication"):
            rows = connection.execute(f"SELECT op_id FROM {table} GROUP BY op_id HAVING count(*) > 1")  # noqa: S608  our names
            found += [f"operation {op_id} stands twice in {table}" for (op_id,) in rows]
        for entry_id in entries:
            approved = {
                rid
                for (rid,) in connection.execute(
                    "SELECT rid FROM history WHERE entry_id = ? AND name IN ('approve', 'restore')", (entry_id,)
                )
            }
            public = connection.execute("SELECT rid FROM publication WHERE entry_id = ?", (entry_id,)).fetchall()
            found += [
                f"{entry_id} is public in a text that nobody approved" for (rid,) in public if rid not in approved
            ]
        found += [str(row) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return found


def words_at(database: Path, entry_id: str) -> set[str]:
    """Of every text of an entry that the portal has."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT content FROM revision WHERE entry_id = ?", (entry_id,)).fetchall()
    return {word for (content,) in rows for word in str(json.loads(content)["fields"].get("body") or "").split()}


def standing_at(database: Path, entry_id: str) -> list[Any] | None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        row = connection.execute(
            "SELECT head_rid, step, phase, state_ver, published_rid FROM entry WHERE id = ?", (entry_id,)
        ).fetchone()
    return list(row) if row is not None else None


def faults_of_entry(database: Path, entry_id: str, told: Mapping[str, Mapping[str, Any]], saved: set[str]) -> list[str]:
    """`told`: what stands at each member, `saved`: the words whose saving was answered."""
    found = []
    known = words_at(database, entry_id).union(*(answer["words"] for answer in told.values()))
    if saved - known:
        found.append(f"{entry_id}: {sorted(saved - known)} are gone")
    wanted = standing_at(database, entry_id)
    for name, answer in told.items():
        if answer["head"] is not None and answer["head"] != wanted:
            found.append(
                f"{entry_id} stands at {answer['head'][1:4]} for {name}, at the portal at {wanted and wanted[1:4]}"
            )
        if answer["waiting"] and not answer["cards"]:
            found.append(f"{entry_id}: {answer['waiting']} operations of {name} wait without a card")
    return found
