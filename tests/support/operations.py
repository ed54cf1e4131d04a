"""What a client sends, and the clock and ids behind it: nothing of either program's code, so that both are judged."""

import datetime as dt
import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import rfc8785

Json = dict[str, Any]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def article(title: str = "Đêm hội", *, section: str | None, html: str = "<p>Một hai ba.</p>", **fields: object) -> Json:
    """A complete article; `section` None leaves it out."""
    found: Json = {"title": title, "body": "Một hai ba.", "source": {"name": "Tự viết"}, **fields}
    if section is not None:
        found["section"] = section
    return {"kind": "article", "lang": "vi", "fields": found, "html": {"body": html}, "attachments": []}


@dataclass
class Source:
    """Where time and ids come from: the clock stands but for a microsecond per look, ids count up."""

    moment: dt.datetime = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def clock(self) -> dt.datetime:
        self.moment += dt.timedelta(microseconds=1)
        return self.moment

    def id(self) -> str:
        return f"01930000-0000-7000-8000-{next(self.numbers):012x}"

    def later(self, **span: float) -> None:
        self.moment += dt.timedelta(**span)

    def stamp(self, **ahead: float) -> str:
        return (self.moment + dt.timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def op(self, kind: str, **members: Any) -> Json:  # noqa: ANN401
        return {"op_id": self.id(), "device_seq": next(self.numbers), "type": kind, "client_time": None, **members}

    def anew(self, op: Json) -> Json:
        """The same once more as another operation; a put of it would need another rid."""
        return {**op, "op_id": self.id(), "device_seq": next(self.numbers)}

    def put(self, entry_id: str, content: Mapping[str, Any], *, base: str | None = None, auto: bool = False) -> Json:
        op = self.op(
            "put", entry_id=entry_id, base_rid=base, merged_from=None, content=dict(content), render_rev=1, auto=auto
        )
        parents = [] if base is None else [base]
        op["rid"] = sha(rfc8785.dumps(["v1", parents, sha(rfc8785.dumps(op["content"])), op["op_id"]]))
        return op

    def command(self, name: str, entry_id: str, *, ver: int, **members: Any) -> Json:  # noqa: ANN401
        return self.op("command", entry_id=entry_id, name=name, on_state_ver=ver, **members)
