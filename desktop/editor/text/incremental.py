"""A text rendered while it is written: only the parts that changed, each fenced in; the result is that of the whole.

Parts are kept by what they depend on (their text, and in law where they stand), so any edit, undo or paste finds again what
it left alone. What cannot be told apart is rendered as a whole: HTML left open, a block that does not settle.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from desktop.domain.text import tidy_text
from desktop.editor.text.cuts import cut, is_cut
from desktop.editor.text.fence import FENCE, FENCE_TEXT, clean_part
from desktop.editor.text.html_text import Heading, shape
from desktop.editor.text.kept import Kept
from desktop.editor.text.legal import LegalParser, legal
from desktop.editor.text.legal_outline import START, Place, PlaceState
from desktop.editor.text.markup import Finish, Given, Ids
from desktop.editor.text.prose import prose
from desktop.editor.text.render import MarkdownRenderer

_DEEP = 30
_DEEP_QUOTE = re.compile(rf"(?:>[ \t]*){{{_DEEP}}}")
_NOTES_HERE = "///Footnotes Go Here///"


@dataclass(frozen=True)
class Piece:
    """The HTML of `lines` lines of the source; None: they show nothing. `elements` at its top level, None: text as well.

    `marks`: the line that each element begins on, where one can tell.
    """

    html: str | None
    lines: int
    elements: int | None = 0
    headings: tuple[Heading, ...] = ()
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Live:
    """A rendered text. `whole`: it could not be rendered in parts and is one piece."""

    pieces: tuple[Piece, ...]
    whole: bool

    @property
    def html(self) -> str:
        return "\n".join(piece.html for piece in self.pieces if piece.html is not None)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(heading for piece in self.pieces for heading in piece.headings)


class NotInPartsError(Exception):
    """Only the whole of such a text can be rendered."""


@dataclass(frozen=True)
class _Made:
    """Parts that were rendered together; the last one is what Markdown puts below them all (notes). `slugs`: of headings
    that brought no id, part by part, `ids` what they got; in law `given` are the ids of its labels and `state` what follows.
    """

    pieces: tuple[Piece, ...]
    slugs: tuple[tuple[str, ...], ...]
    ids: tuple[str, ...]
    given: tuple[Given, ...] = ()
    state: PlaceState = START


class LiveRenderer:
    """One text in one dialect; from any thread, one call at a time."""

    def __init__(self, dialect: Literal["prose", "legal"]) -> None:
        self._dialect = dialect
        self._oracle = MarkdownRenderer()
        self._lock = threading.Lock()
        self._md = self._converter()
        self._kept: Kept[object, tuple[_Made, ...]] = Kept()

    def render(self, text: str) -> Live:
        """What `MarkdownRenderer.render` gives for `text`, byte for byte. Never fails on any text."""
        source = tidy_text(text)
        with self._lock:
            try:
                return Live(tuple(self._parts(source)), whole=False)
            except NotInPartsError:
                html = self._oracle.render(source, self._dialect)
                return Live((_piece(html, source),), whole=True)
            except RecursionError:
                self._md = self._converter()  # left half-way
                html = self._oracle.render(source, self._dialect)
                return Live((_piece(html, source),), whole=True)
            finally:
                self._kept.turn()

    def _converter(self) -> Markdown:
        return legal() if self._dialect == "legal" else prose()

    def _parts(self, source: str) -> list[Piece]:
        if _NOTES_HERE in source or (source.count(">") >= _DEEP and _DEEP_QUOTE.search(source)):
            raise NotInPartsError  # notes placed by hand; how deep quotes may go depends on the stack
        parts = cut(source, self._dialect)
        pieces = self._legal(parts) if self._dialect == "legal" else self._prose(parts)
        shown = [piece.html for piece in pieces if piece.html is not None]
        if shown and (shown[0][:1].isspace() or shown[-1][-1:].isspace()):
            raise NotInPartsError  # Markdown strips the whole
        return pieces

    # Prose: parts with notes know of each other and are rendered together, each other part is alone.

    def _prose(self, parts: list[str]) -> list[Piece]:
        noted = tuple(part for part in parts if "[^" in part)
        made = [self._together((part,)) if "[^" not in part else None for part in parts]
        notes = self._together(noted) if noted else None
        if any(item is not None and item.ids for item in (*made, notes)):
            made, notes = self._identified(parts, made, notes)
        rest = iter(notes.pieces if notes is not None else ())
        pieces = [item.pieces[0] if item is not None else next(rest) for item in made]
        return [*pieces, *rest]

    def _identified(
        self, parts: list[str], made: list[_Made | None], notes: _Made | None
    ) -> tuple[list[_Made | None], _Made | None]:
        """The ids of headings hang together over the whole text: parts that got others on their own are made again."""
        ids = Ids()
        slugs = iter(notes.slugs if notes is not None else ())
        of_notes: list[str] = []
        found: list[_Made | None] = []
        for part, item in zip(parts, made, strict=True):
            wanted = item.slugs[0] if item is not None else next(slugs)
            got = tuple(ids.unique(slug) for slug in wanted)
            if item is None:
                of_notes += got
            found.append(self._together((part,), got) if item is not None and got != item.ids else item)
        of_notes += [ids.unique(slug) for wanted in slugs for slug in wanted]
        if notes is not None and tuple(of_notes) != notes.ids:
            notes = self._together(tuple(part for part in parts if "[^" in part), tuple(of_notes))
        return found, notes

    def _together(self, texts: tuple[str, ...], ids: tuple[str, ...] | None = None) -> _Made:
        key = (texts, ids)
        kept = self._kept.get(key)
        if kept is None:
            kept = (self._make(texts, ids),)
            self._kept.put(key, kept)
        return kept[0]

    # Law: each part begins with a Điều and depends on the chapters around it and on the ids that are taken.

    def _legal(self, parts: list[str]) -> list[Piece]:
        ids, state = Ids(), START
        made: list[_Made] = []
        afters = [part.partition("\n")[0] for part in parts[1:]] + [""]
        for part, after in zip(parts, afters, strict=True):
            made.append(self._placed(part, after, ids, state))
            state = made[-1].state
        if any(item.ids for item in made):
            made = self._headed(parts, afters, made, taken=[name for _, name in ids.given])
        return [piece for item in made for piece in item.pieces if piece.lines]

    def _placed(self, part: str, after: str, ids: Ids, state: PlaceState) -> _Made:
        key = (part, after, state)
        variants = self._kept.get(key) or ()
        for variant in variants:
            if ids.repeat(variant.given):
                return variant
        if after and not is_cut(after):
            raise NotInPartsError
        made = self._make((part,), None, law=(after, ids, state))
        self._kept.put(key, (*variants[-7:], made))
        return made

    def _headed(self, parts: list[str], afters: list[str], made: list[_Made], *, taken: list[str]) -> list[_Made]:
        """Headings that are no label get their ids after all labels have theirs."""
        ids = Ids(taken)
        found, state = [], START
        for part, after, item in zip(parts, afters, made, strict=True):
            got = tuple(ids.unique(slug) for wanted in item.slugs for slug in wanted)
            if got != item.ids:
                key = (part, after, state, item.given, got)
                kept = self._kept.get(key) or (self._make((part,), got, law=(after, _Again(item.given), state)),)
                self._kept.put(key, kept)
                found.append(kept[0])
            else:
                found.append(item)
            state = item.state
        return found

    def _make(
        self, texts: tuple[str, ...], ids: tuple[str, ...] | None, law: tuple[str, Ids, PlaceState] | None = None
    ) -> _Made:
        """Markdown over `texts`, with a fence before each of them and one at the end."""
        md = self._md.reset()
        root = Element(md.doc_tag)
        given: list[Given] = []
        state = START
        for text in texts:
            root.append(_fence())
            lines = text.split("\n")
            for preprocessor in md.preprocessors:
                lines = preprocessor.run(lines)
            if law is not None and isinstance(md.parser, LegalParser):
                after, taken, before = law
                place, asked = Place(taken, before), len(taken.given)
                md.parser.build(root, lines, place, after=after)
                given, state = taken.given[asked:], place.state
            else:
                md.parser.parseChunk(root, "\n".join(lines))
        root.append(_fence())
        fences = [number for number, child in enumerate(root) if child.text == FENCE_TEXT]
        finish = md.treeprocessors["finish"]
        assert isinstance(finish, Finish)  # noqa: S101  registered by make_strict
        finish.given = ids
        raws = list(_split(md, root))
        finish.given = None
        if len(raws) != len(texts) + 1 or len(fences) != len(raws):
            raise NotInPartsError
        slugs = tuple(
            tuple(slug for child, slug in finish.wanted if start < child < end)
            for start, end in zip(fences, [*fences[1:], len(root) + 1], strict=True)
        )
        own = Ids(name for _, name in given)
        got = tuple(own.unique(slug) for wanted in slugs for slug in wanted) if ids is None else ids
        pieces = tuple(map(_cleaned, raws, (*texts, None)))
        return _Made(pieces, slugs, got, tuple(given), state)


class _Again(Ids):
    """Says again what was said before."""

    def __init__(self, given: Sequence[Given]) -> None:
        super().__init__()
        self._names = iter([name for _, name in given])

    def unique(self, wanted: str) -> str:
        name = next(self._names)
        self.given.append((wanted, name))
        return name


def _fence() -> Element:
    made = Element("p")
    made.text = AtomicString(FENCE_TEXT)
    return made


def _split(md: Markdown, root: Element) -> Iterator[str]:
    """The HTML after each fence: what Markdown.convert does once the blocks are parsed, without stripping the parts."""
    for processor in md.treeprocessors:
        processor.run(root)
    html = md.serializer(root)
    html = html[html.index(">") + 1 : html.rindex("<")]
    for postprocessor in md.postprocessors:
        html = postprocessor.run(html)
    yield from html.split(FENCE)[1:]


def _cleaned(raw: str, text: str | None) -> Piece:
    if text is None:
        raw = f"\n{raw.strip()}\n"  # below all others: Markdown strips the whole
    if not (raw.startswith("\n") and raw.endswith("\n")):
        raise NotInPartsError
    if len(raw) < len("\n\n") or not raw.strip():
        return Piece(None, text.count("\n") + 1 if text is not None else 0)
    html = clean_part(raw[1:-1])
    if html is None or raw[1:-1] != raw.strip():
        raise NotInPartsError
    return _piece(html, text)


def _piece(html: str, text: str | None) -> Piece:
    """`text` None: it comes from no line in particular."""
    made = shape(html)
    lines = text.split("\n") if text is not None else []
    marks = tuple(number for number, line in enumerate(lines) if line and not line.isspace())
    one_by_one = len(marks) == made.elements and not made.loose
    return Piece(html, len(lines), None if made.loose else made.elements, made.headings, marks if one_by_one else ())
