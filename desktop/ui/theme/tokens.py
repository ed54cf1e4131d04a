"""The token table: every colour and size of the window, light and dark, under the same names.

Colours are `#rrggbb`. Nothing else in the window names a colour; text pairs keep a contrast of 4.5 : 1 (tested).
"""

from dataclasses import dataclass
from enum import StrEnum

SPACE = (4, 8, 12, 16, 20)
RADIUS = 6
NAV_WIDTH = 216
LIST_WIDTH = 340
INSPECTOR_WIDTH = 248
STATUS_HEIGHT = 28
FONT_PIXELS = 14


class Tone(StrEnum):
    """What a pill, a mark or a line of checks says by its colour."""

    DRAFT = "draft"
    VERIFY = "verify"
    PUBLISH = "publish"
    PUBLISHED = "published"
    URGENT = "urgent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True)
class Tokens:
    """One theme. `*_wash` is the pale ground behind text of that colour; `amber_text` is amber dark enough to read."""

    dark: bool
    bg: str
    panel: str
    side_panel: str
    ink: str
    text: str
    muted: str
    line: str
    accent: str
    accent_hover: str
    accent_ink: str
    accent_wash: str
    red: str
    blue: str
    blue_wash: str
    green: str
    green_wash: str
    amber: str
    amber_text: str
    amber_wash: str
    grey: str
    grey_wash: str
    select: str
    hover: str
    current_block: str
    mark_text: str
    spelling: str
    find_wash: str
    problem_wash: str
    chip_on: str
    chip_on_ink: str
    disabled: str
    scroll: str
    focus: str
    nav: str
    nav_text: str
    nav_muted: str
    nav_group: str
    nav_on: str
    nav_hover: str
    nav_focus: str
    status: str
    status_text: str
    offline_dot: str
    online_dot: str
    insert_wash: str
    delete_wash: str
    delete_ink: str


LIGHT = Tokens(
    dark=False,
    bg="#f6f5f2",
    panel="#ffffff",
    side_panel="#fbfaf8",
    ink="#1d2329",
    text="#2b3238",
    muted="#626c76",
    line="#e2e0da",
    accent="#a3262a",
    accent_hover="#8c1f23",
    accent_ink="#ffffff",
    accent_wash="#fbeeee",
    red="#a3262a",
    blue="#1f5f99",
    blue_wash="#e6f0f9",
    green="#2a7246",
    green_wash="#e4f3ea",
    amber="#a8690a",
    amber_text="#935b06",
    amber_wash="#fbf1de",
    grey="#4b5159",
    grey_wash="#ece9e2",
    select="#f1ece4",
    hover="#f7f4ee",
    current_block="#faf6ef",
    mark_text="#727b84",
    spelling="#d08a00",
    find_wash="#fdeab3",
    problem_wash="#fffdf8",
    chip_on="#1d2329",
    chip_on_ink="#ffffff",
    disabled="#8e959b",
    scroll="#cfccc4",
    focus="#1f5f99",
    nav="#22303c",
    nav_text="#c9d3dc",
    nav_muted="#9fb0be",
    nav_group="#8c9fae",
    nav_on="#32444f",
    nav_hover="#2a3a46",
    nav_focus="#8fc3f0",
    status="#1a2630",
    status_text="#c9d3dc",
    offline_dot="#e0a63a",
    online_dot="#56b27c",
    insert_wash="#dff3e4",
    delete_wash="#fbe0e0",
    delete_ink="#8c3a3c",
)

DARK = Tokens(
    dark=True,
    bg="#16191c",
    panel="#1d2125",
    side_panel="#191d20",
    ink="#e9ebec",
    text="#d9dcde",
    muted="#9aa4ad",
    line="#343a40",
    accent="#b8373b",
    accent_hover="#c8474b",
    accent_ink="#ffffff",
    accent_wash="#3d2324",
    red="#f08f8b",
    blue="#84bdec",
    blue_wash="#1d3245",
    green="#7fcb9c",
    green_wash="#1d3628",
    amber="#e0a63a",
    amber_text="#e6b458",
    amber_wash="#3b2e17",
    grey="#c1c6ca",
    grey_wash="#33383d",
    select="#2c2f31",
    hover="#24282c",
    current_block="#24272a",
    mark_text="#88929b",
    spelling="#e0a63a",
    find_wash="#5a4a16",
    problem_wash="#211f1a",
    chip_on="#e9ebec",
    chip_on_ink="#16191c",
    disabled="#6d757c",
    scroll="#4a525a",
    focus="#84bdec",
    nav="#141b21",
    nav_text="#c3cdd6",
    nav_muted="#93a4b2",
    nav_group="#8194a3",
    nav_on="#26343f",
    nav_hover="#1c2730",
    nav_focus="#8fc3f0",
    status="#0f151a",
    status_text="#b9c4cd",
    offline_dot="#e0a63a",
    online_dot="#56b27c",
    insert_wash="#1f3d2b",
    delete_wash="#452627",
    delete_ink="#f0a5a3",
)


def tone_colours(tone: Tone, tokens: Tokens) -> tuple[str, str]:
    """(ink, ground) of a pill of this tone."""
    return {
        Tone.DRAFT: (tokens.grey, tokens.grey_wash),
        Tone.VERIFY: (tokens.blue, tokens.blue_wash),
        Tone.PUBLISH: (tokens.amber_text, tokens.amber_wash),
        Tone.PUBLISHED: (tokens.green, tokens.green_wash),
        Tone.URGENT: (tokens.red, tokens.accent_wash),
        Tone.OK: (tokens.green, tokens.green_wash),
        Tone.WARN: (tokens.amber_text, tokens.amber_wash),
        Tone.BAD: (tokens.red, tokens.accent_wash),
        Tone.QUIET: (tokens.muted, tokens.bg),
    }[tone]
