"""A title in capitals as a sentence writes it: the spelling of its words is taken from the text itself, never made up."""

import re
from collections import Counter

from desktop.domain.legal.patterns import one_line
from desktop.domain.legal.source import folded

_LEADING_WORDS = 8
_FEWEST = 3


def as_sentence(title: str, text: str) -> str:
    """`title` with the spelling that `text` has for it (all of it, or all but its first words); else as it is."""
    if not title.isupper():
        return title[:1].upper() + title[1:]
    words = title.split()
    low = folded(text)
    for lead in range(min(_LEADING_WORDS, len(words) - _FEWEST) + 1 if len(words) >= _FEWEST else 0):
        spelled = _spelled(words[lead:], text, low)
        if spelled is not None:
            whole = " ".join([*(word.lower() for word in words[:lead]), spelled])
            return whole[:1].upper() + whole[1:]
    return title


def _spelled(words: list[str], text: str, low: str) -> str | None:
    pattern = r"\s+".join(re.escape(folded(word)) for word in words)
    found: Counter[str] = Counter()
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", low):
        written = one_line(text[match.start() : match.end()])
        if not written.isupper() and written.lower() == " ".join(words).lower():
            found[written] += 1
    return found.most_common(1)[0][0] if found else None
