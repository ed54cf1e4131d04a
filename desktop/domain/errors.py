"""The errors a caller can meet, in one tree.

Problem
├── EnvironmentProblem          the machine or the network, not the person and not us; work goes on
│   ├── Offline                 no answer from the portal (network, DNS, time-out, captive portal)
│   │   └── ProxyFailed         the proxy on the way there: asks for a password, is gone, finds no way, has no valid script
│   ├── NotOurPortal            an answer, but not from a portal that speaks this API
│   │   └── NotTrusted          its certificate, or this machine's clock: nothing was sent, and there is no "all the same"
│   ├── NetworkMisconfigured    what an administrator set for the network cannot be read
│   ├── PortalBusy              429, 5xx, maintenance: try again after `retry_after`
│   ├── PortalRestored          the portal came back from a backup: what it lost is settled before anything is sent
│   ├── RemovalStopped          the portal would take away a large part of what is here: a person must say yes first
│   ├── NoOffice                no LibreOffice on this machine, or it makes no PDF
│   ├── PrintFailed             the page cannot be laid out for paper, or the printer takes nothing
│   ├── ClientTooOld            the portal needs a newer version of this program
│   ├── StorageProblem          the database or the disk refuses
│   │   ├── NewerStore          the file was written by a newer version
│   │   ├── StoreDamaged        the file fails its integrity check
│   │   │   └── FileChanged     the disk has changed an attachment's file; the database is as it was
│   │   ├── NoRoom              the disk is all but full: nothing is fetched, what a person writes still goes in
│   │   └── NetworkDrive        the home would lie where SQLite's log cannot be trusted
│   └── HomeBusy                another process holds the home
├── Refusal                     a rule says no; carries the rule and its clause
│   ├── NotAllowed              workflow, role, section, completeness
│   ├── BadContent              text or file that cannot be stored or sent as it is
│   ├── SignInRefused           wrong password, locked, disabled, password change required
│   └── NotFound                no such entry, kind, section, member
└── Bug                         our own fault: reported, never shown as a rule

Every class has a `code`; `resources/locale/messages.*.json` holds title, what happened and what to do for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """Why something is refused: a code of `resources/contract/rules.json`, the clause behind it, words to fill in."""

    code: str
    clause: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class Problem(Exception):  # noqa: N818  the tree's own words: a problem, a refusal, a bug
    """Root of everything that is told to a person; `params` fill the sentence of `code`."""

    code = "problem"

    def __init__(self, detail: str = "", **params: str) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.params = params


class EnvironmentProblem(Problem):
    code = "environment"


class Offline(EnvironmentProblem):
    code = "offline"


class ProxyFailed(Offline):
    code = "proxy-gone"

    def __init__(self, detail: str = "", *, code: str = "proxy-gone", **params: str) -> None:
        """`code`: proxy-auth, proxy-gone, proxy-no-way or pac."""
        super().__init__(detail, **params)
        self.code = code


class NotOurPortal(EnvironmentProblem):
    code = "not-our-portal"


class NotTrusted(NotOurPortal):
    code = "certificate"

    def __init__(self, detail: str = "", *, code: str = "certificate", **params: str) -> None:
        """`code` tells why, each with a sentence of its own."""
        super().__init__(detail, **params)
        self.code = code


class NetworkMisconfigured(EnvironmentProblem):
    code = "network-settings"


class PortalBusy(EnvironmentProblem):
    code = "portal-busy"

    def __init__(
        self, detail: str = "", *, retry_after: float | None = None, code: str = "portal-busy", **params: str
    ) -> None:
        """`retry_after` in seconds, as the portal asked; `code` says why, where it told."""
        super().__init__(detail, **params)
        self.retry_after = retry_after
        self.code = code


class PortalRestored(EnvironmentProblem):
    code = "portal-restored"


class RemovalStopped(EnvironmentProblem):
    code = "mass-removal"


class NoOffice(EnvironmentProblem):
    code = "no-office"


class PrintFailed(EnvironmentProblem):
    code = "print-failed"


class ClientTooOld(EnvironmentProblem):
    code = "client-too-old"


class StorageProblem(EnvironmentProblem):
    code = "storage"


class NewerStore(StorageProblem):
    code = "newer-store"


class StoreDamaged(StorageProblem):
    code = "store-damaged"


class FileChanged(StoreDamaged):
    """Told in the words of its parent."""


class NoRoom(StorageProblem):
    code = "no-room"


class NetworkDrive(StorageProblem):
    code = "network-drive"


class HomeBusy(EnvironmentProblem):
    code = "home-busy"


class Refusal(Problem):
    """A rule says no; `rule` names it and its clause."""

    code = "refused"

    def __init__(self, rule: Rule, detail: str = "") -> None:
        super().__init__(detail or rule.code)
        self.params = dict(rule.params)
        self.rule = rule


class NotAllowed(Refusal):
    code = "not-allowed"


class BadContent(Refusal):
    code = "bad-content"


class SignInRefused(Refusal):
    code = "sign-in-refused"


class NotFound(Refusal):
    code = "not-found"


class Bug(Problem):
    code = "bug"
