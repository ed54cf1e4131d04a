"""Applies the theme to the application: Fusion, palette, stylesheet, fonts; follows the system's light and dark."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.editor.widgets.colours import EditorColours
from desktop.ui.theme.fonts import interface_font, load_fonts
from desktop.ui.theme.palette import palette
from desktop.ui.theme.qss import stylesheet
from desktop.ui.theme.tokens import DARK, LIGHT, Tokens

Choice = Literal["system", "light", "dark"]


class Appearance(QObject):
    """One per application.

    Signals: `changed(Tokens)` after the new theme stands; widgets that paint themselves repaint on it.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: Choice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = choice
        self._system = app.styleHints().colorScheme()
        self._family = load_fonts()
        app.setStyle("Fusion")
        app.setFont(interface_font(self._family))
        self._tokens = self._wanted()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def family(self) -> str:
        """The interface family: Be Vietnam Pro, or the system's where it cannot be loaded."""
        return self._family

    @property
    def choice(self) -> Choice:
        return self._choice

    def choose(self, choice: Choice) -> None:
        """`system` follows the desktop from now on; the others stay."""
        self._choice = choice
        self._refresh()

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._system = scheme
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is not self._tokens:
            self._tokens = wanted
            self._apply()
            self.changed.emit(wanted)

    def _wanted(self) -> Tokens:
        if self._choice == "system":
            return DARK if self._system == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _apply(self) -> None:
        self._app.setPalette(palette(self._tokens))
        self._app.setStyleSheet(stylesheet(self._tokens, family=self._family))


def tokens_of(app: QObject | None) -> Tokens:
    """The tokens in force, for a widget that paints itself and was not given any: light without an Appearance."""
    found = app.findChild(Appearance) if app is not None else None
    return found.tokens if found is not None else LIGHT


def editor_colours(tokens: Tokens) -> EditorColours:
    """The part of the tokens that the editor's widgets draw with."""
    return EditorColours(
        text=tokens.text,
        strong=tokens.ink,
        mark=tokens.mark_text,
        link=tokens.blue,
        quote=tokens.grey,
        label=tokens.red,
        problem=tokens.red,
        spelling=tokens.spelling,
        current_block=tokens.current_block,
        found=tokens.find_wash,
        line=tokens.line,
        ground=tokens.panel,
    )
