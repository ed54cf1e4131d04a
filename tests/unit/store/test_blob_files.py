"""Attachment files: whole or not there, named by their hash, and never taken for what they are not."""

import hashlib
import io
from pathlib import Path

import pytest

from desktop.domain.errors import BadContent, StorageProblem, StoreDamaged
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


class Written(type(Path())):  # type: ignore[misc]  # the class of this machine's paths
    """A file to which another program adds something each time it has been opened, as long as there is anything in `more`."""

    more: list[bytes]

    def open(self, *_given: object, **_named: object) -> io.FileIO:
        path, added = str(self), self.more.pop() if self.more else b""

        class Reading(io.FileIO):
            def read(self, size: int | None = -1) -> bytes:
                with io.FileIO(path, "a") as other:
                    other.write(b"" if self.tell() else added)
                return super().read(-1 if size is None else size)

        return Reading(path, "r")


def written(path: Path, *, times: int) -> Path:
    path.write_bytes(DATA)
    source = Written(path)
    source.more = [b"x"] * times
    return source


def test_a_file_that_is_written_while_it_is_attached_is_read_once_more(root: Path, tmp_path: Path) -> None:
    whole = DATA + b"x"
    found = Folder(root).copy(written(tmp_path / "biên bản.pdf", times=1), most=1000)
    assert found == (hashlib.sha256(whole).hexdigest(), len(whole))
    assert Folder(root).check(found[0])


def test_a_file_that_is_written_all_the_time_is_refused_by_name(root: Path, tmp_path: Path) -> None:
    with pytest.raises(BadContent) as caught:
        Folder(root).copy(written(tmp_path / "biên bản.pdf", times=9), most=1000)
    assert (caught.value.rule.code, caught.value.rule.params) == ("file-changes", {"file": "biên bản.pdf"})
    assert _files(root) == []
