"""Blocks rendered and cleaned on their own between two fences, so that what leaks out of them is seen.

A block that leaves both its fences alone becomes the same HTML among any others that do.
"""

import re

import nh3

from desktop.editor.text.markup import LEGACY
from desktop.editor.text.sanitise import POLICY, clean_once

FENCE_TEXT = "\ue0fe\ue0ff"
FENCE = f"<p>{FENCE_TEXT}</p>"
_LEGACY_TAG = re.compile(rf"<[/]?(?:{'|'.join(sorted(LEGACY))})(?=[\s>/])", re.IGNORECASE)
# A carriage return becomes one line end with the line feed after it, and there is none at the end of a document.
_RETURN = re.compile(r"&#(?:0*13|x0*d)(?![0-9a-f])", re.IGNORECASE)
# What the contract takes away without a trace still opens and closes in the parser.
_WITH_LEGACY = nh3.Cleaner(tags=set(POLICY.tags | LEGACY), link_rel=None)


def clean_part(html: str) -> str | None:
    """`html` as `clean` leaves it among other blocks. None: it does not settle, or reaches out to its neighbours."""
    if _RETURN.search(html):
        return None
    before = f"{FENCE}\n{html}\n{FENCE}"
    if _LEGACY_TAG.search(html) and _inside(_WITH_LEGACY.clean(before)) is None:
        return None
    for _ in range(POLICY.max_rounds + 1):
        after = clean_once(before)
        inside = _inside(after)
        if inside is None or after == before:
            return inside
        before = after
    return None


def _inside(fenced: str) -> str | None:
    if not (fenced.startswith(f"{FENCE}\n") and fenced.endswith(f"\n{FENCE}")):
        return None
    inside = fenced[len(FENCE) + 1 : -len(FENCE) - 1]
    return None if FENCE_TEXT in inside else inside
