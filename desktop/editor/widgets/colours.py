"""The colours that the editor draws with, given from outside: the editor does not know the window's theme."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EditorColours:
    """All `#rrggbb`. `mark` is the pale colour of Markdown's own signs; `label` of a law's labels (Điều, Khoản)."""

    text: str = "#2b3238"
    strong: str = "#1d2329"
    mark: str = "#727b84"
    link: str = "#1f5f99"
    quote: str = "#4b5159"
    label: str = "#a3262a"
    problem: str = "#a3262a"
    spelling: str = "#d08a00"
    current_block: str = "#faf6ef"
    found: str = "#fdeab3"
    line: str = "#e2e0da"
    ground: str = "#ffffff"
