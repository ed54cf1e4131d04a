"""A run of schemathesis: the portal on a socket, every check, requests that get past the door; what came of it.

A token is made for every case, since some cases sign theirs out.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineFinished, FatalError, NonFatalError, ScenarioFinished

from tests.contract.portal.served import open_wire, served
from tests.contract.portal.wire import OPENAPI, PASSWORD, Wire
from tests.unit.server_stub.house import MEMBERS

Json = dict[str, Any]
PHASES: Final = ("examples", "coverage", "fuzzing", "stateful")
MEMBER: Final = "phoban1"
GUEST: Final = "btv.vanhoa"  # who signs in by a case
BEFORE_ENTRIES: Final = len(MEMBERS) + 1  # changes that a first reading tells before the first entry
_LONGEST: Final = 10**39


@dataclass
class Found:
    """`cases` counts requests by answer; `checked` counts checks by name; `failures` are said in one line each."""

    cases: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def server_errors(self) -> int:
        return sum(count for status, count in self.cases.items() if status.startswith("5"))


def campaign(
    folder: Path, *, examples: int, phases: Sequence[str], seed: int = 1, edit: Callable[[Json], None] = lambda _: None
) -> Found:
    """`examples` per operation and phase, of what the document, as edited, allows and of what it does not."""
    wire, found = open_wire(folder / "p.epoch"), Found()
    with served(wire):
        wire.published()  # something to be found
        for mode in ("positive", "negative"):
            config = _config(wire.address, mode, examples=examples, seed=seed, phases=phases)
            document = _document(wire, mode)
            edit(document)
            schema = schemathesis.openapi.from_dict(document, config=config)
            _past_the_door(schema, wire)
            for event in from_schema(schema).execute():
                _take(found, event)
    return found


def _config(address: str, mode: str, *, examples: int, seed: int, phases: Sequence[str]) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "base-url": address,
            "workers": 1,
            "continue-on-failure": True,
            "generation": {
                "mode": mode,
                "max-examples": examples,
                "database": "none",
                "no-shrink": True,
                "with-security-parameters": False,
            },
            "phases": {name: {"enabled": name in phases} for name in PHASES},
            # Schemathesis does not count 413 among refusals.
            "checks": {
                "negative_data_rejection": {"expected-statuses": [*range(400, 430)]},
                "missing_required_header": {"expected-statuses": [*range(400, 430)]},
                # 415 besides what it counts as taken: the bytes of a whole file say what it is, and no schema does.
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "415", "429", "5xx"]
                },
            },
        }
    )


def _past_the_door(schema: Any, wire: Wire) -> None:  # noqa: ANN401
    @schema.auth(refresh_interval=None)
    class _Token:
        def get(self, _case: object, _context: object) -> str:
            return str(wire.log_in(MEMBER, device=wire.id()).json["access"])

        def set(self, case: Any, data: str, _context: object) -> None:  # noqa: ANN401
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}

    def map_body(_context: object, body: Any) -> Any:  # noqa: ANN401
        return _whole(body)

    schema.hook(map_body)


def _whole(value: Any) -> Any:  # noqa: ANN401
    """What JSON Schema cannot say: `3.0` is no integer on the wire, and no integer has more than 40 digits."""
    match value:
        case int() if abs(value) > _LONGEST:
            return _LONGEST
        case float() if value.is_integer():
            return _whole(int(value))
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {name: _whole(item) for name, item in value.items()}
    return value


def _document(wire: Wire, mode: str) -> Json:
    """The OpenAPI document with what only this portal knows in it, so that requests get past the door, and its links."""
    document: Json = json.loads(json.dumps(OPENAPI))
    schemas, paths = document["components"]["schemas"], document["paths"]
    known = {"actor": [f"u-{MEMBER}"], "epoch": [wire.epoch, None], "cursor": [None]}
    schemas["SyncRequest"]["properties"] |= {name: {"enum": values} for name, values in known.items()}
    if mode == "negative":
        # Of an operation the envelope alone can spoil a request; for the rest it gets its own outcome, with 200.
        schemas["Op"]["properties"] = {name: schemas["Op"]["properties"][name] for name in schemas["Op"]["required"]}
    schemas["Login"]["properties"] |= {"username": {"const": GUEST}, "password": {"const": PASSWORD}}
    # What schemathesis cannot write goes out as plain bytes.
    body = paths["/v1/uploads/{upload_id}"]["patch"]["requestBody"]["content"]
    body["application/octet-stream"] = body.pop("application/offset+octet-stream")
    # Many large ones use up what a member may bring.
    length = next(item for item in paths["/v1/uploads"]["post"]["parameters"] if item["name"] == "Upload-Length")
    length["schema"] = {**length["schema"], "maximum": 1000}
    entry_id = {"parameters": {"entry_id": f"$response.body#/changes/{BEFORE_ENTRIES}/target"}}
    pair = {"requestBody": {"refresh": "$response.body#/refresh", "refresh_id": "r1"}}
    _link(paths["/v1/sync"]["post"], to=paths["/v1/entries/{entry_id}"]["get"], how=entry_id)
    for signed_in in ("login", "refresh"):
        _link(paths[f"/v1/auth/{signed_in}"]["post"], to=paths["/v1/auth/refresh"]["post"], how=pair)
    return document


def _link(operation: Json, *, to: Mapping[str, Any], how: Mapping[str, Any]) -> None:
    links = operation["responses"]["200"].setdefault("links", {})
    links[to["operationId"]] = {"operationId": to["operationId"], **how}


def _take(found: Found, event: object) -> None:
    match event:
        case ScenarioFinished():
            recorder = event.recorder
            for interaction in recorder.interactions.values():
                found.cases[str(interaction.response.status_code if interaction.response else "none")] += 1
                found.phases[event.phase.value] += 1
            for case_id, checks in recorder.checks.items():
                for check in checks:
                    found.checked[check.name] += 1
                    if check.failure_info is not None:
                        failure, case = check.failure_info.failure, recorder.cases[case_id].value
                        said = f"{failure.title} {failure.message} <- {case.body!r:.300}"
                        found.failures.append(f"{case.method} {case.path} {check.name}: {said}")
        case NonFatalError():
            found.failures.append(f"{event.label}: {event.info.format()}")
        case FatalError():
            raise event.exception
        case EngineFinished() if event.failures:
            found.failures += [failure.title for failure in event.failures]
