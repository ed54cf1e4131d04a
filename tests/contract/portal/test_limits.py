"""What a portal takes at most, as its capabilities tell, and the scan of its operator."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server_stub.core.limits import Limits
from server_stub.uploading import scan_by
from tests.contract.portal.served import open_wire, served
from tests.contract.portal.uploads import PNG, Sender, sha
from tests.contract.portal.wire import Wire
from tests.unit.server_stub.house import article

LIMITS = Limits(blob_bytes=400, file_bytes=1000, entry_file_bytes=1500, member_file_bytes=2000)
SCAN = "import sys; bad = b'virus' in open(sys.argv[1], 'rb').read(); print('Found' if bad else 'OK'); sys.exit(bad)"


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    (tmp_path / "scan.py").write_text(SCAN)
    wire = open_wire(tmp_path / "p.epoch")
    with served(wire, limits=LIMITS, scan=scan_by(f"{sys.executable} {tmp_path / 'scan.py'}")):
        yield wire


def test_limits_are_told_and_kept(wire: Wire) -> None:
    sender, told = Sender(wire), wire.ask("GET", "/v1/capabilities").json["limits"]
    assert (told["file_bytes"], told["entry_file_bytes"], told["member_file_bytes"]) == (1000, 1500, 2000)
    assert sender.begin(PNG + bytes(1000)).word == "413 too-large"
    first, second = PNG + bytes(900), PNG + b"2" + bytes(900)
    assert [sender.send(data)["state"] for data in (first, second)] == ["ready", "ready"]
    refused = sender.begin(PNG + bytes(300))
    assert (refused.word, refused.json["rule"]["code"]) == ("413 too-large", "member-files")
    small = PNG + b"3" + bytes(300)
    put = sender.ask("PUT", f"/v1/blobs/{sha(small)}", small)
    assert (put.word, put.json["rule"]["code"]) == ("413 too-large", "member-files")
    assert Sender(wire, "ctv.kinhte").begin(PNG + bytes(300)).word == "201"

    files = [
        {"sha256": sha(data), "size": len(data), "name": "a.png", "alt": "", "role": "image"}
        for data in (first, second)
    ]
    assert wire.outcome("ctv.vanhoa", wire.put(wire.id(), {**article(), "attachments": files[:1]})) == ("applied", None)
    result = wire.do("ctv.vanhoa", wire.put(wire.id(), {**article(), "attachments": files}))
    assert (result["outcome"], result["rule"]["code"]) == ("invalid", "entry-files")
    assert result["errors"] == [{"pointer": "/content/attachments", "code": "size"}]


def test_what_the_scan_refuses_is_told_and_not_kept(wire: Wire) -> None:
    sender = Sender(wire)
    assert sender.send(PNG + b"clean")["state"] == "ready"
    ended = sender.send(PNG + b"virus")
    assert (ended["state"], ended["rule"]["code"], ended["rule"]["params"]) == (
        "rejected", "file-scan", {"reason": "Found"},
    )  # fmt: skip
    assert sender.ask("GET", f"/v1/blobs/{sha(PNG + b'virus')}").word == "404 not-found"
    assert sender.send(PNG + b"virus")["state"] == "rejected"
