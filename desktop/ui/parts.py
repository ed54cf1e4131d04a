"""Small parts that several panels share: pills, chips, navigation items, the row of stages, buttons that show their key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from desktop.ui.plain_label import PlainLabel, plain_tip
from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.painting import (
    badge_size,
    paint_badge,
    paint_focus,
    paint_pill,
    pill_font,
    pill_size,
)
from desktop.ui.theme.roles import Role, set_role
from desktop.ui.theme.tokens import Tokens, Tone

_KEY_GAP = 12
_NARROWEST = 90  # per cent


class Pill(QWidget):
    """A stage in a word, coloured by its tone."""

    def __init__(self, text: str = "", tone: Tone = Tone.DRAFT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._tone = "", tone
        self.show_stage(text, tone)

    def show_stage(self, text: str, tone: Tone) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return pill_size(self._text, pill_font(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setFont(pill_font(self.font()))
        paint_pill(painter, self.rect(), self._text, tone=self._tone, tokens=_tokens())
        painter.end()


class Chip(QPushButton):
    """A filter that is on or off."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self, Role.CHIP)


class NavItem(QAbstractButton):
    """One line of the navigation with its live count; checked = where the window is. `hot` makes the count red."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count: int | None = None
        self._hot = False
        self._hover = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self._name()

    def set_count(self, count: int | None, *, hot: bool = False) -> None:
        """`None` shows no count. A hot zero is not hot."""
        self._count, self._hot = count, hot and bool(count)
        self._name()
        self.update()

    def relabel(self, text: str) -> None:
        """Another language."""
        self.setText(text)
        self._name()

    @property
    def count(self) -> int | None:
        return self._count

    @property
    def hot(self) -> bool:
        return self._hot

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 60, self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = _tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.nav_on if self.isChecked() else tokens.nav_hover if self._hover else None
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(self.rect(), 5, 5)
        inner = self.rect().adjusted(8, 0, -8, 0)
        badge_width = self._paint_count(painter, inner, tokens)
        room = inner.adjusted(0, 0, -badge_width, 0)
        font = narrowed(self.font(), self.text(), room.width())
        painter.setFont(font)
        painter.setPen(QColor("#ffffff" if self.isChecked() else tokens.nav_text))
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.hasFocus():
            paint_focus(painter, self.rect(), tokens.nav_focus)
        painter.end()

    def _paint_count(self, painter: QPainter, inner: QRect, tokens: Tokens) -> int:
        """Draws the count at the right end; returns the width it takes."""
        if self._count is None:
            return 0
        font = pill_font(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        text = grouped(self._count)
        size = badge_size(text, font)
        rect = QRect(
            inner.right() - size.width() + 1, inner.center().y() - size.height() // 2, size.width(), size.height()
        )
        paint_badge(painter, rect, text, hot=self._hot, tokens=tokens)
        return (size.width() if self._hot else QFontMetrics(font).horizontalAdvance(text)) + 6

    def _name(self) -> None:
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()}, {grouped(self._count)}")


class KeyButton(QPushButton):
    """A button that shows its key beside its words, paler ("Soạn mới    Ctrl+N")."""

    def __init__(
        self, text: str = "", *, key: str = "", role: Role = Role.PRIMARY, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._key = ""
        self._apart = role == Role.COMPOSE  # words at the left end, key at the right
        set_role(self, role)
        self.show_key(key)

    def show_key(self, key: str) -> None:
        """`key` in Qt's portable form ("Ctrl+Return"); shown as the platform writes it."""
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._key = native.replace("Return", "↵").replace("Backspace", "⌫")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint + QSize(self.fontMetrics().horizontalAdvance(self._key) + _KEY_GAP, 0) if self._key else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        words = self.fontMetrics().horizontalAdvance(self.text())
        key = self.fontMetrics().horizontalAdvance(self._key)
        room = self.rect().adjusted(_KEY_GAP, 0, -_KEY_GAP, 0)
        if not self._apart:
            used = words + (key + _KEY_GAP if self._key else 0)
            room.adjust((room.width() - used) // 2, 0, -((room.width() - used) // 2), 0)
        tokens = _tokens()
        ink = QColor(self.palette().color(QPalette.ColorRole.ButtonText) if self.isEnabled() else tokens.disabled)
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        ink.setAlphaF(0.75)
        painter.setPen(ink)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)
        painter.end()


class StatusDot(QWidget):
    """Online or not, at a glance; the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._online = False
        self.setFixedSize(8, 8)

    def show_online(self, online: bool) -> None:  # noqa: FBT001  the state is the one argument
        self._online = online
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = _tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.online_dot if self._online else tokens.offline_dot))
        painter.drawEllipse(self.rect())
        painter.end()


class Elided(PlainLabel):
    """A line of text that gives way: cut with "…" where there is no room, whole in its tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def grouped(number: int) -> str:
    """104218 as "104 218", with a narrow no-break space, as the portal's staff write it."""
    return f"{number:,}".replace(",", "\u202f")


def narrowed(font: QFont, text: str, room: int) -> QFont:
    """`font`, up to a tenth narrower where `text` is a little too long for `room` pixels."""
    made = QFont(font)
    wide = QFontMetrics(made).horizontalAdvance(text)
    if wide > room > 0:
        made.setStretch(max(_NARROWEST, 100 * room // wide))
    return made


def strong(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _tokens() -> Tokens:
    return tokens_of(QApplication.instance())
