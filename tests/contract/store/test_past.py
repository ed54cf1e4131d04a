"""Texts as they were left: kept once each, the newest first, and what goes for want of room is counted."""

from desktop.application.ports import Store
from desktop.domain.ids import EntryId
from desktop.domain.revision import Content

ONE, OTHER = EntryId("e-1"), EntryId("e-2")
MONDAY, TUESDAY = "2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z"


def content(body: str) -> Content:
    return Content("article", "vi", {"title": "Đường", "body": body}, {}, ({"sha256": "00", "name": "a.pdf"},))


def keep(store: Store, entry_id: EntryId, *bodies: str, portal_time: str = MONDAY) -> None:
    with store.write() as work:
        for body in bodies:
            work.past.keep(entry_id, content(body), at=MONDAY, portal_time=portal_time)


def bodies(store: Store, entry_id: EntryId) -> list[object]:
    with store.read() as work:
        found = [work.past.text(text.no) for text in work.past.of(entry_id)]
    return [text.fields["body"] for text in found if text]


def test_texts_come_back_whole_the_newest_first(store: Store) -> None:
    keep(store, ONE, "một", "hai")
    keep(store, OTHER, "khác")
    with store.read() as work:
        newest = work.past.of(ONE)[0]
        assert (newest.entry_id, newest.at) == (ONE, MONDAY)
        assert work.past.text(newest.no) == content("hai")
        assert work.past.text(newest.no + 99) is None
    assert bodies(store, ONE) == ["hai", "một"]


def test_the_same_text_is_kept_once(store: Store) -> None:
    keep(store, ONE, "một", "một", "hai", "một")
    assert bodies(store, ONE) == ["một", "hai", "một"]


def test_what_is_too_old_goes_and_is_counted(store: Store) -> None:
    keep(store, ONE, "cũ", "cũ hơn")
    keep(store, ONE, "không rõ", portal_time="")
    keep(store, ONE, "mới", portal_time=TUESDAY)
    with store.write() as work:
        assert work.past.trim(before=TUESDAY, most=10**6, most_in_all=10**6) == 2
    with store.read() as work:
        assert (work.past.dropped(ONE), work.past.dropped(OTHER)) == (2, 0)
    assert bodies(store, ONE) == ["mới", "không rõ"]


def test_the_oldest_go_when_one_entry_or_all_have_too_much(store: Store) -> None:
    keep(store, ONE, "một", "hai", "ba")
    keep(store, OTHER, "bốn")
    with store.read() as work:
        size = max(text.size for text in work.past.of(ONE))
    with store.write() as work:
        assert work.past.trim(before="", most=2 * size, most_in_all=100 * size) == 1
    assert bodies(store, ONE) == ["ba", "hai"]
    with store.write() as work:
        assert work.past.trim(before="", most=100 * size, most_in_all=2 * size + size // 2) == 1
        assert work.past.trim(before="", most=100 * size, most_in_all=2 * size + size // 2) == 0
    assert (bodies(store, ONE), bodies(store, OTHER)) == (["ba"], ["bốn"])
    with store.read() as work:
        assert work.past.dropped(ONE) == 2
