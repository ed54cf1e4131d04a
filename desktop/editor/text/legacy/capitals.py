"""TCVN3 has no capital letters with tone marks: "CéNG HßA" was set in a font that draws small ones as capitals.

In plain text the font is gone; the other letters of the word, and of the words beside it, still tell.
"""

import re
from collections.abc import Sequence

_UPPER, _LOWER = re.compile("[A-Z]"), re.compile("[a-z]")
_SURE = 2


def raised(was: str, words: Sequence[str]) -> str:
    """The `words` joined, whole ones in capitals where their plain letters were. `was`: the text before it was converted."""
    if not _UPPER.search(was):
        return "".join(words)
    capitals = [_capitals(word) for word in words]
    return "".join(word.upper() if _is_upper(capitals, at) else word for at, word in enumerate(words))


def _capitals(word: str) -> bool | None:
    """Whether the word is in capitals; None where too few plain letters are in it to tell ("Tổ", "ý")."""
    if _LOWER.search(word):
        return False
    upper = _UPPER.findall(word)
    if len(upper) >= _SURE or (upper and not word[0].isupper()):
        return True
    return None


def _is_upper(capitals: Sequence[bool | None], at: int) -> bool:
    """A word that cannot tell goes with the nearest ones that can, if they agree."""
    own = capitals[at]
    if own is not None:
        return own
    before = next((one for one in reversed(capitals[:at]) if one is not None), None)
    after = next((one for one in capitals[at + 1 :] if one is not None), None)
    return {before, after} - {None} == {True}
