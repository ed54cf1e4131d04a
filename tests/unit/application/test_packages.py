"""What a package of unsent work brings to a home whose portal was restored, that has not synced, or that has work of its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.freezing import Tools
from desktop.application.package_file import NAME, opened, sealed
from desktop.application.packages import Packages
from desktop.application.records import Card
from desktop.domain.errors import BadContent, NotAllowed
from desktop.domain.ids import EntryId, OpId
from desktop.domain.operation import Stamp, side
from tests.support.offices import CountedClock, Office, PlainRenderer, SeededChance


def packages(office: Office, seed: int = 2) -> Packages:
    return Packages(office.store, Tools(CountedClock(), SeededChance(seed), PlainRenderer()), office.announced.append)


def written(office: Office, folder: Path) -> Path:
    package = packages(office).pack()
    assert package is not None
    (folder / NAME).write_bytes(sealed(package, {}))
    return folder


def met(office: Office, epoch: str | None) -> Office:
    with office.store.write() as work:
        work.feed.set_value("epoch", epoch)
    return office


def submitted() -> tuple[Office, EntryId]:
    office = met(Office(), "e1")
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    return office, entry_id


def test_a_restored_portal_gets_texts_and_each_decision_is_told_once(tmp_path: Path) -> None:
    office, entry_id = submitted()
    folder, new = written(office, tmp_path), met(Office(), "e2")
    for _ in range(2):
        told = packages(new).bring_in(folder)
        cards = [card.rule.code for card in cards_of(new, entry_id)]
        assert ([op["type"] for op in new.queued(entry_id)], cards) == (["put"], ["not-repeated"])
    assert (told.already, told.is_empty) == (2, True)


def cards_of(office: Office, entry_id: EntryId) -> Sequence[Card]:
    with office.store.read() as work:
        return work.cards.of(entry_id)


def test_what_was_brought_in_takes_this_homes_numbers_and_is_not_taken_back_unseen(tmp_path: Path) -> None:
    office, entry_id = submitted()
    new = met(Office(), "e1")
    with new.store.write() as work:
        for _ in range(7):
            work.queue.next_seq()
    packages(new).bring_in(written(office, tmp_path))
    old, here = office.queued(entry_id), new.queued(entry_id)
    assert [op["device_seq"] for op in here] == [8, 9]
    strip = [{**op, "device_seq": 0} for op in old]
    assert [{**op, "device_seq": 0} for op in here] == strip
    with new.store.read() as work:
        assert [item.attempts for item in work.queue.of(entry_id)] == [1, 1]


def test_a_home_that_has_not_met_its_portal_refuses(tmp_path: Path) -> None:
    folder = written(submitted()[0], tmp_path)
    with pytest.raises(NotAllowed) as refused:
        packages(met(Office(), None)).look(folder)
    assert refused.value.rule.code == "package-sync-first"


@pytest.mark.parametrize("place", ["../ngoai.pdf", "/etc/passwd", "a\\..\\b", "C:con"])
def test_no_file_of_a_package_lies_outside_of_it(tmp_path: Path, place: str) -> None:
    package = packages(submitted()[0]).pack()
    assert package is not None
    (tmp_path / NAME).write_bytes(sealed(package, {"0" * 64: place}))
    with pytest.raises(BadContent) as refused:
        opened(tmp_path)
    assert refused.value.rule.code == "package-damaged"


def test_a_put_whose_text_is_not_the_one_that_was_frozen_is_damage(tmp_path: Path) -> None:
    package = packages(submitted()[0]).pack()
    assert package is not None
    put, *others = package.operations
    content = put.operation.content
    assert content is not None
    payload = {**put.operation.payload, "content": {**content.as_json(), "lang": "en"}}
    forged = replace(put, operation=replace(put.operation, payload=payload))
    (tmp_path / NAME).write_bytes(sealed(replace(package, operations=(forged, *others)), {}))
    with pytest.raises(BadContent) as refused:
        opened(tmp_path)
    assert refused.value.rule.code == "package-damaged"


def test_side_drafts_do_not_travel(tmp_path: Path) -> None:
    office, entry_id = submitted()
    with office.store.write() as work:
        stamp = Stamp(OpId("01930000-0000-7000-8000-0000000000ff"), work.queue.next_seq(), "")
        work.queue.add(side(stamp, "01930000-0000-7000-8000-0000000000fe", entry_id, None, base=None), at="")
    kinds = [item.operation.type for item in opened(written(office, tmp_path)).operations]
    assert kinds == ["put", "command"]
