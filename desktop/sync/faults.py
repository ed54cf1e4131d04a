"""The one boundary where foreign exceptions and problem documents become ours (`desktop.domain.errors`)."""

import http.client
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import requests
import urllib3.exceptions as lower

from desktop.domain.digest import MAX_ENTRY_BYTES
from desktop.domain.errors import (
    BadContent,
    Bug,
    ClientTooOld,
    NotAllowed,
    NotFound,
    NotOurPortal,
    NotTrusted,
    Offline,
    PortalBusy,
    PortalRestored,
    Problem,
    ProxyFailed,
    Refusal,
    Rule,
    SignInRefused,
)
from desktop.sync import certificates

_upper = requests.exceptions

# The address itself is wrong, or what answers there is not trusted: waiting does not mend it.
_NOT_OURS = (
    _upper.InvalidURL,
    _upper.MissingSchema,
    _upper.InvalidSchema,
    _upper.InvalidProxyURL,
    _upper.URLRequired,
    _upper.TooManyRedirects,
    _upper.JSONDecodeError,
    lower.LocationValueError,
    lower.ProxySchemeUnknown,
    lower.ProxySchemeUnsupported,
)
_UNTRUSTED = (_upper.SSLError, lower.SSLError)
_PROXY = (_upper.ProxyError, lower.ProxyError)
_TUNNEL = re.compile(r"Tunnel connection failed: ([0-9]{3})")  # the words of http.client, which keeps no number
# We built a request that cannot be sent.
_OURS = (_upper.InvalidHeader, _upper.InvalidJSONError, _upper.UnrewindableBodyError, _upper.StreamConsumedError)

_SIGN_IN = frozenset(
    {
        "token-expired", "device-revoked", "device-cloned", "bad-credentials", "password-change-required",
        "actor-mismatch",
    }
)  # fmt: skip
_GONE = frozenset({"not-found", "upload-expired"})
_FILES = frozenset({"file-refused", "too-large"})
_BUSY = frozenset({"rate-limited", "maintenance", "storage-full", "internal"})
_MOST_WORDS = 300
_TOLD_APART = frozenset({"rate-limited", "maintenance", "storage-full"})  # by a sentence of their own
_CONTENT = frozenset({"too-large", "weak-password", "checksum-mismatch", "invalid-request", "file-refused"})
# What a sentence names and the portal need not tell: the limits of the contract.
_LIMITS = {"too-large": {"limit": f"{MAX_ENTRY_BYTES // 2**20} MiB"}, "weak-password": {"minimum": "8"}}


@contextmanager
def translated(now: Callable[[], str] | None = None) -> Iterator[None]:
    """What requests, urllib3 and the sockets below raise inside becomes a Problem; a Problem passes as it is.

    `now`: this machine's clock, looked at only where a certificate's dates are in question.
    """
    try:
        yield
    except Problem:
        raise
    except (requests.RequestException, lower.HTTPError, http.client.HTTPException, OSError, UnicodeError) as error:
        raise from_exception(error, now=now) from error


def from_exception(error: Exception, *, now: Callable[[], str] | None = None) -> Problem:
    """The Problem that a transport failure is; the detail names its class only (addresses may be private)."""
    name = type(error).__name__
    if isinstance(error, _UNTRUSTED):
        return _untrusted(error, now)
    if isinstance(error, _PROXY):
        return _of_proxy(error)
    if isinstance(error, (*_NOT_OURS, UnicodeError)):
        return NotOurPortal(name)
    if isinstance(error, _OURS):
        return Bug(f"a request could not be built: {name}")
    return Offline(name)


def _untrusted(error: Exception, now: Callable[[], str] | None) -> Problem:
    """No trusted line: because of the certificate, or because the line was cut while it was made."""
    for inner in _causes(error):
        if isinstance(inner, ssl.SSLCertVerificationError):
            today = date.fromisoformat(now()[:10]) if now is not None else None
            kind = certificates.kind_of(inner, today=today)
            return NotTrusted(str(inner.verify_code), code=kind, today=today.strftime("%d/%m/%Y") if today else "")
        if isinstance(inner, ssl.SSLEOFError | ssl.SSLZeroReturnError | ConnectionError | TimeoutError):
            return Offline(type(inner).__name__)
    return NotTrusted(type(error).__name__, code="tls")


