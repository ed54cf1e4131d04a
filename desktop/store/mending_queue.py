"""The queue of a recovered home: operations keep their ids and order, and no number is given out a second time."""

import json

from sqlalchemy import text

from desktop.domain.digest import canonical
from desktop.domain.ids import OpId
from desktop.store import codec
from desktop.store.doubtful import draft_of, lenient
from desktop.store.mending_ground import JUMP, UNCERTAIN, Ground, is_number
from desktop.store.salvage import Row
from desktop.store.tables import COVERED


class Queue:
    """Nothing unsent is dropped, nothing sent is doubled, and a command in doubt is asked about."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._found = ground.found
        self._work = ground.work
        self._mended = ground.mended

    def lay(self) -> None:
        """Operations keep their ids: what the portal has had already it answers as before (`docs/wire.md`, ledger)."""
        rows = {row["op_id"]: row for row in self._found.rows.get("operation", [])}
        doubtful = self._found.doubtful.get("operation", [])
        first = self._highest_place() + JUMP
        self._settled()
        done = {row["op_id"] for row in self._found.rows.get("settled", [])}
        before = {row["op_id"]: row for row in self._ground.all("operation") if row["op_id"] not in done}
        self._ground.run("DELETE FROM operation", {})
        self._ground.run("DELETE FROM sqlite_sequence WHERE name = 'operation'", {})
        self._ground.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('operation', :last)", {"last": first - 1})
        # No digest covers a row's own number: the order is that of the numbers which one does cover.
        for place, row in enumerate(sorted({**before, **rows}.values(), key=lambda row: row["device_seq"]), first):
            self._ground.insert("operation", {**row, "local_no": place})
        for row in rows.values():
            self._ground.run("DELETE FROM settled WHERE op_id = :op_id", {"op_id": row["op_id"]})
            self._keep_text_of(row)
            self._mended.touched.add(row["entry_id"])
        for op_id, row in before.items():
            if op_id not in rows:
                self._only_in_backup(row, changed=any(other["op_id"] == op_id for other in doubtful))
        for row in doubtful:
            if row["op_id"] not in rows and row["op_id"] not in before:
                self._doubtful_operation(row)

    def numbers(self) -> None:
        """Beyond everything that may have been given out."""
        found = self._found.rows
        used = [
            row["device_seq"]
            for name in ("operation", "settled")
            for row in (*found.get(name, []), *self._ground.all(name))
        ]
        used += [row["value"] for row in (*found.get("counter", []), *self._ground.all("counter"))]
        highest = max(filter(is_number, used), default=0)
        self._ground.lay("counter", [{"name": "device_seq", "value": highest + JUMP}])

    def _highest_place(self) -> int:
        """The last `local_no` that may have been given out: waiting and done operations share these numbers."""
        found = self._found.rows
        used = [
            row["local_no"]
            for name in ("operation", "settled")
            for row in (*found.get(name, []), *self._ground.all(name))
        ]
        used += self._ground.connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = 'operation'")
        ).scalars()
        return max(filter(is_number, [*used, self._found.last_place]), default=0)

    def _settled(self) -> None:
        taken = {row["local_no"]: row["op_id"] for row in self._ground.all("settled")}
        following = self._highest_place() + 1
        for row in self._found.rows.get("settled", []):
            place = row["local_no"]
            if not is_number(place) or taken.get(place, row["op_id"]) != row["op_id"]:
                place, following = following, following + 1
            taken[place] = row["op_id"]
            self._ground.lay("settled", [{**row, "local_no": place}])

    def _only_in_backup(self, row: Row, *, changed: bool) -> None:
        """Answered since, taken back since, or unreadable: a text is sent again, a command only if it was sent before."""
        self._mended.touched.add(row["entry_id"])
        if "operation" in self._found.whole and not changed:
            self._ground.run("DELETE FROM operation WHERE op_id = :op_id", {"op_id": row["op_id"]})
        elif row["type"] == "command" and not row["attempts"] and not changed:
            self._work.queue.withdraw(OpId(row["op_id"]), at=self._ground.at)
            self._ask_again(row)

    def _doubtful_operation(self, row: Row) -> None:
        """Its bytes are not what was frozen: never sent. A text becomes the draft, of a command the person is told.

        A side draft is nothing but a copy of a text that stands here.
        """
        if row["type"] == "side":
            return
        self._mended.touched.add(row["entry_id"])
        payload = lenient(row["payload"])
        content = payload.get("content") if isinstance(payload, dict) else None
        if isinstance(content, dict):
            written = {**content, "entry_id": row["entry_id"], "base_rid": payload.get("base_rid"), "updated": ""}
            draft = draft_of(written)
            if draft is not None and self._work.drafts.get(draft.entry_id) is None:
                self._ground.keep_doubtful(draft)
                return
        self._ask_again(row)

    def _ask_again(self, row: Row) -> None:
        self._mended.uncertain += 1
        payload = lenient(row["payload"])
        name = str(payload.get("name", row["type"])) if isinstance(payload, dict) else row["type"]
        self._ground.card(row["entry_id"], UNCERTAIN, op_id=OpId(row["op_id"]), name=name)

    def _keep_text_of(self, row: Row) -> None:
        """A queued text is a revision too, whatever became of that row."""
        payload = json.loads(row["payload"])
        if row["type"] != "put":
            return
        new = {
            "rid": payload["rid"], "entry_id": row["entry_id"], "base_rid": payload["base_rid"], "op_id": row["op_id"],
            "content": canonical(payload["content"]),
        }  # fmt: skip
        number = {"rev_no": 0, "actor": "", "server_time": "", "no": None, "signature": None}
        self._ground.insert(
            "revision", {**new, **number, "digest": codec.digest_of(new, COVERED["revision"])}, keep=True
        )
