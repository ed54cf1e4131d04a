"""The token table reads well in both themes, and the stylesheet is made of it alone."""

import re

import pytest

import resources
from desktop.ui.theme.qss import stylesheet
from desktop.ui.theme.tokens import DARK, LIGHT, Tokens, Tone, tone_colours

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
# Text and the ground it stands on.
PAIRS = [
    ("ink", "bg"), ("ink", "panel"), ("ink", "select"), ("ink", "hover"), ("text", "panel"), ("text", "current_block"),
    ("muted", "bg"), ("muted", "panel"), ("muted", "select"), ("muted", "side_panel"), ("accent_ink", "accent"),
    ("accent_ink", "accent_hover"), ("red", "panel"), ("red", "select"), ("red", "problem_wash"), ("blue", "panel"),
    ("green", "panel"), ("amber_text", "panel"), ("amber_text", "problem_wash"), ("ink", "amber_wash"),
    ("ink", "accent_wash"), ("ink", "green_wash"), ("nav_text", "nav"), ("nav_text", "nav_hover"), ("nav_muted", "nav"),
    ("nav_muted", "nav_on"), ("nav_group", "nav"), ("status_text", "status"), ("chip_on_ink", "chip_on"),
    ("ink", "insert_wash"), ("delete_ink", "delete_wash"), ("ink", "find_wash"),
]  # fmt: skip
# What must be seen beside what, without being read: 3 : 1.
MARKS = [
    ("focus", "panel"), ("focus", "bg"), ("nav_focus", "nav"), ("offline_dot", "status"), ("online_dot", "status"),
    ("mark_text", "panel"), ("mark_text", "current_block"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("tone", list(Tone))
def test_a_pill_can_be_read(tokens: Tokens, tone: Tone) -> None:
    assert contrast(*tone_colours(tone, tokens)) >= 4.5


@BOTH
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_are_seen(tokens: Tokens, mark: str, ground: str) -> None:
    assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3


def test_known_contrasts_are_measured_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_the_sheet_is_whole(tokens: Tokens) -> None:
    sheet = stylesheet(tokens, family="Be Vietnam Pro")
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert tokens.accent in sheet


def test_the_sheet_names_no_colour_of_its_own() -> None:
    source = resources.path("styles", "desk.qss").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", source)) <= {"#ffffff"}


@BOTH
def test_every_picture_of_the_sheet_exists(tokens: Tokens) -> None:
    sheet = stylesheet(tokens, family="x")
    folder = resources.path("styles", "icons")
    urls = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert urls
    assert all(url.startswith(folder.as_posix()) for url in urls)
    assert [url for url in urls if not (folder.parent / url).exists()] == []
