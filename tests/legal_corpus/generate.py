"""`document("7:12")` makes the twelfth document of seed 7, always the same one; `documents(7, 200)` makes the first two hundred."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.legal_corpus import reading, surroundings
from tests.legal_corpus.arrange import CLOSINGS, HEADS, PLACES, laid_out
from tests.legal_corpus.articles import REGULATION, titled
from tests.legal_corpus.damage import DAMAGES
from tests.legal_corpus.kinds import KINDS, Job, compose
from tests.legal_corpus.tags import bare
from tests.legal_corpus.truth import Document, Expected, Item, Truth
from tests.legal_corpus.words import Dice
from tests.legal_corpus.writer import LAYOUTS, Writer

_CLEAN: Final = 0.2
_UNREADABLE: Final = 0.02
_TWO: Final = 0.04
_DRAFT: Final = 0.06
_WITH_ARTICLES: Final = frozenset(
    {
        "luat",
        "nghi_quyet",
        "nghi_dinh",
        "quyet_dinh",
        "quyet_dinh_quy_pham",
        "quyet_dinh_kem",
        "thong_tu",
        "thong_tu_lien_tich",
        "sua_doi",
    }
)
_ORDER: Final = ("markdown", "without_label", "wrapped", "broken_numbers", "page_numbers", "loose_lines", "odd_spaces")
_LETTERS: Final = ("lost_letters", "wrong_tones", "look_alikes")


@dataclass(frozen=True)
class Made:
    """One document with its marks still in it."""

    writer: Writer
    text: str
    kind: str
    draft: bool
    damages: tuple[str, ...]


def documents(seed: int, count: int) -> Iterator[Document]:
    """Every kind in turn."""
    return (document(f"{seed}:{number}") for number in range(count))


def document(seed: str) -> Document:
    dice = random.Random(seed)  # noqa: S311  repeatable on purpose
    kind = list(KINDS)[int(seed.rpartition(":")[2]) % len(KINDS)]
    if dice.random() < _UNREADABLE:
        return Document(
            seed, kind, "none", ("unreadable",), surroundings.unreadable(dice), reading.nothing(), unreadable=True
        )
    clean = dice.random() < _CLEAN
    made = _made(dice, kind, clean=clean)
    truth = reading.read(made.writer, made.writer.tags.said(made.text), with_articles=kind in _WITH_ARTICLES)
    text, damages, documents = bare(made.text), made.damages, 1
    if not clean and dice.random() < _TWO:
        other = _made(dice, dice.choice(list(KINDS)), clean=True)
        second = reading.read(other.writer, other.writer.tags.said(other.text), with_articles=True)
        text, truth = text + "\n\n\n" + bare(other.text), _either(truth, second)
        damages, documents = (*damages, "two_documents"), 2
    if not clean and dice.random() < 0.15:
        text, damages = unicodedata.normalize("NFD", text), (*damages, "nfd")
    return Document(seed, kind, made.writer.layout, damages, text, truth, documents=documents, draft=made.draft)


def large(seed: int, size: int) -> Document:
    """A clean decision whose attached regulation goes on until the text has `size` characters."""
    w = Writer(random.Random(seed), "nd30")  # noqa: S311  repeatable on purpose
    sheet, _ = compose(w, "quyet_dinh_kem", draft=False)
    text = laid_out(w, sheet, head="rows", closing="receivers_first", at="after_text")
    number, length = sum(1 for key in w.values if key.startswith("n.dieu.reg.")), len(bare(text))
    more: list[str] = []
    while length < size:
        number += 1
        lines = titled(w, REGULATION, number)
        more += lines
        length += sum(len(bare(line)) + 1 for line in lines)
    text = "\n".join([text, *more])
    truth = reading.read(w, w.tags.said(text), with_articles=True)
    return Document(f"{seed}:large", "quyet_dinh_kem", "nd30", (), bare(text), truth)


def _made(dice: Dice, kind: str, *, clean: bool) -> Made:
    w = Writer(dice, dice.choice(LAYOUTS))
    draft = not clean and dice.random() < _DRAFT
    sheet, job = compose(w, kind, draft=draft)
    head = "rows" if clean else dice.choice(HEADS)
    closing = "receivers_first" if clean else dice.choice(CLOSINGS)
    at = "after_text" if clean else dice.choice(PLACES)
    text = laid_out(w, sheet, head=head, closing=closing, at=at)
    done = [f"head_{head}"] * (head != "rows") + [f"closing_{closing}"] * (closing != "receivers_first")
    done += [f"signature_{at}"] * (at != "after_text") + ["draft"] * draft
    if clean:
        return Made(w, text, kind, draft, ())
    for name in _chosen(dice):
        text, done = DAMAGES[name](text, dice), [*done, name]
    for name, before, after in _around(w, kind, job):
        text, done = "\n\n".join(part for part in (before, text, after) if part), [*done, name]
    return Made(w, text, kind, draft, tuple(done))


def _chosen(dice: Dice) -> list[str]:
    """Up to three of the page's damages and sometimes one of the scanner's, which comes first."""
    pages = dice.sample(_ORDER, dice.randint(0, 3))
    letters = [dice.choice(_LETTERS)] if dice.random() < 0.3 else []
    return [*letters, *(name for name in _ORDER if name in pages)]


def _around(w: Writer, kind: str, job: Job) -> Iterator[tuple[str, str, str]]:
    dice = w.dice
    if dice.random() < 0.2:
        signer = w.values["nguoi_ky"][0]
        yield "metadata", surroundings.metadata(w, kind, job, signer), ""
    elif dice.random() < 0.06:
        yield "gazette", surroundings.gazette(w, job), ""
    if dice.random() < 0.15:
        stamp = surroundings.stamp(dice, job.issuer.names[0])
        yield ("stamp", stamp, "") if dice.random() < 0.5 else ("stamp", "", stamp)
    if dice.random() < 0.2:
        yield "furniture", surroundings.before(dice), surroundings.after(dice)


def _either(first: Truth, second: Truth) -> Truth:
    """Of two documents in one text any value of either may be answered; only those of the first are demanded, of lists nothing."""

    def both(one: Expected, other: Expected, *, demand: bool) -> Expected:
        return Expected(one.value, one.also | {other.value} | other.also, scored=one.scored and demand)

    def loose(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(Item(item.members, optional=True) for item in items)

    counts = {}
    for name, one in first.counts.items():
        other = second.counts[name]
        total = {(one.value or 0) + (other.value or 0)}
        counts[name] = Expected(one.value, one.also | other.also | {other.value} | total, scored=False)
    return Truth(
        {key: both(one, second.scalars[key], demand=True) for key, one in first.scalars.items()},
        counts,
        (*loose(first.bases), *loose(second.bases)),
        (*loose(first.headings), *loose(second.headings)),
    )
