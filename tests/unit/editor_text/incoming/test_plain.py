"""Text that a converter tore apart comes together; what it left behind goes; what stood in lines of its own stays."""

import pytest

import resources
from desktop.domain.legal.labels import LabelReader
from desktop.domain.text import tidy_text
from desktop.editor.text.incoming.plain import from_text


def test_regulation_001_is_whole_again() -> None:
    text = resources.path("texts", "001.txt").read_text("utf-8")
    made = from_text(text, "legal")
    assert "do cơ quan nhà nước hoặc tổ chức, doanh nghiệp được ủy quyền" in made
    assert "kích động bạo lực" in made
    assert "thông tin khác phù hợp với yêu cầu" in made
    assert made.count("<http") == 0
    assert "Chương V KINH PHÍ THỰC HIỆN, CHẾ ĐỘ BÁO CÁO, KIỂM TRA, KHEN THƯỞNG VÀ XỬ LÝ VI PHẠM" in made


@pytest.mark.parametrize("name", ["000.txt", "001.txt", "002.txt", "003.txt", "004.txt"])
def test_no_label_is_lost_or_made(name: str) -> None:
    text = resources.path("texts", name).read_text("utf-8")

    def labels(source: str) -> list[str]:
        reader = LabelReader()
        return [label.text for line in source.split("\n") if (label := reader.read(line)) is not None]

    assert labels(from_text(text, "legal")) == labels(tidy_text(text))


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("Cơ quan chịu trách nhiệm cung cấp thông tin cho các\n\n3\n\nđơn vị trực thuộc.",
         "Cơ quan chịu trách nhiệm cung cấp thông tin cho các đơn vị trực thuộc."),
        ("Về việc ban hành Quy chế tổ chức hoạt động\ncủa Cổng", "Về việc ban hành Quy chế tổ chức hoạt động\ncủa Cổng"),
        ("Các tổ chức, cá nhân có liên quan gồm những đối tượng\n\na) người viết",
         "Các tổ chức, cá nhân có liên quan gồm những đối tượng\n\na) người viết"),
        ("Kết thúc câu ở cuối trang rồi xuống trang sau.\n\nđoạn khác", "Kết thúc câu ở cuối trang rồi xuống trang sau.\n\nđoạn khác"),
        ("xem <http://a.gov.vn> và **đậm", "xem http://a.gov.vn và đậm"),
    ],
)  # fmt: skip
def test_pieces(torn: str, whole: str) -> None:
    assert from_text(torn, "legal") == whole
