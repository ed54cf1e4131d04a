"""A portal that its operator closes for a while: the API says so, in the operator's words, and does nothing; readers read on."""

from pathlib import Path

import pytest

from desktop.application.messages import sentence
from desktop.domain.errors import PortalBusy
from desktop.sync.faults import from_problem, params_of
from server_stub import maintenance
from server_stub.cli import main
from server_stub.settings import settings_for
from tests.contract.portal.served import open_wire, served
from tests.unit.server_stub.house import article

NOTE = "Nâng cấp đến 14 giờ"


def test_while_it_is_closed_nothing_is_done_and_it_opens_by_itself(tmp_path: Path) -> None:
    wire = open_wire(tmp_path / "p.epoch")
    with served(wire):
        put = wire.put(wire.id(), article())
        assert wire.outcome("ctv.vanhoa", put) == ("applied", None)
        maintenance.close(wire.side_file, minutes=20, note=NOTE, clock=wire.clock)
        refused = wire.ask("POST", "/v1/sync", {}, who="ctv.vanhoa")
        assert (refused.word, refused.json["note"]) == ("503 maintenance", NOTE)
        assert 1100 < int(refused.headers["retry-after"]) <= 1200
        assert wire.ask("GET", "/v1/capabilities").word == "200"
        assert wire.ask("GET", "/").status == 200
        problem = from_problem(503, "maintenance", params=params_of(refused.json), wish=1800.0)
        assert isinstance(problem, PortalBusy)
        assert f"“{NOTE}”" in sentence(problem).what
        assert "“" not in sentence(from_problem(503, "maintenance")).what
        wire.later(minutes=21)
        assert wire.outcome("ctv.vanhoa", wire.put(wire.id(), article())) == ("applied", None)


def test_the_command_line_closes_and_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "p.db"
    settings = settings_for(database)
    assert settings.epoch_file is not None
    of_it = ["--database", str(database)]
    assert main(["maintenance", "on", "--minutes", "5", "--note", NOTE, *of_it]) == 0
    found = maintenance.closed(settings.epoch_file, clock=settings.clock)
    assert found is not None
    assert (found.note, 290 < found.seconds <= 300) == (NOTE, True)
    assert "tự mở lại sau 5 phút" in capsys.readouterr().out
    assert main(["maintenance", "off", *of_it]) == 0
    assert maintenance.closed(settings.epoch_file, clock=settings.clock) is None
    assert main(["maintenance", "on", "--minutes", "0", *of_it]) == 1
    assert main(["maintenance", "on", "--database", "postgresql://nobody@nowhere/portal"]) == 1


@pytest.mark.parametrize("said", ["", "{", '{"until": 5}', '{"until": "gestern"}', "[]"])
def test_a_torn_file_closes_nothing(tmp_path: Path, said: str) -> None:
    side_file = tmp_path / "p.epoch"
    maintenance.place(side_file).write_text(said)
    assert maintenance.closed(side_file, clock=settings_for(tmp_path / "p.db").clock) is None
