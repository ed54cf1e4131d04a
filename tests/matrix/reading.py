"""Asks the cells that are looks: every way to read an entry, its blob and its revisions; the feed; the public site."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.matrix.building import Item
from tests.matrix.house import CHIEF, OWNER, House
from tests.matrix.plan import ROLES, SEATS, STATES, member_of, pairs, shared_key
from tests.matrix.table import visible
from tests.support.answers import Answer
from tests.support.operations import sha

LOOKS = ("entry", "entry-first-revision", "entries-batch", "history-check", "blob", "blobs-check")


@dataclass(frozen=True)
class Look:
    role: str
    relation: str
    state: str
    item: Item

    @property
    def member(self) -> str:
        return member_of(self.role, self.relation)

    @property
    def seen(self) -> bool:
        return visible(self.role, self.relation, STATES[self.state])

    @property
    def stored(self) -> bool:
        """Whether its blob was ever sent."""
        return self.item.blob is not None and self.state != "draft-without-blob"


def looks(items: Iterable[Item], stride: int = 1) -> list[Look]:
    """Every actor on every shared entry there is."""
    known = {(item.state, item.relation if item.role else "", item.role): item for item in items}
    found = [
        Look(role, relation, state, known[key])
        for state, relation, role in pairs()
        if (key := shared_key(state, relation, role)) in known
    ]
    return found[::stride]


def ask_looks(house: House, found: Iterable[Look]) -> None:
    """Read each entry in every way; what is out of scope is answered as what does not exist."""
    unknown = {who: _nothing(house, who) for who in dict.fromkeys(look.member for look in found)}
    for look in found:
        for name in LOOKS:
            told, right = _look(house, look, name, unknown[look.member])
            house.count(look.role, name, told)
            if not right:
                house.faults.append(
                    f"{name} · {look.role} · {look.relation} · {look.state}: {told}, seen should be {look.seen}"
                )


def _nothing(house: House, who: str) -> dict[str, Answer]:
    """What the member hears about an entry and a blob that nobody has."""
    paths = {"entry": f"/v1/entries/{house.id()}", "blob": f"/v1/blobs/{'e' * 64}"}
    return {name: house.line.ask("GET", path, token=house.token(who)) for name, path in paths.items()}


def _look(house: House, look: Look, name: str, unknown: dict[str, Answer]) -> tuple[str, bool]:
    """What came, in a word, and whether it is right."""
    item, token, line = look.item, house.token(look.member), house.line
    match name:
        case "entry" | "entry-first-revision":
            query = f"?rid={item.first}" if name == "entry-first-revision" else ""
            got = line.ask("GET", f"/v1/entries/{item.id}{query}", token=token)
            if got.status == 200:
                view = got.json
                right = view["rid"] == (item.first if query else item.head) and view["entry"]["rid"] == item.head
                return got.word, look.seen and right
            return got.word, not look.seen and _alike(got, unknown["entry"])
        case "entries-batch":
            views = line.ask("POST", "/v1/entries/batch", {"ids": [item.id, house.id()]}, token=token).json["entries"]
            ids = [view["entry"]["entry_id"] for view in views]
            return f"{len(ids)} of 2", ids == ([item.id] if look.seen else [])
        case "history-check":
            rids = line.ask("POST", "/v1/history/check", {"rids": [*item.texts, "e" * 64]}, token=token).json["known"]
            return ("known" if rids else "unknown"), rids == (sorted(item.texts) if look.seen else [])
        case "blob":
            got = line.ask("GET", f"/v1/blobs/{sha(item.blob or b'')}", token=token)
            may = look.seen and look.stored
            return got.word, (got.data == item.blob if may else _alike(got, unknown["blob"]))
        case "blobs-check":
            asked = [{"sha256": sha(item.blob or b""), "size": len(item.blob or b"")}]
            have = line.ask("POST", "/v1/blobs/check", asked, token=token).json["have"]
            return ("have" if have else "need"), bool(have) == (look.seen and look.stored)
    raise KeyError(name)


def _alike(got: Answer, unknown: Answer) -> bool:
    """The same problem as for what does not exist: nothing in it but the request's own id differs."""
    if got.word != "404 not-found" or unknown.word != got.word:
        return False
    shapes = [{**answer.json, "instance": ""} for answer in (got, unknown)]
    headers = [sorted(set(answer.headers) - {"date", "x-request-id"}) for answer in (got, unknown)]
    return shapes[0] == shapes[1] and headers[0] == headers[1]


