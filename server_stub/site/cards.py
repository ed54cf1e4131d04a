"""What a list shows of a published entry: its title, its facts in short, and where its page is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any, Final

from server_stub.core.catalog import Catalog
from server_stub.core.moment import read
from server_stub.site.context import day, label, line_of
from server_stub.site.published import Live

LEGAL: Final = "legal-document"
NEWS: Final = "article"
PATHS: Final[Mapping[str, str]] = {NEWS: "bai-viet", LEGAL: "van-ban"}
OTHER_PATH: Final = "muc"
# Viet Nam has one zone and no summer time.
_HERE: Final = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Moment:
    """A time as a page words it: for machines, as a date, as a time of day."""

    iso: str
    day: str
    clock: str


@dataclass(frozen=True)
class Card:
    """`number`, `issued`, `issuer` and `status` are those of a legal document, "" elsewhere."""

    address: str
    lang: str
    kind: str
    title: str
    summary: str
    section: str
    section_label: str
    published: Moment
    urgent: bool
    number: str
    issued: str
    issuer: str
    status: str
    image: str


def address(live: Live) -> str:
    """The path of the entry's page."""
    return f"/{PATHS.get(live.kind, OTHER_PATH)}/{live.entry_id}"


def moment(stamp: str) -> Moment:
    """A stamp of the tables as the people of the province read it."""
    at = read(stamp).astimezone(_HERE)
    return Moment(at.isoformat(timespec="seconds"), at.strftime("%d/%m/%Y"), at.strftime("%H:%M"))


def card(live: Live, catalog: Catalog, *, lang: str) -> Card:
    """The card of a publication; its section is named in `lang`."""
    fields = live.content["fields"]
    section = catalog.profile.sections.get(live.section or "")
    return Card(
        address=address(live),
        lang=live.content["lang"],
        kind=live.kind,
        title=line_of(fields.get("title")),
        summary=line_of(fields.get("summary")),
        section="" if section is None else section.id,
        section_label="" if section is None else label(section.label, lang),
        published=moment(live.first_published),
        urgent=fields.get("urgent") is True,
        number=line_of(fields.get("so_hieu")),
        issued=day(fields.get("ngay_ban_hanh")),
        issuer=line_of(fields.get("co_quan_ban_hanh")),
        status=_worded(live, catalog, "tinh_trang", lang),
        image=_image(live.content),
    )


def _worded(live: Live, catalog: Catalog, name: str, lang: str) -> str:
    """A choice in the words of `lang`."""
    value = line_of(live.content["fields"].get(name))
    kind = catalog.kinds.get(live.kind)
    part = kind.schema["properties"].get(name, {}) if kind is not None else {}
    return label(part.get("x-enum-label", {}).get(value), lang) or value


def _image(content: Mapping[str, Any]) -> str:
    """The digest of the first picture that stands in the text."""
    body = "".join(content["html"].values())
    pictures = (file["sha256"] for file in content["attachments"] if file.get("role") == "image")
    return next((sha256 for sha256 in pictures if f'src="/_blob/{sha256}"' in body), "")
