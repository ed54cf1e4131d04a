"""The pages of a database as they lie in its file and its log, whatever SQLite itself would say to them.

Source: https://sqlite.org/fileformat2.html (1.2 pages, 4 the write-ahead log).
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

SIZE: Final = 4096  # of a page: SQLite's own choice, never changed here, so that no broken header is asked for it
_LOG_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}
_WORD: Final = 0xFFFFFFFF


@dataclass(frozen=True)
class Frame:
    """One page in the log. `ends`: the last one of its transaction. `sound`: its checksum follows from the one before it."""

    number: int
    data: bytes
    ends: bool
    sound: bool


class Pages:
    """Numbered from 1. What the log has of a page, in a transaction that was completed, counts before what the file has."""

    def __init__(self, data: bytes, log: bytes = b"") -> None:
        self._data = data
        self._over = _committed(list(frames(log)))
        self.count = max([len(data) // SIZE, *self._over])

    def page(self, number: int) -> bytes | None:
        """None where there is no such page, or not all of it."""
        if number in self._over:
            return self._over[number]
        start = (number - 1) * SIZE
        if number < 1 or start + SIZE > len(self._data):
            return None
        return self._data[start : start + SIZE]

    def is_cut_off(self) -> bool:
        """Whether neither file has a page that the first one counts; SQLite may say no more of it than that the disk failed."""
        first = self.page(1)
        return first is not None and any(
            self.page(number) is None for number in range(1, int.from_bytes(first[28:32]) + 1)
        )

    def free(self) -> frozenset[int]:
        """The pages that the file says are out of use."""
        first = self.page(1)
        found: set[int] = set()
        trunk = int.from_bytes(first[32:36]) if first else 0
        while trunk and trunk not in found:
            found.add(trunk)
            data = self.page(trunk)
            if data is None:
                break
            following, count = struct.unpack_from(">II", data)
            listed = min(count, SIZE // 4 - 2)
            found.update(struct.unpack_from(f">{listed}I", data, 8))
            trunk = following
        return frozenset(found)


def frames(log: bytes) -> Iterator[Frame]:
    """The frames of the log; what remains of an earlier round counts as unsound.

    SQLite reads no frame of a log whose header is broken; here the first frame says which round it is.
    """
    if len(log) < _LOG_HEADER + _FRAME_HEADER:
        return
    order, salts = _MAGIC.get(int.from_bytes(log[:4]), "<"), log[16:24]
    before = struct.unpack_from(">II", log, 24)
    if not _header_is_sound(log):
        salts = log[_LOG_HEADER + 8 : _LOG_HEADER + 16]
    for start in range(_LOG_HEADER, len(log) - _FRAME_HEADER - SIZE + 1, _FRAME_HEADER + SIZE):
        head, data = log[start : start + _FRAME_HEADER], log[start + _FRAME_HEADER : start + _FRAME_HEADER + SIZE]
        number, pages, *told = struct.unpack(">II8xII", head)
        sound = head[8:16] == salts and _checksum(head[:8] + data, before, order) == tuple(told)
        yield Frame(number, data, pages > 0, sound)
        before = (told[0], told[1])


def log_is_damaged(log: bytes) -> bool:
    """Whether a transaction in the log is broken that cannot be the last one, torn by a power cut: another follows it.

    SQLite ends its reading at a broken frame without a word, and what follows would be missing unnoticed. Every transaction
    is flushed before the next one is written (synchronous=FULL).
    """
    broken = len(log) > _LOG_HEADER and not _header_is_sound(log)
    over = False  # the broken transaction has ended
    for frame in frames(log):
        if over and frame.sound and frame.ends:
            return True
        broken = broken or not frame.sound
        over = over or (broken and frame.ends)
    return False


def _header_is_sound(log: bytes) -> bool:
    order = _MAGIC.get(int.from_bytes(log[:4]))
    return order is not None and _checksum(log[:24], (0, 0), order) == struct.unpack_from(">II", log, 24)


def _committed(found: list[Frame]) -> Mapping[int, bytes]:
    last = max((place for place, frame in enumerate(found) if frame.ends and frame.sound), default=-1)
    return {frame.number: frame.data for frame in found[: last + 1] if frame.sound}


def _checksum(data: bytes, before: tuple[int, ...], order: str) -> tuple[int, int]:
    one, two = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & _WORD
        two = (two + second + one) & _WORD
    return one, two
