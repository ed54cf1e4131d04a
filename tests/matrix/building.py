"""Brings entries into their states over the wire, all of them one step at a time, many in a request."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.matrix.house import CHIEF, DEPUTY, OWNER, House
from tests.matrix.line import article
from tests.matrix.plan import PUBLISH, STATES, VERIFY, member_of
from tests.support.operations import Json, sha

Step = tuple[str, Json]  # who sends which operation


@dataclass
class Item:
    """One entry as its last result said it is; `first` is its first revision, `last_public` what was public last."""

    id: str
    state: str
    relation: str
    role: str
    blob: bytes | None = None
    head: str = ""
    first: str = ""
    public: str | None = None
    version: int = 0
    at: tuple[str, str] = ("", "")
    texts: list[str] = field(default_factory=list)

    @property
    def actor(self) -> str:
        return member_of(self.role, self.relation) if self.role else ""

    @property
    def owner(self) -> str:
        return self.actor if self.relation == "owner" else OWNER

    @property
    def submitter(self) -> str:
        return self.actor if self.relation == "submitter" else self.owner

    def learn(self, head: Json) -> None:
        self.head, self.version, self.public = head["rid"], head["state_ver"], head["published_rid"]
        self.at = (head["state"]["step"], head["state"]["phase"])
        self.first = self.first or self.head
        if self.head not in self.texts:
            self.texts.append(self.head)


def build(house: House, items: Iterable[Item]) -> None:
    """Make the entries; afterwards each is in the state it is named for."""
    roads = {item.id: (item, _road(house, item)) for item in items}
    for item, _ in roads.values():
        if item.blob is not None and item.state != "draft-without-blob":
            house.line.ask("PUT", f"/v1/blobs/{sha(item.blob)}", data=item.blob, token=house.token(item.owner))
    while roads:
        wave: dict[str, list[Json]] = defaultdict(list)
        for item, road in list(roads.values()):
            step = next(road, None)
            if step is None:
                roads.pop(item.id)
            else:
                wave[step[0]].append(step[1])
        for who, ops in wave.items():
            for result in house.do(who, ops):
                head = result["head"]
                roads[head["entry_id"]][0].learn(head)


def _road(house: House, item: Item) -> Iterator[Step]:
    """The operations that lead to the item's state, each made when the one before has been answered."""
    faulty = STATES[item.state].faulty
    content = article(
        f"Tin {item.id[-6:]}", blob=item.blob, complete=not (faulty == "incomplete" and "draft" in item.state)
    )
    yield item.owner, house.put(item.id, content)
    if item.relation == "assignee":
        yield item.owner, house.op("assign", entry_id=item.id, assignee=f"u-{item.actor}")
    if item.relation == "author":
        yield item.actor, house.put(item.id, _again(content, "của người khác"), base=item.head)
    for word in STATES[item.state].road.split():
        match word:
            case "spoil":
                spoilt = article("Thiếu nguồn", blob=item.blob, complete=False)
                yield DEPUTY, house.put(item.id, spoilt, base=item.head)
            case "rewrite":
                yield item.owner, house.put(item.id, _again(content, "lần sau"), base=item.head)
            case "submit" | "recall":
                yield item.submitter, command(house, item, word)
            case "verify":
                yield DEPUTY, command(house, item, "approve", step=VERIFY)
            case "publish":
                yield CHIEF, command(house, item, "approve", step=PUBLISH)
            case "discard":
                yield item.owner, command(house, item, word)
            case _:
                yield (DEPUTY if word in ("return", "revise") else CHIEF), command(house, item, word)


def command(house: House, item: Item, name: str, **members: object) -> Json:
    """A command that fits the entry as it is: right version, revision, step and a reason."""
    on_rid = item.public if name == "unpublish" and item.public is not None else item.head
    told: Json = {"on_rid": on_rid, "step": item.at[0], "reason": "Thiếu nguồn"}
    if name == "schedule":
        told["not_before"] = house.stamp(days=1)
    return house.op("command", entry_id=item.id, name=name, **{"on_state_ver": item.version, **told, **members})


def _again(content: Json, word: str) -> Json:
    return {**content, "fields": {**content["fields"], "title": f"{content['fields']['title']} {word}"}}
