"""The portal and the prepared homes, made once per process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.failure.portal import ReferencePortal, reference_portal
from tests.failure.scripts import Prepared, Script, Stage, stage


@pytest.fixture(scope="session")
def portal() -> Iterator[ReferencePortal]:
    with reference_portal() as made:
        yield made


@pytest.fixture(scope="session")
def prepared(portal: ReferencePortal, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    first = portal.image()
    known: dict[tuple[str, int], Stage] = {}
    base: Path = tmp_path_factory.mktemp("stages")

    def prepare(script: Script, rounds: int) -> Stage:
        if (script.name, rounds) not in known:
            portal.lay(first)
            known[script.name, rounds] = stage(script, base / f"{script.name}-{rounds}", portal, rounds=rounds)
        return known[script.name, rounds]

    return prepare
