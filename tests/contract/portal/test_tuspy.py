"""A tus client that nobody here wrote uploads to a real portal process, unchanged: whole, in parts, after a kill."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from tests.support.poll import until
from tests.support.portal_process import ROOT, PortalProcess

DATA = b"%PDF-1.7\n" + bytes(range(256)) * 8192
DEVICE = {"id": "d", "name": "Máy thử"}


class Office:
    """A portal process and the headers of a member of it."""

    def __init__(self, folder: Path) -> None:
        self.portal = PortalProcess(folder / "p.db")
        self.portal.start()
        words = [sys.executable, "-m", "server_stub.cli", "user", "add", "gui.tep", "--role", "ctv:tin-van-hoa"]
        said = subprocess.run(
            [*words, "--database", str(folder / "p.db")], check=True, capture_output=True, text=True, cwd=ROOT
        )
        signed_in = {"username": "gui.tep", "password": said.stdout.split()[-1], "device": DEVICE}
        token = requests.post(f"{self.portal.url}/v1/auth/login", json=signed_in, timeout=20).json()["access"]
        self.headers = {"Authorization": f"Bearer {token}"}
        change = {"old": signed_in["password"], "new": "một mật khẩu khá dài 27"}
        requests.post(f"{self.portal.url}/v1/auth/password", json=change, headers=self.headers, timeout=20)

    def client(self) -> TusClient:
        return TusClient(f"{self.portal.url}/v1/uploads", headers=dict(self.headers))

    def ended(self, address: str) -> dict[str, str]:
        def answer() -> dict[str, str] | None:
            got = requests.get(address, headers=self.headers, timeout=20)
            found: dict[str, str] = json.loads(got.content)
            return found if got.status_code == 200 else None

        return until(answer, what="the check of an upload")

    def blob(self, data: bytes) -> bytes:
        address = f"{self.portal.url}/v1/blobs/{hashlib.sha256(data).hexdigest()}"
        return requests.get(address, headers=self.headers, timeout=20).content


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("tuspy"))
    yield office
    office.portal.stop()


@pytest.fixture
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A file of this test's own bytes."""
    path = tmp_path / "van-ban.pdf"
    path.write_bytes(DATA + request.node.name.encode())
    return path


@pytest.mark.parametrize("named", [True, False])
def test_a_file_goes_up_with_checksums(office: Office, file: Path, *, named: bool) -> None:
    metadata = {"filename": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()} if named else {}
    with file.open("rb") as stream:  # by its path, the library leaves files open
        uploader = office.client().uploader(
            file_stream=stream, chunk_size=600_000, metadata=metadata, upload_checksum=True
        )
        uploader.upload()
    assert office.ended(str(uploader.url))["state"] == "ready"
    assert office.blob(file.read_bytes()) == file.read_bytes()


def test_an_upload_goes_on_after_the_portal_was_killed(office: Office, file: Path) -> None:
    with file.open("rb") as stream:
        first = office.client().uploader(file_stream=stream, chunk_size=500_000)
        first.upload(stop_at=500_000)
        office.portal.stop()
        with pytest.raises(TusCommunicationError):
            first.get_offset()
        office.portal.start()
        second = office.client().uploader(file_stream=stream, url=first.url)
        assert second.offset == 500_000
        second.upload()
    assert office.ended(str(first.url))["state"] == "ready"
    assert office.blob(file.read_bytes()) == file.read_bytes()
