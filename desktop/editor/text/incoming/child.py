"""The process that `apart` starts: reads one file within bounds and tells on standard output, a line of JSON each time.

`python -m desktop.editor.text.incoming.child PATH DIALECT`.
"""

import base64
import json
import sys
from pathlib import Path

from desktop.domain.digest import Json
from desktop.domain.errors import BadContent
from desktop.editor.text.incoming.files import imported
from desktop.editor.text.incoming.result import Dialect, Imported

if sys.platform != "win32":
    import resource

MOST_MEMORY = 1_536 * 1024 * 1024
MOST_SECONDS = 120  # of the processor


def main(path: str, dialect: Dialect) -> None:
    """Everything that is printed is a message: a stage, a refusal, or the result."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _bound(office=False)
    try:
        _say(_written(imported(Path(path), dialect, told=_told)))
    except BadContent as refused:
        _say({"rule": refused.rule.code, "params": dict(refused.rule.params), "detail": refused.detail})
    except MemoryError:
        _say({"rule": "import-too-large", "params": {"limit": f"{MOST_MEMORY // 2**20} MiB"}, "detail": "memory"})


def _told(stage: str, part: int) -> None:
    _bound(office=stage == "office")
    _say({"stage": stage, "part": part})


def _bound(*, office: bool) -> None:
    """Bounds on memory and time; not while LibreOffice works, which has a clock of its own and would not start."""
    if sys.platform != "win32":
        free = resource.RLIM_INFINITY
        resource.setrlimit(resource.RLIMIT_AS, (free if office else MOST_MEMORY, free))
        resource.setrlimit(resource.RLIMIT_CPU, (free if office else MOST_SECONDS, free))


def _say(message: Json) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _written(made: Imported) -> Json:
    pictures: list[Json] = [
        {"name": one.name, "alt": one.alt, "sha256": one.sha256, "data": base64.b64encode(one.data).decode()}
        for one in made.pictures
    ]
    remarks: list[Json] = [{"author": one.author, "text": one.text, "about": one.about} for one in made.remarks]
    notes: list[Json] = [{"code": one.code, "params": dict(one.params), "line": one.line} for one in made.notes]
    return {"markdown": made.markdown, "pictures": pictures, "remarks": remarks, "notes": notes}


if __name__ == "__main__":
    main(sys.argv[1], "prose" if sys.argv[2] == "prose" else "legal")