def ask_loss(house: House, items: Iterable[Item]) -> None:
    """Who lost a role is told, from where they had read to, which entries have left their scope: those and no others."""
    items = list(items)
    for who, _ in house.late_roles():
        role = who.partition(".")[0]
        told = {change["target"] for change in house.changes(who)[1] if change["type"] == "out_of_scope"}
        wanted = {item.id for item in items if _news(item, role, "trong") is None}
        house.count(role, "feed after a loss", f"{len(told)} out of scope")
        if told != wanted:
            house.faults.append(
                f"feed of {who} after a loss: {len(told - wanted)} too many, {len(wanted - told)} missing"
            )


def ask_feed(house: House, items: Iterable[Item]) -> None:
    """A first reading tells each member of exactly the entries they see; of discarded ones only that they are gone."""
    items = list(items)
    for role in ROLES:
        for seat in dict.fromkeys(SEATS.values()):
            who = f"{role}.{seat}"
            changes = house.changes(who, anew=True)[1]
            told = {change["target"]: change["type"] for change in changes if change["type"] in ENTRY_NEWS}
            wanted = {item.id: news for item in items if (news := _news(item, role, seat)) is not None}
            house.count(role, "feed", f"{len(changes)} changes")
            for entry_id in {*told, *wanted}:
                if told.get(entry_id) != wanted.get(entry_id):
                    state = next(item.state for item in items if item.id == entry_id)
                    house.faults.append(f"feed of {who}, {state}: {told.get(entry_id)}, not {wanted.get(entry_id)}")


ENTRY_NEWS = ("entry", "tombstone", "out_of_scope")


def _news(item: Item, role: str, seat: str) -> str | None:
    relation = (
        item.relation
        if item.actor == f"{role}.{seat}"
        else next(r for r, s in SEATS.items() if s == seat and not _part(r))
    )
    if not visible(role, relation, STATES[item.state]):
        return None
    return "tombstone" if STATES[item.state].phase == "discarded" else "entry"


def _part(relation: str) -> bool:
    return relation in ("owner", "assignee", "author", "submitter")


def ask_site(house: House, items: Iterable[Item]) -> None:
    """Without a token: the page and the blob of what is public, and of nothing else; the API of nothing at all."""
    for item in items:
        public = STATES[item.state].public
        page = house.line.ask("GET", f"/bai-viet/{item.id}")
        blob = house.line.ask("GET", f"/_blob/{sha(item.blob or b'')}")
        house.count("public", "page", str(page.status))
        house.count("public", "page blob", str(blob.status))
        wanted = (200, 200) if public else (404, 404)
        if (page.status, blob.status) != wanted:
            house.faults.append(f"public site · {item.state}: {page.status}, {blob.status}, not {wanted}")


def unchanged(house: House, items: Iterable[Item]) -> None:
    """After all of it, what was refused has left no trace in the entries that the cells shared."""
    for item in items:
        reader = CHIEF if item.owner == OWNER else item.owner
        view = house.line.ask("GET", f"/v1/entries/{item.id}", token=house.token(reader)).json
        head = view["entry"]
        now = (head["rid"], head["state_ver"], head["published_rid"])
        rids = [step["rid"] for step in view["history"] if step["type"] == "put"]
        if now != (item.head, item.version, item.public) or rids != item.texts:
            house.faults.append(f"{item.state} · {item.relation} · {item.role}: changed by refused operations: {now}")
