"""Resumable uploads as the portal takes them (tus 1.0.0, `docs/wire.md`): implements `ports.Uploads`."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from typing import Final

from desktop.application.ports import UploadState
from desktop.domain.errors import NotOurPortal
from desktop.sync import faults
from desktop.sync.transport import Answer

_UPLOADS: Final = "/v1/uploads"
_PLACE: Final = re.compile(r"/v1/uploads/[A-Za-z0-9_-]{1,100}")
_TUS: Final = {"Tus-Resumable": "1.0.0"}
_BYTES: Final = "application/offset+octet-stream"


class TusUploads:
    """`signed` makes one request with the member's token."""

    def __init__(self, signed: Callable[..., Answer]) -> None:
        self._signed = signed

    def begin(self, sha256: str, size: int, *, name: str, key: str) -> str:
        """The place of a new upload, or of the one that was begun with `key`."""
        named = ",".join(f"{word} {_packed(text)}" for word, text in (("sha256", sha256), ("filename", name)))
        headers = {"Upload-Length": str(size), "Upload-Metadata": named, "Idempotency-Key": key}
        place = self._signed("POST", _UPLOADS, None, {**_TUS, **headers}).headers.get("location", "")
        if not _PLACE.fullmatch(place):
            raise NotOurPortal("an upload without a place")
        return place

    def offset(self, place: str) -> int:
        """Where the portal stands; a part that is still on its way there ends with the question."""
        return self._signed("HEAD", place, None, _TUS).number("Upload-Offset")

    def send(self, place: str, offset: int, data: bytes) -> int:
        """The portal's offset afterwards."""
        digest = b64encode(hashlib.sha256(data).digest()).decode()
        headers = {"Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest}", "Content-Type": _BYTES}
        return self._signed("PATCH", place, data, {**_TUS, **headers}).number("Upload-Offset")

    def state(self, place: str) -> UploadState:
        reading = self._signed("GET", place, None).reading()
        return UploadState(reading.text("state"), faults.rule_of(reading.members.get("rule")))


def _packed(text: str) -> str:
    return b64encode(text.encode()).decode()
