"""What every test with real widgets needs: the preview's scheme, which must be known before the application exists, and
English and light again after a window that chose otherwise.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.editor.widgets.preview_scheme import register_scheme
from desktop.ui.i18n import Languages
from desktop.ui.theme.appearance import Appearance

register_scheme()


@pytest.fixture(autouse=True)
def _own_choices() -> Iterator[None]:
    """The application lives as long as the process: what a test installs in it must not speak in the next one."""
    before = QLocale()
    yield
    app = QApplication.instance()
    if app is None:
        return
    for languages in app.findChildren(Languages):
        for translator in languages.findChildren(QTranslator):
            app.removeTranslator(translator)
    for one in (*app.findChildren(Languages), *app.findChildren(Appearance)):
        one.setParent(None)
        one.deleteLater()
    QLocale.setDefault(before)
