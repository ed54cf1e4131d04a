"""`./dev demo-data`: writes resources/demo/ anew with the client's own engine; the same bytes every time."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resources import path
from tools.demo.material import members, pieces
from tools.demo.recording import Recorder

FOLDER = path("demo")


def demo() -> dict[str, str]:
    """File name → text of everything in resources/demo/: who is there, then one file of requests per entry."""
    profile = _json(path("profiles", "generic.json"))
    kinds = {name: _json(path("contract", "kinds", f"{name}.json")) for name in profile["kinds"]}
    recorder = Recorder(members(), {"profile": profile, "kinds": kinds, "theme": profile["theme"]})
    files = {"00-members.json": _text({"members": members(), "requests": []})}
    for number, piece in enumerate(pieces(), 1):
        before = len(recorder.requests)
        recorder.play(piece)
        files[f"{number:02}-{piece.name}.json"] = _text({"members": [], "requests": recorder.requests[before:]})
    return files


def main() -> int:
    """Write the files, remove those that are no longer part of the demo."""
    files = demo()
    FOLDER.mkdir(exist_ok=True)
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    for old in FOLDER.glob("*.json"):
        if old.name not in files:
            old.unlink()
    print(f"{len(files)} files in {FOLDER}")
    return 0


def _text(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _json(place: Path) -> Any:  # noqa: ANN401  files of the contract
    return json.loads(place.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
