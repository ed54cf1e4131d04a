"""Labels that travel through HTML as text: private letters round them tell the writer of Markdown what they are."""

import re

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
PRIVATE = re.compile("[\ue000-\ue00f]")
FENCED = re.compile(f"{_OPEN}(?P<kind>[bn])(?P<level>[0-9]){_MIDDLE}(?P<label>[^{_CLOSE}]*){_CLOSE}")


def fenced(label: str, *, level: int, bullet: bool) -> str:
    """`label` of a list's item, recognisable; `level` from 0."""
    return f"{_OPEN}{'b' if bullet else 'n'}{min(level, 9)}{_MIDDLE}{label}{_CLOSE} "


def bare(text: str) -> str:
    """`text` with its labels as plain text, a sign of no meaning as a dash."""
    return PRIVATE.sub("", FENCED.sub(lambda found: "-" if found["kind"] == "b" else found["label"], text))
