"""Why a portal's certificate is not trusted, told apart by what the machine's TLS library says; and whose clock is wrong."""

import ssl
from collections.abc import Mapping
from datetime import date
from typing import Final

BUILT: Final = date(2026, 11, 27)
"""Set with each release: a machine that says it is earlier has a wrong clock, whatever a certificate says."""

EXPIRED, EARLY = "certificate-expired", "certificate-early"
OTHER: Final = "certificate"
CLOCK: Final = "clock-wrong"

# X509_V_ERR_… of OpenSSL; CERT_E_… of Windows; errSec… of macOS.
_KINDS: Final[Mapping[str, tuple[int, ...]]] = {
    EXPIRED: (10, 0x800B0101, -67818),
    EARLY: (9, -67819),
    "certificate-host": (62, 64, 0x800B010F, -67602),
    "certificate-self-signed": (18,),
    "certificate-private-root": (19, 0x800B0109, -67843),
    "certificate-chain": (2, 20, 21, 0x800B010A),
    "certificate-revoked": (23, 0x800B010C, 0x80092010, -67820),
    "certificate-weak": (66, 67, 68, 0x80096019),
    "certificate-purpose": (24, 26, 79, 0x800B0110, 0x800B0106, -67609),
}
CODES: Final = (*_KINDS, OTHER, CLOCK)
_BY_NUMBER: Final = {number & 0xFFFFFFFF: kind for kind, numbers in _KINDS.items() for number in numbers}


def kind_of(error: ssl.SSLCertVerificationError, *, today: date | None) -> str:
    """The code of the sentence. `today` as this machine's clock has it: before this program was built, the clock is at fault."""
    number = getattr(error, "verify_code", None)  # a foreign library raises these as well, and may leave it out
    kind = _BY_NUMBER.get(number & 0xFFFFFFFF, OTHER) if isinstance(number, int) else OTHER
    if kind in {EXPIRED, EARLY} and today is not None and today < BUILT:
        return CLOCK
    return kind
