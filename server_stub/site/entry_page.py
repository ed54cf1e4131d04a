"""An entry's page: its `<main>` as approved, and around it what is the portal's to say about the publication."""

from typing import Final

from server_stub.site import published
from server_stub.site.cards import address, card, moment
from server_stub.site.context import page_context
from server_stub.site.published import Live
from server_stub.site.related import groups
from server_stub.site.view import View, interface_language

_BESIDE: Final = 5


def entry_main(view: View, live: Live) -> str:
    """`<main>…</main>`, the bytes that the preview of the same revision has."""
    kind = view.catalog.kinds.get(live.kind)
    schema = {} if kind is None else kind.schema  # a bundle may drop a kind; what was published stays readable
    return view.theme.main(page_context(live.content, schema=schema, profile=view.profile))


def entry_page(view: View, live: Live) -> str:
    """The whole page of a live publication."""
    lang = live.content["lang"]
    ui = interface_language(lang)
    own = card(live, view.catalog, lang=ui)
    main = entry_main(view, live)
    newer, older = published.neighbours(view.db, live)
    return view.page(
        "entry",
        lang=lang,
        here=own.section,
        card=own,
        main=main,
        wide="co-muc-luc" in main.partition(">")[0],
        related=groups(view, live, lang=ui),
        first=own.published,
        again=moment(live.published) if live.published != live.first_published else None,
        variants=[(item.content["lang"], address(item)) for item in published.variants(view.db, live)],
        beside=[card(item, view.catalog, lang=ui) for item in _beside(view, live)],
        newer=None if newer is None else card(newer, view.catalog, lang=ui),
        older=None if older is None else card(older, view.catalog, lang=ui),
    )


def _beside(view: View, live: Live) -> list[Live]:
    """The newest others of the section."""
    found = published.latest(view.db, section=live.section, limit=_BESIDE + 1)
    return [item for item in found if item.number != live.number][:_BESIDE]
