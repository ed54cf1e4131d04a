"""An old portal's archive brought in: read, looked at, refused by line, resumed, and nothing twice."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from desktop.application.archive import BATCH, Choice, Fate, Outcome
from desktop.domain.errors import BadContent, NotFound
from desktop.domain.ids import EntryId
from tests.support.offices import Office

SECTION = "van-ban-quy-pham"
HEADER = ("Số hiệu", "Loại văn bản", "Nơi ban hành", "Ngày ban hành", "Tên văn bản", "Tình trạng", "Tệp", "Ghi chú")


def row(number: int, **other: str) -> list[str]:
    cells = {
        "Số hiệu": f"{number}/2011/QĐ-UBND",
        "Loại văn bản": "quyết định",
        "Nơi ban hành": "Ủy ban nhân dân tỉnh",
        "Ngày ban hành": f"{number % 28 + 1}/6/2011",
        "Tên văn bản": f"Quyết định về việc thứ {number}",
        "Tình trạng": "Đang cập nhật",
        **other,
    }
    return [cells.get(name, "") for name in HEADER]


def catalogue(folder: Path, *rows: list[str], name: str = "danh-muc.csv", delimiter: str = ",") -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *rows])
    return folder / name


def brought(office: Office, path: Path, *, dry: bool = False, section: str | None = SECTION) -> list[Outcome]:
    choice = Choice(section=section, dry=dry)
    told: list[Outcome] = []
    office.archive.bring_in(office.archive.read(path, choice).records, choice, told.append)
    return told


def fates(told: list[Outcome]) -> Counter[str]:
    return Counter(outcome.fate.value for outcome in told)


def only(told: list[Outcome]) -> EntryId:
    (entry_id,) = [outcome.entry_id for outcome in told]
    assert entry_id is not None
    return entry_id


def test_a_row_becomes_a_draft_with_its_own_dates_text_and_files(tmp_path: Path) -> None:
    office = Office()
    path = catalogue(tmp_path / "kho", row(17, Tệp="van-ban/17.txt; van-ban/17.pdf"))
    (tmp_path / "kho" / "van-ban").mkdir()
    (tmp_path / "kho" / "van-ban" / "17.txt").write_text("Điều 1. Ban hành\n", "utf-8")
    (tmp_path / "kho" / "van-ban" / "17.pdf").write_bytes(b"%PDF-1.7 con dau")
    (outcome,) = brought(office, path)
    document = office.drafting.open(only([outcome]))
    assert outcome.place == "danh-muc.csv:2"
    assert dict(document.fields) == {
        "title": "Quyết định về việc thứ 17",
        "section": SECTION,
        "so_hieu": "17/2011/QĐ-UBND",
        "loai_van_ban": "Quyết định",
        "co_quan_ban_hanh": "Ủy ban nhân dân tỉnh",
        "ngay_ban_hanh": "2011-06-18",
        "body": "Điều 1. Ban hành\n",
    }
    (file,) = document.attachments
    assert file["name"] == "17.pdf"
    assert office.library.blob(str(file["sha256"])) == b"%PDF-1.7 con dau"


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    office = Office()
    path = catalogue(tmp_path / "kho", row(1), row(2), row(1), row(3, **{"Ngày ban hành": "31/2/2011"}))
    looked = brought(office, path, dry=True)
    assert fates(looked) == {"new": 2, "there": 1, "refused": 1}
    assert office.announced == []
    assert [(one.place, one.fate) for one in brought(office, path)] == [(one.place, one.fate) for one in looked]


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    office = Office()
    path = catalogue(tmp_path / "kho", *(row(number) for number in range(1, 3 * BATCH)))

    def cut(outcome: Outcome) -> None:
        if outcome.place.endswith(f":{BATCH + 5}"):
            raise KeyboardInterrupt

    choice = Choice(section=SECTION)
    with pytest.raises(KeyboardInterrupt):
        office.archive.bring_in(office.archive.read(path, choice).records, choice, cut)
    assert fates(brought(office, path)) == {"there": 2 * BATCH, "new": BATCH - 1}
    assert fates(brought(office, path)) == {"there": 3 * BATCH - 1}


def test_a_document_that_a_person_has_entered_is_not_entered_again(tmp_path: Path) -> None:
    office = Office()
    entry_id = office.drafting.create("legal-document", section=SECTION)
    office.drafting.save(
        entry_id,
        {"title": "Đã nhập tay", "section": SECTION, "so_hieu": "17/2011/QD-UBND", "ngay_ban_hanh": "2011-06-18"},
    )
    (outcome,) = brought(office, catalogue(tmp_path / "kho", row(17)))
    assert (outcome.fate, outcome.entry_id) == (Fate.THERE, entry_id)


def test_every_line_that_is_refused_says_by_which_rule(tmp_path: Path) -> None:
    office = Office()
    path = catalogue(
        tmp_path / "kho",
        row(1, **{"Tên văn bản": ""}),
        row(2, **{"Ngày ban hành": "mùa hè 2011"}),
        row(3, **{"Loại văn bản": "Bài thơ"}),
        row(4, Tệp="khong-co.pdf"),
        row(5, Tệp="../ngoai.pdf"),
    )
    (tmp_path / "ngoai.pdf").write_bytes(b"of another folder")
    told = brought(office, path)
    assert [one.rule.code if one.rule else "" for one in told] == [
        "archive-untitled", "invalid-field", "invalid-field", "archive-file-missing", "archive-file-missing",
    ]  # fmt: skip
    assert [one.rule.code for one in brought(office, path, section="tin-kinh-te") if one.rule][
        -1
    ] == "archive-file-missing"
    (outside,) = brought(office, catalogue(tmp_path / "khac", row(6)), section="tin-kinh-te")
    assert outside.rule is not None
    assert outside.rule.code == "section"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_catalogue_of_any_spreadsheet_is_read(tmp_path: Path, delimiter: str) -> None:
    path = catalogue(tmp_path / "kho", row(1, Tệp="", **{"Tên văn bản": "Có dấu , và ;"}), delimiter=delimiter)
    source = Office().archive.read(path, Choice())
    assert source.unused == ("Ghi chú",)
    assert source.records[0].fields["title"] == "Có dấu , và ;"


def test_a_folder_of_texts_needs_no_catalogue(tmp_path: Path) -> None:
    office = Office()
    (tmp_path / "2011").mkdir()
    (tmp_path / "2011" / "qd-[17].txt").write_text("Quyết định\n", "utf-8")
    (tmp_path / "2011" / "qd-[17].pdf").write_bytes(b"%PDF")
    (tmp_path / "2011" / "qd-18.pdf").write_bytes(b"%PDF of another")
    (outcome,) = brought(office, tmp_path)
    document = office.drafting.open(only([outcome]))
    assert (outcome.place, document.fields["title"]) == ("2011/qd-[17].txt", "qd-[17]")
    assert [item["name"] for item in document.attachments] == ["qd-[17].pdf"]


def test_what_a_text_says_of_itself_fills_the_form_where_the_kind_allows_it(tmp_path: Path) -> None:
    office = Office(
        facts={
            "so_hieu": "17/QĐ",
            "summary": "ban hành Quy chế",
            "loai_van_ban": "Bài thơ",
            "ngay_ban_hanh": "6/6/2011",
        }
    )
    (tmp_path / "qd.txt").write_text("Quyết định\n", "utf-8")
    fields = dict(office.drafting.open(only(brought(office, tmp_path))).fields)
    assert (fields["title"], fields["so_hieu"], fields["ngay_ban_hanh"]) == ("ban hành Quy chế", "17/QĐ", "2011-06-06")
    assert "loai_van_ban" not in fields


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    office = Office()

    def refused(path: Path) -> str:
        with pytest.raises(BadContent) as told:
            office.archive.read(path, Choice())
        return told.value.rule.code

    assert refused(tmp_path / "khong-co") == "archive-nothing"
    assert refused(tmp_path) == "archive-nothing"
    (tmp_path / "la.csv").write_text("a,b\n1,2\n", "utf-8")
    assert refused(tmp_path) == "archive-columns"
    catalogue(tmp_path, row(1))
    assert refused(tmp_path) == "archive-catalogues"
    with pytest.raises(NotFound):
        office.archive.read(tmp_path, Choice("la-gi"))
