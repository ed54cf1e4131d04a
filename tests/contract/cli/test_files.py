"""`toasoan files` against the real portal: what a disk lost is told and fetched again, what nothing speaks of goes when it is asked."""

import hashlib
import os
from pathlib import Path

from tests.contract.cli.conftest import Home, Opening

PDF = b"%PDF-1.4 con dau"
SHA = hashlib.sha256(PDF).hexdigest()


def lying(home: Home, sha256: str) -> Path:
    return home.path / "blobs" / sha256[:2] / sha256[2:4] / sha256


def attached(home: Home, tmp_path: Path, title: str, data: bytes) -> str:
    entry = home.article(title)
    (tmp_path / "con-dau.pdf").write_bytes(data)
    home("attach", entry, str(tmp_path / "con-dau.pdf"))
    return entry


def test_what_the_disk_lost_is_told_and_comes_again(signed_in: Opening, tmp_path: Path) -> None:
    home = signed_in("one")
    entry = attached(home, tmp_path, "Có tệp", PDF)
    home("submit", entry)
    home("sync")
    own = attached(home, tmp_path, "Chưa gửi", b"%PDF-1.4 khac")
    assert home("files")["missing"] == []
    lying(home, SHA).unlink()
    lying(home, hashlib.sha256(b"%PDF-1.4 khac").hexdigest()).write_bytes(b"%PDF-1.4 hong")  # as long as it was
    told = home("files", "--fetch")
    assert {(one["entry"], one["portal"]) for one in told["missing"]} == {(entry, True), (own, False)}
    assert told["asked"] == 1
    home("sync")
    assert lying(home, SHA).read_bytes() == PDF
    assert [one["entry"] for one in home("files")["missing"]] == [own]


def test_what_nothing_speaks_of_goes_when_it_is_asked(signed_in: Opening, tmp_path: Path) -> None:
    home = signed_in("one")
    attached(home, tmp_path, "Có tệp", PDF)
    lone = lying(home, hashlib.sha256(b"lone").hexdigest())
    lone.parent.mkdir(parents=True)
    lone.write_bytes(b"lone")
    for path in (lone, lying(home, SHA)):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    told = home("files")
    assert ([one["sha256"] for one in told["unused"]], told["removed"], lone.exists()) == ([lone.name], False, True)
    assert home("files", "--clean")["removed"]
    assert (lone.exists(), lying(home, SHA).read_bytes()) == (False, PDF)
    assert home("files", "--clean")["unused"] == []
