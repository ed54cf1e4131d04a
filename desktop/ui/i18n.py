"""The window's language: Vietnamese first, English second, switched live; Qt's own words are translated too.

The code says English in `self.tr("…")`; `resources/locale/*.ts` hold the rest; `./dev translate` compiles them.
"""

import logging
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

import resources

log = logging.getLogger(__name__)

Language = Literal["vi", "en"]
DEFAULT: Language = "vi"
_LOCALES = {
    "vi": QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam),
    # British, for dd/MM/yyyy and the 24-hour clock: the same page must not read two ways.
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class Languages(QObject):
    """One per application. Signals: `changed(str)`; widgets get their QEvent.LanguageChange in the next turn of the event loop."""

    changed = Signal(str)

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._language: Language | None = None
        self._translator: QTranslator | None = None

    @property
    def language(self) -> Language:
        return self._language or DEFAULT

    def install(self, language: Language) -> None:
        """From now on everything is said in `language`; calendars and dates too."""
        if language == self._language:
            return
        QLocale.setDefault(_LOCALES[language])
        older, translator = self._translator, QTranslator(self)
        path = resources.path("locale", f"toasoan_{language}.qm")
        if not translator.load(str(path)):
            log.warning("no translation at %s; run ./dev translate", path)
        self._language, self._translator = language, translator
        self._app.installTranslator(translator)
        if older is not None:
            self._app.removeTranslator(older)
            older.deleteLater()
        self.changed.emit(language)
