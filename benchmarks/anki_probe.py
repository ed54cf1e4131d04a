"""Anki's own client and sync server on loopback, run by an interpreter that has `anki`: `PYTHON anki_probe.py COUNT TEXT…`.

Prints one JSON object. Stands alone: nothing of this project is imported.
"""

import importlib
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

WORDS = 250
SMALL = 1_000
ROUNDS = 7


def main() -> None:
    count = int(sys.argv[1])
    words = "".join(Path(name).read_text(encoding="utf-8") for name in sys.argv[2:]).split()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with TemporaryDirectory() as folder:
        settings = {"SYNC_USER1": "u:p", "SYNC_BASE": f"{folder}/server", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": port}
        server = subprocess.Popen(
            [sys.executable, "-m", "anki.syncserver"],
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(int(port))
            pair = [_anki().Collection(f"{folder}/{name}.anki2") for name in ("a", "b")]
            print(json.dumps(_measured(pair, f"http://127.0.0.1:{port}/", words, count)))
        finally:
            server.terminate()
            server.wait()


def _measured(pair: list[Any], address: str, words: list[str], count: int) -> dict[str, float]:
    first, second = pair
    keys = [collection.sync_login("u", "p", address) for collection in pair]
    for collection, key, upload in ((first, keys[0], True), (second, keys[1], False)):
        collection.sync_collection(key, sync_media=False)
        collection.close_for_full_sync()
        collection.full_upload_or_download(auth=key, server_usn=None, upload=upload)
        collection.reopen(after_full_sync=True)
    _add(first, words, SMALL)
    push = _timed(lambda: first.sync_collection(keys[0], sync_media=False))
    _timed(lambda: second.sync_collection(keys[1], sync_media=False))
    _add(first, words, count)
    up = _timed(lambda: first.sync_collection(keys[0], sync_media=False))
    down = _timed(lambda: second.sync_collection(keys[1], sync_media=False))
    if second.note_count() != count + SMALL:
        raise RuntimeError("not all notes have come")
    idle = min(_timed(lambda: second.sync_collection(keys[1], sync_media=False)) for _ in range(ROUNDS))
    changes = []
    for number in range(ROUNDS):
        note = first.get_note(first.find_notes("")[number])
        note["Back"] += " x"
        first.update_note(note)
        changes.append(
            _timed(lambda: [one.sync_collection(key, sync_media=False) for one, key in zip(pair, keys, strict=True)])
        )
    return {"push_s": push, "up_per_s": count / up, "down_per_s": count / down, "idle_ms": idle * 1e3,
            "change_ms": min(changes) * 1e3}  # fmt: skip


def _anki() -> Any:  # noqa: ANN401  Anki's own
    return importlib.import_module("anki.collection")  # there is none where this file is only checked


def _add(collection: Any, words: list[str], count: int) -> None:  # noqa: ANN401  Anki's own
    kind, deck, dice = collection.models.by_name("Basic"), collection.decks.id("Default"), random.Random(1)  # noqa: S311
    requests = []
    for number in range(count):
        note, start = collection.new_note(kind), dice.randrange(len(words) - WORDS)
        note["Front"] = f"{' '.join(words[start : start + 12])} {number}"
        note["Back"] = " ".join(words[start : start + WORDS])
        requests.append(_anki().AddNoteRequest(note=note, deck_id=deck))
    collection.add_notes(requests)


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("Anki's server does not start")


def _timed(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
