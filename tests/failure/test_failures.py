"""At every n, the n-th call fails: of SQLite to the disk, of the program to its driver, its files, its portal."""

from collections.abc import Callable

import pytest
import requests

from desktop.domain.errors import EnvironmentProblem, StorageProblem
from tests.failure.faults import NETWORK, Fault, NetworkFault, of_files, of_the_store
from tests.failure.portal import ReferencePortal, Send
from tests.failure.scripts import BLOBS, FEED, PUSH, SCRIPTS, Prepared, Script
from tests.failure.striking import Anvil

STORE = [pytest.param(fault, id=fault.name.replace(" ", "-")) for fault in of_the_store()]
FILES = [pytest.param(fault, id=fault.name.replace(" ", "-")) for fault in of_files()]
ALL = [pytest.param(script, id=script.name) for script in SCRIPTS]

Laid = Callable[[Script], Anvil]


@pytest.fixture(scope="module")
def laid(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """The anvil of a script, made once."""
    known: dict[str, Anvil] = {}

    def lay(script: Script) -> Anvil:
        if script.name not in known:
            known[script.name] = Anvil(prepared(script, 1), tmp_path_factory.mktemp(script.name))
            known[script.name].prepare()
        return known[script.name]

    return lay


@pytest.mark.parametrize("script", ALL)
def test_a_script_has_a_first_and_a_last_state(script: Script, laid: Laid) -> None:
    assert len(laid(script).states) >= 2


# In the usual run only every so-many-th call fails; with --full each one.
STRIDES = {"autosave": 5, "freeze": 7, "attachments": 5, "migration": 37, "push-apply": 59, "feed-apply": 59}


@pytest.mark.parametrize("fault", STORE)
@pytest.mark.parametrize("script", ALL)
def test_many_calls_for_the_database_fail_and_nothing_is_half_done(script: Script, fault: Fault, laid: Laid) -> None:
    first = 1 + len(fault.name) % STRIDES[script.name]
    found = laid(script).strike_everywhere(fault, StorageProblem, first=first, every=STRIDES[script.name])
    assert found.failed <= found.struck


@pytest.mark.full
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("fault", STORE)
@pytest.mark.parametrize("script", ALL)
def test_whichever_call_for_the_database_fails_nothing_is_half_done(
    script: Script, fault: Fault, laid: Laid, record_property: Callable[[str, object], None]
) -> None:
    found = laid(script).strike_everywhere(fault, StorageProblem)
    record_property("figures", str(found))
    assert found.struck
    assert found.failed or "moment" in fault.name


@pytest.mark.parametrize("fault", FILES)
def test_whichever_call_for_an_attachments_file_fails_nothing_is_half_done(fault: Fault, laid: Laid) -> None:
    found = laid(BLOBS).strike_everywhere(fault, StorageProblem)
    assert found.failed == found.struck
    assert found.struck > 5


@pytest.mark.parametrize("fail", NETWORK)
@pytest.mark.parametrize("script", [PUSH, FEED], ids=["push-apply", "feed-apply"])
def test_whichever_request_fails_nothing_is_half_done(
    script: Script, fail: Callable[[Send], requests.Response], portal: ReferencePortal, laid: Laid
) -> None:
    found = laid(script).strike_everywhere(NetworkFault(fail.__name__, portal, fail), EnvironmentProblem)
    assert found.failed == found.struck
    assert found.struck > 2
