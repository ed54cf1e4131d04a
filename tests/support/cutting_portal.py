"""`python -m tests.support.cutting_portal --database FILE --port N --log FILE`: the real portal, cut at every request.

A supervisor that forks: each child opens the database anew and listens on the same port until it is cut.
"""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

import uvicorn

from server_stub.app import create_app
from server_stub.settings import settings_for
from tests.support.cutting import CUT, Cuts, Cutting


def main() -> int:
    """Until SIGTERM; the exit status is that of a child that ended without being cut."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    chosen = parser.parse_args()
    child = 0

    def stop(_number: int, _frame: FrameType | None) -> None:
        if child:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            serve(chosen.database, chosen.port, chosen.log)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != CUT:
            return status


def serve(database: Path, port: int, log: Path) -> None:
    """One life of the portal."""
    app = Cutting(create_app(settings_for(database)), Cuts(log))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    sys.exit(main())
