"""A whole portal in memory with one member per role, and the words to work with it in a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from argon2 import PasswordHasher
from sqlalchemy import select

from server_stub.core.passwords import Passwords
from server_stub.core.setup import NewMember, install
from server_stub.core.sync import OnFault, handle
from server_stub.resources import read_json, read_kinds
from server_stub.store.engine import Database, open_database
from tests.support import operations

CULTURE, ECONOMY, LEGAL = "tin-van-hoa", "tin-kinh-te", "van-ban-quy-pham"
QUICK: Final = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
Reply = dict[str, Any]
Op = dict[str, Any]

MEMBERS: Final = (
    NewMember("ctv.vanhoa", ({"role": "ctv", "sections": [CULTURE, LEGAL]},)),
    NewMember("ctv.kinhte", ({"role": "ctv", "sections": [ECONOMY]},)),
    NewMember("btv.vanhoa", ({"role": "btv", "sections": [CULTURE]},)),
    NewMember("phoban1", ({"role": "phoban", "sections": None},)),
    NewMember("truongban", ({"role": "truongban", "sections": None},)),
    NewMember("cntt", ({"role": "cntt", "sections": None},)),
)


def article(title: str = "Đêm hội", *, section: str | None = CULTURE, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """A complete article."""
    return operations.article(title, section=section, **fields)


@dataclass
class House(operations.Source):
    """Every member has one device and its cursor."""

    database: Database = field(kw_only=True)
    epoch: str = ""
    cursors: dict[str, str] = field(default_factory=dict)

    def request(self, who: str, *ops: Op, **members: Any) -> dict[str, Any]:  # noqa: ANN401
        return {
            "protocol": 1, "epoch": self.epoch, "device_id": f"d-{who}", "actor": f"u-{who}",
            "cursor": self.cursors.get(who), "limit": 500, "ops": list(ops), **members,
        }  # fmt: skip

    def send(self, who: str, request: Mapping[str, Any], *, on_fault: OnFault | None = None) -> Reply:
        with self.database.session() as session:
            return handle(
                session, member=f"u-{who}", device_id=f"d-{who}", request=request, clock=self.clock, ids=self.id,
                on_fault=on_fault,
            )  # fmt: skip

    def sync(self, who: str, *ops: Op, **members: Any) -> Reply:  # noqa: ANN401
        reply = self.send(who, self.request(who, *ops, **members))
        self.cursors[who] = reply["next_cursor"]
        return reply

    def do(self, who: str, op: Op) -> dict[str, Any]:
        """Send one operation; its result."""
        result: dict[str, Any] = self.sync(who, op)["results"][0]
        return result

    def outcome(self, who: str, op: Op) -> tuple[str, str | None]:
        """Outcome and rule code of one operation."""
        result = self.do(who, op)
        return result["outcome"], result["rule"]["code"] if result["rule"] else None

    def draft(self, who: str = "ctv.vanhoa", content: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """A new entry; its id and rid."""
        op = self.put(self.id(), content or article())
        assert self.outcome(who, op) == ("applied", None)
        return op["entry_id"], op["rid"]

    def walk(self, entry_id: str, rid: str, *, to: str, ver: int = 0, by: str = "ctv.vanhoa") -> int:
        """Take a draft to `waiting` (verification), `verified` or `published`; the state_ver then."""
        steps = [
            (by, "submit", {}),
            ("phoban1", "approve", {"step": "xac_thuc"}),
            ("truongban", "approve", {"step": "dang_tai"}),
        ]
        for who, name, more in steps[: ("waiting", "verified", "published").index(to) + 1]:
            assert self.outcome(who, self.command(name, entry_id, ver=ver, on_rid=rid, **more)) == ("applied", None)
            ver += 1
        return ver

    def published(self, content: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """A published entry; its id and rid."""
        entry_id, rid = self.draft(content=content)
        self.walk(entry_id, rid, to="published")
        return entry_id, rid

    def rows(self, table: Any) -> list[Any]:  # noqa: ANN401
        with self.database.session() as session:
            return list(session.execute(select(table)))


def build(members: tuple[NewMember, ...] = MEMBERS, **workflow: Any) -> House:  # noqa: ANN401
    """A house in memory by the generic profile with `workflow` laid over its workflow."""
    return install_in(open_database("sqlite://", create=True), members, **workflow)


def install_in(database: Database, members: tuple[NewMember, ...] = MEMBERS, **workflow: Any) -> House:  # noqa: ANN401
    """The same in a database."""
    house = House(database=database)
    profile = read_json("profiles", "generic.json")
    profile["workflow"].update(workflow)
    with house.database.session() as session:
        house.epoch = install(
            session, profile=profile, kinds=read_kinds(), theme=profile["theme"], members=members, clock=house.clock,
            ids=house.id, secret="s" * 64,
        )  # fmt: skip
    return house
