"""The pages that list: home, a section, the search; and the one that stands for whatever is not public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from server_stub.core.profile import Section
from server_stub.site import published
from server_stub.site.cards import LEGAL, NEWS, PATHS, Card, card
from server_stub.site.choices import Choice, choices, chosen
from server_stub.site.context import label
from server_stub.site.found import asked, marked, snippet, words_of
from server_stub.site.published import Live
from server_stub.site.view import HOME_LANGUAGE, View

PER_PAGE: Final = 20
PER_SEARCH: Final = 10
MAX_FOUND: Final = 500
_RECENT: Final = 40  # an urgent notice leaves the top of the home page once this many publications follow it
_URGENT: Final = 3
_NEWEST: Final = 7
_UNDER, _ENOUGH = 2, 5  # that many stand with their summary under the first one, once the column beside is filled
_PER_SECTION: Final = 4
_LEGAL_ROWS: Final = 8


@dataclass(frozen=True)
class Place:
    """A list: where it is, what it is called, whether its rows are a table; of a section also the (id, label) above and below it."""

    address: str
    label: str
    as_table: bool
    section: str = ""
    above: tuple[str, str] | None = None
    below: tuple[tuple[str, str], ...] = ()


def home(view: View) -> str:
    """Urgent notices, the newest, each section's newest, the newest legal documents."""
    notices = published.urgent(view.db, among=_RECENT, limit=_URGENT)
    shown = {live.number for live in notices}
    newest = published.latest(view.db, kind=NEWS, limit=_NEWEST + _URGENT)
    news = _cards(view, [live for live in newest if live.number not in shown][:_NEWEST])
    lead = next((item for item in news if item.lang == HOME_LANGUAGE), None)
    rest = [item for item in news if item is not lead]
    parts = [
        (section, _cards(view, published.latest(view.db, section=section.id, limit=_PER_SECTION)))
        for section in view.catalog.profile.sections.values()
        if not _is_legal(section)
    ]
    return view.page(
        "home",
        urgent=_cards(view, notices),
        lead=lead,
        under=rest[:_UNDER] if lead and len(rest) >= _ENOUGH else [],
        news=rest[_UNDER:] if lead and len(rest) >= _ENOUGH else rest,
        parts=[(section.id, section.label[HOME_LANGUAGE], cards) for section, cards in parts if cards],
        documents=_cards(view, published.latest(view.db, kind=LEGAL, limit=_LEGAL_ROWS)),
    )


def section_page(view: View, section_id: str, number: int, asked_for: Mapping[str, str]) -> str | None:
    """Page `number` of a section, from 1; None when there is no such section or page. `asked_for` as `choices` reads it."""
    section = view.catalog.profile.sections.get(section_id)
    if section is None:
        return None
    kind = view.catalog.kinds.get(section.kinds[0]) if len(section.kinds) == 1 else None
    offered = choices(kind, asked_for)
    start = (number - 1) * PER_PAGE
    lives = published.latest(view.db, section=section_id, chosen=chosen(offered), limit=PER_PAGE + 1, offset=start)
    known = view.catalog.profile.sections
    above = known.get(section.parent)
    place = Place(
        f"/chuyen-muc/{section_id}",
        section.label[HOME_LANGUAGE],
        _is_legal(section),
        section_id,
        above=(above.id, above.label[HOME_LANGUAGE]) if above else None,
        below=tuple((part.id, part.label[HOME_LANGUAGE]) for part in known.values() if part.parent == section_id),
    )
    return _listed(view, place, lives, number, choices=offered)


def documents_page(view: View, number: int, asked_for: Mapping[str, str]) -> str | None:
    """Page `number` of all legal documents. Source: QĐ 17/2011/QĐ-UBND Điều 10.4."""
    kind = view.catalog.kinds.get(LEGAL)
    if kind is None:
        return None
    offered = choices(kind, asked_for)
    start = (number - 1) * PER_PAGE
    lives = published.latest(view.db, kind=LEGAL, chosen=chosen(offered), limit=PER_PAGE + 1, offset=start)
    place = Place(f"/{PATHS[LEGAL]}", label(kind.label, HOME_LANGUAGE), as_table=True)
    return _listed(view, place, lives, number, choices=offered)


def _listed(view: View, place: Place, lives: Sequence[Live], number: int, *, choices: Sequence[Choice]) -> str | None:
    if not lives and number > 1:
        return None
    return view.page(
        "section",
        here=place.section,
        above=place.above,
        below=place.below,
        address=place.address,
        label=place.label,
        as_table=place.as_table,
        query=urlencode(chosen(choices)),
        choices=choices,
        cards=_cards(view, lives[:PER_PAGE]),
        number=number,
        more=len(lives) > PER_PAGE,
    )


def search_page(view: View, typed: str, number: int) -> str | None:
    """Page `number` of what a query finds, from 1; None when there is no such page."""
    query = asked(typed)
    words = words_of(query)
    found = published.matching(view.db, words, limit=MAX_FOUND + 1)
    start = (number - 1) * PER_SEARCH
    if number > 1 and start >= min(len(found), MAX_FOUND):
        return None
    lives = published.by_numbers(view.db, found[start : min(start + PER_SEARCH, MAX_FOUND)])
    return view.page(
        "search",
        query=query,
        asked=bool(words),
        count=min(len(found), MAX_FOUND),
        too_many=len(found) > MAX_FOUND,
        hits=[
            (item, marked(item.title, words), marked(item.number, words), snippet(live.content, words))
            for live, item in zip(lives, _cards(view, lives), strict=True)
        ],
        number=number,
        more=start + PER_SEARCH < min(len(found), MAX_FOUND),
    )


def missing_page(view: View) -> str:
    """The page of everything that is not public: unknown, not yet published, withdrawn alike."""
    return view.page("missing")


def _cards(view: View, lives: Sequence[Live]) -> list[Card]:
    return [card(live, view.catalog, lang=HOME_LANGUAGE) for live in lives]


def _is_legal(section: Section) -> bool:
    return section.kinds == (LEGAL,)
