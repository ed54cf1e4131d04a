"""What the parts of a document share while it is written: dice, marks, the values so far, and the habits of its writer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.legal_corpus.tags import Tags
from tests.legal_corpus.words import Dice

LAYOUTS: Final = ("nd30", "tt01", "ttlt55", "web")


@dataclass
class Writer:
    """`values` holds, for each marked key, what it means and what else may be answered: the first is the truth."""

    dice: Dice
    layout: str
    tags: Tags = field(default_factory=Tags)
    values: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)

    def say(self, key: str, text: str, *meanings: Any) -> str:  # noqa: ANN401  a value of any field
        """Marks the text; without meanings it means itself."""
        self.values.setdefault(key, meanings or (text,))
        return self.tags.mark(key, text)

    def say_lines(self, key: str, texts: Sequence[str], *meanings: Any) -> list[str]:  # noqa: ANN401
        self.values.setdefault(key, meanings or (" ".join(texts),))
        return self.tags.pieces(key, texts)

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    @property
    def padded(self) -> bool:
        """NĐ 30/2020 and TT 01/2011 put a zero before a small day; older writers did as they liked."""
        return self.layout in {"nd30", "tt01"} or self.chance(0.4)
