"""The words of an upload in a test: begin, send, look, wait for what became of it."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

import requests

from tests.contract.portal.wire import Wire
from tests.support.answers import Answer
from tests.support.poll import until

BYTES = "application/offset+octet-stream"
PNG = b"\x89PNG\r\n\x1a\n"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def metadata(**named: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items())


def checksum(data: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


@dataclass
class Sender:
    """A member who uploads."""

    wire: Wire
    who: str = "ctv.vanhoa"

    def ask(self, method: str, path: str, data: bytes | None = None, **headers: str) -> Answer:
        return self.wire.ask(method, path, data=data, who=self.who, **{"Tus_Resumable": "1.0.0", **headers})

    def raw(self, method: str, path: str, data: bytes = b"", **headers: str) -> Answer:
        """The same for what no OpenAPI document can say."""
        sent = {"Authorization": f"Bearer {self.wire.token(self.who)}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        got = requests.request(method, self.wire.address + path, data=data, headers=sent, timeout=20)
        return Answer(got.status_code, {name.lower(): value for name, value in got.headers.items()}, got.content)

    def begin(self, data: bytes, name: str = "anh.png", **headers: str) -> Answer:
        said = {"Upload_Length": str(len(data)), "Upload_Metadata": metadata(filename=name, sha256=sha(data))}
        return self.ask("POST", "/v1/uploads", None, **{**said, **headers})

    def address(self, data: bytes, name: str = "anh.png", **headers: str) -> str:
        answer = self.begin(data, name, **headers)
        assert answer.word == "201"
        return answer.headers["location"]

    def patch(self, address: str, data: bytes, at: int = 0, **headers: str) -> Answer:
        return self.ask("PATCH", address, data, **{"Content_Type": BYTES, "Upload_Offset": str(at), **headers})

    def offset(self, address: str) -> int:
        return int(self.ask("HEAD", address).headers["upload-offset"])

    def ended(self, address: str) -> dict[str, Any]:
        """What became of a whole upload."""
        found: dict[str, Any] = {}

        def is_over() -> bool:
            answer = self.ask("GET", address)
            found.update(answer.json)
            assert answer.status == (202 if found["state"] == "checking" else 200)
            return str(found["state"]) != "checking"

        until(is_over, what="the check of an upload")
        return found

    def send(self, data: bytes, name: str = "anh.png") -> dict[str, Any]:
        address = self.address(data, name)
        assert self.patch(address, data).word == "204"
        return self.ended(address)
