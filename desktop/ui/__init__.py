"""The window: Qt widgets over Qt-free presenters. Never waits for disk or network, never decides a right."""
