"""What lists say of an entry."""

from server_stub.core.catalog import make_bundle, parse_catalog
from server_stub.resources import read_json, read_kinds
from server_stub.site.cards import Moment, address, card, moment
from server_stub.site.published import Live

PROFILE = read_json("profiles", "generic.json")
CATALOG = parse_catalog(
    make_bundle(profile=PROFILE, kinds=read_kinds(), theme=PROFILE["theme"], in_force_from=PROFILE["valid_from"])
)


def live(kind: str, fields: dict[str, object], *, section: str | None = "thong-bao") -> Live:
    content = {"kind": kind, "lang": "vi", "fields": fields, "html": {}, "attachments": []}
    return Live(
        1, "e1", kind=kind, section=section, first_published="2026-11-22T18:30:00.000000Z",
        published="2026-11-23T07:00:00.000000Z", content=content,
    )  # fmt: skip


def test_times_are_those_of_viet_nam() -> None:
    assert moment("2026-11-22T18:30:00.123456Z") == Moment("2026-11-23T01:30:00+07:00", "23/11/2026", "01:30")


def test_an_address_tells_the_kind() -> None:
    assert [address(live(kind, {})) for kind in ("article", "legal-document", "lich")] == [
        "/bai-viet/e1", "/van-ban/e1", "/muc/e1",
    ]  # fmt: skip


def test_a_card_of_a_document_has_its_facts() -> None:
    fields = {"title": " Luật\nmới ", "so_hieu": "1/2026", "ngay_ban_hanh": "2026-02-01", "tinh_trang": "Dự thảo"}
    found = card(live("legal-document", dict(fields)), CATALOG, lang="en")
    assert (found.title, found.number, found.issued, found.status) == ("Luật mới", "1/2026", "01/02/2026", "Draft")
    assert (found.section, found.section_label) == ("thong-bao", "Notices")


def test_a_card_bears_with_odd_fields_and_a_section_that_is_no_more() -> None:
    found = card(live("la", {"title": 7, "urgent": "yes"}, section="bo"), CATALOG, lang="vi")
    assert (found.title, found.urgent, found.section, found.section_label, found.issued) == ("", False, "", "", "")
