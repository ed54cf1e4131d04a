"""What every page of the site is made with: the database as of now, the bundle in force, its theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from server_stub.core.catalog import Catalog, load_catalog
from server_stub.site.context import label
from server_stub.site.theme import Sheet, Theme, theme_named
from server_stub.store import tables as t

LANGUAGES: Final = ("vi", "en")
HOME_LANGUAGE: Final = "vi"


@dataclass(frozen=True)
class View:
    """One look at the portal, for one request."""

    db: Connection
    catalog: Catalog
    themes: Path

    @property
    def theme(self) -> Theme:
        return theme_named(self.catalog.document["theme"].get("id"), self.themes)

    @cached_property
    def sheet(self) -> Sheet:
        return self.theme.sheet(self.catalog.document["theme"])

    @property
    def profile(self) -> Mapping[str, Any]:
        """The profile as the bundle has it."""
        profile: Mapping[str, Any] = self.catalog.document["profile"]
        return profile

    def page(self, name: str, *, lang: str = HOME_LANGUAGE, here: str = "", **values: object) -> str:
        """The page `name` with header and footer; `here` is the section marked in the navigation."""
        known = self.catalog.profile
        ui = interface_language(lang)
        return self.theme.page(
            name,
            lang=ui,
            portal=label(known.portal_name, ui),
            portal_short=label(known.portal_short, ui),
            attribution=label(known.attribution, ui),
            sections=[(part.id, label(part.label, ui)) for part in known.sections.values() if not part.parent],
            here=known.sections[here].parent or here if here in known.sections else here,
            sheet=self.sheet.mark,
            **values,
        )


def interface_language(lang: str) -> str:
    """The language of the words around a text in `lang`."""
    return lang if lang in LANGUAGES else LANGUAGES[-1]


def look(db: Connection, themes: Path) -> View:
    """The portal as of now; `themes` holds the folders of the themes."""
    rev = db.execute(select(t.portal.c.bundle_rev)).scalar_one()
    return View(db, load_catalog(db, rev), themes)
