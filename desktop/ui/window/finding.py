"""What the command palette offers: places, the window's actions, the editor's."""

from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from desktop.editor.widgets.editing_actions import EditingActions
from desktop.ui.actions import ActionTable
from desktop.ui.library.navigation_panel import NavigationPanel
from desktop.ui.presenters.words import Translate
from desktop.ui.window.command_palette import Command


def commands(
    table: ActionTable, navigation: NavigationPanel, editing: EditingActions | None, translate: Translate
) -> list[Command]:
    """Actions first, then the editor's (while something is written), then places."""
    found = [_command(action, why=table.why(spec.name)) for spec, action in table if spec.name != "palette"]
    if editing is not None:
        found += [_command(action) for _, action in editing]
    go = translate("Palette", "Go to: {place}")
    found += [
        Command(go.format(place=item.label), "", "", partial(navigation.choose, item.box))
        for item in navigation.items()
    ]
    return found


def _command(action: QAction, *, why: str = "") -> Command:
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "↵")
    refused = "" if action.isEnabled() else why or action.statusTip()
    return Command(action.text().replace("&&", "&"), key, refused, action.trigger)
