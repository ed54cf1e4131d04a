"""A store whose process may end in the middle of a transaction: nothing of that transaction is kept."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from desktop.application.ports import Store, Work


class ClientCrash(BaseException):
    """The client's process ended here."""


class CrashingStore:
    """Implements `ports.Store` over another one."""

    def __init__(self, inner: Store) -> None:
        self._inner = inner
        self._left: int | None = None
        self.writes = 0  # committed so far: while it stands still, whatever is read stays the same

    def crash_after(self, looks: int) -> None:
        """At the `looks`-th use of a repository by a writing transaction from now on; the end of one counts as a use."""
        self._left = looks

    def calm(self) -> None:
        self._left = None

    def read(self) -> AbstractContextManager[Work]:
        return self._inner.read()

    def write(self) -> AbstractContextManager[Work]:
        return self._write()

    def require_room(self) -> None:
        self._inner.require_room()

    def close(self) -> None:
        self._inner.close()

    @contextmanager
    def _write(self) -> Iterator[Work]:
        with self._inner.write() as work:
            yield _Fragile(work, self)  # type: ignore[misc]  # every repository, passed through
            self.looked()
        self.writes += 1

    def looked(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                self._left = None
                raise ClientCrash


class _Fragile:
    def __init__(self, work: Work, store: CrashingStore) -> None:
        self._work = work
        self._store = store

    def __getattr__(self, name: str) -> object:
        self._store.looked()
        return getattr(self._work, name)
