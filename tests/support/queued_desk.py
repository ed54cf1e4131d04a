"""A queue in a seeded desk: texts frozen and sent on, one that is held, some that the portal has answered."""

from datetime import UTC, datetime, timedelta

from desktop.application.records import ListQuery
from desktop.domain.digest import Json
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId
from tests.support.seeded_desk import Seeded

TITLES = (
    "Hội nghị sơ kết công tác cải cách hành chính",
    "Trả lời công dân về hồ sơ đất đai",
    "Thông báo lịch tiếp công dân tháng 12",
)


def queue(given: Seeded, *, held: bool = False) -> list[EntryId]:
    """Three articles submitted here; with `held` the first one's text has met a portal that could not take it."""
    made = [article(given, title) for title in TITLES]
    for entry_id in made:
        given.desk.stages.give(entry_id, "submit")
    if held:
        with given.store.write() as work:
            first = work.queue.of(made[0])[0].operation
            work.queue.hold(first.op_id)
            rule = Rule("too-large", params={"limit": "16 MiB"})
            work.cards.add(
                made[0],
                op_id=first.op_id,
                name="put",
                outcome="held",
                rule=rule,
                pointers=(),
                at="2026-11-22T02:00:00Z",
            )
    return made


def article(given: Seeded, title: str) -> EntryId:
    entry_id = given.desk.drafting.create("article", section="tin-hoat-dong")
    fields: dict[str, Json] = {
        "title": title,
        "section": "tin-hoat-dong",
        "body": "Nội dung.",
        "source": {"name": "Văn phòng"},
    }
    given.desk.drafting.save(entry_id, fields)
    return entry_id


def answer(given: Seeded, entry_id: EntryId) -> None:
    """The portal has taken all that waits of this entry."""
    with given.store.write() as work:
        for item in list(work.queue.of(entry_id)):
            work.queue.settle(item.operation.op_id, outcome="applied", answer={"outcome": "applied"}, at=ago(minutes=5))


def away_since(given: Seeded, *, days: int) -> None:
    with given.store.write() as work:
        work.feed.set_value("last_sync", ago(minutes=days * 24 * 60))


def ago(*, minutes: int) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def waiting(given: Seeded) -> int:
    with given.store.read() as work:
        return work.queue.count()


def boxed(given: Seeded, box: str) -> list[EntryId]:
    return [row.entry_id for row in given.desk.library.rows(ListQuery(box))]
