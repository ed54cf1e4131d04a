"""What is set for the network: the home's own before the user's before the machine's; certificates of all."""

import json
from pathlib import Path

import pytest

from desktop.domain.errors import NetworkMisconfigured
from desktop.settings import NETWORK, NetworkSettings, network, own_network, set_network


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    found = [tmp_path / name for name in ("home", "user", "machine")]
    for folder in found:
        folder.mkdir()
    return found


def write(folder: Path, **value: object) -> None:
    (folder / NETWORK).write_text(json.dumps(value))


def test_nothing_is_set_at_first(folders: list[Path]) -> None:
    assert network(folders[0], places=folders[1:]) == NetworkSettings()


def test_the_nearest_proxy_counts_and_every_certificate(folders: list[Path]) -> None:
    home, user, machine = folders
    write(machine, proxy="pac:http://proxy.invalid/p", proxy_user="may", certificates=["root.pem"])
    write(user, certificates=["/etc/own.pem"])
    certificates = (Path("/etc/own.pem"), machine / "root.pem")
    assert network(home, places=[user, machine]) == NetworkSettings("pac:http://proxy.invalid/p", "may", certificates)
    set_network(home, NetworkSettings(proxy="none"))
    assert network(home, places=[user, machine]) == NetworkSettings("none", "", certificates)
    assert own_network(home) == NetworkSettings("none")


@pytest.mark.parametrize("text", ["{", "[]", '{"proxi": "x"}', '{"proxy": 1}', '{"certificates": "x"}', "\xff"])
def test_a_file_that_cannot_be_read_is_named(folders: list[Path], text: str) -> None:
    path = folders[0] / NETWORK
    path.write_text(text, encoding="latin-1")
    with pytest.raises(NetworkMisconfigured) as caught:
        network(folders[0], places=[])
    assert caught.value.params == {"file": str(path)}


def test_a_disk_that_refuses_is_told(folders: list[Path]) -> None:
    with pytest.raises(NetworkMisconfigured):
        set_network(folders[0] / "nowhere", NetworkSettings())
