"""The portal answers whatever is sent as its document says: a sample every time, thousands of cases in the full run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.campaign import PHASES, campaign
from tests.support.log_guard import ExpectLog

Note = Callable[[str, object], None]
CHECKS = 14  # those schemathesis has; `max_response_time` needs a limit, and time is not judged here


@pytest.fixture(autouse=True)
def nonsense(expect_log: ExpectLog) -> None:
    """Some cases are not even HTTP."""
    expect_log("Invalid HTTP request", logger="uvicorn.error")


def test_a_sample(tmp_path: Path) -> None:
    found = campaign(tmp_path, examples=2, phases=("coverage", "stateful"))
    assert found.failures == []
    assert found.server_errors == 0
    assert sum(found.cases.values()) > 400
    assert len(found.checked) == CHECKS


def test_a_document_that_says_something_else_is_noticed(tmp_path: Path) -> None:
    def lie(document: dict[str, Any]) -> None:
        document["paths"] = {"/v1/capabilities": document["paths"]["/v1/capabilities"]}
        document["components"]["schemas"]["Capabilities"]["properties"]["api"] = {"const": "another"}

    found = campaign(tmp_path, examples=1, phases=("coverage",), edit=lie)
    assert found.failures
    assert all("GET /v1/capabilities response_schema_conformance" in failure for failure in found.failures)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_thousands(tmp_path: Path, record_property: Note) -> None:
    found = campaign(tmp_path, examples=60, phases=PHASES)
    record_property(
        "figures", f"{sum(found.cases.values())} cases by phase {dict(found.phases)}, by answer {dict(found.cases)}"
    )
    assert found.failures == []
    assert found.server_errors == 0
    assert sum(found.cases.values()) >= 2000
    assert all(found.phases[name] > 100 for name in PHASES if name != "examples")  # the document gives none
