"""Rows out of the pages of a table, each by itself: one that cannot be read takes no other with it.

Source: https://sqlite.org/fileformat2.html (1.6 B-tree pages, 2.1 record format).
"""

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeAlias

from desktop.store.pages import SIZE, Pages

Value: TypeAlias = "int | float | str | bytes | None"

_INTERIOR: Final = 0x05
_LEAF: Final = 0x0D
_MOST, _LEAST = SIZE - 35, (SIZE - 12) * 32 // 255 - 23  # bytes of a row that stay on its page
_LEAST_CELL: Final = 4  # bytes: a smaller one would not hold what is noted in a free block
_MOST_COLUMNS: Final = 100
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL: Final = 7
_MORE: Final = 0x80  # this byte of a number is not its last
_BROKEN: Final = (ValueError, IndexError, struct.error)


@dataclass
class Table:
    """What was read of one table: (rowid, values) of each row; `broken`: pages and rows that could not be read.

    `stray`: what lies on pages whose own account of themselves is wrong; rows that were removed may be among it.
    """

    rows: list[tuple[int, tuple[Value, ...]]] = field(default_factory=list)
    broken: int = 0
    pages: set[int] = field(default_factory=set)
    stray: list[tuple[Value, ...]] = field(default_factory=list)


def roots(pages: Pages) -> Mapping[str, int]:
    """The first page of each table that the schema still names."""
    found = {}
    for _no, row in read_table(pages, 1).rows:
        if len(row) == len(("type", "name", "tbl_name", "rootpage", "sql")) and row[0] == "table":
            name, root = row[1], row[3]
            if isinstance(name, str) and isinstance(root, int) and root > 0:
                found[name] = root
    return found


def read_table(pages: Pages, root: int) -> Table:
    """Every row that can be reached from `root`, in the order of their numbers where the tree is whole."""
    found = Table()
    ahead = [root]
    while ahead:
        number = ahead.pop()
        data = pages.page(number)
        if data is None or number in found.pages:
            found.broken += 1
            continue
        found.pages.add(number)
        start = 100 if number == 1 else 0
        if data[start] == _LEAF:
            _read_leaf(pages, data, start, found)
        elif data[start] == _INTERIOR:
            ahead.extend(reversed(_children(data, start, found)))
        else:
            found.broken += 1
    numbers = [number for number, _row in found.rows]
    found.broken += any(after <= before for before, after in pairwise(numbers))
    return found


def lost_pages(pages: Pages, reached: Collection[int]) -> list[int]:
    """Pages that look like a table's and that no table leads to."""
    leaves = (number for number in range(2, pages.count + 1) if number not in reached)
    return [number for number in leaves if (pages.page(number) or b" ")[0] == _LEAF]


def read_lost(pages: Pages, lost: Iterable[int]) -> Iterator[tuple[Value, ...]]:
    """The rows on `lost_pages`."""
    for number in lost:
        found = Table()
        _read_leaf(pages, pages.page(number) or b"", 0, found)
        yield from (row for _no, row in found.rows)
        yield from found.stray


def _children(data: bytes, start: int, found: Table) -> list[int]:
    children, used = [], []
    for place in _places(data, start, start + 12):
        try:
            used.append((place, _varint(data, place + 4)[1]))
            children.append(int.from_bytes(data[place : place + 4]))
        except _BROKEN:
            found.broken += 1
    found.broken += not _adds_up(data, start, start + 12, used)
    return [*children, int.from_bytes(data[start + 8 : start + 12])]


