"""An answer of the portal as it came over the line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """Headers by lower-case name."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401
        return json.loads(self.data)

    @property
    def code(self) -> str:
        """The code of a problem; "" for an answer that is none."""
        return str(self.json["code"]) if self.data and "problem" in self.headers.get("content-type", "") else ""

    @property
    def word(self) -> str:
        """`200`, or `404 not-found` for a problem."""
        return f"{self.status} {self.code}".rstrip()
