"""Servers with certificates good and bad, and the proxies of an office, each on a loopback port of its own."""

import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_connection, socket

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Papers:
    """A certificate chain and its key, PEM."""

    chain: bytes
    key: bytes

    def context(self, folder: Path) -> ssl.SSLContext:
        chain, key = folder / "chain.pem", folder / "key.pem"
        chain.write_bytes(self.chain)
        key.write_bytes(self.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ALL:@SECLEVEL=0")  # the weak ones as well
        context.load_cert_chain(chain, key)
        return context


def of(leaf: trustme.LeafCert, *, more: bytes = b"") -> Papers:
    chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
    return Papers(chain + more, leaf.private_key_pem.bytes())


def self_made(
    *, bits: int = 2048, purpose: x509.ObjectIdentifier | None = None, issuer: trustme.CA | None = None
) -> Papers:
    """What trustme does not make: signed by itself unless `issuer`, with a short key or for another purpose."""
    key = rsa.generate_private_key(65537, bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    authority = x509.load_pem_x509_certificate(issuer.cert_pem.bytes()) if issuer else None
    signer = serialization.load_pem_private_key(issuer.private_key_pem.bytes(), None) if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority.subject if authority else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    )
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    made = builder.sign(signer, hashes.SHA256())  # type: ignore[arg-type]  # the union of every kind of key
    return Papers(
        made.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def revoking(issuer: trustme.CA, papers: Papers) -> bytes:
    """A list of revocations with the certificate of `papers` on it, PEM."""
    authority = x509.load_pem_x509_certificate(issuer.cert_pem.bytes())
    leaf = x509.load_pem_x509_certificate(papers.chain)
    entry = x509.RevokedCertificateBuilder().serial_number(leaf.serial_number).revocation_date(NOW - DAY).build()
    listed = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(NOW - DAY)
        .next_update(NOW + DAY)
        .add_revoked_certificate(entry)
    )
    key = serialization.load_pem_private_key(issuer.private_key_pem.bytes(), None)
    return listed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)  # type: ignore[arg-type]


CLIENT_ONLY = ExtendedKeyUsageOID.CLIENT_AUTH


class Portal(BaseHTTPRequestHandler):
    """Enough of a portal for one question; keeps what it was asked."""

    protocol_version = "HTTP/1.1"
    server: "House"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append(f"{self.path} {self.headers.get('Authorization', '')}".strip())
        body = b'{"x":1}'
        self.send_response(200)
        self.send_header("Portal-Api", "1")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class Proxy(BaseHTTPRequestHandler):
    """Tunnels, and plain requests only to be refused; asks for `server.password` where there is one."""

    protocol_version = "HTTP/1.1"
    server: "House"

    def do_CONNECT(self) -> None:
        self.server.heard.append(f"CONNECT {self.path}")
        if not self._is_known():
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="co quan"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.server.status is not None:
            self.send_error(self.server.status)
            return
        # Every name leads to this machine: the portal's own name is only in the certificate.
        with create_connection(("127.0.0.1", int(self.path.rpartition(":")[2]))) as there:
            self.send_response(200)
            self.end_headers()
            up = threading.Thread(target=_pour, args=(self.connection, there))
            up.start()
            _pour(there, self.connection)
            up.join()
        self.close_connection = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append(f"POST {self.path}")
        self.send_response(407 if not self._is_known() else 502)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def _is_known(self) -> bool:
        wanted = base64.b64encode(self.server.password.encode()).decode()
        return not self.server.password or self.headers.get("Proxy-Authorization") == f"Basic {wanted}"


class Script(BaseHTTPRequestHandler):
    """Gives out `server.password` as a file of whatever type."""

    server: "House"

    def do_GET(self) -> None:
        self.send_response(200 if self.server.status is None else self.server.status)
        self.send_header("Content-Type", "application/x-ns-proxy-autoconfig")
        self.end_headers()
        self.wfile.write(self.server.password.encode())

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@dataclass
class Heard:
    lines: list[str] = field(default_factory=list)


class House(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler], *, password: str = "", status: int | None = None) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.heard: list[str] = []
        self.password = password
        self.status = status
        self.port: int = self.server_address[1]

    def handle_error(self, *_: object) -> None:
        """A refused handshake is what these tests are about."""


@contextmanager
def open_house(house: House, context: ssl.SSLContext | None = None) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(house)
        if context is not None:
            house.socket = context.wrap_socket(house.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=house.serve_forever, args=(0.01,))
        thread.start()
        stack.callback(thread.join)
        stack.callback(house.shutdown)
        yield house


def _pour(source: socket, target: socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(1)
    except OSError:
        return
