"""What people do beside writing and deciding: remarks, whose an entry is, who reads it, delegations, the board itself."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from desktop.domain.board import Grant
from desktop.domain.ids import MemberId
from server_stub.core.moment import stamp
from tests.checker.board import STEPS
from tests.checker.cast import CULTURE, MEMBERS, NEWS
from tests.checker.client import Client
from tests.checker.gestures import Hands
from tests.checker.times import Dice, TrueTime
from tests.checker.watch import Born, Said

NOTHING = "nothing"
CHIEF = "truongban"
BOLD = 0.06  # how often somebody tries what is the chief's
SECTIONS = (None, frozenset({NEWS}), frozenset({CULTURE}), frozenset({NEWS, CULTURE}))
GRANTS = (
    Grant("ctv", frozenset({NEWS})), Grant("ctv", frozenset({NEWS, CULTURE})), Grant("ctv", frozenset({CULTURE})),
    Grant("btv", frozenset({NEWS})), Grant("btv", frozenset({CULTURE})), Grant("phoban"),
)  # fmt: skip


def comment(hands: Hands, client: Client, dice: Dice) -> str:
    document = hands.pick(client, dice, lambda found: found.facts.head_rid is not None)
    if document is None:
        return NOTHING
    hands.remarks += 1
    text, entry_id = f"r{hands.remarks}", document.entry_id
    with hands.watched(client, entry_id):
        made = client.remarks.comment(entry_id, text, read_rid=document.facts.head_rid)
    hands.watch.said.append(Said(made, client.seat, entry_id, text))
    return f"{text} on {hands.watch.name(entry_id)}"


def assign(hands: Hands, client: Client, dice: Dice) -> str:
    document = hands.pick(client, dice, lambda found: found.facts.head_rid is not None)
    if document is None:
        return NOTHING
    to = dice.pick([None, *MEMBERS])
    with hands.watched(client, document.entry_id):
        client.remarks.assign(document.entry_id, MemberId(f"u-{to}") if to else None)
    return f"{hands.watch.name(document.entry_id)} to {to}"


def claim(hands: Hands, client: Client, dice: Dice) -> str:
    document = hands.pick(client, dice, lambda found: found.facts.state.phase.value == "waiting")
    if document is None:
        return NOTHING
    with hands.watched(client, document.entry_id):
        client.remarks.claim(document.entry_id, release=dice.happens(0.3))
    return hands.watch.name(document.entry_id)


def delegate(time: TrueTime, hands: Hands, client: Client, dice: Dice) -> str:
    if client.seat.member != CHIEF and not dice.happens(BOLD):
        return NOTHING
    start, to = time.moment - timedelta(minutes=1), dice.pick(list(MEMBERS))
    end = time.moment + timedelta(seconds=dice.pick([-60.0, 600.0, 3600.0, 5 * 3600.0, 30 * 86400.0]))
    with _noted(hands, client):
        client.office.delegate(
            MemberId(f"u-{to}"), dice.pick(STEPS[1:]), sections=dice.pick(SECTIONS), start=stamp(start), end=stamp(end)
        )
    return f"to {to}"


def revoke(hands: Hands, client: Client, dice: Dice) -> str:
    with client.store.read() as work:
        given = [it.id for it in work.board.delegations(None) if not it.revoked]
    if not given or (client.seat.member != CHIEF and not dice.happens(BOLD)):
        return NOTHING
    chosen = dice.pick(given)
    with _noted(hands, client):
        client.office.revoke(chosen)
    return hands.watch.name(chosen, "d")


def board(hands: Hands, client: Client, dice: Dice) -> str:
    if client.seat.member != CHIEF and not dice.happens(BOLD):
        return NOTHING
    people = {member.username: member for member in client.library.people().values() if member.username != CHIEF}
    away = [name for name, member in people.items() if not member.active]
    name = dice.pick(away if away and dice.happens(0.6) else list(people))
    member = people[name]
    if not member.active or dice.happens(0.3):
        grants, active = member.grants, not member.active
    else:
        grants, active = (dice.pick(GRANTS),), True
    with _noted(hands, client):
        client.office.change(member.id, grants=grants, active=active)
    return f"{name} {'as ' + grants[0].role if active else 'leaves'}"


@contextmanager
def _noted(hands: Hands, client: Client) -> Iterator[None]:
    """Notes what comes into the queue inside the block, of whatever."""
    with client.store.read() as work:
        before = {item.operation.op_id for item in work.queue.all()}
        epoch, heard = work.feed.value("epoch"), work.feed.value("server_time") or ""
    yield
    with client.store.read() as work:
        made = [item.operation.op_id for item in work.queue.all() if item.operation.op_id not in before]
    for op_id in made:
        hands.watch.born[op_id] = Born(client.seat, None, (), epoch=epoch, heard=heard)


def office_of(time: TrueTime) -> Mapping[str, Callable[[Hands, Client, Dice], str]]:
    """The gestures by name; `time` is what a calendar on the wall shows."""
    return {
        "comment": comment, "assign": assign, "claim": claim, "delegate": partial(delegate, time), "revoke": revoke,
        "board": board,
    }  # fmt: skip
