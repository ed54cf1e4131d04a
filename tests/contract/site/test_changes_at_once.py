"""A published document that changes, the whole way: taken up, due at once in every list, the old text public till the new one is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import requests

from desktop.application.desk import Desk
from desktop.application.records import ListQuery, Shown
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.ui.presenters.deadline import due_short
from desktop.ui.presenters.times import Now
from desktop.ui.presenters.words import untranslated
from desktop.wiring import open_desk
from tests.support.live_portal import PASSWORD, LivePortal, live_portal

FIELDS: dict[str, Json] = {
    "title": "Quyết định ban hành Quy chế", "section": "van-ban-quy-pham", "so_hieu": "17/2011/QĐ-UBND",
    "loai_van_ban": "Quyết định", "co_quan_ban_hanh": "Ủy ban nhân dân tỉnh", "ngay_ban_hanh": "2011-06-06",
    "source": {"name": "Công báo"}, "body": "Điều 1. Phạm vi\n\nLời cũ.\n",
}  # fmt: skip


@contextmanager
def seat(folder: Path, portal: LivePortal, name: str) -> Iterator[Desk]:
    """What a member has after a sync; what they do is sent when they leave."""
    with open_desk(folder / name, portal_url=portal.url) as desk:
        desk.session.sign_in(name, PASSWORD)
        desk.exchange.run()
        yield desk
        desk.exchange.run()


def give(folder: Path, portal: LivePortal, name: str, entry: EntryId, command: str) -> None:
    with seat(folder, portal, name) as desk:
        desk.stages.give(entry, command)


def row(folder: Path, portal: LivePortal, name: str, entry: EntryId) -> Shown:
    with seat(folder, portal, name) as desk:
        return next(row for row in desk.library.rows(ListQuery("all")) if row.entry_id == entry)


def test_a_change_of_a_published_document_is_due_at_once_and_public_when_it_is_approved(tmp_path: Path) -> None:
    with live_portal(tmp_path) as portal:
        with seat(tmp_path, portal, "ctv.vanhoa") as writer:
            entry = writer.drafting.create("legal-document", section="van-ban-quy-pham")
            writer.drafting.save(entry, FIELDS)
            writer.stages.give(entry, "submit")
        for name in ("phoban1", "truongban"):
            give(tmp_path, portal, name, entry, "approve")
        page = f"{portal.url}/van-ban/{entry}"
        assert "Lời cũ." in requests.get(page, timeout=20).text
        assert row(tmp_path, portal, "ctv.vanhoa", entry).due == ""

        give(tmp_path, portal, "truongban", entry, "revise")
        seen = row(tmp_path, portal, "ctv.vanhoa", entry)
        with seat(tmp_path, portal, "ctv.vanhoa") as writer:
            taken_up = next(step.server_time for step in writer.drafting.open(entry).history if step.name == "revise")
            writer.drafting.save(entry, {**FIELDS, "body": "Điều 1. Phạm vi\n\nLời mới.\n"})
            writer.stages.give(entry, "submit")
        by = datetime.fromisoformat(seen.due)
        assert by == datetime.fromisoformat(taken_up) + timedelta(hours=24)  # the grace of the profile
        for moment, late in ((by, False), (by + timedelta(seconds=1), True)):
            assert due_short(seen.due, Now(moment, by.tzinfo), untranslated)[1] is late  # type: ignore[arg-type]
        assert "Lời cũ." in requests.get(page, timeout=20).text

        for name in ("phoban1", "truongban"):
            assert row(tmp_path, portal, name, entry).due == seen.due
            give(tmp_path, portal, name, entry, "approve")
        shown = requests.get(page, timeout=20).text
        assert ("Lời mới." in shown, "Lời cũ." in shown) == (True, False)
        assert row(tmp_path, portal, "ctv.vanhoa", entry).due == ""
