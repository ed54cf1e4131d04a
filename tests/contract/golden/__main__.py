"""Write resources/contract/golden/replies.json anew: only when protocol v1 gains what no earlier client minds."""

import json
import tempfile
from pathlib import Path

from tests.contract.golden.stage import FOLDER, stage
from tests.contract.golden.story import story


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder)) as portal:
        found = [{"name": name, "request": request, "reply": portal.play(name, request)} for name, request in story()]
    lines = ",\n".join(json.dumps(exchange, ensure_ascii=False) for exchange in found)
    (FOLDER / "replies.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
