"""The one stylesheet of the window, made from the token table and `resources/styles/desk.qss`."""

import dataclasses
from string import Template

import resources
from desktop.ui.theme.tokens import FONT_PIXELS, RADIUS, Tokens


def stylesheet(tokens: Tokens, *, family: str) -> str:
    """The text for `QApplication.setStyleSheet`; `family` is the interface font.

    Raises KeyError when the sheet names a token that does not exist.
    """
    source = resources.path("styles", "desk.qss").read_text(encoding="utf-8")
    icons = resources.path("styles", "icons", "dark" if tokens.dark else "light")
    colours = {name: value for name, value in dataclasses.asdict(tokens).items() if isinstance(value, str)}
    return Template(source).substitute(
        colours,
        family=family,
        font_pixels=str(FONT_PIXELS),
        radius=str(RADIUS),
        icons=icons.as_posix(),
    )
