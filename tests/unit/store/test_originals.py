"""Pictures as they came lie beside the attachments, whole or not at all, and are no attachments."""

import hashlib
import os
from pathlib import Path

import pytest

from desktop.domain.errors import BadContent, NotFound, StorageProblem
from desktop.store.originals import NAME, OriginalFiles

CAME = b"\xff\xd8 as it came, with the place where it was taken"
MADE = hashlib.sha256(b"made smaller").hexdigest()


def test_kept_found_copied_out_and_deleted(tmp_path: Path) -> None:
    originals = OriginalFiles(tmp_path / "home")
    photo = tmp_path / "Lễ hội.JPG"
    photo.write_bytes(CAME)
    assert originals.find(MADE) is None
    assert originals.keep(MADE, photo, name=photo.name)
    assert originals.keep(MADE, CAME, name=photo.name)
    found = originals.find(MADE)
    assert found is not None
    assert (found.path, found.size) == (tmp_path / "home" / NAME / f"{MADE}.jpg", len(CAME))
    originals.give(MADE, tmp_path / "copy.jpg")
    assert (tmp_path / "copy.jpg").read_bytes() == CAME
    originals.drop(MADE)
    assert originals.find(MADE) is None
    with pytest.raises(NotFound):
        originals.give(MADE, tmp_path / "copy.jpg")


def test_what_was_attached_as_it_came_is_not_kept_twice(tmp_path: Path) -> None:
    originals = OriginalFiles(tmp_path)
    (tmp_path / "a.pdf").write_bytes(CAME)
    assert not originals.keep(hashlib.sha256(CAME).hexdigest(), tmp_path / "a.pdf", name="a.pdf")
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("name", ["x", "x.", "x./../y", "x.a b", "x." + "j" * 60, "x.ảnh"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    OriginalFiles(tmp_path).keep(MADE, CAME, name=name)
    assert [path.name for path in (tmp_path / NAME).iterdir()] == [f"{MADE}.{'x' if name == 'x' else 'bin'}"]


def test_a_file_that_cannot_be_read_and_a_disk_that_refuses(tmp_path: Path) -> None:
    with pytest.raises(BadContent):
        OriginalFiles(tmp_path).keep(MADE, tmp_path / "none.jpg", name="none.jpg")
    with pytest.raises(StorageProblem):
        OriginalFiles(Path(os.devnull)).keep(MADE, CAME, name="a.jpg")
