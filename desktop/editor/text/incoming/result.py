"""What an import gives back, whatever it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Dialect: TypeAlias = Literal["prose", "legal"]


@dataclass(frozen=True)
class Picture:
    """A picture of the text, ready to be attached: `sha256` is that of `data`, and stands in the Markdown as /_blob/…"""

    sha256: str
    name: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment in the margin of a document; it is listed, never part of the text. `about`: the words it hangs on."""

    author: str
    text: str
    about: str = ""


@dataclass(frozen=True)
class Note:
    """What a person should know of an import: a code of `resources/locale` (`note.…`), its words, the line of the Markdown."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True)
class Imported:
    markdown: str
    pictures: tuple[Picture, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[Note, ...] = ()
