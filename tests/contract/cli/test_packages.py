"""Unsent work goes from one home to another of its member, against the real portal: once each, whoever brings it and however often."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from server_stub.core.problems import Problem
from server_stub.core.record import faults
from server_stub.portal import Portal
from server_stub.store import tables as t
from tests.contract.cli.conftest import Opening
from tests.support.live_portal import LivePortal, live_portal


def rows(portal: Portal, table: Any) -> int:  # noqa: ANN401
    with portal.database.session() as session:
        assert not list(faults(session.connection()))
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def lose_the_next_answer(portal: Portal) -> None:
    carry_out = portal.sync

    def sync(*asked: Any) -> dict[str, Any]:  # noqa: ANN401
        portal.__dict__.pop("sync")
        carry_out(*asked)
        raise Problem("maintenance", "the line broke")

    portal.__dict__["sync"] = sync


def test_the_work_of_a_dead_machine_goes_up_once(signed_in: Opening, portal: LivePortal, tmp_path: Path) -> None:
    old, new, third = signed_in("old"), signed_in("new"), signed_in("third")
    picture = tmp_path / "con-dau.pdf"
    picture.write_bytes(b"%PDF-1.4 con dau")
    sent, draft = old.article("Đã gửi đi"), old.article("Viết dở")
    old("attach", sent, str(picture))
    old("submit", sent)
    old("export", str(tmp_path / "goi"))

    looked = new("import", str(tmp_path / "goi"), "--dry-run")["package"]
    counts = {name: looked[name] for name in ("texts", "decisions", "drafts", "files", "already")}
    assert counts == {"texts": 1, "decisions": 1, "drafts": 1, "files": 1, "already": 0}
    assert looked["titles"] == ["Đã gửi đi", "Viết dở"]
    assert new("list")["total"] == 0
    new("import", str(tmp_path / "goi"))
    assert new("show", draft)["fields"]["title"] == "Viết dở"
    again = new("import", str(tmp_path / "goi"))["package"]
    assert (again["texts"], again["drafts"], again["files"], again["already"]) == (0, 0, 0, 3)
    done = new("sync")
    assert (done["waiting"], done["cards"]) == (0, 0)
    assert (new("show", sent)["phase"], new("import", str(tmp_path / "goi"))["package"]["already"]) == ("waiting", 3)

    before = [rows(portal.portal, table) for table in (t.ledger, t.revision, t.record)]
    third("import", str(tmp_path / "goi"))
    for home in (third, old):  # brought in twice; and the old machine came back to life
        told = home("sync")
        assert (told["waiting"], told["cards"]) == (0, 0)
        assert home("show", sent)["phase"] == "waiting"
    assert [rows(portal.portal, table) for table in (t.ledger, t.revision, t.record)] == before


def test_what_the_old_machine_sent_before_is_answered_from_the_ledger(
    signed_in: Opening, portal: LivePortal, tmp_path: Path
) -> None:
    old, new = signed_in("old"), signed_in("new")
    sent = old.article("Không rõ đã đến chưa")
    old("submit", sent)
    lose_the_next_answer(portal.portal)
    old("sync", exits=4)
    old("recall", sent)
    old("edit", sent, "--set", "title=Viết tiếp")
    old("submit", sent)
    before = rows(portal.portal, t.ledger)
    assert before == 2
    old("export", str(tmp_path / "goi"))
    assert new("import", str(tmp_path / "goi"))["package"]["texts"] == 2
    told = new("sync")
    assert (told["waiting"], told["cards"], rows(portal.portal, t.ledger)) == (0, 0, 5)
    shown = new("show", sent)
    assert (shown["fields"]["title"], shown["phase"], shown["rev_no"]) == ("Viết tiếp", "waiting", 2)


def test_a_text_that_the_old_machine_sent_afterwards_meets_itself_and_asks_nothing(
    signed_in: Opening, tmp_path: Path
) -> None:
    old, new = signed_in("old"), signed_in("new")
    entry = old.article("Viết dở")
    old("export", str(tmp_path / "goi"))
    new("import", str(tmp_path / "goi"))
    for verb in ("submit", "recall"):
        old(verb, entry)
        old("sync")
    new("submit", entry)
    told = new("sync")
    shown = new("show", entry)
    assert (told["waiting"], shown["conflict"], shown["dirty"], shown["rev_no"]) == (0, None, False, 1)


def test_ones_own_text_here_is_not_written_over(signed_in: Opening, tmp_path: Path) -> None:
    old, new = signed_in("old"), signed_in("new")
    entry = old.article("Chung")
    old("submit", entry)
    old("sync")
    new("sync")
    for home, title in ((old, "Sửa ở máy cũ"), (new, "Sửa ở máy mới")):
        home("recall", entry)
        home("edit", entry, "--set", f"title={title}")
        home("sync")
    old("edit", entry, "--set", "title=Sửa ở máy cũ lần hai")
    old("export", str(tmp_path / "goi"))
    assert new("import", str(tmp_path / "goi"))["package"]["aside"] == 1
    shown = new("show", entry)
    assert (shown["fields"]["title"], shown["cards"][-1:]) == ("Sửa ở máy mới", ["package-aside"])
    assert new("import", str(tmp_path / "goi"))["package"]["already"] == 1


def test_each_refusal_names_its_rule_and_brings_nothing_in(signed_in: Opening, tmp_path: Path) -> None:
    old, new = signed_in("old"), signed_in("new")
    picture = tmp_path / "con-dau.pdf"
    picture.write_bytes(b"%PDF-1.4 con dau")
    entry = old.article("Viết dở")
    old("attach", entry, str(picture))
    goi = tmp_path / "goi"
    old("export", str(goi))
    assert signed_in("deputy", member="phoban1").refusal(goi) == "package-other-member"
    (tmp_path / "khac").mkdir()
    with live_portal(tmp_path / "khac") as other:
        assert signed_in("elsewhere", url=other.url).refusal(goi) == "package-other-portal"
    (tmp_path / "khac" / "package.json").write_text('{"name": "khac"}', "utf-8")
    assert new.refusal(tmp_path / "khac") == "package-none"
    whole = (goi / "package.json").read_text("utf-8")
    for was, becomes, rule in (
        ("Viết dở", "Viết khác", "package-damaged"),
        ('"version": 1', '"version": 2', "package-newer"),
        ("{", "", "package-damaged"),
    ):
        (goi / "package.json").write_text(whole.replace(was, becomes, 1), "utf-8")
        assert new.refusal(goi) == rule
    (goi / "package.json").write_text(whole, "utf-8")
    attached = next((goi / entry).glob("*con-dau.pdf"))
    attached.write_bytes(b"%PDF-1.4 con dau gia")
    assert new.refusal(goi) == "package-damaged"
    attached.unlink()
    assert new.refusal(goi) == "package-damaged"
    assert new("list")["total"] == 0
