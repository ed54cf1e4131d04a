"""`python -m tests.processes.nursery`: forks programs on demand, so that their imports are paid for once.

Over a Unix socket on stdin comes `[role, argument…]` with the two ends of a life's lines; each life has a guardian that tells
its end as the last line, when nothing of it is left.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from typing import Final

from server_stub.cli import main as portal_program
from tests.processes.member import live

_MOST: Final = 65536


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # guardians end by themselves
    line = socket.socket(fileno=0)
    while True:
        text, ends, _flags, _address = socket.recv_fds(line, _MOST, 2)
        if not text:
            return
        if os.fork() == 0:
            line.close()
            _guard(json.loads(text), *ends)
            os._exit(0)
        for end in ends:
            os.close(end)


def _guard(order: list[str], lines_in: int, lines_out: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    life = os.fork()
    if life == 0:
        os.dup2(lines_in, 0)
        os.dup2(lines_out, 1)
        os.close(lines_in)
        os.close(lines_out)
        sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w", buffering=1)
        role, *arguments = order
        _ROLES[role](*arguments)
        os._exit(0)
    os.close(lines_in)
    os.write(lines_out, f"started {life}\n".encode())
    status = os.waitstatus_to_exitcode(os.waitpid(life, 0)[1])
    os.write(lines_out, f"ended {status}\n".encode())


def _portal(*arguments: str) -> None:
    portal_program(list(arguments))


_ROLES: Final[Mapping[str, Callable[..., None]]] = {"portal": _portal, "member": live}

if __name__ == "__main__":
    main()
