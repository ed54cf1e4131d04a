"""The editing commands by name, as actions call them: each from text and selection to text and selection."""

from collections.abc import Callable, Mapping

from desktop.editor.text import commands
from desktop.editor.text.commands import Edited, Selection

Command = Callable[[str, Selection], Edited]


def _heading(level: int) -> Command:
    return lambda text, selection: commands.heading(text, selection, level=level)


COMMANDS: Mapping[str, Command] = {
    "bold": commands.bold,
    "italic": commands.italic,
    "heading-2": _heading(2),
    "heading-3": _heading(3),
    "heading-4": _heading(4),
    "bullets": commands.bullet_list,
    "numbers": commands.numbered_list,
    "quote": commands.quote,
    "link": commands.link,
    "table": lambda text, selection: commands.table(text, selection, columns=3, rows=2),
}


def picture(text: str, selection: Selection, *, sha256: str, alt: str) -> Edited:
    """A picture of the entry in a block of its own after the caret's line; the caret goes behind it."""
    end = text.find("\n", selection.end)
    end = len(text) if end < 0 else end
    before = text[:end].rstrip()
    description = alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("\n", " ")
    piece = ("\n\n" if before else "") + f"![{description}](/_blob/{sha256})"
    after = text[end:].lstrip("\n")
    caret = len(before) + len(piece)
    return Edited(before + piece + ("\n\n" + after if after else "\n"), Selection(caret, caret))
