"""A test stays on this machine and in its own folders."""

import os
import socket
from pathlib import Path

import keyring
import pytest

from tests.support.isolation import LeftTheMachineError
from tests.support.memory_keyring import MemoryKeyring


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_another_machine_is_out_of_reach(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as end, pytest.raises(LeftTheMachineError):
        end.connect((host, 80))


def test_another_name_is_not_looked_up() -> None:
    with pytest.raises(LeftTheMachineError):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as end:
        assert end.getpeername() == server.getsockname()


def test_home_and_keyring_belong_to_the_test(own_home: Path, memory_keyring: MemoryKeyring) -> None:
    assert Path.home() == own_home
    assert Path(os.environ["XDG_DATA_HOME"]).is_relative_to(own_home)
    keyring.set_password("service", "member", "token")
    assert memory_keyring.entries == {("service", "member"): "token"}
