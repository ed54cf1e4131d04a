"""Guards to be taken out of what the client asks of the line, each as one patch: the tests of a scenario must notice."""

from collections.abc import Callable

import pytest
import requests

from desktop.domain.errors import NotOurPortal, Rule, SignInRefused
from desktop.sync import certificates, faults, network, transport
from desktop.sync.cycle import Cycle
from tests.scenarios.removing import edit, swap


def certificates_are_all_good(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at the portal's certificate."""
    edit(patch, network._Adapter.cert_verify, '"CERT_REQUIRED"', '"CERT_NONE"')
    unchecked = "context.check_hostname, context.verify_mode = False, ssl.CERT_NONE"
    edit(patch, network._context, "return context", f"{unchecked}\n    return context")


def certificates_are_one_problem(patch: pytest.MonkeyPatch) -> None:
    """All that may be wrong with a certificate has one sentence."""
    swap(patch, certificates.kind_of, lambda _error, **_more: certificates.OTHER)


def clocks_are_never_at_fault(patch: pytest.MonkeyPatch) -> None:
    """A certificate is told to be out of date on a machine whose clock is years off."""
    edit(patch, certificates.kind_of, "today < BUILT", "False")


def proxies_sign_people_out(patch: pytest.MonkeyPatch) -> None:
    """407 of a proxy is taken for 401 of the portal."""
    refused = lambda _status: SignInRefused(Rule("device-revoked"))  # noqa: E731
    swap(patch, faults.proxy_says, refused)


def scripts_name_one_proxy(patch: pytest.MonkeyPatch) -> None:
    """Only the first proxy that a script names is tried."""
    edit(patch, network.WayOut._another, "return True", "return False")


def etags_decide(patch: pytest.MonkeyPatch) -> None:
    """The rules are taken only with the ETag that the portal has put on them."""
    edit(
        patch,
        transport.Transport.send,
        "_require_ours(response)",
        "_require_ours(response)\n            _tagged(response)",
    )
    patch.setattr(transport, "_tagged", _tagged, raising=False)


def trickles_are_waited_for(patch: pytest.MonkeyPatch) -> None:
    """An answer may come a byte at a time for as long as it likes."""
    patch.setattr(transport, "LEAST_BYTES", 0)


def files_go_before_texts(patch: pytest.MonkeyPatch) -> None:
    """A text waits until every file has gone."""
    files = "send_blobs(self._store, self._portal, at=self._clock.now())"
    texts = "report = self._rounds(report)\n    if"
    edit(patch, Cycle._pass, texts, f"{files}\n    {texts}")


def _tagged(response: requests.Response) -> None:
    if response.url.endswith("/v1/bundle") and not response.headers.get("ETag", "").startswith('"'):
        raise NotOurPortal("no ETag of ours")


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
