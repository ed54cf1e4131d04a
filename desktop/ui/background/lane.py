"""A lane: threads that run jobs in the order given, apart from the GUI thread."""

import queue
import threading
from collections.abc import Callable


class Lane:
    """`threads` daemon threads over one queue; one thread makes the lane serial.

    Daemons, because a request that hangs must not keep the program alive after its window closed; what must be finished is
    finished by `stop(drain=True)`.
    """

    def __init__(self, name: str, threads: int = 1) -> None:
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._dropping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, job: Callable[[], None]) -> None:
        """`job` must not raise: it carries its own outcome."""
        self._queue.put(job)

    def stop(self, *, drain: bool) -> None:
        """Asks the threads to end: after all queued jobs (`drain`), or after the running ones."""
        if not drain:
            self._dropping.set()
        for _ in self._threads:
            self._queue.put(None)

    def join(self, seconds: float) -> bool:
        """Whether all threads ended within the time."""
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            if not self._dropping.is_set():
                job()
