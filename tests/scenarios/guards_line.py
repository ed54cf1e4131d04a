"""Guards to be taken out of what passes the line, files above all, each as one patch: the tests of a scenario must notice."""

from collections.abc import Callable

import pytest
import requests

from desktop.domain.errors import NotOurPortal, Rule, SignInRefused
from desktop.store import blob_files
from desktop.sync import certificates, faults, network, transport
from desktop.sync.cycle import Cycle
from desktop.sync.uploads import Sender
from server_stub import uploading
from server_stub.api import receiving
from server_stub.core import sync
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


def cuts_begin_anew(patch: pytest.MonkeyPatch) -> None:
    """What had arrived of a file when the line was cut is sent once more."""
    edit(
        patch,
        Sender._bring,
        "except Offline:",
        "except Offline:\n            self._note(file)\n            raise _EnoughError from None",
    )


def other_offsets_are_fatal(patch: pytest.MonkeyPatch) -> None:
    """A portal that stands elsewhere than was thought ends the sync."""
    edit(patch, Sender._bring, 'if refusal.rule.code != "upload-offset-mismatch":', "if True:")


def forgotten_uploads_are_fatal(patch: pytest.MonkeyPatch) -> None:
    """An upload that the portal has forgotten is not begun anew."""
    edit(patch, Sender._went, "except NotFound:", "except ZeroDivisionError:")


def uploads_have_no_key(patch: pytest.MonkeyPatch) -> None:
    """An upload whose beginning was not answered is begun a second time."""
    edit(patch, Sender._begin, "key=key", "key=f'{key}-{self.clock.milliseconds()}'")


def starts_forget_uploads(patch: pytest.MonkeyPatch) -> None:
    """A program that starts again begins every file anew."""
    uploads_have_no_key(patch)
    edit(patch, Sender._went, "known.place or self._begin(file)", "self._begin(file)")


def dead_connections_keep_uploads(patch: pytest.MonkeyPatch) -> None:
    """Who began to write an upload writes it until it ends."""
    edit(patch, receiving._pieces, "if not turn.is_mine():", "if False:")


def growing_files_are_taken(patch: pytest.MonkeyPatch) -> None:
    """A file is attached as far as it had come when it was read."""
    edit(patch, blob_files.Folder._copied, "if count != size or os.fstat(file.fileno()).st_size != size:", "if False:")


def scans_refuse_nothing(patch: pytest.MonkeyPatch) -> None:
    """What a scan says of a file is not heard."""
    swap(patch, uploading.Uploads._scanned, lambda *_: None)


def numbers_are_given_out_at_once(patch: pytest.MonkeyPatch) -> None:
    """Two transactions may hold numbers of the feed at the same time."""
    patch.setattr(sync, "_PORTAL_LOCKED", sync._PORTAL)


def _tagged(response: requests.Response) -> None:
    if response.url.endswith("/v1/bundle") and not response.headers.get("ETag", "").startswith('"'):
        raise NotOurPortal("no ETag of ours")


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
