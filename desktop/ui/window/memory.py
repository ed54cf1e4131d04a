"""What the window remembers between two starts: geometry, splitters, the box, language and theme. One file in the home."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE = "window.ini"


class Memory:
    """`home/window.ini`; an unreadable value counts as none."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._settings = QSettings(str(home / FILE), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        value = self._settings.value(key)
        return value if isinstance(value, str) else default

    def flag(self, key: str, *, default: bool) -> bool:
        return self.text(key, "true" if default else "false") == "true"

    def state(self, key: str) -> QByteArray | None:
        """The saved state of a window or splitter."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def keep(self, key: str, value: str | QByteArray) -> None:
        self._settings.setValue(key, value)

    def keep_flag(self, key: str, *, value: bool) -> None:
        self.keep(key, "true" if value else "false")

    def write(self) -> None:
        """To disk now."""
        self._settings.sync()
