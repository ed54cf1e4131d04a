"""Editors at work against a portal's socket: each sends texts as fast as they are taken, and remembers every answer."""

import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
import requests

from server_stub.core.canonical import content_hash, revision_id
from tests.failure.portal import PASSWORD, SECTION, WRITER

_PATIENCE: Final = 20.0


@dataclass
class Editor:
    """One device of the writer. `taken` are the operations whose answer came, `unsure` the one whose answer did not."""

    number: int
    address: str = ""
    token: str = ""
    epoch: str = ""
    cursor: str | None = None
    taken: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, Any] | None = None
    asked_again: int = 0
    wrong: list[str] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: count(1))

    def sign_in(self, address: str) -> None:
        device = {"id": f"0193e9a0-0000-7000-8000-{self.number:012x}", "name": f"máy {self.number}"}
        body = {"username": WRITER, "password": PASSWORD, "device": device}
        answer = requests.post(f"{address}/v1/auth/login", json=body, timeout=_PATIENCE).json()
        self.token, self.epoch = answer["access"], answer["epoch"]

    def work(self, address: str, begun: threading.Event) -> None:
        """Until the portal is gone; what it was asked last is asked first next time."""
        with requests.Session() as session:
            try:
                while True:
                    self.unsure = self.unsure or self._put()
                    self._send(session, address, self.unsure)
                    begun.set()
            except requests.RequestException:
                return

    def _send(self, session: requests.Session, address: str, op: Mapping[str, Any]) -> None:
        body = {
            "protocol": 1, "epoch": self.epoch, "device_id": "d", "actor": f"u-{WRITER}", "cursor": self.cursor,
            "limit": 500, "ops": [op],
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self.token}", "Portal-Protocol": "1"}
        reply = session.post(f"{address}/v1/sync", json=body, headers=headers, timeout=_PATIENCE)
        if reply.status_code >= requests.codes.server_error:
            self.asked_again += 1
            return  # asked again with the same bytes, as the client does
        told = reply.json()
        if reply.status_code != requests.codes.ok or told["results"][0]["outcome"] != "applied":
            self.wrong.append(reply.text)
            raise requests.RequestException
        self.taken[op["op_id"]] = op["rid"]
        self.cursor = told["next_cursor"]
        self.unsure = None

    def _put(self) -> dict[str, Any]:
        number = next(self._ids)
        op_id, entry_id = (f"0193e9a{kind}-{self.number:04x}-7000-8000-{number:012x}" for kind in (1, 2))
        content = {
            "kind": "article", "lang": "vi", "html": {"body": "<p>Một hai ba.</p>"}, "attachments": [],
            "fields": {"title": f"Tin {number}", "section": SECTION, "body": "Một hai ba.", "source": {"name": "Tự viết"}},
        }  # fmt: skip
        rid = revision_id([], content_hash(content), op_id=op_id)
        return {
            "op_id": op_id, "device_seq": number, "type": "put", "client_time": None, "entry_id": entry_id, "base_rid": None,
            "merged_from": None, "rid": rid, "content": content, "render_rev": 1, "auto": False,
        }  # fmt: skip


def against_the_file(database: Path, editors: list[Editor]) -> list[str]:
    """What the portal had answered and does not know, and what it did twice."""
    with closing(pysqlite3.dbapi2.connect(str(database))) as connection:
        settled = {row[0] for row in connection.execute("SELECT op_id FROM ledger")}
        made = Counter(row[0] for row in connection.execute("SELECT op_id FROM revision"))
        shown = {row[0] for row in connection.execute("SELECT head_rid FROM entry")}
    found = [f"{op_id} was done {times} times" for op_id, times in made.items() if times > 1]
    for editor in editors:
        found += [f"refused: {text}" for text in editor.wrong]
        found += [f"{op_id} is gone" for op_id in editor.taken if op_id not in settled or op_id not in made]
        found += [f"no entry stands at {rid}" for rid in editor.taken.values() if rid not in shown]
    return found + [f"{op_id} is half done" for op_id in made.keys() ^ settled]
