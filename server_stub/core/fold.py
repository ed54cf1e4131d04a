"""Text as search compares it: lower case, without marks, đ as d, everything else than letters and digits a blank."""

import re
import unicodedata
from typing import Final

_GAPS: Final = re.compile(r"[^a-z0-9]+")
_BARRED: Final = str.maketrans({"đ": "d", "Đ": "d"})


def fold(text: str) -> str:
    """`Số 17/2011/QĐ-UBND` → `so 17 2011 qd ubnd`."""
    bare = unicodedata.normalize("NFKD", text.translate(_BARRED).casefold())
    return _GAPS.sub(" ", "".join(char for char in bare if not unicodedata.combining(char))).strip()
