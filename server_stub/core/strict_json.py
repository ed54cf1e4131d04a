"""A JSON reader that refuses what two readers could understand differently.

Duplicate keys, NaN and infinities, deep nesting and overlong integers are errors; floats are read,
and refused later wherever content is meant.
"""

import json
from typing import Final, NoReturn

MAX_DEPTH: Final = 70  # the envelope of an operation adds a few levels to the 64 of a content
_MAX_DIGITS: Final = 40


class BadJsonError(ValueError):
    """Bytes that are not strict JSON; the text says why."""


def parse(data: bytes) -> object:
    """The value of UTF-8 JSON `data`.

    Raises:
        BadJsonError: not UTF-8, not JSON, or outside the strict subset.
    """
    try:
        value: object = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer
        )
    except UnicodeDecodeError as error:
        raise BadJsonError("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadJsonError(f"not JSON: {error.msg} at {error.pos}") from error
    except RecursionError as error:
        raise BadJsonError("nested too deeply") from error
    if _deeper_than(value, MAX_DEPTH):
        raise BadJsonError("nested too deeply")
    return value


def _deeper_than(value: object, limit: int) -> bool:
    level: list[object] = [value]
    for _ in range(limit):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = [item for item in below if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJsonError("a key appears twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise BadJsonError(f"{name} is not JSON")


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise BadJsonError("an integer is too long")
    return int(digits)
