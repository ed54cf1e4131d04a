"""The way out of this machine: its proxy, its trust store, and what an administrator has set beside them."""

import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import requests
import truststore
from pypac import get_pac
from pypac.parser import MalformedPacError
from pypac.resolver import ProxyConfigExhaustedError, ProxyResolver, add_proxy_auth
from requests.adapters import HTTPAdapter
from requests.auth import HTTPProxyAuth
from urllib3.connection import HTTPConnection

from desktop.domain.errors import NetworkMisconfigured, ProxyFailed

SYSTEM, DIRECT, PAC = "system", "none", "pac:"
_PAC_SECONDS: Final = 5.0
# What the machine holds back of a body must leave within the patience for an answer, at 64 kbit/s as well.
_SEND_BUFFER: Final = 64 * 1024
_REVOKED: Final = b"-----BEGIN X509 CRL-----"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Way:
    """`proxy`: "system" (environment, or the system's automatic configuration), "none", the address of a proxy, or "pac:" and
    an address or a path. `certificates`: PEM files of authorities trusted besides the machine's own, and their revocations.
    `user`: who the proxy is told we are; the password is `password`.
    """

    proxy: str = SYSTEM
    certificates: tuple[Path, ...] = ()
    user: str = ""
    password: str = ""


class WayOut(requests.Session):
    """A session that never retries by itself. What cannot be read of `way` is told at each request, and read again."""

    def __init__(self, way: Callable[[], Way]) -> None:
        super().__init__()
        self._way = way
        self._ready = False
        self.trust_env = False  # what the machine says is asked here, once, not at each request
        self._fixed: Mapping[str, str | None] | None = None
        self._machine: dict[str, dict[str, str]] = {}  # by host
        self._automatic: ProxyResolver | None = None
        self.mount("http://", _Adapter(None))  # this machine itself needs no certificate

    def request(self, method: str, url: str, **more: Any) -> requests.Response:  # type: ignore[override]  # noqa: ANN401
        """NetworkMisconfigured, ProxyFailed, and what `requests` raises."""
        if not self._ready:
            self._prepare(self._way())
            self._ready = True
        while True:
            proxies = self._proxies(url)
            try:
                # None for a scheme is "none", over whatever the environment says; the annotation there knows no None.
                return super().request(method, url, proxies=proxies, **more)  # type: ignore[arg-type]
            except requests.ConnectionError as error:
                self._machine.clear()  # it may say something else by now
                if not isinstance(error, requests.exceptions.ProxyError):
                    raise
                # Nothing was sent yet: the next of those that the configuration names is tried, and the last one's failure told.
                if self._automatic is None or not self._another(url, proxies):
                    raise

    def _prepare(self, way: Way) -> None:
        self.mount("https://", _Adapter(_context(way.certificates)))
        auth = HTTPProxyAuth(way.user, way.password) if way.user else None
        if way.proxy == DIRECT:
            self._fixed = {"http": None, "https": None}
        elif way.proxy.startswith(PAC):
            self._automatic = ProxyResolver(_pac(way.proxy.removeprefix(PAC)), proxy_auth=auth)
        elif way.proxy != SYSTEM:
            address = way.proxy if "://" in way.proxy else f"http://{way.proxy}"
            if auth is not None:
                address = add_proxy_auth(address, auth)
            self._fixed = {"http": address, "https": address}
        elif (found := _without_answer(lambda: get_pac(from_dns=False, timeout=_PAC_SECONDS))) is not None:
            self._automatic = ProxyResolver(found, proxy_auth=auth)

    def _proxies(self, url: str) -> dict[str, str | None]:
        if self._fixed is not None:
            return dict(self._fixed)
        if self._automatic is None:
            host = urlsplit(url).netloc
            if host not in self._machine:
                self._machine[host] = requests.utils.get_environ_proxies(url)
            return {**self._machine[host]}
        try:
            found: dict[str, str | None] = self._automatic.get_proxy_for_requests(url)
        except ProxyConfigExhaustedError as error:
            self._automatic.unban_all()
            raise ProxyFailed("the configuration names no proxy that answers") from error
        except Exception as error:  # the script's own mistakes, in whatever engine runs it
            raise ProxyFailed(type(error).__name__, code="pac") from error
        return found

    def _another(self, url: str, failed: Mapping[str, str | None] | None) -> bool:
        assert self._automatic is not None  # noqa: S101  asked by the caller
        proxy = (failed or {}).get("https")
        if proxy is not None:
            self._automatic.ban_proxy(proxy)
        if self._automatic.get_proxy(url) is not None:
            return True
        self._automatic.unban_all()
        return False


class _Adapter(HTTPAdapter):
    """Trusts what its context trusts and nothing else, and keeps little of a body in the machine's own buffers."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **more: Any) -> None:  # noqa: ANN401  requests' own signature
        options = [*HTTPConnection.default_socket_options, (socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)]
        super().init_poolmanager(*given, **more, ssl_context=self._context, socket_options=options)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:  # noqa: ANN401  requests' own signature
        return super().proxy_manager_for(proxy, **more, ssl_context=self._context)

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """In UTF-8: requests would refuse a password with Vietnamese letters."""
        user, password = requests.utils.get_auth_from_url(proxy)
        if not user:
            return {}
        return {"Proxy-Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"}

    def cert_verify(self, conn: Any, *_given: Any, **_more: Any) -> None:  # noqa: ANN401  requests' own signature
        """Never without; the bundle that requests brings along is not asked."""
        conn.cert_reqs = "CERT_REQUIRED"


def _context(certificates: tuple[Path, ...]) -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for path in certificates:
        try:
            if _REVOKED in path.read_bytes():
                context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
            context.load_verify_locations(cafile=str(path))
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            raise NetworkMisconfigured(type(error).__name__, file=str(path)) from error
    return context


def _pac(place: str) -> Any:  # noqa: ANN401  a library without types
    """The script at an address or a path."""
    if place.startswith(("http://", "https://")):
        found = _without_answer(lambda: get_pac(url=place, timeout=_PAC_SECONDS, allowed_content_types={""}))
    else:
        try:
            script = Path(place).read_text("utf-8")
        except (OSError, ValueError) as error:
            raise NetworkMisconfigured(type(error).__name__, file=place) from error
        found = _without_answer(lambda: get_pac(js=script))
    if found is None:
        raise ProxyFailed("the script does not come", code="pac")
    return found


def _without_answer(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except (MalformedPacError, requests.RequestException) as error:
        raise ProxyFailed(type(error).__name__, code="pac") from error
