"""The command line against the real portal: the editorial day in a dozen calls, every answer by its schema."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests

import resources
from desktop.cli import main
from desktop.store.home_lock import locked
from tests.support.live_portal import FIRST_PASSWORD, NEWCOMER, PASSWORD, LivePortal, live_portal
from tests.support.memory_keyring import MemoryKeyring

SCHEMAS = json.loads(resources.path("contract", "cli.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    with live_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(autouse=True)
def keyring_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring that every test gets counts as secure here, as the operating system's would."""
    monkeypatch.setattr("desktop.sync.vault.SECURE_BACKENDS", {(MemoryKeyring.__module__, MemoryKeyring.__name__)})


class Terminal:
    """One member's home and its command line."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._patch = monkeypatch
        self._captured = capsys

    def __call__(self, verb: str, *words: str, typed: str = "", exits: int = 0) -> dict[str, Any]:
        """Call one verb with --json; the answer is checked against the contract."""
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["--home", str(self.home), verb, *words, "--json"])
        out = self._captured.readouterr()
        assert code == exits, out
        answer: dict[str, Any] = json.loads(out.out)
        jsonschema.validate(answer, SCHEMAS["error"] if exits else SCHEMAS["verbs"][verb])
        return answer


Opening = Callable[[str], Terminal]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Opening:
    return lambda name: Terminal(tmp_path / name, monkeypatch, capsys)


def signed_in(terminal: Opening, portal: LivePortal, name: str) -> Terminal:
    one = terminal(name)
    one("sign-in", portal.url, name, "--password-stdin", typed=f"{PASSWORD}\n")
    return one


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "than-bai.md"
    path.write_text("Sáng 22/11, **khai trương** bộ phận một cửa.\n", "utf-8")
    return path


def public_page(portal: LivePortal, entry: str) -> requests.Response:
    return requests.get(f"{portal.url}/bai-viet/{entry}", timeout=10)


def test_an_article_travels_from_draft_to_the_public_site(terminal: Opening, portal: LivePortal, text: Path) -> None:
    writer, deputy, chief = (signed_in(terminal, portal, n) for n in ("ctv.vanhoa", "phoban1", "truongban"))
    fields = ("--set", "title=Một cửa mới", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
    entry = writer("new", "article", *fields, "--file", f"body={text}")["entry"]
    assert writer("submit", entry)["waiting"] == 2
    assert writer("sync")["waiting"] == 0
    assert public_page(portal, entry).status_code == 404

    assert deputy("sync")["received"] >= 1
    read = deputy("show", entry)
    assert read["fields"]["title"] == "Một cửa mới"
    assert deputy("approve", entry, "--read", read["rid"], "--step", "dang_tai", exits=1)["error"]["rule"] == "step"
    assert deputy("approve", entry, "--read", read["rid"], "--step", read["step"])["step"] == "dang_tai"
    deputy("sync")
    refusal = deputy("approve", entry, exits=1)["error"]
    assert (refusal["rule"], "19.c" in refusal["clause"]) == ("role", True)

    chief("sync")
    assert chief("list", "step:dang_tai")["rows"][0]["entry"] == entry
    chief("approve", entry, "--read", chief("show", entry)["rid"])
    chief("sync")
    page = public_page(portal, entry)
    assert page.status_code == 200
    assert "<strong>khai trương</strong>" in page.text

    chief("unpublish", entry, "--reason", "Nhầm số liệu")
    chief("sync")
    assert public_page(portal, entry).status_code == 404
    assert [row["entry"] for row in writer("search", "mot cua moi")["rows"]] == [entry]


def test_a_returned_article_comes_back_with_its_reason(terminal: Opening, portal: LivePortal, text: Path) -> None:
    writer, deputy = (signed_in(terminal, portal, n) for n in ("ctv.vanhoa", "phoban1"))
    fields = ("--set", "title=Bài bị trả", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
    entry = writer("new", "article", *fields, "--file", f"body={text}")["entry"]
    writer("submit", entry)
    writer("sync")
    deputy("sync")
    deputy("return", entry, "--reason", "Thiếu số liệu")
    deputy("sync")
    writer("sync")
    assert entry in [row["entry"] for row in writer("list", "returned")["rows"]]
    writer("edit", entry, "--set", "summary=Đã bổ sung số liệu")
    assert writer("submit", entry)["phase"] == "waiting"
    report = writer("sync")
    assert (report["sent"], report["waiting"], report["cards"]) == (2, 0, 0)


def test_a_conflict_is_looked_at_answered_and_a_merged_text_read(
    terminal: Opening, portal: LivePortal, tmp_path: Path
) -> None:
    writer, deputy = (signed_in(terminal, portal, n) for n in ("ctv.vanhoa", "phoban1"))

    def both_write(entry: str, mine: str, theirs: str) -> dict[str, Any]:
        deputy("sync")
        writer("edit", entry, "--set", f"body={mine}")
        writer("submit", entry)
        deputy("edit", entry, "--set", f"body={theirs}")
        deputy("submit", entry)
        deputy("sync")
        deputy("return", entry, "--reason", "Cùng sửa")
        deputy("sync")
        writer("sync")
        return writer("conflict", entry)

    fields = ("--set", "title=Bài chung", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
    entry = writer("new", "article", *fields, "--set", "body=mở đầu\n\ngiữa\n\nkết")["entry"]
    writer("submit", entry)
    writer("sync")
    deputy("sync")
    deputy("return", entry, "--reason", "Sửa chung")
    deputy("sync")
    writer("sync")

    view = both_write(entry, "mở đầu 1\n\ngiữa\n\nkết", "mở đầu 2\n\ngiữa\n\nkết")["view"]
    assert view["questions"] == ["/body#0"]
    answers = tmp_path / "tra-loi.json"
    answers.write_text(json.dumps({"head": view["head"], "mine": "0" * 64, "choices": {"/body#0": "theirs"}}), "utf-8")
    assert writer("conflict", entry, "--answers", str(answers), exits=1)["error"]["rule"] == "other-revision"
    choices = {"/body#0": {"edited": "mở đầu 3"}}
    answers.write_text(json.dumps({"head": view["head"], "mine": view["mine"], "choices": choices}), "utf-8")
    preview = writer("conflict", entry, "--answers", str(answers), "--preview")
    assert (preview["conflict"], preview["view"]["questions"]) == (True, [])
    assert preview["view"]["fields"]["body"] == "mở đầu 3\n\ngiữa\n\nkết"
    done = writer("conflict", entry, "--answers", str(answers))
    assert (done["conflict"], done["fields"]["body"]) == (False, "mở đầu 3\n\ngiữa\n\nkết")
    writer("submit", entry)
    writer("sync")
    writer("recall", entry)
    writer("sync")

    told = both_write(entry, "mở đầu 3\n\ngiữa\n\nkết 4", "mở đầu 5\n\ngiữa\n\nkết")
    assert (told["conflict"], told["merged"]) == (False, True)
    assert told["fields"]["body"] == "mở đầu 5\n\ngiữa\n\nkết 4"
    assert writer("submit", entry, exits=1)["error"]["rule"] == "merged-unread"
    assert not writer("conflict", entry, "--read")["merged"]
    assert writer("submit", entry)["phase"] == "waiting"


def test_the_first_password_must_be_changed(terminal: Opening, portal: LivePortal) -> None:
    newcomer = terminal(NEWCOMER)
    refusal = newcomer("sign-in", portal.url, NEWCOMER, "--password-stdin", typed=f"{FIRST_PASSWORD}\n", exits=1)
    assert refusal["error"]["rule"] == "password-change-required"
    weak = newcomer("password", portal.url, NEWCOMER, "--password-stdin", typed=f"{FIRST_PASSWORD}\n123\n", exits=1)
    assert weak["error"]["rule"] == "weak-password"
    newcomer("password", portal.url, NEWCOMER, "--password-stdin", typed=f"{FIRST_PASSWORD}\nmat-khau-rieng-9\n")
    assert newcomer("list")["total"] >= 0


@pytest.mark.parametrize(
    ("words", "exits", "code"),
    [
        (("show", "0193"), 1, "gone"),
        (("new", "khong-co"), 1, "unknown-kind"),
        (("new", "article", "--file", "body=/khong/co"), 1, "unreadable-file"),
        (("sign-in", "http://127.0.0.1:1", "phoban1", "--password-stdin"), 1, "other-member"),
    ],
)
def test_refusals_name_their_rule(
    terminal: Opening, portal: LivePortal, words: tuple[str, ...], exits: int, code: str
) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    assert writer(*words, typed="x\n", exits=exits)["error"]["rule"] == code


def test_a_wrong_password_is_told(terminal: Opening, portal: LivePortal) -> None:
    refusal = terminal("x")("sign-in", portal.url, "btv.tin", "--password-stdin", typed="sai\n", exits=1)
    assert refusal["error"]["rule"] == "bad-credentials"


def test_without_the_portal_everything_but_the_sync_works(terminal: Opening, tmp_path: Path, text: Path) -> None:
    with live_portal(tmp_path) as running:
        writer = signed_in(terminal, running, "ctv.vanhoa")
    fields = ("--set", "title=Viết khi mất mạng", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
    entry = writer("new", "article", *fields, "--file", f"body={text}")["entry"]
    writer("submit", entry)
    assert writer("sync", exits=4)["error"]["code"] == "offline"
    assert writer("show", entry)["waiting"] == 2


def test_without_a_keyring_the_password_signs_in_for_one_call(
    terminal: Opening, portal: LivePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.sync.vault.SECURE_BACKENDS", frozenset())
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    assert writer("sync", exits=1)["error"]["rule"] == "not-signed-in"
    assert writer("sync", "--password-stdin", typed=f"{PASSWORD}\n")["secure"] is False


def test_a_home_in_use_is_refused(terminal: Opening, portal: LivePortal) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    with locked(writer.home):
        assert writer("list", exits=3)["error"]["code"] == "home-busy"


def test_extract_needs_no_home_and_keeps_its_keys(terminal: Opening) -> None:
    path = resources.path("texts", "004.txt")
    found = terminal("none")("extract", str(path))
    assert (found["so_hieu"], found["ngay_hieu_luc"], found["tinh_trang"]) == ("13/2015/QĐ-UBND", "2015-05-31", None)
    start, end = found["evidence"]["so_hieu"]["span"]
    assert path.read_text(encoding="utf-8")[start:end] == "13/2015/QĐ-UBND"
    assert found["structure"]["dieu_quyet_dinh"] == 3
    assert found["dieu_headings"][14]["tieu_de"] == "Điều khoản thi hành"


def test_render_needs_no_home(terminal: Opening, tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text("Điều 1. Phạm vi\n\n1. Một\n\na) Điểm a\n", "utf-8")
    html = terminal("none")("render", str(path), "--dialect", "legal")["html"]
    assert "<ol" not in html
    assert "a) Điểm a" in html


def test_a_file_is_proofread_without_a_home(terminal: Opening, tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text("Điều 1. Hệ thng\n\nTrưởng Ban , phó ban\n", "utf-8")
    answer = terminal("none")("check", str(path))
    assert answer["counts"] == {"spelling": 1, "form-space-before": 1}
    first = answer["findings"][0]
    assert (first["text"], first["line"], first["column"], first["fixes"][0]) == ("thng", 1, 12, "thống")


def test_a_copied_home_is_another_device_and_nothing_is_sent_twice(
    terminal: Opening, portal: LivePortal, text: Path, tmp_path: Path
) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    fields = ("--set", "title=Bài trên hai máy", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
    entry = writer("new", "article", *fields, "--file", f"body={text}")["entry"]
    writer("submit", entry)
    shutil.copytree(writer.home, tmp_path / "copy")
    copy = terminal("copy")
    assert [item["code"] for item in copy("notices")["notices"]] == ["device-cloned"]
    assert copy("sync", exits=1)["error"]["rule"] == "not-signed-in"
    assert copy("sync", "--password-stdin", typed=f"{PASSWORD}\n")["cards"] == 0
    report = writer("sync")  # still signed in: the copy's sign-in was another device's
    assert (report["waiting"], report["cards"]) == (0, 0)
    shown = [one("show", entry) for one in (writer, copy)]
    assert [(item["phase"], item["state_ver"], item["waiting"]) for item in shown] == [("waiting", 1, 0)] * 2
    assert copy("dismiss", "device-cloned")["notices"] == []
    assert writer("notices")["notices"] == []


def test_unsent_work_is_exported_without_portal_or_sign_in(
    terminal: Opening, portal: LivePortal, text: Path, tmp_path: Path
) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    fields = ("--set", "title=Chưa gửi", "--set", "section=tin-hoat-dong")
    entry = writer("new", "article", *fields, "--set", "body=Một\n\nHai")["entry"]
    sent = writer("new", "article", *fields, "--set", "source.name=Văn phòng", "--file", f"body={text}")["entry"]
    picture = tmp_path / "..ảnh.png"
    picture.write_bytes(b"png")
    writer("attach", entry, str(picture))
    writer("submit", sent)
    writer("sync")
    done = writer("export", str(tmp_path / "ra"))
    assert entry in done["entries"]
    assert sent not in done["entries"]
    folder = tmp_path / "ra" / entry
    assert json.loads((folder / "entry.json").read_text("utf-8"))["fields"]["title"] == "Chưa gửi"
    assert (folder / "body.md").read_text("utf-8") == "Một\n\nHai"
    assert [path.read_bytes() for path in folder.glob("*-*.png")] == [b"png"]
    assert writer("export", str(tmp_path / "ra"), exits=1)["error"]["rule"] == "folder-not-empty"
    assert writer("export", str(tmp_path / "mot"), "--entry", sent)["entries"] == [sent]


def test_an_old_archive_is_looked_at_then_brought_in_and_goes_up(
    terminal: Opening, portal: LivePortal, tmp_path: Path
) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    (tmp_path / "17.pdf").write_bytes(b"%PDF-1.4 con dau")
    (tmp_path / "danh-muc.csv").write_text(
        "Số hiệu;Ngày ban hành;Tên văn bản;Tệp\n17/QĐ;6/6/2011;Quyết định 17;17.pdf\n18/QĐ;hôm qua;Quyết định 18;\n",
        "utf-8",
    )
    words = ("import", str(tmp_path), "--section", "van-ban-quy-pham")
    looked = writer(*words, "--dry-run")
    assert (looked["new"], looked["refused"], writer("list", "kind:legal-document")["total"]) == (1, 1, 0)
    done = writer(*words, "--report", str(tmp_path / "ket-qua.txt"))
    assert [item["fate"] for item in done["documents"]] == ["new", "refused"]
    assert "invalid-field" in (tmp_path / "ket-qua.txt").read_text("utf-8-sig")
    entry = done["documents"][0]["entry"]
    assert writer("show", entry)["fields"]["ngay_ban_hanh"] == "2011-06-06"
    assert writer(*words)["there"] == 1
    assert writer("import", str(tmp_path / "khong-co"), exits=1)["error"]["rule"] == "archive-nothing"


def test_a_legal_document_goes_out_in_the_forms_that_others_read(
    terminal: Opening, portal: LivePortal, text: Path, tmp_path: Path
) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    fields = ("--set", "title=Quyết định", "--set", "section=van-ban-quy-pham", "--set", "so_hieu=17/2011/QĐ-UBND")
    entry = writer("new", "legal-document", *fields, "--file", f"body={text}")["entry"]
    empty = writer("new", "legal-document", *fields)["entry"]
    words = ("export", str(tmp_path / "ra"), "--as", "docx", "--as", "akn", "--as", "txt")
    done = writer(*words, "--entry", entry)
    assert done["files"] == ["17-2011-QĐ-UBND.docx", "17-2011-QĐ-UBND.akn.xml", "17-2011-QĐ-UBND.txt"]
    assert all((tmp_path / "ra" / name).stat().st_size for name in done["files"])
    assert writer(*words, exits=1)["error"]["rule"] == "export-one"
    assert writer(*words, "--entry", empty, exits=1)["error"]["rule"] == "export-no-text"


def test_a_calendar_file_is_looked_at_and_refused_where_the_portal_has_no_calendars(
    terminal: Opening, portal: LivePortal, tmp_path: Path
) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    path = tmp_path / "tuan.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261123T080000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
        b"SUMMARY:Hop\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert writer("calendar", str(path), "--dry-run") == {"entry": None, "week": "2026-11-23", "items": 3, "outside": 0}
    assert writer("calendar", str(path), "--week", "2027-01-06", "--dry-run")["outside"] == 1
    path.write_bytes(b"BEGIN:VEVENT")
    assert writer("calendar", str(path), exits=1)["error"]["rule"] in {"calendar-broken", "calendar-empty"}


def test_only_an_open_question_is_answered(terminal: Opening, portal: LivePortal) -> None:
    writer = signed_in(terminal, portal, "ctv.vanhoa")
    for verb in ("confirm", "decline", "dismiss"):
        assert writer(verb, "mass-removal", exits=1)["error"]["rule"] == "not-found"


def test_a_device_that_was_signed_out_elsewhere_keeps_its_work_until_the_next_sign_in(
    terminal: Opening, tmp_path: Path, text: Path
) -> None:
    with live_portal(tmp_path) as running:
        here, elsewhere = (terminal(name) for name in ("here", "elsewhere"))
        here("sign-in", running.url, "btv.tin", "--password-stdin", typed=f"{PASSWORD}\n")
        fields = ("--set", "title=Giữ tại chỗ", "--set", "section=tin-hoat-dong", "--set", "source.name=Văn phòng")
        entry = here("new", "article", *fields, "--file", f"body={text}")["entry"]
        here("submit", entry)
        fresh = "mat-khau-rieng-10"
        elsewhere("password", running.url, "btv.tin", "--password-stdin", typed=f"{PASSWORD}\n{fresh}\n")
        assert here("sync", exits=1)["error"]["rule"] == "device-revoked"
        assert here("sync", exits=1)["error"]["rule"] == "not-signed-in"
        assert here("show", entry)["waiting"] == 2
        assert here("export", str(tmp_path / "ra"))["entries"] == [entry]
        refused = here("sign-in", running.url, "phoban1", "--password-stdin", typed=f"{PASSWORD}\n", exits=1)
        assert refused["error"]["rule"] == "other-member"
        report = here("sync", "--password-stdin", typed=f"{fresh}\n")
        assert (report["sent"], report["waiting"], report["cards"]) == (2, 0, 0)


def test_the_way_out_is_set_and_shown_without_a_portal(terminal: Opening, tmp_path: Path) -> None:
    root = tmp_path / "root.pem"
    root.write_text("a certificate")
    home = terminal("new")
    assert home("network") == {"proxy": "", "proxy_user": "", "certificates": []}
    home("network", "--proxy", "http://proxy.invalid:3128", "--proxy-user", "may", "--password-stdin", typed="x\n")
    shown = home("network", "--certificate", str(root))
    assert shown == {"proxy": "http://proxy.invalid:3128", "proxy_user": "may", "certificates": [str(root)]}
    assert home("network", "--proxy", "none")["proxy"] == "none"
    assert "x" not in (home.home / "network.json").read_text().split('"')


def test_network_settings_that_cannot_be_read_keep_nobody_from_writing(
    terminal: Opening, portal: LivePortal, text: Path
) -> None:
    one = signed_in(terminal, portal, "ctv.vanhoa")
    (one.home / "network.json").write_text("{")
    assert one("new", "article", "--file", f"body={text}")["entry"]
    assert one("sync", exits=4)["error"]["code"] == "network-settings"
