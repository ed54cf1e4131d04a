"""What is asked: the roles and relations of actors, the states of entries, the cells, and which entry each cell needs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROFILE: dict[str, Any] = json.loads(Path("resources/profiles/generic.json").read_bytes())
STEPS = {step["id"]: step for step in PROFILE["workflow"]["steps"]}
FIRST, VERIFY, PUBLISH = STEPS
NO_ROLE = "khong"
ROLES = (*(role["id"] for role in PROFILE["roles"]), NO_ROLE)

# What the actor is to the entry, and the seat (the member of that role) that the relation needs. "trong" works in
# the entry's section, all others in another one; of those, three hold a delegation of a step in the entry's section.
SEATS = {
    "owner": "trong", "assignee": "trong", "author": "trong", "submitter": "trong", "same-section": "trong",
    "other-section": "ngoai", "verifier": "xacthuc", "publisher": "dangtai", "lapsed": "hethan",
}  # fmt: skip
PERSONAL = ("owner", "assignee", "author", "submitter")


@dataclass(frozen=True)
class State:
    """A state of an entry and the road to it; `submitted`: ever; `faulty`: what a gate will find wanting."""

    phase: str
    step: str
    road: str
    public: bool = False
    submitted: bool = True
    faulty: str = ""


STATES = {
    "draft": State("draft", FIRST, "", submitted=False),
    "draft-incomplete": State("draft", FIRST, "", submitted=False, faulty="incomplete"),
    "draft-without-blob": State("draft", FIRST, "", submitted=False, faulty="blob-missing"),
    "returned": State("draft", FIRST, "submit return"),
    "recalled": State("draft", FIRST, "submit recall"),
    "waiting-verify": State("waiting", VERIFY, "submit"),
    "waiting-incomplete": State("waiting", VERIFY, "submit spoil", faulty="incomplete"),
    "waiting-publish": State("waiting", PUBLISH, "submit verify"),
    "published": State("published", PUBLISH, "submit verify publish", public=True),
    "unpublished": State("unpublished", PUBLISH, "submit verify publish unpublish"),
    "discarded": State("discarded", FIRST, "discard", submitted=False),
    "revising": State("draft", FIRST, "submit verify publish revise rewrite", public=True),
    "revising-verify": State("waiting", VERIFY, "submit verify publish revise rewrite submit", public=True),
    "revising-publish": State("waiting", PUBLISH, "submit verify publish revise rewrite submit verify", public=True),
    "revising-hidden": State("draft", FIRST, "submit verify publish unpublish revise rewrite"),
}

COMMANDS = tuple(PROFILE["workflow"]["commands"])
OTHER_OPS = (
    "vanish", "wish", "put", "put-elsewhere", "put-on-old", "comment", "comment-unknown", "assign", "assign-outsider",
    "unassign", "claim", "release", "personal",
)  # fmt: skip
# A good command, and the same one spoilt in one member; the order of the rules decides which fault is named.
VARIANTS = ("good", "old-version", "other-step", "other-revision", "no-reason")
# Applied or not, these leave state and text as they are: their cells share an entry.
HARMLESS = ("comment", "claim", "release", "personal")


@dataclass(frozen=True)
class Cell:
    """One question: this operation by a member of that role on an entry in that state to whom they are so related."""

    op: str
    variant: str
    role: str
    relation: str
    state: str

    def __str__(self) -> str:
        spoilt = "" if self.variant == "good" else f" ({self.variant})"
        return f"{self.op}{spoilt} · {self.role} · {self.relation} · {self.state}"

    @property
    def member(self) -> str:
        return member_of(self.role, self.relation)


def member_of(role: str, relation: str) -> str:
    return f"{role}.{SEATS[relation]}"


def pairs() -> Iterator[tuple[str, str, str]]:
    """Every (state, relation, role) there is: nobody submitted what was never submitted."""
    for state, facts in STATES.items():
        for relation in SEATS:
            if relation == "submitter" and not facts.submitted:
                continue
            for role in ROLES:
                yield state, relation, role


def cells() -> list[Cell]:
    """All of them."""
    found = [
        Cell(op, "good", role, relation, state) for op in (*COMMANDS, *OTHER_OPS) for state, relation, role in pairs()
    ]
    found += [
        Cell(op, variant, role, relation, state)
        for variant in VARIANTS[1:]
        for op in COMMANDS
        for state, relation, role in pairs()
    ]
    return found


def shared_key(state: str, relation: str, role: str) -> tuple[str, str, str]:
    """The entry that all who leave it unchanged may share: without a personal part the role does not matter."""
    return (state, relation, role) if relation in PERSONAL else (state, "", "")
