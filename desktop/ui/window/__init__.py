"""The frame: main window, menus, actions, status bar, what is remembered between two starts."""
