"""The member's own dictionary is a file of the home that survives what a person does to it."""

from pathlib import Path

import pytest

from desktop.domain.errors import StorageProblem
from desktop.store.own_words import NAME, OwnWords


def test_added_and_forgotten(tmp_path: Path) -> None:
    words = OwnWords(tmp_path)
    assert words.all() == frozenset()
    words.add("KeyPay")
    words.add("Krông")
    words.forget("KeyPay")
    assert OwnWords(tmp_path).all() == {"Krông"}


def test_written_by_hand(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes("Pleiku \n\n\xff".encode("latin-1") + "Đắk\n".encode())
    assert OwnWords(tmp_path).all() == {"Pleiku", "Đắk"}


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem):
        OwnWords(tmp_path / "none").add("x")
