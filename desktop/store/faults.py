"""The one boundary where what the database and the disk raise becomes a problem of `desktop.domain.errors`."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pysqlite3.dbapi2
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from desktop.domain.errors import Bug, Problem, StorageProblem, StoreDamaged

# SQLite's primary result codes (https://sqlite.org/rescode.html); extended codes carry them in the low byte.
_BUSY, _NOMEM, _READONLY, _INTERRUPT, _IOERR, _CORRUPT = 5, 7, 8, 9, 10, 11
_FULL, _CANTOPEN, _PROTOCOL, _LOCKED, _NOLFS, _AUTH, _NOTADB, _PERM = 13, 14, 15, 6, 22, 23, 26, 3
_DAMAGE: Final = frozenset({_CORRUPT, _NOTADB})
_DISK: Final = frozenset(
    {_PERM, _BUSY, _LOCKED, _NOMEM, _READONLY, _INTERRUPT, _IOERR, _FULL, _CANTOPEN, _PROTOCOL, _NOLFS, _AUTH}
)
# The driver's words where it names no code, or only a general one.
_NO_TEXT: Final = "Could not decode to UTF-8"
_NO_SUCH: Final = re.compile("no such (column|table): ")

# The words of the disk's answers that are told apart: a read that it refuses, and no room.
UNREAD: Final = "disk I/O error"
_NO_ROOM: Final = frozenset({"database or disk is full", *map(os.strerror, (errno.ENOSPC, errno.EDQUOT))})

# All that may come up from below: SQLAlchemy, the driver (SQLite's own want of memory is a MemoryError there), values that
# no column holds; and the disk.
DATABASE: Final = (SQLAlchemyError, pysqlite3.dbapi2.Error, MemoryError, UnicodeError, OverflowError)
FOREIGN: Final = (*DATABASE, OSError)


def problem_of(fault: Exception, *, reading: bool = False) -> Problem:
    """The problem that `fault` (one of FOREIGN) is; a write through a reading transaction is our own fault."""
    original = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(original, OSError):
        return StorageProblem(str(original), reason=original.strerror or type(original).__name__)
    if isinstance(original, MemoryError):
        return StorageProblem("out of memory", reason="out of memory")
    code = getattr(original, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _DAMAGE or isinstance(original, UnicodeDecodeError) or _NO_TEXT in str(original):
        return StoreDamaged(str(original))
    if primary in _DISK and not (primary == _READONLY and reading):
        return StorageProblem(str(original), reason=str(original))
    return Bug(f"{type(original).__name__}: {original}")


def is_unread(problem: StorageProblem) -> bool:
    """Whether the disk may have a sector that it does not give: somebody has to look."""
    return problem.params.get("reason") == UNREAD


def is_full(problem: StorageProblem) -> bool:
    return problem.params.get("reason") in _NO_ROOM


@contextmanager
def translated() -> Iterator[None]:
    """Nothing foreign leaves this block; problems of our own pass as they are."""
    try:
        yield
    except FOREIGN as fault:
        raise problem_of(fault) from fault


@contextmanager
def translated_in_transaction(*, reading: bool) -> Iterator[None]:
    """The same around a caller's block, where an OSError is the caller's own (the store's own files have `translated`)."""
    try:
        yield
    except DATABASE as fault:
        problem = problem_of(fault, reading=reading)
        original = fault.orig if isinstance(fault, DBAPIError) else fault
        said = str(original) if isinstance(original, pysqlite3.dbapi2.OperationalError) else ""
        if isinstance(problem, Bug) and _NO_SUCH.match(said):
            # The file named this version when it was opened, and every statement is tested against that version's tables.
            problem = StoreDamaged(problem.detail)
        raise problem from fault
