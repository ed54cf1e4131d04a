"""What is declared, what is locked and what is installed agree; every library may be given away with an Apache-2.0 program."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pysqlite3.dbapi2
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
SQLITE = (3, 51, 3)  # older ones can corrupt a WAL database on a rare race at checkpoint


def _lines(name: str) -> list[str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    lines = [line.split(" #")[0].split("    ")[0].strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def _declared() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parsed = [Requirement(line) for line in project["dependencies"]]
    return {canonicalize_name(item.name): item for item in parsed}


def _wanted(name: str) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in _lines(name)}


def _locked() -> dict[str, str]:
    pinned = re.findall(
        r"^([A-Za-z0-9._-]+)==(\S+) \\$", (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    return {canonicalize_name(name): number for name, number in pinned}


def test_the_wheel_declares_what_run_in_names() -> None:
    assert set(_declared()) == _wanted("run.in")


def test_the_lock_covers_both_lists() -> None:
    assert _wanted("run.in") | _wanted("test.in") <= set(_locked())


def test_the_lock_is_within_the_declared_bounds() -> None:
    locked = _locked()
    outside = [str(item) for name, item in _declared().items() if not item.specifier.contains(locked[name])]
    assert outside == []


def test_every_locked_library_has_hashes() -> None:
    blocks = re.split(r"\n(?=[A-Za-z])", (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8"))
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", sorted(_wanted("run.in") | _wanted("test.in")))
def test_what_is_installed_is_what_is_locked(name: str) -> None:
    # Compared as versions: metadata may write 1.002 for 1.2.
    assert Version(version(name)) == Version(_locked()[name])


def test_sqlite_is_new_enough() -> None:
    assert pysqlite3.dbapi2.sqlite_version_info >= SQLITE


def test_no_library_of_the_program_is_gpl_only() -> None:
    ours = {name: _licence(name) for name in _closure("toasoan")}
    gpl = {name: text for name, text in ours.items() if re.search(r"(?<!L)GPL", text) and "LGPL" not in text}
    assert gpl == {}, (
        "offices pass the program on: take a library with another licence, or run the program as a separate process"
    )


def _closure(root: str) -> Iterator[str]:
    seen, waiting = set[str](), [root]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        yield name
        parsed = [Requirement(line) for line in requires]
        waiting += [item.name for item in parsed if item.marker is None or item.marker.evaluate({"extra": ""})]


def _licence(name: str) -> str:
    data = distribution(name).metadata
    stated = [line for name in ("License-Expression", "License") for line in data.get_all(name) or []]
    classifiers = [line for line in data.get_all("Classifier") or [] if line.startswith("License")]
    return " | ".join([*(line[:80] for line in stated), *classifiers])
