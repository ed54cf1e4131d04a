"""What a three-way merge asks of people, and what they answer: values only, `merge.py` makes and uses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from desktop.domain.diff3 import Change, Hunk
from desktop.domain.digest import Json
from desktop.domain.revision import Fields

# Not a field's name: keys of fields hold no "@".
LANG, ATTACHMENTS, ORIGINAL = "@lang", "@attachments", "@original"
PROTECTED = "protected"


class Side(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    EDITED = "edited"


@dataclass(frozen=True)
class Decision:
    """A person's answer: one side's value, or (EDITED) `value`, a field's value or a hunk's text; None: nothing there."""

    side: Side
    value: Json = None


Decisions: TypeAlias = Mapping[str, Decision]
"""By `FieldConflict.pointer`, or by `hunk_pointer(number)` for one place of a text.

An answer may be about any `Difference`, also where nothing was asked: then it stands instead of what the merge would take.
"""


@dataclass(frozen=True)
class FieldConflict:
    """One question. `pointer` is `/title`, `/source/name`, `/tags/<id>`, `@attachments/<sha256>:<role>`, `@original`, `@lang`.

    `rule` is the field's x-merge; fields of rule "protected" are asked about together, since both sides touched the group.
    `base`, `mine` and `theirs` are None where the value is absent. `hunks` only for texts.
    """

    pointer: str
    rule: str
    base: Json
    mine: Json
    theirs: Json
    hunks: tuple[Hunk, ...] = ()

    def hunk_pointer(self, number: int) -> str:
        return f"{self.pointer}#{number}"

    @property
    def open_hunks(self) -> tuple[int, ...]:
        """The hunks that a person must decide; where the field is protected also those that one side alone changed."""
        return tuple(number for number, hunk in enumerate(self.hunks) if is_open(hunk, self.rule))


def is_open(hunk: Hunk, rule: str) -> bool:
    """Whether a person must say what stands there."""
    changed = {Change.MINE, Change.THEIRS, Change.CONFLICT} if rule == PROTECTED else {Change.CONFLICT}
    return hunk.change in changed


@dataclass(frozen=True)
class Difference:
    """What somebody changed, asked about or not: one field, one item of a set, one text with its hunks.

    `pointer`, `rule` and the values as in `FieldConflict`; `change` says who; a decision may name any of them.
    """

    pointer: str
    rule: str
    change: Change
    base: Json
    mine: Json
    theirs: Json
    hunks: tuple[Hunk, ...] = ()


@dataclass(frozen=True)
class Merged:
    """A merged content without its HTML, which is made anew. What is in conflict stands as in mine."""

    lang: str
    fields: Fields
    attachments: tuple[Mapping[str, Json], ...]
    conflicts: tuple[FieldConflict, ...]

    @property
    def clean(self) -> bool:
        return not self.conflicts
