"""What is pasted goes in as plain text at once; what its program meant by it follows in a step of its own, so that one undo
brings the plain paste back.
"""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from desktop.editor.text.normalise import normalise

_HTML, _RTF = "text/html", ("text/rtf", "application/rtf", "text/richtext")


@dataclass(frozen=True)
class Pasted:
    """`text` as it stands between the ends of `place`, which move with what is typed elsewhere; `html`, `rtf`: "" for none."""

    text: str
    html: str
    rtf: bytes
    place: QTextCursor

    @property
    def stands(self) -> bool:
        """Whether nobody has changed it since."""
        return self.place.selectedText().replace("\u2029", "\n").replace("\u2028", "\n") == self.text

    def replace(self, text: str) -> None:
        """Another text in its place, in one step; nothing when somebody has typed into it."""
        if self.stands and text != self.text:
            self.place.beginEditBlock()
            self.place.insertText(text)
            self.place.endEditBlock()


def paste(source: QMimeData, cursor: QTextCursor) -> Pasted:
    """Inserts the plain text of `source` at `cursor`, in one step."""
    text = normalise(source.text()).text
    cursor.beginEditBlock()
    cursor.insertText(text)
    cursor.endEditBlock()
    place = QTextCursor(cursor)
    end = cursor.position()
    # As many characters as Qt counts: a letter outside the basic plane is two.
    place.setPosition(end - len(text.encode("utf-16-le")) // 2)
    place.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    place.setKeepPositionOnInsert(True)
    rtf = next((source.data(name).data() for name in _RTF if source.hasFormat(name)), b"")
    return Pasted(text, source.html() if source.hasFormat(_HTML) else "", bytes(rtf), place)
