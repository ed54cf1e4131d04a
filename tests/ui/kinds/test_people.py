"""People with shares, entered by keys: the whole for one, equal parts for several, what is left of it said at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.digest import Json
from desktop.domain.kind import missing
from desktop.ui.document.form_view import FormView
from desktop.ui.presenters.checks import checks
from desktop.ui.presenters.form import form, merged
from desktop.ui.presenters.values import FieldWords
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import CONTRIBUTOR, KINDS, PROFILE

ARTICLE = KINDS["article"]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[FormView]:
    made = FormView()
    qtbot.addWidget(made)
    made.build(form(ARTICLE, PROFILE, CONTRIBUTOR, lang="vi"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def press(view: FormView, name: str) -> None:
    button = view.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.keyClick(button, Qt.Key.Key_Space)


def table(view: FormView) -> QTableWidget:
    found = view.findChild(QTableWidget, "field.authors")
    assert found is not None
    return found


def write(view: FormView, row: int, column: int, text: str) -> None:
    shown = table(view)
    shown.setCurrentCell(row, column)
    QTest.keyClicks(shown, text[0])
    editor = shown.findChildren(QLineEdit)[-1]
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def add(view: FormView, name: str) -> None:
    press(view, "field.authors.add")
    write(view, table(view).rowCount() - 1, 0, name)


def authors(view: FormView) -> Json:
    return merged({}, view.values()).get("authors")


def told(view: FormView) -> str:
    label = view.findChild(QLabel, "field.authors.total")
    assert label is not None
    return label.text()


def test_who_is_alone_has_the_whole(view: FormView) -> None:
    add(view, "Phong Tin")
    assert authors(view) == [{"id": "phong tin", "name": "Phong Tin", "share": "100"}]
    assert told(view) == "Together 100 %"


def test_three_divide_the_whole_to_the_hundredth(view: FormView) -> None:
    for name in ("Mot", "Hai", "Ba"):
        add(view, name)
    assert told(view) == "Together 100 %"  # the second and the third have nothing yet
    press(view, "field.authors.divide")
    given = authors(view)
    assert isinstance(given, list)
    assert [person["share"] for person in given if isinstance(person, dict)] == ["33.34", "33.33", "33.33"]
    assert missing(ARTICLE, PROFILE, {"authors": given}, "submit").count("/authors/share") == 0
    shown = table(view).item(1, 2)
    assert shown is not None
    assert shown.text() == "33,33"


def test_what_is_left_or_too_much_is_said_while_one_types(view: FormView) -> None:
    add(view, "Mot")
    add(view, "Hai")
    write(view, 0, 2, "60")
    write(view, 1, 2, "30,5 %")
    assert told(view) == "Together 90,5 % · 9,5 % left"
    write(view, 1, 2, "50")
    assert told(view) == "Together 110 % · 10 % too much"
    found = checks(ARTICLE, PROFILE, {"authors": authors(view)}, gate="submit", lang="vi", translate=untranslated)
    said = {check.pointer: check for check in found}
    assert said["/authors/share"].text == "Tác giả: the shares make 110 %, not 100 %"
    assert said["/authors/share"].clause == "Dự thảo Quy chế Bình Phước Điều 8.3, 19.1e"


def test_a_person_keeps_an_id_through_another_name_and_a_namesake_gets_another(view: FormView) -> None:
    add(view, "Mot/Hai")
    add(view, "Mot Hai")
    write(view, 0, 0, "Ba")
    given = authors(view)
    assert isinstance(given, list)
    assert [(person["id"], person["name"]) for person in given if isinstance(person, dict)] == [
        ("mot hai", "Ba"),
        ("mot hai (2)", "Mot Hai"),
    ]


def test_what_the_form_does_not_show_of_a_person_stays(view: FormView) -> None:
    before: Json = [{"id": "m-7", "name": "Mot", "share": "100", "account": "ctv.vanhoa"}]
    view.load({"authors": before})
    write(view, 0, 1, "Anh")
    assert authors(view) == [{"id": "m-7", "name": "Mot", "part": "Anh", "share": "100", "account": "ctv.vanhoa"}]


def test_who_sends_it_in_is_asked_for_when_one_says_so(view: FormView) -> None:
    phone = view.findChild(QWidget, "field.contributor.phone")
    assert phone is not None
    assert not phone.isVisible()
    press(view, "field.contributor.open")
    assert phone.isVisible()
    QTest.keyClicks(phone, "0271")
    fields = merged({}, view.values())
    assert fields["contributor"] == {"phone": "0271"}
    found = checks(ARTICLE, PROFILE, fields, gate="submit", lang="vi", translate=untranslated)
    assert [check.text for check in found if check.pointer.startswith("/contributor")] == [
        "Người cung cấp bên ngoài – Họ tên or Tổ chức: must be filled in",
        "Người cung cấp bên ngoài – Thư điện tử or Địa chỉ liên lạc: must be filled in",
        "Người cung cấp bên ngoài – Số điện thoại: not in the form expected",
    ]


def test_two_shares_of_one_person_are_told_apart_in_a_conflict() -> None:
    words = FieldWords(ARTICLE, PROFILE, "vi", untranslated)
    person: Json = {"id": "a", "name": "Mot", "part": "Ảnh", "share": "33.33"}
    assert words.value("/authors/a", person) == "Mot · Ảnh · 33,33 %"
    assert words.name("/authors/a") == "Tác giả"
    assert words.value("/genre", "hoat-dong") == "Tin hoạt động"
