"""Two people's changes in one long text put together, beside `git merge-file` on the same three texts."""

import random
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import resources
from benchmarks.harness import Measured, benchmark, interleaved
from desktop.domain.diff3 import Change, compare

ROUNDS = 30
SIZE = 400 * 1024  # bytes of UTF-8


def _base() -> list[str]:
    """Paragraphs of the five regulations over and over, each marked with its number, up to SIZE."""
    lines = [
        line
        for path in sorted(resources.path("texts").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    text: list[str] = []
    size = number = 0
    while size < SIZE:
        line = lines[number % len(lines)]
        # A regulation has lines that stand in it more than once ("Điều 2", a dash); every fifth stays as it is.
        text.append(line if number % 5 == 0 else f"{line} [{number}]")
        size += len(text[-1].encode()) + 2
        number += 1
    return text


def _edited(base: list[str], *, seed: int) -> list[str]:
    """Forty places changed, twenty paragraphs added, twenty taken out."""
    dice = random.Random(seed)  # noqa: S311  repeatable on purpose
    text = list(base)
    for place in dice.sample(range(len(text)), 40):
        text[place] = f"{text[place]} (sửa {seed})"
    for _ in range(20):
        text.insert(dice.randrange(len(text)), f"Đoạn thêm {seed}.{dice.randrange(10**6)}")
        del text[dice.randrange(len(text))]
    return text


@benchmark("merge.large", unit="ms", better="lower", reference="git merge-file, its process and files included")
def large() -> Measured:
    """400 KiB of prose, each side with eighty changes; both on the same paragraphs."""
    base = _base()
    texts = ["\n\n".join(side) + "\n" for side in (_edited(base, seed=1), base, _edited(base, seed=2))]
    mine, original, theirs = texts
    found = {hunk.change for hunk in compare(original, mine, theirs=theirs)}
    if not {Change.MINE, Change.THEIRS} <= found:
        raise ValueError(f"nothing to merge: {found}")
    with TemporaryDirectory() as folder:
        names = [str(Path(folder, name)) for name in ("mine", "base", "theirs")]
        for name, text in zip(names, texts, strict=True):
            Path(name).write_text(text, encoding="utf-8")
        return interleaved(
            lambda: compare(original, mine, theirs=theirs),
            lambda: subprocess.run(["git", "merge-file", "-p", "-q", *names], capture_output=True, check=False),  # noqa: S603, S607
            rounds=ROUNDS,
        )
