"""What a line does to whole requests: loses, doubles, delays and forges them; and the answers of networks in between."""

import re
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    LOST_REQUEST = "lost-request"
    LOST_REPLY = "lost-reply"  # after the portal has answered, so after its commit
    DUPLICATE = "duplicate"  # delivered twice at once; the second answer arrives
    LATE_COPY = "late-copy"  # a copy is kept and delivered again by `deliver_late`
    LOST_AND_LATE = "lost-and-late"  # only the late copy arrives
    CAPTIVE = "captive-portal"  # 200 with HTML
    REDIRECT = "redirect"  # 302 to another host
    STORM = "storm"  # 503 of a gateway
    CUT_REPLY = "cut-reply"  # the answer ends in the middle of its body, packed or not
    FLIPPED = "flipped"  # one bit of the answer's body is another
    NO_ETAG = "no-etag"  # the answer has lost its ETag
    OTHER_ETAG = "other-etag"  # its ETag is another, as of a network that packs what it passes on
    RESET = "reset"  # RST instead of an answer, after the portal has answered


UNANSWERED: Final = frozenset({Fault.LOST_REQUEST, Fault.LOST_AND_LATE, Fault.LOST_REPLY, Fault.RESET})
ELSEWHERE: Final = "http://dang-nhap.invalid/wifi"
_ETAG: Final = re.compile(rb'(\r\netag: *)(?:W/)?"([^"]*)"', re.IGNORECASE)
_PAGE: Final = "<!doctype html><title>Wi-Fi</title><p>Vui lòng đăng nhập để dùng mạng.</p>".encode()


def forged(fault: Fault) -> bytes | None:
    """The whole answer that comes instead of the portal's; None where the portal is asked."""
    match fault:
        case Fault.CAPTIVE:
            return _answer("200 OK", _PAGE)
        case Fault.REDIRECT:
            return _answer("302 Found", b"", f"Location: {ELSEWHERE}\r\n")
        case Fault.STORM:
            return _answer("503 Service Unavailable", b"<html>no server is available</html>", "Retry-After: 1\r\n")
    return None


def spoilt(fault: Fault | None, body: bytes, position: int) -> bytes:
    """`body` as it arrives; `position` is drawn, below its length where it has one."""
    if not body:
        return body
    if fault is Fault.CUT_REPLY:
        return body[: len(body) // 2]
    if fault is Fault.FLIPPED:
        return body[:position] + bytes([body[position] ^ 0x10]) + body[position + 1 :]
    return body


def retagged(fault: Fault, head: bytes) -> bytes:
    """The first lines of an answer as they arrive."""
    if fault is Fault.NO_ETAG:
        return _ETAG.sub(b"", head)
    if fault is Fault.OTHER_ETAG:
        return _ETAG.sub(rb'\1W/"\2-gzip"', head)
    return head


def _answer(status: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
