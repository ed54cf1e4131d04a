"""resources/demo/ is what the client's own engine makes of the demo's story."""

import json

import pytest

from tools.demo.material import members, pieces
from tools.demo_data import FOLDER, demo


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return demo()


def test_the_files_are_up_to_date(made: dict[str, str]) -> None:
    written = {place.name: place.read_text(encoding="utf-8") for place in FOLDER.glob("*.json")}
    assert sorted(written) == sorted(made), "./dev demo-data writes them"
    different = [name for name in made if written[name] != made[name]]
    assert not different, f"out of date: {different}; ./dev demo-data writes them"


def test_every_phase_of_the_road_is_shown() -> None:
    ends = {piece.acts[-1].name if piece.acts else "draft" for piece in pieces()}
    assert ends == {"draft", "submit", "approve", "return", "unpublish", "revise"}


def test_the_five_regulations_stand_in_five_stages() -> None:
    roads = [tuple(act.name for act in piece.acts) for piece in pieces() if piece.kind == "legal-document"]
    assert len(roads) == len(set(roads)) == 5


def test_exactly_one_member_still_has_the_first_password() -> None:
    assert [m["username"] for m in members() if m["password_changed"] is False] == ["ctv.moi"]


def test_device_sequences_have_no_gap(made: dict[str, str]) -> None:
    last: dict[str, int] = {}
    for text in made.values():
        for item in json.loads(text)["requests"]:
            for op in item["request"]["ops"]:
                device = item["request"]["device_id"]
                assert op["device_seq"] == last.get(device, 0) + 1
                last[device] = op["device_seq"]
