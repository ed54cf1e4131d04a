"""The feed's cursor: opaque to the client, signed, and carrying the scope it was read under.

position   the last feed number that was read
reach      what the member oversaw then (scope.py)
floor      up to here the rows were already read under `before`; only differences are announced
seen       the last record row there was, and the beginning of its hash: what tells two time-lines apart
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from server_stub.core.problems import Problem
from server_stub.core.scope import Reach


@dataclass(frozen=True)
class Cursor:
    epoch: str
    member: str
    position: int
    reach: Reach
    floor: int = 0
    before: tuple[Reach, ...] = ()
    seen: tuple[int, str] = (0, "")


def write(cursor: Cursor, secret: str) -> str:
    """The cursor as text."""
    body = json.dumps(
        [cursor.epoch, cursor.member, cursor.position, cursor.reach, cursor.floor, cursor.before, cursor.seen],
        separators=(",", ":"),
    ).encode()
    return f"{_text(body)}.{_text(_sign(body, secret))}"


def read(text: str, secret: str) -> Cursor:
    """The cursor in `text`; raises Problem `invalid-request` when this portal did not write it."""
    try:
        body_text, _, signature = text.partition(".")
        body = _bytes(body_text)
        if not hmac.compare_digest(_bytes(signature), _sign(body, secret)):
            raise ValueError
        epoch, member, position, reach, floor, before, seen = (*json.loads(body), (0, ""))[
            :7
        ]  # earlier ones had no `seen`
    except ValueError as error:
        raise Problem("invalid-request", "the cursor is not one of this portal") from error
    already = tuple(_reach(item) for item in before)
    return Cursor(epoch, member, position, _reach(reach), floor, already, (seen[0], seen[1]))


def _reach(value: list[str] | None) -> Reach:
    return None if value is None else tuple(value)


def _sign(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).digest()[:16]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
