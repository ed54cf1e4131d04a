"""The desktop's interpreter of the portal profile, judged by the shared conformance vectors."""

import json
from typing import Any

import pytest

import resources
from desktop.domain.board import Actor, delegation_from_json, member_from_json
from desktop.domain.entry import Facts, Phase, State
from desktop.domain.operation import command_of
from desktop.domain.profile import Profile, profile_from_json
from desktop.domain.workflow import Allowed, Refused, decide

CASES = json.loads(resources.path("contract", "vectors", "workflow.json").read_text("utf-8"))["cases"]
GENERIC = json.loads(resources.path("profiles", "generic.json").read_text("utf-8"))


def profile_with(changes: dict[str, Any]) -> Profile:
    return profile_from_json({**GENERIC, "workflow": {**GENERIC["workflow"], **changes}})


def facts_of(entry: dict[str, Any]) -> Facts:
    names = ("state_ver", "head_rid", "published_rid", "section", "owner", "submitter", "assignee")
    return Facts(
        state=State(entry["state"]["step"], Phase(entry["state"]["phase"])),
        authors=frozenset(entry["authors"]),
        last_published_rid=entry["last_published_rid"],
        ever_submitted=entry["ever_submitted"],
        entered_rid=entry.get("entered_rid"),
        **{name: entry[name] for name in names},
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdict(case: dict[str, Any]) -> None:
    member = member_from_json({"username": "x", "label": {}, **case["actor"]})
    held = [delegation_from_json(d) for d in case["delegations"] if d["to"] == member.id]
    missing = case["entry"]["missing"]
    verdict = decide(
        profile_with(case["profile_changes"]),
        facts_of(case["entry"]),
        Actor(member, tuple(held)),
        command_of(case["command"]),
        now=case["now"],
        missing=lambda gate: missing.get(gate, []),
    )
    expect = case["expect"]
    if isinstance(verdict, Refused):
        assert (verdict.outcome, verdict.rule.code) == (expect["outcome"], expect.get("code"))
        return
    after = verdict.after
    state = {"step": after.state.step, "phase": after.state.phase.value}
    assert ("applied", state, after.state_ver) == (expect["outcome"], expect["state"], expect["state_ver"])
    assert after.published_rid == expect["published_rid"]


def test_every_refusal_by_right_names_its_clause() -> None:
    profile = profile_with({})
    for case in CASES:
        if case["expect"]["outcome"] != "forbidden" or case["profile_changes"]:
            continue
        member = member_from_json({"username": "x", "label": {}, **case["actor"]})
        verdict = decide(profile, facts_of(case["entry"]), Actor(member), command_of(case["command"]), now=case["now"])
        assert isinstance(verdict, Allowed) or verdict.rule.clause.startswith("QĐ")
