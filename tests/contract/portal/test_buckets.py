"""Blobs on an S3 server (moto's, on loopback) instead of a folder: the same answers, and objects by digest."""

import hashlib
from pathlib import Path

import pytest

from server_stub.settings import Settings
from server_stub.store.bucket import BucketFiles
from server_stub.store.files import DiskFiles, Files, MemoryFiles

DATA = b"%PDF-1.7 " + bytes(range(256)) * 40_000


@pytest.fixture(scope="module")
def bucket(s3: str) -> BucketFiles:
    files = Settings("sqlite://", blobs=s3).open_files()
    assert isinstance(files, BucketFiles)
    files.make_place()
    return files


@pytest.fixture(params=["memory", "disk", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "bucket":
        found: Files = request.getfixturevalue("bucket")
        return found
    return MemoryFiles() if request.param == "memory" else DiskFiles(tmp_path / "blobs")


def test_bytes_are_kept_once_and_read_in_part(files: Files, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(DATA).hexdigest()
    assert files.size(sha256) is None
    with pytest.raises(FileNotFoundError):
        files.read(sha256)
    files.write(sha256, [DATA[:1000], DATA[1000:]])
    files.write(sha256, [b"is left as it is"])
    assert files.size(sha256) == len(DATA)
    for start, end in ((0, None), (5, 10), (len(DATA) - 3, None), (700_000, 5_000_000)):
        assert b"".join(files.read(sha256, start, end)) == DATA[start:end]
    other = tmp_path / "other"
    other.write_bytes(b"another file")
    digest = hashlib.sha256(b"another file").hexdigest()
    for _ in range(2):
        files.take(digest, other)
    assert b"".join(files.read(digest)) == other.read_bytes()
