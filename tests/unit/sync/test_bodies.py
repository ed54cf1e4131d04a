"""Texts in answers that leave some out: each is asked for until it came, and what is never given out once in the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from desktop.application.records import Changes, Entry, Meta
from desktop.domain.digest import Json, revision_id
from desktop.domain.entry import Head, Phase, State
from desktop.domain.ids import EntryId
from desktop.domain.revision import Content
from desktop.sync.bodies import BATCH, fetch_bodies
from desktop.sync.wire import PAGE
from server_stub.api.entry_routes import MAX_BATCH
from server_stub.core.sync import MAX_CHANGES
from tests.support.offices import Office

_T = TypeVar("_T")


def text(number: int) -> tuple[EntryId, Mapping[str, Json]]:
    """An entry and its text as the portal gives it out."""
    entry_id, op_id = (EntryId(f"01930000-0000-7000-8000-{kind}{number:010}") for kind in ("00", "aa"))
    content = Content("article", "vi", {"title": "Tin", "body": f"số {number}"}, {})
    rid = revision_id(parents=[], content=content.hash, op_id=op_id)
    head: dict[str, Json] = {
        "entry_id": entry_id, "rid": rid, "rev_no": 1, "state": {"step": "nhap_moi", "phase": "draft"}, "state_ver": 0,
        "published_rid": None, "seq": number,
    }  # fmt: skip
    meta: dict[str, Json] = {"kind": "article", "lang": "vi", "title": "Tin", "authors": [], "owner": "u-1"}
    return entry_id, {
        "entry": head, "meta": meta, "rid": rid, "rev_no": 1, "content": content.as_json(), "base_rid": None,
        "merged_from": None, "op_id": op_id, "history": [],
    }  # fmt: skip


@dataclass
class Stingy:
    """Gives out at most `most` texts of what is asked for, and nothing of `never`."""

    texts: Mapping[EntryId, Mapping[str, Json]]
    most: int = BATCH
    never: frozenset[EntryId] = frozenset()
    asked: list[int] = field(default_factory=list)

    def entries(self, ids: Sequence[EntryId]) -> Sequence[Mapping[str, Json]]:
        self.asked.append(len(ids))
        return [self.texts[entry_id] for entry_id in ids if entry_id not in self.never][: self.most]


def told(count: int) -> tuple[Office, Stingy]:
    """A home that has heard of `count` entries and has none of their texts."""
    office, texts = Office(), dict(text(number) for number in range(1, count + 1))
    with office.store.write() as work:
        for entry_id, value in texts.items():
            seq = int(entry_id[-10:])
            head = Head(entry_id, value["rid"], 1, State("nhap_moi", Phase.DRAFT), 0, None, seq)  # type: ignore[arg-type]
            work.entries.put(Entry(head, Meta("article", "vi", "Tin")))
    return office, Stingy(texts)


def lacking(office: Office) -> list[EntryId]:
    with office.store.read() as work:
        return list(work.entries.without_body(1_000))


def test_texts_come_in_batches() -> None:
    office, portal = told(2 * BATCH + 20)
    count = fetch_bodies(office.store, portal, office.announced.append)  # type: ignore[arg-type]  # all it needs
    assert count == 2 * BATCH + 20
    assert portal.asked == [BATCH, BATCH, 20]
    assert lacking(office) == []


def test_what_an_answer_leaves_out_is_asked_for_again() -> None:
    office, portal = told(7)
    portal.most = 1
    assert fetch_bodies(office.store, portal, office.announced.append) == 7  # type: ignore[arg-type]
    assert portal.asked == [7, 6, 5, 4, 3, 2, 1]


def test_what_is_never_given_out_hides_nothing_and_is_asked_for_once_more() -> None:
    office, portal = told(2 * BATCH + 30)
    portal.never = frozenset(list(portal.texts)[40 : BATCH + 60])
    assert fetch_bodies(office.store, portal, office.announced.append) == BATCH + 10  # type: ignore[arg-type]
    assert set(lacking(office)) == portal.never
    assert portal.asked[-1] <= BATCH
    assert len(portal.asked) <= 6


def early(work: Callable[[], _T], /) -> Callable[[], _T]:
    """As a thread that is quick would."""
    result = work()
    return lambda: result


def test_a_cut_costs_no_more_than_the_portal_gives_in_one_answer() -> None:
    office, portal = told(5 * BATCH)
    coming: list[int] = []  # asked for and not stored, just after a batch was

    def announce(changes: Changes) -> None:
        office.announced.append(changes)
        coming.append(sum(portal.asked) - sum(len(each.entries) for each in office.announced))

    fetch_bodies(office.store, portal, announce, begin=early)  # type: ignore[arg-type]
    assert max(coming) == BATCH
    assert BATCH + max(coming) <= MAX_BATCH
    assert 2 * PAGE <= MAX_CHANGES
