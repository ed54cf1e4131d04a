"""Themes: parameters as CSS variables, the words of both languages, the contrast of what is written."""

import itertools
import re
from pathlib import Path

import pytest

from server_stub.resources import THEMES, read_json
from server_stub.site.theme import Theme, theme_named, variables

STANDARD = theme_named("chuan", THEMES)
PARAMETERS = read_json("profiles", "generic.json")["theme"]


def test_parameters_become_variables() -> None:
    assert variables({"colours": {"accent": "#a3262a"}, "fonts": {"body": '"Noto Serif", serif'}}) == (
        ':root { --colour-accent: #a3262a; --font-body: "Noto Serif", serif; }'
    )


@pytest.mark.parametrize("value", ["red; } body { display: none", "url(//x)", "#12", 7, "expression(1)", "#fff\n", ""])
def test_what_is_not_plainly_a_colour_or_a_font_is_left_out(value: object) -> None:
    assert variables({"colours": {"ink": value}}) == ":root {  }"
    assert variables({"fonts": {"body;": "serif"}}) == ":root {  }"


@pytest.mark.parametrize("name", ["khong-co", "../profiles", "", None, "CHUAN"])
def test_an_unknown_theme_is_the_standard_one(name: object) -> None:
    assert theme_named(name, THEMES) == STANDARD


def test_a_theme_without_pages_of_its_own_takes_the_standard_ones(tmp_path: Path) -> None:
    (tmp_path / "rieng").mkdir()
    (tmp_path / "rieng" / "main.css").write_text("main { color: red }")
    (tmp_path / "chuan").symlink_to(THEMES / "chuan")
    own = theme_named("rieng", tmp_path)
    assert own == Theme(tmp_path / "rieng")
    assert b"main { color: red }" in own.sheet(PARAMETERS).data
    assert own.words == STANDARD.words


def test_the_sheet_changes_its_mark_with_its_bytes() -> None:
    same, other = STANDARD.sheet(PARAMETERS), STANDARD.sheet({"colours": {"accent": "#123456"}})
    assert same == STANDARD.sheet(PARAMETERS)
    assert same.mark != other.mark


def test_both_languages_have_the_same_words_and_every_page_uses_them() -> None:
    vi, en = STANDARD.words["vi"], STANDARD.words["en"]
    assert set(vi) == set(en)
    templates = "".join(path.read_text(encoding="utf-8") for path in STANDARD.site.glob("*.html"))
    used = set(re.findall(r"\bt\.([a-z_]+)", templates))
    assert used <= set(vi)
    assert {word for word in set(vi) - used if not word.startswith("lang_")} == set()


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _colour(value: str, sheet: str) -> str:
    """The colour that a value of the sheet comes to: of a variable its last definition."""
    found = re.fullmatch(r"var\((--[a-z-]+)(?:, (#[0-9a-f]+))?\)", value)
    if found is None:
        return value
    defined = re.findall(rf"{found[1]}: (var\([^)]*\)|#[0-9a-fA-F]+);", sheet)
    return _colour(defined[-1], sheet) if defined else found[2]


def test_text_of_the_site_stands_out_from_what_is_behind_it() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    sheet = STANDARD.sheet(PARAMETERS).data.decode()
    frame = "".join(path.read_text(encoding="utf-8") for path in STANDARD.site.glob("*.css"))
    white = [_colour(f"var(--{name})", sheet) for name in ("ink", "muted", "link", "accent", "navy")]
    pairs = [*itertools.product(white, ["#fff", "#f4f6f9"])]
    rules = re.findall(r"\{([^{}]*)\}", re.sub(r"@media[^{]*\{", "", frame))
    for rule in rules:
        ink, behind = re.search(r"[; ]color: ([^;]+)", rule), re.search(r"background: (#\w+|var\([^)]*\))", rule)
        if ink and behind and "transparent" not in rule and ink[1] != "inherit":
            pairs.append((_colour(ink[1].strip(), sheet), _colour(behind[1], sheet)))
    assert len(pairs) > 14
    for ink_colour, behind_colour in pairs:
        assert _contrast(ink_colour, behind_colour) >= 4.5, (ink_colour, behind_colour)
