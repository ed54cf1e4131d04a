"""The portal of a run on a real socket: its members, their tokens, and syncs whose every change is judged."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from server_stub.app import create_app
from server_stub.core.passwords import Passwords
from server_stub.core.setup import NewMember, install
from server_stub.resources import read_kinds
from server_stub.serving import in_thread
from server_stub.settings import Settings
from tests.matrix.line import OTHER, SAME, Line
from tests.matrix.plan import NO_ROLE, ROLES, SEATS, STEPS
from tests.matrix.table import WIDE
from tests.support.answers import Answer
from tests.support.operations import Json, Source

PASSWORD = "mật khẩu của vai này"
# The weakest hash argon2 offers: nothing here is about guessing.
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
OWNER, DEPUTY, CHIEF, RECEIVER = "ctv.goc", "phoban", "truongban", "ctv.nhan"
NEWCOMER, CLOSED = "ctv.moi", "ctv.nghi"
ROOM = 50  # operations in a request
# They make their entries as editors, and get their role when those are made: who has no role could make none.
APPLIED = "applied"
LATE = tuple(f"{role}.trong" for role in ("ctv", "cntt", NO_ROLE))
# The sections of what the chief has delegated, by seat; what has lapsed by then is not here.
DELEGATED_TO: dict[str, list[list[str] | None]] = {"xacthuc": [[SAME]], "dangtai": [None]}
Roles = list[dict[str, Any]]


def roles_of(role: str, section: str) -> Roles:
    """What a member of that role holds: everything, for the roles that have no sections of their own."""
    if role == NO_ROLE:
        return []
    return [{"role": role, "sections": None if role in WIDE and section == SAME else [section]}]


@dataclass
class House(Source):
    """`asked` counts answers by (who, what, answer); `faults` says what was not expected."""

    line: Line = field(init=False)
    epoch: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Roles] = field(default_factory=dict)
    delegations: list[str] = field(default_factory=list)
    old: dict[str, Any] = field(default_factory=dict)
    asked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def log_in(self, who: str, device: str = "") -> Answer:
        body = {"username": who, "password": PASSWORD, "device": {"id": device or f"d-{who}", "name": "Máy thử"}}
        return self.line.ask("POST", "/v1/auth/login", body)

    def token(self, who: str) -> str:
        if who not in self.tokens:
            self.tokens[who] = self.log_in(who).json["access"]
        return self.tokens[who]

    def request(self, who: str, ops: Sequence[Json], *, cursor: str | None = None) -> Json:
        return {
            "protocol": 1, "epoch": self.epoch, "device_id": f"d-{who}", "actor": f"u-{who}", "cursor": cursor,
            "limit": 500, "ops": list(ops),
        }  # fmt: skip

    def count(self, who: str, what: str, answer: str) -> None:
        self.asked[(who, what, answer)] += 1

    def sync(self, who: str, ops: Sequence[Json] = ()) -> list[Json]:
        """Send operations, read the feed to its end; the results."""
        return self.changes(who, ops)[0]

    def changes(self, who: str, ops: Sequence[Json] = (), *, anew: bool = False) -> tuple[list[Json], list[Json]]:
        """Results and changes since the last time, or of a first reading; each change must be for these eyes."""
        found: list[Json] = []
        cursor = None if anew else self.cursors.get(who)
        results: list[Json] | None = None
        while True:
            answer = self.line.ask("POST", "/v1/sync", self.request(who, ops, cursor=cursor), token=self.token(who))
            if answer.status != 200:
                raise AssertionError(f"{who}: {answer.word} {answer.data[:300]!r}")
            reply = answer.json
            results = reply["results"] if results is None else results
            for change in reply["changes"]:
                self._judge(who, change)
            found += reply["changes"]
            cursor, ops = reply["next_cursor"], ()
            if not reply["has_more"]:
                self.cursors[who] = cursor
                return results, found

    def do(self, who: str, ops: Sequence[Json]) -> list[Json]:
        """Operations that must be applied."""
        results: list[Json] = []
        for start in range(0, len(ops), ROOM):
            results += self.sync(who, ops[start : start + ROOM])
        wrong = [result for result in results if result["outcome"] != APPLIED]
        if wrong:
            raise AssertionError(f"{who} could not prepare the portal: {wrong[0]}")
        return results

    def late_roles(self) -> Iterator[tuple[str, Roles]]:
        """What the members that began as editors are from now on."""
        for name in LATE:
            yield name, roles_of(name.partition(".")[0], SAME)

    def _judge(self, who: str, change: Json) -> None:
        """A whole entry comes only to those who may read it."""
        if change["type"] != "entry":
            return
        meta, me = change["meta"], f"u-{who}"
        part = me in (meta["owner"], meta["assignee"], *meta["authors"])
        if not part and change["head"]["published_rid"] is None and not self._oversees(who, meta["section"]):
            self.faults.append(f"the feed told {who} of {change['target']} in {meta['section']}")

    def _oversees(self, who: str, section: str | None) -> bool:
        """Whether a later step is theirs there, by role or delegation; one without a section is in everybody's."""
        later = [role for step in list(STEPS.values())[1:] for role in step["roles"]]
        held = [item["sections"] for item in self.roles[who] if item["role"] in later] + DELEGATED_TO.get(
            who.partition(".")[2], []
        )
        return any(sections is None or section is None or section in sections for sections in held)


@contextmanager
def open_house(folder: Path, profile: Mapping[str, Any]) -> Iterator[House]:
    """A portal by `profile` with the run's members, all with one password."""
    house, hashed, path = House(roles=dict(_members())), QUICK.hash(PASSWORD), folder / "portal.db"
    settings = Settings(
        f"sqlite:///{path}",
        epoch_file=path.with_suffix(".epoch"),
        clock=house.clock,
        ids=house.id,
        passwords=QUICK,
    )
    app = create_app(settings)
    members = [
        NewMember(name, tuple(held), password_hash=hashed, password_initial=name == NEWCOMER)
        for name, held in house.roles.items()
    ]
    with app.state.portal.database.session() as session:
        house.epoch = install(
            session, profile=profile, kinds=read_kinds(), theme=profile["theme"], clock=house.clock, ids=house.id,
            members=members,
        )  # fmt: skip
    with in_thread(app) as address:
        house.line = Line(address)
        try:
            yield house
        finally:
            house.line.close()


def _members() -> Iterator[tuple[str, Roles]]:
    yield OWNER, roles_of("ctv", SAME)
    yield RECEIVER, roles_of("ctv", SAME)
    yield DEPUTY, roles_of("phoban", SAME)
    yield CHIEF, roles_of("truongban", SAME)
    yield NEWCOMER, roles_of("ctv", SAME)
    yield CLOSED, roles_of("ctv", SAME)
    for role in ROLES:
        for seat in dict.fromkeys(SEATS.values()):
            name = f"{role}.{seat}"
            section = SAME if seat == "trong" else OTHER
            yield name, roles_of("btv" if name in LATE else role, section)
