"""Asks the cells that are operations: each by the member it names, on an entry in the state it names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.matrix.building import Item, command
from tests.matrix.house import RECEIVER, House
from tests.matrix.line import OTHER, article
from tests.matrix.plan import COMMANDS, FIRST, HARMLESS, PUBLISH, VERIFY, Cell, shared_key
from tests.matrix.table import APPLIED, Expect, expected
from tests.support.operations import Json

NOWHERE = "0" * 64
ROOM = 10  # cells in a request, each about another entry


@dataclass(frozen=True)
class Question:
    """`own`: the cell changes its entry and has it alone."""

    cell: Cell
    expect: Expect
    item: Item
    own: bool


def questions(house: House, cells: Iterable[Cell]) -> list[Question]:
    """Each cell with its expected answer and an entry still to be built."""
    shared: dict[tuple[str, str, str], Item] = {}
    found = []
    for cell in cells:
        try:
            expect = expected(cell)
        except KeyError:
            house.faults.append(f"{cell}: not in the tables")
            continue
        own = expect.outcome == APPLIED and cell.op not in HARMLESS
        key = shared_key(cell.state, cell.relation, cell.role)
        item = shared.get(key)
        if own or item is None:
            relation, role = (cell.relation, cell.role) if key[1] else ("same-section", "")
            item = Item(house.id(), cell.state, relation, role)
            if not own or cell.state == "draft-without-blob":
                item.blob = f"tệp của {item.id}".encode()
        if not own:
            shared[key] = item
        found.append(Question(cell, expect, item, own))
    return found


def ask(house: House, asked: Iterable[Question]) -> None:
    """Send every cell; count what came, and note what was not expected."""
    for who, batch in _batches(asked):
        ops = [_op(house, question.cell, question.item) for question in batch]
        for question, result in zip(batch, house.sync(who, ops), strict=True):
            rule = result["rule"]["code"] if result["rule"] else ""
            house.count(question.cell.role, question.cell.op, f"{result['outcome']} {rule}".strip())
            for fault in _faults(question, result, rule):
                house.faults.append(f"{question.cell}: {fault}")


def _batches(asked: Iterable[Question]) -> Iterator[tuple[str, list[Question]]]:
    """By member; no entry twice in a request, since what follows an unsettled operation is put off."""
    waiting: dict[str, list[Question]] = defaultdict(list)
    for question in asked:
        who = question.cell.member
        batch = waiting[who]
        if len(batch) == ROOM or any(other.item is question.item for other in batch):
            yield who, batch
            batch = waiting[who] = []
        batch.append(question)
    yield from ((who, batch) for who, batch in waiting.items() if batch)


def _faults(question: Question, result: Json, rule: str) -> Iterator[str]:
    expect, item, head = question.expect, question.item, result["head"]
    if (result["outcome"], rule) != (expect.outcome, expect.rule):
        yield f"{result['outcome']} {rule}, not {expect.outcome} {expect.rule}"
        return
    if expect.outcome == "gone" and head is not None:
        yield "a head of what is not to be seen"
    if head is None:
        return
    now = (head["rid"], head["state_ver"], (head["state"]["step"], head["state"]["phase"]), head["published_rid"])
    if not question.own:
        if now != (item.head, item.version, item.at, item.public):
            yield f"refused or harmless, and yet the entry is {now}"
        return
    if expect.to is not None:
        wanted = (item.head, item.version + 1, expect.to)
        if now[:3] != wanted or (now[3] is not None) is not expect.public:
            yield f"the entry is {now}, not {wanted}"
    elif now[1:] != (item.version, item.at, item.public):
        yield f"no command, and yet the state is {now}"


def _op(house: House, cell: Cell, item: Item) -> Json:
    if cell.op in COMMANDS:
        return command(house, item, cell.op, **_spoilt(cell, item))
    match cell.op:
        case "vanish":
            return command(house, item, cell.op)
        case "wish":
            return house.op("wish", entry_id=item.id)
        case "put" | "put-elsewhere" | "put-on-old":
            base = NOWHERE if cell.op == "put-on-old" else item.head
            content = (
                article(f"Do {cell.member}", section=OTHER)
                if cell.op == "put-elsewhere"
                else article(f"Do {cell.member}")
            )
            return house.put(item.id, content, base=base)
        case "comment" | "comment-unknown":
            on_rid = item.head if cell.op == "comment" else NOWHERE
            return house.op("comment", entry_id=item.id, comment_id=house.id(), on_rid=on_rid, text="Xem lại đoạn hai")
        case "assign" | "unassign" | "assign-outsider":
            whom = {"assign": f"u-{RECEIVER}", "unassign": None, "assign-outsider": "u-ctv.ngoai"}[cell.op]
            return house.op("assign", entry_id=item.id, assignee=whom)
        case "claim" | "release":
            return house.op("claim", entry_id=item.id, release=cell.op == "release")
        case "personal":
            return house.op("personal", entry_id=item.id, record_id=house.id(), salt="s", fields={"phone": "0"})
    raise KeyError(cell.op)


def _spoilt(cell: Cell, item: Item) -> Json:
    match cell.variant:
        case "good":
            return {}
        case "old-version":
            return {"on_state_ver": item.version + 1}
        case "other-step":
            return {"step": {FIRST: VERIFY, VERIFY: PUBLISH, PUBLISH: VERIFY}[item.at[0]]}
        case "other-revision":
            return {"on_rid": NOWHERE}
        case "no-reason":
            return {"reason": " "}
    raise KeyError(cell.variant)
