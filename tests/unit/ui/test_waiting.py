"""The sync centre's words: four for where work is, one reason each, and what a sync would send."""

from dataclasses import replace

import pytest

from desktop.application.records import SyncStatus
from desktop.application.waiting import Fate, Item, Summary, Why
from desktop.domain.ids import EntryId, OpId
from desktop.ui.presenters.waiting import Ended, Words, counts, ended_text, line, summary_text, what
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import NOW, PROFILE

WORDS = Words(PROFILE, "vi", NOW, untranslated)
ITEM = Item(
    OpId("o-1"), EntryId("e-1"), "article", "Một cửa", "approve", "xac_thuc", "2026-11-22T02:41:00Z", Fate.HERE, Why.PORTAL, rid="ab" * 32
)  # fmt: skip
ONLINE = SyncStatus(online=True, since="", last_sync="", waiting=1, cards=0)


def why(item: Item, status: SyncStatus | None = ONLINE, *, paused: bool = False) -> str:
    return line(item, WORDS, status=status, paused=paused).why


@pytest.mark.parametrize(
    ("item", "status", "paused", "said"),
    [
        (ITEM, ONLINE, False, "goes with the next sync"),
        (ITEM, replace(ONLINE, online=False), False, "waits for a network"),
        (ITEM, replace(ONLINE, signed_in=False), False, "waits for a sign-in"),
        (ITEM, ONLINE, True, "sending is paused"),
        (replace(ITEM, why=Why.FILE), ONLINE, True, "waits for its file"),
        (replace(ITEM, why=Why.SENT, fate=Fate.SENDING), ONLINE, False, "the answer has not come yet"),
        (replace(ITEM, fate=Fate.PUBLIC), ONLINE, False, ""),
    ],
)
def test_the_nearest_reason_is_told(item: Item, status: SyncStatus, paused: bool, said: str) -> None:  # noqa: FBT001  a table
    assert why(item, status, paused=paused) == said


def test_a_line_says_what_when_and_where() -> None:
    made = line(ITEM, WORDS, status=ONLINE, paused=False)
    assert (made.title, made.what, made.when, made.fate) == ("Một cửa", "Xác thực", "09:41", "On this machine")
    assert made.spoken == "Một cửa, Xác thực, On this machine, 09:41, goes with the next sync"
    assert "text abababababab…" in made.details
    assert line(replace(ITEM, title=""), WORDS, status=None, paused=False).title == "(no title yet)"


def test_commands_go_by_the_names_of_the_profile() -> None:
    assert [what(replace(ITEM, name=name), WORDS) for name in ("put", "submit", "unknown")] == [
        "The text", "Gửi xác thực", "unknown",
    ]  # fmt: skip


def test_how_much_is_where() -> None:
    told = counts([ITEM, ITEM], [replace(ITEM, fate=Fate.PUBLIC), replace(ITEM, fate=Fate.REFUSED)], untranslated)
    assert told == (("On this machine", 2), ("Being sent", 0), ("Received by the portal", 0), ("Public", 1))


def test_a_summary_names_what_would_go_and_come() -> None:
    made = Summary(
        texts=12, decisions=5, files=3, bytes=12_400_000, old=2, days=9, last_sync="2026-11-13T02:00:00Z", due=True
    )
    assert summary_text(made, WORDS) == (
        "Not synchronised for 9 days. To be sent: texts: 12, decisions: 5, files: 3 (12,4 MB). "
        "To be received: everything since 13/11 09:00. Decisions made more than a day ago: 2. Look at them first."
    )


def test_how_a_sync_ended() -> None:
    at = "2026-11-22T02:41:00Z"
    ended = [Ended(at, 2, 5), Ended(at), Ended(at, problem="Không có mạng")]
    assert [ended_text(one, WORDS) for one in ended] == [
        "✓ 09:41 · sent 2, received 5", "✓ 09:41 · nothing new", "✕ 09:41 · Không có mạng",
    ]  # fmt: skip
