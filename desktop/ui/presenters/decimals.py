"""Decimal numbers as the portal's staff write them, with a comma; stored with a point, never as a float."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

_TYPED = re.compile(r"(?P<whole>[0-9]{1,9})(?:[.,](?P<part>[0-9]{1,2}))?\s*%?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]{1,6})?|-?[0-9]+,[0-9]{1,6}")
_STORED = re.compile(r"(?P<whole>-?[0-9]{1,15})(?:\.(?P<part>[0-9]{1,6}))?")
_CENT = Decimal("0.01")


def decimal_shown(value: Decimal) -> str:
    """33,33; 50; 0,5."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def percent_stored(text: str) -> str:
    """`33,33 %` as `33.33`; what is no share stays as typed, and the checks say so."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return text.strip()
    whole = str(int(found["whole"]))
    return f"{whole}.{found['part']}" if found["part"] else whole


def grouped(text: str) -> str:
    """A stored `1500000.5` as 1.500.000,5; what is no number as it stands."""
    found = _STORED.fullmatch(text)
    if found is None:
        return text
    whole = f"{int(found['whole']):,}".replace(",", ".")
    sign = "-" if found["whole"].startswith("-") and not whole.startswith("-") else ""
    return f"{sign}{whole},{found['part']}" if found["part"] else sign + whole


def decimal_stored(text: str) -> str:
    """1.500.000,5 as `1500000.5`: points between groups of three are none of the number."""
    text = text.strip()
    return text.replace(".", "").replace(" ", "").replace(",", ".") if _GROUPED.fullmatch(text) else text


def even_shares(count: int, whole: Decimal) -> Sequence[str]:
    """`whole` in `count` parts of at most two decimals that make it exactly: what is left over goes to the first."""
    if count < 1:
        return ()
    each = (whole / count).quantize(_CENT, ROUND_DOWN)
    first = whole - each * (count - 1)
    return tuple(decimal_shown(part).replace(",", ".") for part in (first, *[each] * (count - 1)))
