"""Attachment files: whole or not there, named by their hash, and never taken for what they are not."""

import hashlib
from pathlib import Path

import pytest

from desktop.domain.errors import StorageProblem, StoreDamaged
from desktop.store.blob_files import Folder

DATA = "Ảnh lễ hội".encode()
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


def _files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_file_lies_under_its_hash_and_nothing_is_left_beside_it(root: Path) -> None:
    folder = Folder(root)
    folder.keep(NAME, DATA)
    folder.keep(NAME, DATA)
    assert _files(root) == [f"{NAME[:2]}/{NAME[2:4]}/{NAME}"]
    assert folder.read(NAME) == DATA


def test_changed_bytes_are_not_handed_out_and_are_mended_by_the_right_ones(root: Path) -> None:
    folder = Folder(root)
    folder.keep(NAME, DATA)
    (root / NAME[:2] / NAME[2:4] / NAME).write_bytes(DATA[:-1])
    with pytest.raises(StoreDamaged):
        folder.read(NAME)
    folder.keep(NAME, DATA)
    assert folder.read(NAME) == DATA


def test_a_lost_file_is_not_there(root: Path) -> None:
    folder = Folder(root)
    folder.keep(NAME, DATA)
    (root / NAME[:2] / NAME[2:4] / NAME).unlink()
    assert folder.read(NAME) is None


def test_a_disk_that_refuses_is_a_storage_problem_and_leaves_no_half_file(root: Path) -> None:
    root.write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageProblem):
        Folder(root).keep(NAME, DATA)
    root.unlink()
    (root / NAME[:2] / NAME[2:4] / NAME).mkdir(parents=True)  # a folder cannot be replaced by a file
    with pytest.raises(StorageProblem):
        Folder(root).keep(NAME, DATA)
    assert _files(root) == []
