"""The status bar always answers: online or since when not, what waits, when the last sync was, who I am."""

from dataclasses import replace

import pytest

from desktop.application.records import SyncStatus
from desktop.domain.board import Grant
from desktop.ui.presenters.status import Light, status_line, who
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import CONTRIBUTOR, NOW, PROFILE, member

OFFLINE = SyncStatus(online=False, since="2026-11-22T01:15:00Z", last_sync="2026-11-22T01:14:00Z", waiting=5, cards=0)


def test_offline_says_since_when_and_that_nothing_is_lost() -> None:
    line = status_line(OFFLINE, NOW, untranslated)
    assert line.light is Light.OFFLINE
    assert line.network == "Offline since 08:15 — every change is kept on this machine"
    assert line.waiting == "To send: 5"
    assert line.last == "Last synchronised 08:14"


@pytest.mark.parametrize(
    ("status", "light", "words"),
    [
        (SyncStatus(online=True, since="", last_sync="", waiting=0, cards=0), Light.ONLINE, "Online"),
        (
            SyncStatus(online=True, since="", last_sync="", waiting=0, cards=0, running=True),
            Light.BUSY,
            "Synchronising…",
        ),
        (
            SyncStatus(online=False, since="", last_sync="", waiting=0, cards=0, signed_in=False),
            Light.TROUBLE,
            "Not signed in",
        ),
        (
            SyncStatus(online=True, since="", last_sync="", waiting=0, cards=0, problem="portal-restored"),
            Light.TROUBLE,
            "restored",
        ),
        (replace(OFFLINE, problem="mass-removal"), Light.TROUBLE, "your answer"),
        (replace(OFFLINE, problem="client-too-old"), Light.TROUBLE, "too old"),
        (replace(OFFLINE, problem="storage-full"), Light.TROUBLE, "no room"),
        (replace(OFFLINE, problem="maintenance"), Light.TROUBLE, "maintained"),
        (replace(OFFLINE, problem="rate-limited"), Light.TROUBLE, "wait"),
        (SyncStatus(online=False, since="", last_sync="", waiting=0, cards=0), Light.OFFLINE, "Offline — every change"),
    ],
)
def test_every_state_of_the_network_has_its_words(status: SyncStatus, light: Light, words: str) -> None:
    line = status_line(status, NOW, untranslated)
    assert line.light is light
    assert words in line.network


def test_nothing_waiting_says_nothing_and_cards_are_counted() -> None:
    assert status_line(replace(OFFLINE, waiting=0), NOW, untranslated).waiting == ""
    line = status_line(replace(OFFLINE, waiting=1, cards=2), NOW, untranslated)
    assert line.waiting == "To send: 1 · To settle: 2"


def test_who_names_the_sections_of_a_member_that_does_not_hold_them_all() -> None:
    assert who(CONTRIBUTOR, PROFILE, "vi") == "Cộng tác viên · Tin hoạt động, Văn hóa – Xã hội"
    assert who(member("truongban", Grant("truongban")), PROFILE, "vi") == "Trưởng ban"
