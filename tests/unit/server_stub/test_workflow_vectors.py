"""The portal's interpreter of the profile against the shared conformance vectors."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from server_stub.core.entry import Entry
from server_stub.core.outcome import Outcome
from server_stub.core.people import Grant, Mandate, Person
from server_stub.core.profile import parse_profile
from server_stub.core.workflow import Actor, Allowed, Order, decide

VECTORS: dict[str, Any] = json.loads(Path("resources/contract/vectors/workflow.json").read_bytes())
PROFILE: dict[str, Any] = json.loads(Path("resources/profiles/generic.json").read_bytes())
CHIEF = Person("u-tb", "truongban", {}, (Grant("truongban", None),), active=True)


def _grants(roles: list[dict[str, Any]]) -> tuple[Grant, ...]:
    return tuple(Grant(r["role"], None if r["sections"] is None else frozenset(r["sections"])) for r in roles)


def _entry(given: dict[str, Any]) -> Entry:
    return Entry(
        id="e", kind="article", section=given["section"], owner=given["owner"], assignee=given["assignee"],
        submitter=given["submitter"], head_rid=given["head_rid"], rev_count=1, step=given["state"]["step"],
        phase=given["state"]["phase"], state_ver=given["state_ver"], published_rid=given["published_rid"],
        last_published=given["last_published_rid"], entered_rid=given.get("entered_rid"), ever_submitted=given["ever_submitted"],
        returned=None, claimed_by=None, claimed_at=None, authors=tuple(given["authors"]),
        authors_submitted=tuple(given["authors"]), sections_ever=(), assignees_ever=(), facts={}, created="",
        updated="", seq=0,
    )  # fmt: skip


def _actor(case: dict[str, Any]) -> Actor:
    who = case["actor"]
    person = Person(who["id"], who["id"], {}, _grants(who["roles"]), active=who["active"])
    return Actor(
        person,
        tuple(
            Mandate(
                d["id"], CHIEF, d["to"], d["step"], None if d["sections"] is None else frozenset(d["sections"]),
                d["start"], d["end"], d["revoked"],
            )
            for d in case["delegations"]
        ),
    )  # fmt: skip


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    document = copy.deepcopy(PROFILE)
    document["workflow"].update(case["profile_changes"])
    entry, expect = _entry(case["entry"]), case["expect"]
    verdict = decide(
        parse_profile(document), entry, Order(**case["command"]), actor=_actor(case), now=case["now"],
        missing=lambda gate: case["entry"]["missing"].get(gate, ()),
    )  # fmt: skip
    if expect["outcome"] == "applied":
        assert isinstance(verdict, Allowed)
        after = verdict.after
        assert after.state == expect["state"]
        assert (after.state_ver, after.published_rid) == (expect["state_ver"], expect["published_rid"])
    else:
        assert isinstance(verdict, Outcome)
        assert verdict.rule is not None
        assert (verdict.outcome, verdict.rule.code) == (expect["outcome"], expect["code"])
