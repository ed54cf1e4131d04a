"""What a document does to others and others do to it, as far as both are public: outside the approved text, with links.

Source: QĐ 2567/2007/QĐ-UBND Điều 7.2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server_stub.core.relations import related
from server_stub.site import published
from server_stub.site.cards import Card, card
from server_stub.site.context import day, label
from server_stub.site.published import Live
from server_stub.site.view import View


@dataclass(frozen=True)
class Named:
    """Another document: what it is called, and its card where it is public. `since`: its date of effect."""

    name: str
    card: Card | None
    since: str = ""


@dataclass(frozen=True)
class Group:
    """Documents of one relation, under its name; `ends`: after it the document is no longer in force."""

    label: str
    items: tuple[Named, ...]
    ends: bool = False


def groups(view: View, live: Live, *, lang: str) -> tuple[Group, ...]:
    """Own relations in the kind's order, then the inverse ones."""
    found: dict[tuple[int, int, str, bool], list[Named]] = {}
    for key, item in (*_own(view, live, lang), *_inverse(view, live, lang)):
        found.setdefault(key, []).append(item)
    return tuple(Group(key[2], tuple(found[key]), key[3]) for key in sorted(found, key=lambda key: key[:3]))


Told = tuple[tuple[int, int, str, bool], Named]


def _own(view: View, live: Live, lang: str) -> Iterator[Told]:
    kind = view.catalog.kinds.get(live.kind)
    if kind is None or kind.relations is None:
        return
    act = kind.schema["properties"][kind.relations]["items"]["properties"]["act"]
    order, worded = list(act["enum"]), act.get("x-enum-label", {})
    for name, text, entry in related(kind, live.content["fields"]):
        other = published.find(view.db, entry) if entry else None
        shown = None if other is None else card(other, view.catalog, lang=lang)
        if name in order:
            yield (0, order.index(name), label(worded.get(name), lang) or name, False), Named(text, shown)


def _inverse(view: View, live: Live, lang: str) -> Iterator[Told]:
    for other, name in published.relating_to(view.db, live.entry_id):
        kind = view.catalog.kinds.get(other.kind)
        field, _, act = name.rpartition(".")
        if kind is None or kind.relations != field:
            continue
        relation: Mapping[str, Any] = kind.schema["properties"][field]["x-relation"]
        words = label(relation.get("inverse", {}).get(act), lang)
        if words:
            shown = card(other, view.catalog, lang=lang)
            since = day(other.content["fields"].get("ngay_hieu_luc"))
            place = list(relation["inverse"]).index(act)
            yield (1, place, words, act in relation.get("ends", ())), Named(shown.number or shown.title, shown, since)
