"""Several processes behind one socket: begun, begun again when one ends by itself, ended together.

A worker whose parent was killed ends too: nobody would ever end it otherwise.
"""

import logging
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Any, Final

log = logging.getLogger(__name__)

Work = Callable[[Any, socket.socket, Callable[[], None]], None]
"""Serves on the socket until SIGTERM, and says when it listens; importable by name, for it runs in a new process."""

_LOOK_SECONDS: Final = 0.5


class WorkerError(OSError):
    """A worker ended before it had begun to serve."""


def serve_with_workers(
    count: int, work: Work, given: object, listening: socket.socket, on_ready: Callable[[], None]
) -> None:
    """Run `count` workers until SIGTERM or SIGINT. Of the main thread only.

    Raises:
        WorkerError: one could not begin; its own output says why.
    """
    spawn, ending = multiprocessing.get_context("spawn"), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())
    ready = spawn.Semaphore(0)

    def begin() -> SpawnProcess:
        process = spawn.Process(target=_run, args=(work, given, listening, ready))
        process.start()
        return process

    workers, waiting = [begin() for _ in range(count)], count
    try:
        while not ending.is_set():
            if waiting and ready.acquire(timeout=_LOOK_SECONDS):
                waiting -= 1
                if not waiting:
                    on_ready()
            elif not waiting:
                wait([worker.sentinel for worker in workers], _LOOK_SECONDS)
            gone = [worker for worker in workers if not worker.is_alive()]
            if gone and waiting and not ending.is_set():
                raise WorkerError("a worker could not begin")
            for worker in gone if not ending.is_set() else ():
                log.warning("a worker ended with %s; another takes its place", worker.exitcode)
                workers[workers.index(worker)] = begin()
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _run(work: Work, given: object, listening: socket.socket, ready: Any) -> None:  # noqa: ANN401 - the library's own
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - this function is a process's own

    def follow() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=follow, daemon=True).start()
    work(given, listening, ready.release)
