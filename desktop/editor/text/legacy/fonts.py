"""Which character set a font was made for: the name is the surest sign there is, unless the letters contradict it."""

import re

from desktop.editor.text.legacy.charsets import Charset, charsets
from desktop.editor.text.legacy.convert import UNICODE, Converted, converted, readings, to_unicode

_SUBSET = re.compile(r"^[A-Z]{6}\+")  # of a font that a PDF brings along
_NAMES = (
    ("tcvn3", (".vn",)),
    ("vni-windows", ("vni-", "vni ")),
    ("vps", ("vps ", "vps-")),
    ("viscii", ("vi times", "vi arial")),
)


def charset_of(font: str) -> Charset | None:
    """The character set of a font by its name; None for every other font."""
    name = _SUBSET.sub("", font.strip("'\" ")).lower()
    return next((charsets()[known] for known, starts in _NAMES if name.startswith(starts)), None)


def draws_capitals(font: str) -> bool:
    """Those of TCVN3 whose name ends in H (.VnTimeH) draw small letters as capitals."""
    name = font.strip("'\" ")
    return name.lower().startswith(".vn") and name.endswith("H")


def by_font(text: str, font: str) -> Converted:
    """One run of text in one font. Where its letters read better as they are, or are Unicode, the font is not believed."""
    charset = charset_of(font)
    if charset is None or UNICODE.search(text):
        return to_unicode(text)
    plain, *others = readings(text)
    here = next(reading for reading in others if reading.charset is charset)
    if here.good < plain.good or (here.changed and not here.good and others[0].good):
        return to_unicode(text)
    return converted(text, charset, by="font", capitals=draws_capitals(font))
