"""Counts which syllables follow which in the regulations and writes `resources/language/pairs.json`, by which suggestions are ranked.

`python -m tools.word_pairs`. Text 004 is left out: its damaged scan is what suggestions are measured on.
"""

import json
import unicodedata
from collections import Counter

import resources
from desktop.editor.text.syllables import is_syllable
from desktop.editor.text.words import words

_TEXTS = ("000", "001", "002", "003")
_SELDOM = 1


def counted() -> dict[str, dict[str, int]]:
    """First syllable → second → how often. "" as second: how often the first stands at all."""
    pairs: Counter[tuple[str, str]] = Counter()
    for name in _TEXTS:
        text = unicodedata.normalize("NFC", resources.path("texts", f"{name}.txt").read_text("utf-8"))
        for line in text.split("\n"):
            for word in words(line):
                if is_syllable(word.text):
                    pairs[word.text.lower(), ""] += 1
                    if is_syllable(word.after):
                        pairs[word.text.lower(), word.after] += 1
    found: dict[str, dict[str, int]] = {}
    for (first, second), count in sorted(pairs.items()):
        if not second or count > _SELDOM:
            found.setdefault(first, {})[second] = count
    return found


if __name__ == "__main__":
    path = resources.path("language", "pairs.json")
    lines = [
        f"{json.dumps(first, ensure_ascii=False)}: {json.dumps(after, ensure_ascii=False, separators=(',', ':'))}"
        for first, after in counted().items()
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
