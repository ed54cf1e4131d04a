"""What a person chooses once: language, theme, which panels stand beside the text; kept in the home. And about this program."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMainWindow

from desktop.editor.widgets.editor_pane import EditorPane
from desktop.editor.widgets.preview_view import WIDTHS
from desktop.ui.actions import ActionTable
from desktop.ui.document.pane import DocumentPane
from desktop.ui.i18n import Language, Languages
from desktop.ui.session.sign_in import SignInDialog
from desktop.ui.theme.appearance import Appearance, Choice
from desktop.ui.window.about import about
from desktop.ui.window.memory import Memory

LANGUAGES: tuple[Language, ...] = ("vi", "en")
THEMES: tuple[Choice, ...] = ("system", "light", "dark")


class Choices(QObject):
    """Language and theme are live."""

    def __init__(
        self, table: ActionTable, appearance: Appearance, languages: Languages, *, memory: Memory, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._table = table
        self._appearance = appearance
        self._languages = languages
        self._memory = memory
        self._window = window
        for language in LANGUAGES:
            table.on(f"language-{language}", partial(self.speak, language))
        for theme in THEMES:
            table.on(f"theme-{theme}", partial(self.wear, theme))
        table[f"language-{languages.language}"].setChecked(True)
        table[f"theme-{appearance.choice}"].setChecked(True)

    def speak(self, language: Language) -> None:
        self._memory.keep("language", language)
        self._languages.install(language)
        self._table[f"language-{language}"].setChecked(True)

    def wear(self, theme: Choice) -> None:
        self._memory.keep("theme", theme)
        self._appearance.choose(theme)
        self._table[f"theme-{theme}"].setChecked(True)

    def follow_panels(self, pane: DocumentPane, editor: EditorPane) -> None:
        """Preview and facts can be put away; how one writes is remembered."""
        for name in editor.choices():
            editor.choose(name, self._memory.text(f"editor-{name}"))
        editor.chosen.connect(partial(self._keep_writing, editor))
        for width in WIDTHS:
            self._table[f"width-{width}"].toggled.connect(partial(self._keep_width, width))
        last = self._memory.text("preview-width", WIDTHS[0])
        self._table[f"width-{last if last in WIDTHS else WIDTHS[0]}"].setChecked(True)
        self._table.on("next-width", self._next_width)
        keeping = self._table["keep-originals"]
        keeping.setChecked(self._memory.flag("keep-originals", default=False))
        keeping.toggled.connect(lambda on: self._memory.keep_flag("keep-originals", value=bool(on)))
        for name, show in (("preview", pane.show_preview), ("inspector", pane.inspector.setVisible)):
            action = self._table[f"toggle-{name}"]
            shown = self._memory.flag(name, default=True)
            action.setChecked(shown)
            show(shown)
            action.toggled.connect(show)
            action.toggled.connect(lambda on, name=name: self._memory.keep_flag(name, value=bool(on)))

    def _keep_width(self, width: str, on: bool) -> None:  # noqa: FBT001  connected to a toggle
        if on:
            self._memory.keep("preview-width", width)

    def _next_width(self) -> None:
        shown = next(at for at, width in enumerate(WIDTHS) if self._table[f"width-{width}"].isChecked())
        self._table[f"width-{WIDTHS[(shown + 1) % len(WIDTHS)]}"].setChecked(True)

    def _keep_writing(self, editor: EditorPane) -> None:
        for name, value in editor.choices().items():
            self._memory.keep(f"editor-{name}", value)

    def about(self) -> None:
        """Version, licence, home."""
        words = (
            self.tr("The editorial desk of a provincial portal: write, verify and publish, with or without a network."),
            self.tr("Apache-2.0. Be Vietnam Pro: SIL Open Font License."),
        )
        version = QCoreApplication.applicationVersion()
        SignInDialog(about(version, self._memory.home, parent=self._window, words=words), self._window).show()


def remembered(memory: Memory, *, lang: str, theme: str) -> tuple[Language, Choice]:
    """What is asked for on the command line, else what was chosen last, else Vietnamese and the system's theme."""
    language = lang or memory.text("language", "vi")
    wanted = theme or memory.text("theme", "system")
    found = next((known for known in LANGUAGES if known == language), LANGUAGES[0])
    return found, next((known for known in THEMES if known == wanted), "system")
