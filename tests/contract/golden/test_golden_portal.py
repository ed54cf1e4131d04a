"""The portal still gives every client of protocol v1 the replies that were written down for it."""

import json
from pathlib import Path

from resources import path
from server_stub.core.outcome import FINAL
from tests.contract.golden.stage import frozen, stage

# What the portal of today never answers, or only when something of its own fails.
NOT_ANSWERED = {"expired"}


def test_every_frozen_request_gets_its_frozen_reply(tmp_path: Path) -> None:
    with stage(tmp_path) as portal:
        for exchange in frozen("replies"):
            assert portal.play(exchange["name"], exchange["request"]) == exchange["reply"], exchange["name"]


def test_every_endpoint_and_every_outcome_is_among_them() -> None:
    exchanges = frozen("replies")
    asked = {(exchange["request"]["method"], exchange["request"]["path"].partition("?")[0]) for exchange in exchanges}
    document = json.loads(path("contract", "openapi.json").read_bytes())
    for template, operations in document["paths"].items():
        start, _, parameter = template.partition("{")
        for method in operations:
            assert any(
                how == method.upper() and (where.startswith(start) if parameter else where == template)
                for how, where in asked
            ), f"{method} {template}"
    bodies = [exchange["reply"].get("body", {}) for exchange in exchanges]
    told = {result["outcome"] for body in bodies for result in body.get("results", [])}
    assert told == (FINAL | {"missing_blob", "busy", "key_reused", "rid_mismatch"}) - NOT_ANSWERED
    changes = {change["type"] for body in bodies for change in body.get("changes", [])}
    assert changes == {"entry", "tombstone", "out_of_scope", "board", "delegation", "comment", "claim"}
