"""The row of stages under a title: numbered pills with lines between, the awaited one filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.ui.theme.appearance import tokens_of
from desktop.ui.theme.tokens import Tokens

_PAD, _LINE, _HEIGHT, _GAP = 10, 22, 26, 10


@dataclass(frozen=True)
class Stage:
    """One step of the portal profile. `detail` follows the label of a step that is done ("Phó ban · 21/11 15:40")."""

    label: str
    state: Literal["done", "now", "next"]
    detail: str = ""


class StageSteps(QWidget):
    """Painted, so that it shrinks gracefully: labels of steps that are not now are cut first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        self._stages = tuple(stages)
        self._changed()

    def set_note(self, note: str) -> None:
        """What stands after the stages, such as "✓ đã lưu"."""
        self._note = note
        self._changed()

    def sizeHint(self) -> QSize:
        return QSize(int(sum(self._natural_widths())) + self._note_width(), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = tokens_of(QApplication.instance())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.5 + self.contentsMargins().left()
        for number, (stage, width) in enumerate(zip(self._stages, self._widths(), strict=True), 1):
            if number > 1:
                painter.setPen(QColor(tokens.line))
                painter.drawLine(int(left), _HEIGHT // 2, int(left) + _LINE, _HEIGHT // 2)
                left += _LINE
            self._paint_stage(
                painter, QRectF(left, 1.5, width - 1, _HEIGHT - 3), _words(number, stage), stage=stage, tokens=tokens
            )
            left += width
        painter.setFont(self._font(strong=False))
        painter.setPen(QColor(tokens.muted))
        rest = QRectF(left + _GAP, 0, max(0.0, self.width() - left - _GAP), _HEIGHT)
        note = QFontMetrics(painter.font()).elidedText(self._note, Qt.TextElideMode.ElideRight, int(rest.width()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note)
        painter.end()

    def _paint_stage(self, painter: QPainter, rect: QRectF, words: str, *, stage: Stage, tokens: Tokens) -> None:
        now = stage.state == "now"
        painter.setPen(QColor(tokens.accent if now else tokens.line))
        painter.setBrush(QColor(tokens.accent) if now else QColor(tokens.panel))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setFont(self._font(strong=now))
        painter.setPen(QColor(tokens.accent_ink if now else tokens.muted))
        shown = QFontMetrics(painter.font()).elidedText(
            words, Qt.TextElideMode.ElideRight, int(rect.width()) - 2 * _PAD + 4
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _widths(self) -> list[float]:
        """Natural widths; where there is no room, the steps that are not now give way alike."""
        natural = self._natural_widths()
        pills = [width - (_LINE if number else 0) for number, width in enumerate(natural)]
        lines = _LINE * max(0, len(pills) - 1)
        over = sum(pills) + lines - self.contentsRect().width()
        others = sum(w for w, stage in zip(pills, self._stages, strict=True) if stage.state != "now")
        if over <= 0 or not others:
            return pills
        share = max(0.25, 1 - over / others)
        return [w if s.state == "now" else w * share for w, s in zip(pills, self._stages, strict=True)]

    def _natural_widths(self) -> list[float]:
        widths = []
        for number, stage in enumerate(self._stages, 1):
            metrics = QFontMetrics(self._font(strong=stage.state == "now"))
            pill = metrics.horizontalAdvance(_words(number, stage)) + 2 * _PAD + 2
            widths.append(float(pill + (_LINE if number > 1 else 0)))
        return widths

    def _note_width(self) -> int:
        return QFontMetrics(self._font(strong=False)).horizontalAdvance(self._note) + _GAP if self._note else 0

    def _font(self, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def _changed(self) -> None:
        words = [_words(number, stage) for number, stage in enumerate(self._stages, 1)]
        self.setAccessibleName(" → ".join(words))
        self.setAccessibleDescription(self._note)
        self.setToolTip(" → ".join(words))
        self.updateGeometry()
        self.update()


def _words(number: int, stage: Stage) -> str:
    label = f"✓ {stage.label}" if stage.state == "done" else f"{number} {stage.label}"
    return f"{label} · {stage.detail}" if stage.detail else label
