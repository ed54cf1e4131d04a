"""Qt widgets of the editor: Markdown source, find bar, toolbar, preview. They know no store, no window, no theme."""
