"""The window's language: switched live, Qt's own words included, nothing left in English, compiled files up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QLineEdit, QMenu, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.ui.i18n import Language, Languages
from tests.support.log_guard import ExpectLog
from tools.translate import COMPILED, LOCALE, compile_into, gather, unfinished

_FIRST = QMessageBox.StandardButton.FirstButton.value
_LAST = QMessageBox.StandardButton.LastButton.value


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    before = QLocale()
    made = Languages(qapp)
    yield made
    if made._translator is not None:
        qapp.removeTranslator(made._translator)
    made.setParent(None)
    made.deleteLater()
    QLocale.setDefault(before)


class Greeting(QLabel):
    """A widget as the others do it: words again on every change of language."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.heard += 1
            self.setText(QApplication.translate("FindBar", "Replace all"))
        super().changeEvent(event)


def test_a_living_widget_changes_its_language(languages: Languages, qtbot: QtBot) -> None:
    label = Greeting()
    qtbot.addWidget(label)
    label.show()
    turns: list[tuple[Language, str]] = [("vi", "Thay tất cả"), ("en", "Replace all"), ("vi", "Thay tất cả")]
    for language, words in turns:
        with qtbot.waitSignal(languages.changed) as changed:
            languages.install(language)
        assert changed.args == [language]
        qtbot.waitUntil(lambda words=words: label.text() == words)  # type: ignore[misc]


def test_the_same_language_again_disturbs_nobody(languages: Languages, qtbot: QtBot) -> None:
    label = Greeting()
    qtbot.addWidget(label)
    languages.install("vi")
    heard = label.heard
    with qtbot.assertNotEmitted(languages.changed):
        languages.install("vi")
    assert label.heard == heard


@pytest.mark.parametrize(("count", "vi", "en"), [(1, "1 từ", "1 word"), (412, "412 từ", "412 words")])
def test_numbers_have_their_plural(languages: Languages, count: int, vi: str, en: str) -> None:
    said = []
    for language in ("vi", "en"):
        languages.install(language)
        said.append(QApplication.translate("EditorToolbar", "%n word(s)", None, count))
    assert said == [vi, en]


def test_qts_own_buttons_are_vietnamese(languages: Languages, qtbot: QtBot) -> None:
    languages.install("vi")
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    standard = QDialogButtonBox.StandardButton
    wanted = {
        standard.Ok: "Đồng ý",
        standard.Cancel: "Hủy",
        standard.Yes: "&Có",
        standard.No: "&Không",
        standard.Save: "Lưu",
        standard.Discard: "Không lưu",
        standard.Close: "Đóng",
        standard.Help: "Trợ giúp",
        standard.Apply: "Áp dụng",
        standard.Retry: "Thử lại",
        standard.Open: "Mở",
    }
    assert {button: box.addButton(button).text() for button in wanted} == wanted


def test_every_standard_button_is_translated(languages: Languages, qtbot: QtBot) -> None:
    english = _buttons(qtbot)
    languages.install("vi")
    vietnamese = _buttons(qtbot)
    assert [text for name, text in vietnamese.items() if text == english[name]] == []


def _buttons(qtbot: QtBot) -> dict[str, str]:
    box = QMessageBox()
    qtbot.addWidget(box)
    # The enum holds masks and flags besides the buttons, which are single bits between these two.
    buttons = [b for b in QMessageBox.StandardButton if _FIRST <= b.value <= _LAST and b.value.bit_count() == 1]
    found = {button.name or "": box.addButton(button).text() for button in buttons}
    assert len(found) >= 18
    return found


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_context_menu_of_a_field_is_vietnamese(
    languages: Languages, qtbot: QtBot, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    languages.install("vi")
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert isinstance(menu, QMenu)
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words == ["&Hoàn tác", "&Làm lại", "Cắ&t", "&Sao chép", "&Dán", "Xóa", "Chọn tất cả"]
    menu.deleteLater()


def test_calendars_follow(languages: Languages) -> None:
    languages.install("vi")
    assert QLocale().toString(QDate(2026, 11, 22), "dddd") == "Chủ Nhật"
    languages.install("en")
    assert QLocale().toString(QDate(2026, 11, 22), "dddd") == "Sunday"
    assert QLocale().firstDayOfWeek() == Qt.DayOfWeek.Monday


def test_a_missing_translation_is_logged_and_english_stays(
    languages: Languages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("no translation at", logger="desktop.ui.i18n")
    monkeypatch.setattr("resources._ROOT", tmp_path)
    languages.install("vi")
    assert QApplication.translate("FindBar", "Replace all") == "Replace all"


@pytest.mark.parametrize("name", sorted({part for parts in COMPILED.values() for part in parts}))
def test_nothing_is_left_untranslated(name: str) -> None:
    assert list(unfinished(LOCALE / name)) == []


def test_every_sentence_of_the_code_is_in_the_translation(tmp_path: Path) -> None:
    """Gathered anew beside a copy, the files must come out as they are: `./dev translate` was not forgotten."""
    for name in ("toasoan_vi.ts", "toasoan_en.ts"):
        (tmp_path / name).write_bytes((LOCALE / name).read_bytes())
    gather(tmp_path)
    for name in ("toasoan_vi.ts", "toasoan_en.ts"):
        assert (tmp_path / name).read_text(encoding="utf-8") == (LOCALE / name).read_text(encoding="utf-8"), (
            f"{name} is not what the code says now: run ./dev translate"
        )


def test_the_compiled_files_are_those_of_the_translation(tmp_path: Path) -> None:
    compile_into(tmp_path)
    stale = [name for name in COMPILED if (tmp_path / name).read_bytes() != (LOCALE / name).read_bytes()]
    assert stale == [], "run ./dev translate"


def test_an_unfinished_sentence_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.ts"
    path.write_text(
        "<TS><context><name>A</name><message><source>one</source><translation>một</translation></message>"
        '<message><source>two</source><translation type="unfinished">hai</translation></message>'
        "<message><source>three</source><translation></translation></message></context></TS>",
        encoding="utf-8",
    )
    assert list(unfinished(path)) == ["A: two", "A: three"]
