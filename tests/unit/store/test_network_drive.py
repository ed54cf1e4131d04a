"""A home on a network drive is refused before anything is made there; every other place is not asked about."""

from pathlib import Path

import pytest

from desktop.domain.errors import NetworkDrive
from desktop.store.network_drive import refuse_network_drive
from desktop.store.opening import open_or_recover
from tests.support.offices import CountedClock

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:40 / {share} rw,relatime shared:1 - nfs4 server:/export rw
24 23 0:41 / {share}/own\\040disk rw - ext4 /dev/sdb rw
25 22 0:42 / {over} rw - ext4 /dev/sdc rw
26 22 0:43 / {over} rw - cifs //server/share rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(MOUNTS.format(share=tmp_path / "share", over=tmp_path / "over"), encoding="utf-8")
    return path


@pytest.mark.parametrize("home", ["share", "share/deep/home", "share/own", "over/home"])
def test_a_network_drive_is_refused(tmp_path: Path, mounts: Path, home: str) -> None:
    with pytest.raises(NetworkDrive) as caught:
        refuse_network_drive(tmp_path / home, mounts=mounts)
    assert caught.value.params["kind"] in {"nfs4", "cifs"}
    assert caught.value.params["folder"] == str(tmp_path / home)


@pytest.mark.parametrize("home", ["home", "shared", "share/own disk/home"])
def test_a_disk_of_this_machine_is_not(tmp_path: Path, mounts: Path, home: str) -> None:
    refuse_network_drive(tmp_path / home, mounts=mounts)


def test_where_it_cannot_be_found_out_nothing_is_refused(tmp_path: Path) -> None:
    refuse_network_drive(tmp_path, mounts=tmp_path / "no such file")


def test_a_link_does_not_hide_it(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share", target_is_directory=True)
    with pytest.raises(NetworkDrive):
        refuse_network_drive(tmp_path / "link" / "home", mounts=mounts)


def test_this_machine_can_be_worked_on(tmp_path: Path) -> None:
    open_or_recover(tmp_path / "home", clock=CountedClock()).close()
