"""The one boundary: every exception of requests and urllib3 and every problem code becomes one of ours."""

import http.client
import inspect
import socket

import pytest
import requests
import urllib3.exceptions
from requests import exceptions as upper

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
    SignInRefused,
)
from desktop.sync.faults import from_exception, from_problem, params_of, translated, without_our_mark

UNTRUSTED = {"SSLError"}
PROXY = {"ProxyError"}
ADDRESS = {
    "InvalidURL", "MissingSchema", "InvalidSchema", "InvalidProxyURL", "URLRequired", "TooManyRedirects",
    "JSONDecodeError", "CompatJSONDecodeError", "LocationValueError", "LocationParseError", "URLSchemeUnknown",
    "ProxySchemeUnknown", "ProxySchemeUnsupported", "EmptyPoolError",
}  # fmt: skip
OURS = {"InvalidHeader", "InvalidJSONError", "UnrewindableBodyError", "StreamConsumedError"}


Base = urllib3.exceptions.HTTPError | http.client.HTTPException


def exceptions_of(module: object) -> list[type[Exception]]:
    """Its own: those of the standard library that it imports are met inside these only."""
    found = [c for _, c in inspect.getmembers(module, inspect.isclass) if issubclass(c, OSError | Base)]
    return [c for c in found if not issubclass(c, Warning)]


def made(kind: type[Exception]) -> Exception:
    """An instance without calling a constructor that wants a pool or a response."""
    return kind.__new__(kind)


@pytest.mark.parametrize("kind", exceptions_of(upper), ids=lambda kind: str(kind.__name__))
def test_every_exception_of_requests_is_translated(kind: type[Exception]) -> None:
    expected: type[Problem] = Offline
    if kind.__name__ in ADDRESS:
        expected = NotOurPortal
    elif kind.__name__ in OURS:
        expected = Bug
    elif kind.__name__ in UNTRUSTED:
        expected = NotTrusted
    elif kind.__name__ in PROXY:
        expected = ProxyFailed
    with pytest.raises(expected) as caught, translated():
        raise made(kind)
    assert type(caught.value) is expected


@pytest.mark.parametrize("kind", exceptions_of(urllib3.exceptions), ids=lambda kind: str(kind.__name__))
def test_every_exception_of_urllib3_is_translated(kind: type[Exception]) -> None:
    with pytest.raises(Problem), translated():
        raise made(kind)


@pytest.mark.parametrize(
    "error", [OSError("x"), TimeoutError(), socket.gaierror(8, "no name"), http.client.BadStatusLine("x"), EOFError()]
)
def test_what_the_sockets_raise_counts_as_offline(error: Exception) -> None:
    if isinstance(error, EOFError):
        with pytest.raises(EOFError), translated():
            raise error  # not a transport failure: a bug must stay visible
    else:
        with pytest.raises(Offline), translated():
            raise error


def test_a_name_that_cannot_be_written_as_a_host_is_a_wrong_address() -> None:
    assert isinstance(from_exception(UnicodeError("label too long")), NotOurPortal)


def test_the_detail_names_no_address() -> None:
    error = requests.ConnectionError("HTTPSConnectionPool(host='portal.example')")
    assert "portal.example" not in str(from_exception(error))


CODES: list[tuple[str, int, type[Problem]]] = [
    ("token-expired", 401, SignInRefused),
    ("device-revoked", 401, SignInRefused),
    ("bad-credentials", 401, SignInRefused),
    ("password-change-required", 403, SignInRefused),
    ("actor-mismatch", 403, SignInRefused),
    ("forbidden", 403, NotAllowed),
    ("not-found", 404, NotFound),
    ("epoch-changed", 409, PortalRestored),
    ("too-large", 413, BadContent),
    ("invalid-request", 400, BadContent),
    ("invalid-request", 422, BadContent),
    ("client-too-old", 400, ClientTooOld),
    ("device-cloned", 409, SignInRefused),
    ("unsupported-media-type", 415, Refusal),
    ("method-not-allowed", 405, Refusal),
    ("internal", 500, PortalBusy),
    ("rate-limited", 429, PortalBusy),
    ("weak-password", 422, BadContent),
    ("checksum-mismatch", 422, BadContent),
    ("maintenance", 503, PortalBusy),
    ("storage-full", 507, PortalBusy),
    ("of-a-later-version", 400, Refusal),
    ("of-a-later-version", 401, SignInRefused),
    ("of-a-later-version", 429, PortalBusy),
    ("of-a-later-version", 500, PortalBusy),
    ("", 418, Refusal),
]


@pytest.mark.parametrize(("code", "status", "expected"), CODES)
def test_every_problem_code_is_one_of_ours(code: str, status: int, expected: type[Problem]) -> None:
    found = from_problem(status, code, detail="d", wish=7.0)
    assert type(found) is expected
    if isinstance(found, PortalBusy):
        assert found.retry_after == 7.0
    if isinstance(found, Refusal):
        assert found.rule.code == code


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, NotOurPortal), (204, NotOurPortal), (302, NotOurPortal), (403, NotOurPortal), (404, NotOurPortal),
     (407, ProxyFailed), (511, NotOurPortal), (502, PortalBusy), (503, PortalBusy), (504, PortalBusy)],
)  # fmt: skip
def test_an_answer_without_our_mark_is_a_network_in_between_or_a_stopped_portal(
    status: int, expected: type[Problem]
) -> None:
    assert type(without_our_mark(status)) is expected


def test_what_a_sentence_names_comes_with_the_refusal() -> None:
    found = from_problem(422, "weak-password", params=params_of({"code": "weak-password", "minimum": 8, "more": [1]}))
    assert isinstance(found, BadContent)
    assert found.rule.params == {"code": "weak-password", "minimum": "8"}
