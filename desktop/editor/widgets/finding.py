"""Finding in the source: tone marks and đ optional, case never matters; plain functions over text."""

from desktop.domain.fold import fold


def find_all(text: str, wanted: str, *, exact_marks: bool = False) -> list[tuple[int, int]]:
    """Where `wanted` occurs, as (start, end) in characters, left to right, not overlapping."""
    needle = _key(wanted, exact_marks=exact_marks)
    if not needle:
        return []
    hay = _key(text, exact_marks=exact_marks)
    places = None if len(hay) == len(text) else _places(text, exact_marks=exact_marks)
    found = []
    at = hay.find(needle)
    while at >= 0:
        end = at + len(needle)
        found.append((at, end) if places is None else (places[at], places[end]))
        at = hay.find(needle, end)
    return found


def _key(text: str, *, exact_marks: bool) -> str:
    return text.lower() if exact_marks else fold(text)


def _places(text: str, *, exact_marks: bool) -> list[int]:
    """For each folded character the one it came from: loose marks fold to nothing, a few letters to two."""
    places = [at for at, char in enumerate(text) for _ in _key(char, exact_marks=exact_marks)]
    return [*places, len(text)]
