"""The editing commands by name, as actions call them: each from text and selection to text and selection."""

from collections.abc import Callable, Mapping

from desktop.editor.text import commands, tables
from desktop.editor.text.commands import Edited, Selection
from desktop.editor.text.rows import Alignment
from desktop.editor.text.typography import NO_BREAK, typeset

Command = Callable[[str, Selection], Edited]


def _heading(level: int) -> Command:
    return lambda text, selection: commands.heading(text, selection, level=level)


def _in_table(change: Callable[[str, int], Edited]) -> Command:
    return lambda text, selection: change(text, selection.end)


def _align(how: Alignment) -> Command:
    return lambda text, selection: tables.align(text, selection.end, how)


def _typography(text: str, selection: Selection) -> Edited:
    """The lines that are selected, or all of them."""
    if selection.start == selection.end:
        made = typeset(text)
        caret = len(typeset(text[: selection.start]))
        return Edited(made, Selection(caret, caret))
    start = text.rfind("\n", 0, selection.start) + 1
    end = text.find("\n", selection.end)
    end = len(text) if end < 0 else end
    made = typeset(text[start:end])
    return Edited(text[:start] + made + text[end:], Selection(start, start + len(made)))


def _no_break(text: str, selection: Selection) -> Edited:
    made = text[: selection.start] + NO_BREAK + text[selection.end :]
    return Edited(made, Selection(selection.start + 1, selection.start + 1))


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
    "no-break": _no_break,
    "footnote": commands.footnote,
    "typography": _typography,
}

# Of the table that the caret stands in; elsewhere they do nothing.
TABLE_COMMANDS: Mapping[str, Command] = {
    "row-add": _in_table(tables.add_row),
    "row-remove": _in_table(tables.remove_row),
    "column-add": _in_table(tables.add_column),
    "column-remove": _in_table(tables.remove_column),
    "align-left": _align("left"),
    "align-center": _align("center"),
    "align-right": _align("right"),
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
