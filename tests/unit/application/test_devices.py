"""A home that was copied or moved is another device from then on; what waits in it stays as it is."""

from desktop.application.devices import settle_in
from desktop.application.freezing import Tools
from desktop.application.notices import told
from tests.support.offices import Office, SeededChance


def device_of(office: Office) -> str:
    with office.store.read() as work:
        account = work.feed.account()
        assert account is not None
        return account.device_id


def settled(office: Office, seat: str) -> bool:
    return settle_in(office.store, seat, Tools(office.clock, SeededChance(), office.renderer))


def at_home() -> Office:
    office = Office()
    with office.store.write() as work:
        work.feed.set_value("device_id", "device-1")
    assert settled(office, "here") is False
    return office


def test_the_same_place_stays_the_same_device() -> None:
    office = at_home()
    assert settled(office, "here") is False
    assert device_of(office) == "device-1"
    with office.store.read() as work:
        assert told(work) == ()


def test_another_place_is_another_device_and_says_so_once() -> None:
    office = at_home()
    entry_id = office.article()
    office.stages.give(entry_id, "submit")
    waiting = office.queued(entry_id)
    assert settled(office, "there") is True
    assert settled(office, "there") is False
    new = device_of(office)
    assert new != "device-1"
    with office.store.read() as work:
        assert work.feed.value("device_id") == new
        assert [notice.rule.code for notice in told(work)] == ["device-cloned"]
    assert office.queued(entry_id) == waiting  # the same ids: whoever sends them second is told that they were done


def test_a_home_that_never_signed_in_is_nobodys_copy() -> None:
    office = Office()
    assert settled(office, "here") is False
    assert settled(office, "there") is False
    assert device_of(office) == "device-1"
