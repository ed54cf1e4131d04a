"""PySide6 must not lose references to None: 6.12.0 under Python 3.11 does, and aborts after some thousand calls."""

import sys

from PySide6.QtCore import QObject

CALLS = 1_000
ALLOWED = 50  # other threads and the allocator may hold or drop a few


def test_void_calls_keep_the_reference_count_of_none() -> None:
    subject = QObject()
    subject.setObjectName("warm-up")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        subject.setObjectName("a")
    assert abs(sys.getrefcount(None) - before) < ALLOWED