def _places(data: bytes, start: int, first: int) -> Sequence[int]:
    count = min(int.from_bytes(data[start + 3 : start + 5]), (len(data) - first) // 2)
    return struct.unpack_from(f">{count}H", data, first)


def _read_leaf(pages: Pages, data: bytes, start: int, found: Table) -> None:
    used = []
    for place in _places(data, start, start + 8):
        try:
            number, payload, end = _cell(pages, data, place)
            used.append((place, max(end, place + _LEAST_CELL)))
            found.rows.append((number, _record(payload)))
        except _BROKEN:
            found.broken += 1
    if not _adds_up(data, start, start + 8, used):
        found.broken += 1
        found.stray += _strays(pages, data, start + 8)


def _adds_up(data: bytes, start: int, first: int, used: Sequence[tuple[int, int]]) -> bool:
    """Whether each byte of the page is accounted for once, as SQLite's own check asks: a wrong count of cells shows there.

    `used`: (begin, end) of each cell.
    """
    count, content = struct.unpack_from(">HH", data, start + 3)
    spans, place = list(used), int.from_bytes(data[start + 1 : start + 3])
    while place:  # the blocks that are free name each other in the order of their places
        following, size = struct.unpack(">HH", data[place : place + 4].ljust(4, b"\0"))
        spans.append((place, place + size))
        if size < _LEAST_CELL or 0 < following < place + size:
            return False
        place = following
    at = content or 0x10000
    if len(used) != count or first + 2 * count > at:
        return False
    fragments = 0
    for begin, end in sorted(spans):
        if begin < at:
            return False
        fragments, at = fragments + begin - at, end
    return at <= SIZE and fragments + SIZE - at == data[start + 7]


def _strays(pages: Pages, data: bytes, first: int) -> Iterator[tuple[Value, ...]]:
    """Whatever can be read as a row where the list of cells may go on: only a digest can say that it is one."""
    lowest = len(data)
    place = first
    while place + 2 <= lowest:
        cell = int.from_bytes(data[place : place + 2])
        place += 2
        with suppress(*_BROKEN):
            yield _record(_cell(pages, data, cell)[1])
            lowest = min(lowest, cell) if cell >= place else lowest


def _cell(pages: Pages, data: bytes, place: int) -> tuple[int, bytes, int]:
    size, place = _varint(data, place)
    number, place = _varint(data, place)
    if size > pages.count * SIZE:
        raise ValueError("a row larger than the file")
    here = size
    if size > _MOST:
        here = _LEAST + (size - _LEAST) % (SIZE - 4)
        here = here if here <= _MOST else _LEAST
    payload = data[place : place + here]
    end = place + here
    if size > here:
        end += 4
        payload += _overflow(pages, int.from_bytes(data[place + here : place + here + 4]), size - here)
    if len(payload) != size:
        raise ValueError("a row that is cut off")
    return number, payload, end


def _overflow(pages: Pages, number: int, size: int) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while size > 0:
        data = pages.page(number)
        if data is None or number in seen:
            raise ValueError("a row that is cut off")
        seen.add(number)
        parts.append(data[4 : 4 + min(size, SIZE - 4)])
        size -= len(parts[-1])
        number = int.from_bytes(data[:4])
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    size, place = _varint(payload, 0)
    kinds: list[int] = []
    while place < size and len(kinds) < _MOST_COLUMNS:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, place = _value(payload, place, kind)
        values.append(value)
    if place != len(payload):
        raise ValueError("a row whose columns do not fill it")
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind in {0, 8, 9}:
        return {0: None, 8: 0, 9: 1}[kind], place
    if kind == _REAL:
        return struct.unpack_from(">d", payload, place)[0], place + 8
    if kind in {10, 11}:
        raise ValueError("a kind of value that no file has")
    size = _INTEGERS.get(kind) or (kind - 12) // 2
    data = payload[place : place + size]
    if len(data) != size:
        raise ValueError("a value that is cut off")
    if kind in _INTEGERS:
        return int.from_bytes(data, signed=True), place + size
    # A text with a changed byte is still worth reading; a digest says whether it is what it was.
    return data if kind % 2 == 0 else data.decode("utf-8", "replace"), place + size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for offset in range(8):
        byte = data[place + offset]
        value = value << 7 | byte & 0x7F
        if byte < _MORE:
            return value, place + offset + 1
    return value << 8 | data[place + 8], place + 9