def _of_proxy(error: Exception) -> Problem:
    for inner in _causes(error):
        said = _TUNNEL.search(str(inner)) if isinstance(inner, OSError) else None
        if said is not None:
            return proxy_says(int(said.group(1)))
    return ProxyFailed(type(error).__name__)


def proxy_says(status: int) -> Problem:
    """What a proxy answers instead of the portal. 407 is no 401: the member stays signed in."""
    is_asking = status == http.HTTPStatus.PROXY_AUTHENTICATION_REQUIRED
    return ProxyFailed(f"HTTP {status}", code="proxy-auth" if is_asking else "proxy-no-way")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that stands behind it, as requests and urllib3 wrap them: as argument, reason or context."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        found = waiting.pop(0)
        if not isinstance(found, BaseException) or found in seen:
            continue
        seen.append(found)
        waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
        yield found


def from_problem(
    status: int,
    code: str,
    *,
    detail: str = "",
    wish: float | None = None,
    params: Mapping[str, str] | None = None,
    rule: Rule | None = None,
) -> Problem:
    """The Problem that an answer of `application/problem+json` is; `wish` = its Retry-After in seconds, `params` what its
    sentence names, `rule` why a file is not taken, or a door stays shut.
    """
    if rule is not None and code in _FILES:
        return BadContent(rule, detail)
    if rule is not None and code == "forbidden":
        return NotAllowed(rule, detail)
    rule = Rule(code, params={**_LIMITS.get(code, {}), **(params or {})})
    if code == "epoch-changed":
        return PortalRestored(detail)
    if code == "client-too-old":
        return ClientTooOld(detail)
    if code in _SIGN_IN:
        return SignInRefused(rule, detail)
    if code in _BUSY or status == http.HTTPStatus.TOO_MANY_REQUESTS or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        told = {"code": code} if code in _TOLD_APART else {}
        if code == "maintenance":  # in the portal's own words, where it has any
            note = " ".join(rule.params.get("note", "").split())[:_MOST_WORDS]
            told["note"] = f" “{note}”" if note else ""
        return PortalBusy(detail or code, retry_after=wish, **told)
    if code in _CONTENT:
        return BadContent(rule, detail)
    if code in _GONE:
        return NotFound(rule, detail)
    if code == "forbidden":
        return NotAllowed(rule, detail)
    if status == http.HTTPStatus.UNAUTHORIZED:
        return SignInRefused(rule, detail)
    return Refusal(rule, detail)


def without_our_mark(status: int, *, wish: float | None = None) -> Problem:
    """An answer that no portal of ours gave: a proxy in front of a stopped portal, or a captive network."""
    if status == http.HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return proxy_says(status)
    if status in {
        http.HTTPStatus.BAD_GATEWAY,
        http.HTTPStatus.SERVICE_UNAVAILABLE,
        http.HTTPStatus.GATEWAY_TIMEOUT,
    }:
        return PortalBusy(f"HTTP {status}", retry_after=wish)
    return NotOurPortal(f"HTTP {status}")


def from_head(status: int) -> Problem:
    """A refusal without a body: only its number tells."""
    match status:
        case http.HTTPStatus.NOT_FOUND | http.HTTPStatus.GONE:
            return from_problem(status, "not-found")
        case http.HTTPStatus.UNAUTHORIZED:
            return from_problem(status, "token-expired")  # any other ends at the renewal
    return from_problem(status, "")


def rule_of(value: object) -> Rule | None:
    """The rule in a problem document or in what became of an upload."""
    if not isinstance(value, dict) or not isinstance(value.get("code"), str):
        return None
    clause, params = value.get("clause"), value.get("params")
    named = {str(key): str(text) for key, text in params.items()} if isinstance(params, dict) else {}
    return Rule(value["code"], clause if isinstance(clause, str) else "", named)


def params_of(problem: Mapping[str, object]) -> dict[str, str]:
    """The members of a problem document that a sentence may name: words and numbers."""
    return {name: str(value) for name, value in problem.items() if isinstance(value, str | int)}


def code_of(problem: Mapping[str, object]) -> str:
    code = problem.get("code")
    return code if isinstance(code, str) else ""
