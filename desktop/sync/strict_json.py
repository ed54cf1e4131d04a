"""JSON as the contract allows it: UTF-8, no key twice, no NaN, no floats, not nested without end."""

import json
from typing import NoReturn

from desktop.domain.digest import Json
from desktop.domain.errors import NotOurPortal


def loads(data: bytes) -> Json:
    """The value in `data`; NotOurPortal for anything else."""
    try:
        value: Json = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotOurPortal(f"the answer is not JSON: {type(error).__name__}") from error
    return value


def dumps(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key twice")
    return members


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)
