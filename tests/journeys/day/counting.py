"""Counts what was lost and what was doubled, from the database files themselves: the homes', the portal's, and the site.

Read with the standard library's sqlite3, read-only, when nobody writes any more.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.journeys.day.site import Site

HOME_FILE: Final = "toasoan.sqlite"


@dataclass(frozen=True)
class Road:
    """What must have happened to one entry: how many texts were put, which commands were given, in order."""

    puts: int
    commands: tuple[str, ...]


@dataclass
class Tally:
    """Each line names one thing that is missing or is there too often."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def compare(self, what: str, *, found: int, wanted: int) -> None:
        if found < wanted:
            self.lost.append(f"{what}: {found} of {wanted}")
        elif found > wanted:
            self.doubled.append(f"{what}: {found}, not {wanted}")


def tally(homes: Iterable[Path], portal: Path, site: Site, roads: Mapping[str, Road]) -> Tally:
    """Hold every operation that a home made against the portal, every road against its entry, every page against the site."""
    result = Tally()
    for home in homes:
        _operations(result, home / HOME_FILE, portal)
    for title, road in roads.items():
        _road(result, portal, title, road)
        _on_site(result, site, title)
    return result


def _operations(result: Tally, home: Path, portal: Path) -> None:
    for row in _rows(home, "SELECT op_id, type, place AS outcome FROM operation"):
        result.lost.append(f"{home.parent.name}: {row['type']} {row['op_id']} never left the queue ({row['outcome']})")
    for row in _rows(home, "SELECT op_id, type, outcome FROM settled WHERE outcome <> 'withdrawn'"):
        what = f"{home.parent.name}: {row['type']} {row['op_id']}"
        if row["outcome"] != "applied":
            result.lost.append(f"{what} was answered {row['outcome']}")
            continue
        for table in ("ledger", "history"):
            found = _count(portal, f"SELECT count(*) FROM {table} WHERE op_id = ?", row["op_id"])  # noqa: S608  our names
            result.compare(f"{what} in {table}", found=found, wanted=1)
        if row["type"] == "put":
            found = _count(portal, "SELECT count(*) FROM revision WHERE op_id = ?", row["op_id"])
            result.compare(f"{what} as a revision", found=found, wanted=1)


def _road(result: Tally, portal: Path, title: str, road: Road) -> None:
    entries = [
        row["id"]
        for row in _rows(
            portal, "SELECT e.id, r.content FROM entry e JOIN revision r ON r.entry_id = e.id AND r.rid = e.head_rid"
        )
        if json.loads(row["content"])["fields"].get("title") == title
    ]
    result.compare(f"entry {title!r}", found=len(entries), wanted=1)
    for entry_id in entries:
        done = _rows(portal, "SELECT type, name FROM history WHERE entry_id = ? ORDER BY id", entry_id)
        commands = [row["name"] for row in done if row["type"] == "command"]
        found, wanted = Counter(commands), Counter(road.commands)
        for name in sorted(found | wanted):
            result.compare(f"{name} of {title!r}", found=found[name], wanted=wanted[name])
        if found == wanted and tuple(commands) != road.commands:
            result.lost.append(f"the order of {title!r}: {commands}")
        result.compare(f"texts of {title!r}", found=sum(row["type"] == "put" for row in done), wanted=road.puts)
        live = _count(portal, "SELECT count(*) FROM publication WHERE live_entry = ?", entry_id)
        result.compare(f"publication of {title!r}", found=live, wanted=1)


def _on_site(result: Tally, site: Site, title: str) -> None:
    """The title stands once among the links of the start page's sections."""
    pages = [site.get(f"/chuyen-muc/{section}").text for section in _sections(site)]
    found = sum(page.count(_escaped(title) + "</a>") for page in pages)
    result.compare(f"{title!r} in the lists of the site", found=found, wanted=1)


def _sections(site: Site) -> Sequence[str]:
    home = site.get("/").text
    return sorted({part.split('"')[0] for part in home.split('href="/chuyen-muc/')[1:]})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _count(file: Path, query: str, *values: str) -> int:
    return int(_rows(file, query, *values)[0][0])


def _rows(file: Path, query: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query, values).fetchall()
